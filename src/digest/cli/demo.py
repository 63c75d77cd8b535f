"""`digest demo`: the bundled sample day through the real pipeline."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from digest.cli.edge import load_config, quiet_option
from digest.cli.progress import speaker

MARK = "# The configuration of `digest demo`: a sample day, no network.\n"
"""What tells a demo's folder from a blog, into which no invented paper must come."""


@click.command(name="demo", help="Build the bundled sample day into DIR: no network, no key. Prints the path of its index.html.")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default="paper-digest-demo")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of a new demo.")
@quiet_option
def command(folder: Path, language: str, quiet: bool) -> int:
    from digest.clock import Clock
    from digest.errors import UsageError
    from digest.nightly import Build, nightly
    from digest.sample import DATE, SampleTransport
    from digest.schedule import Request
    from digest.store import write_atomic

    file = folder / "config.yaml"
    if not file.exists():
        write_atomic(file, _config(language))
    elif MARK not in file.read_text(encoding="utf-8", errors="replace"):
        raise UsageError("there is another blog", where=str(folder), hint="the demo wants a folder of its own")
    # the morning after, when the lists are settled
    clock = Clock(now=datetime.combine(DATE + timedelta(days=1), datetime.min.time(), UTC) + timedelta(hours=9))
    with speaker(quiet) as say:
        report = nightly(load_config(file), clock, Build(Request(str(DATE))), {}, say=say, transport=SampleTransport())
    if not report.site:
        click.echo(f"digest: {report.error or 'the site is switched off in its config'}", err=True)
        return report.exit_status or 2
    click.echo(report.site["index"])
    return report.exit_status


def _config(language: str) -> str:
    """The shipped configuration, asking the sample instead of the network."""
    from digest.cli.init import blog_config

    return MARK + blog_config(language=language).replace("    interval: 3.0", "    interval: 0.0", 1)
