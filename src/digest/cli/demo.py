"""`digest demo`: the bundled sample day through the real pipeline, with the bundled answers as the model's."""

import re
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import click

from digest.cli.edge import quiet_option
from digest.cli.progress import speaker

MARK = "# The configuration of `digest demo`: a sample day and bundled answers, no network, no key.\n"
"""What tells a demo's folder from a blog, into which no invented paper must come."""
EARLIER = "# The configuration of `digest demo`: a sample day, no network.\n"
"""The mark of demos before there were answers."""
DESCRIPTION = {
    "zh": "paper-digest 的示例站点：论文的全文样本和模型的回答都随软件附带，并非真实日报",
    "en": "The demo of paper-digest: its texts of papers and its model's answers are bundled samples, not news",
}


@click.command(name="demo", help="Build the bundled sample day into DIR: no network, no key. Prints the path of its index.html.")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default="paper-digest-demo")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="First language of a demo.")
@quiet_option
def command(folder: Path, language: str, quiet: bool) -> int:
    from digest.clock import Clock
    from digest.config import load
    from digest.nightly import Build, nightly
    from digest.sample import DATE, SampleModel, SampleTransport
    from digest.schedule import Request

    # not the caller's environment, which may name another model; no pause in memory only: another day asks arXiv itself
    config = load(_prepared(folder, language), {"DIGEST__SOURCES__ARXIV__INTERVAL": "0"})
    # the morning after, when the lists are settled
    clock = Clock(now=datetime.combine(DATE + timedelta(days=1), datetime.min.time(), UTC) + timedelta(hours=9))
    build = Build(Request(str(DATE)))
    with speaker(quiet) as say:
        report = nightly(config, clock, build, {}, say=say, transport=SampleTransport(), model_transport=SampleModel())
    if not report.site:
        click.echo(f"digest: {report.error or 'the site is switched off in its config'}", err=True)
        return report.exit_status or 2
    click.echo(report.site["index"])
    return report.exit_status


def _prepared(folder: Path, language: str) -> Path:
    """The config of the demo in a folder, written with the opening words of its day if there is none.

    Raises:
        UsageError: the folder belongs to a blog.
    """
    from digest.errors import UsageError
    from digest.sample import DATE
    from digest.store import write_atomic

    file, edits = folder / "config.yaml", folder / "content" / "edits" / f"{DATE}.yaml"
    if not file.exists():
        if not edits.exists():
            write_atomic(edits, _bundled("edits.yaml"))
        for name in ("zh", "en"):
            write_atomic(folder / "templates" / "labels" / f"{name}.yaml", _bundled(f"labels.{name}.yaml"))
        write_atomic(file, demo_config(language))
    elif not {MARK, EARLIER} & set(file.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)):
        raise UsageError("there is another blog", where=str(folder), hint="the demo wants a folder of its own")
    return file


def _bundled(name: str) -> str:
    """A file that a demo begins with."""
    return (files("digest.sample") / "data" / "demo" / name).read_text(encoding="utf-8")


def demo_config(language: str) -> str:
    """The shipped configuration with the sample in place of network and model, all layouts and both languages."""
    from digest.cli.init import blog_config
    from digest.sample import MODEL, MODEL_URL

    text = MARK + blog_config(language=language)
    other = "en" if language == "zh" else "zh"
    for section, key, value in (
        ("site", "description", f'"{DESCRIPTION[language]}"'),
        ("model", "provider", "openai"),
        ("model", "base_url", MODEL_URL),
        ("model", "name", MODEL),
        ("posts", "languages", f"[{language}, {other}]"),
    ):
        text = _with(text, section, key, value)
    return re.sub(r"^editions:\n(?:[ #].*\n)+", lambda _: _bundled("editions.yaml"), text, count=1, flags=re.MULTILINE)


def _with(text: str, section: str, key: str, value: str) -> str:
    """A configuration with another value at the first key of that name in a section."""
    pattern = rf"(^{section}:.*\n(?:(?:[ #].*)?\n)*? +{key}: )([^\s#](?:[^#\n]*[^\s#])?)"
    return re.sub(pattern, lambda found: found[1] + value.ljust(len(found[2])), text, count=1, flags=re.MULTILINE)
