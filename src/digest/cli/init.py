"""`digest init`: a new blog."""

import json
import os
import re
import shlex
import sys
from pathlib import Path

import click

DISTRIBUTION = "paper-digest"
WORKFLOW = ".github/workflows/digest.yml"
REQUIREMENTS = "requirements.txt"
NIGHTLY = "17 3 * * *"
"""When the cron line runs: at an odd minute, when the day before is complete in Shanghai."""


@click.command(
    name="init",
    help="Write a new blog into DIR: config.yaml, content/, .gitignore and the line for cron. Overwrites nothing.",
)
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of posts and site.")
@click.option("--title", metavar="TEXT", help="The blog's title.")
@click.option("--github", is_flag=True, help=f"Write {WORKFLOW} too: daily build and GitHub Pages.")
def command(folder: Path, language: str, title: str | None, github: bool) -> int:
    from digest.store import write_many

    folder = folder.resolve()
    files = blog_files(folder, language=language, title=title, github=github)
    _refuse_existing(folder, files)
    write_many({folder / name: text.encode() for name, text in files.items()})
    for name in files:
        click.echo(f"written: {folder / name}", err=True)
    if github:
        click.echo(
            "before the first run: set site.url in config.yaml; in requirements.txt, where paper-digest comes from;", err=True
        )
        click.echo("push; choose Settings > Pages > Source: GitHub Actions", err=True)
    click.echo("for a nightly build, put this line into your crontab (crontab -e); it stands in crontab.txt too:", err=True)
    click.echo(cron_line(folder))
    return 0


def blog_files(folder: Path, *, language: str, title: str | None = None, github: bool = False) -> dict[str, str]:
    """The files of a new blog in a folder, by their names relative to it.

    Raises:
        UsageError: a title that cannot stand in a configuration.
    """
    files = {
        "config.yaml": blog_config(language=language, title=title),
        "crontab.txt": _template("crontab.txt").replace("{cron}", cron_line(folder)),
        ".gitignore": _template("gitignore"),
        "content/README.md": _template("content-readme.md"),
        **{f"content/{name}/.gitkeep": "" for name in ("posts", "records", "edits")},
    }
    if github:
        files[WORKFLOW] = _template("workflow.yml")
        files[REQUIREMENTS] = _template("requirements.txt").replace("{requirement}", requirement() or "")
    return files


def blog_config(*, language: str, title: str | None = None) -> str:
    """The shipped configuration in another language or with another title; its comments stay.

    Raises:
        UsageError: a title of no or of several lines.
    """
    from digest.errors import UsageError
    from digest.labels import shipped

    text = shipped("config.yaml").read_text(encoding="utf-8")
    text = _with_value(text, "language", language)
    text = _with_value(text, "languages", f"[{language}]")
    if title is not None:
        if not title.strip() or not title.isprintable():
            raise UsageError(f"{title!r} is no title", hint="one line of text is wanted")
        text = _with_value(text, "title", json.dumps(title, ensure_ascii=False))
    return text


def requirement() -> str | None:
    """Where this copy of the package was installed from, as pip wants it; None if a machine elsewhere cannot reach it.

    PEP 610: `direct_url.json` in the metadata holds the repository and commit of an installation from version control.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        origin = json.loads(distribution(DISTRIBUTION).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return None
    url, commit = str(origin.get("url", "")), origin.get("vcs_info", {}).get("commit_id")
    return f"{DISTRIBUTION} @ git+{url}@{commit}" if commit and url.startswith("https://") else None


def cron_line(folder: Path) -> str:
    """The crontab line that builds the blog in a folder every night."""
    words = [*_executable(), "build", "--quiet", "--config", str(folder / "config.yaml")]
    # cron ends a command at the first bare percent sign (crontab(5))
    return f"{NIGHTLY} {shlex.join(words)}".replace("%", r"\%")


def _executable() -> list[str]:
    """How this very program is called from anywhere."""
    script = Path(sys.argv[0])
    if script.name == "digest" and script.is_file():
        return [str(script.absolute())]
    return [sys.executable, "-m", "digest"]


def _with_value(text: str, key: str, value: str) -> str:
    """A configuration with another value at the first key of that name, its comment kept in its column."""

    def line(found: re.Match[str]) -> str:
        return f"{found[1]}{value:<{len(found[2])}}"

    pattern = rf"^( *{key}: )(\S+(?: \S+)*? *)(?=#|$)"
    return re.sub(pattern, line, text, count=1, flags=re.MULTILINE)


def _refuse_existing(folder: Path, names: dict[str, str]) -> None:
    from digest.errors import UsageError

    existing = [name for name in names if os.path.lexists(folder / name)]
    if existing:
        hint = "nothing was written; choose another folder, or move these files away"
        raise UsageError("there is something already", where=str(folder), why=", ".join(existing), hint=hint)


def _template(name: str) -> str:
    from digest.labels import shipped

    return (shipped("templates") / "init" / name).read_text(encoding="utf-8")
