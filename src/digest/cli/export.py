"""`digest export ID|DATE`: what readers of the site can take with them, on the command line."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.edge import config_option, load_config

if TYPE_CHECKING:
    from digest.config import Config
    from digest.digests import Day
    from digest.models import Language
    from digest.site.exports import DigestExport, PaperExport

FORMATS = ("bibtex", "ris", "csl", "markdown", "obsidian", "json")


@click.command(name="export", help="Print a paper that was covered, or a day's digest, in a format that other programs read.")
@click.argument("what", metavar="ID|DATE")
@click.option("--format", "name", type=click.Choice(FORMATS), default="bibtex", show_default=True)
@click.option("--edition", metavar="NAME", help="Of a day: which edition; the first one when left out.")
@click.option("--language", type=click.Choice(["zh", "en"]), help="Of cards and labels; the site's own when left out.")
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write there and print the path; in a folder, the file gets its own name.",
)
@config_option
def command(
    what: str, name: str, edition: str | None, language: "Language | None", output: Path | None, config_file: Path
) -> int:
    from digest.site.exports import EXPORTS, PaperExport, file_name
    from digest.store import write_atomic

    config = load_config(config_file)
    found = _found(config, what, edition, language or config.site.language)
    text = EXPORTS[name].paper(found) if isinstance(found, PaperExport) else EXPORTS[name].digest(found)
    if output is None:
        click.echo(text, nl=False)
        return 0
    path = output / file_name(name, found) if output.is_dir() else output
    write_atomic(path, text)
    click.echo(path)
    return 0


def _found(config: "Config", what: str, edition: str | None, language: "Language") -> "PaperExport | DigestExport":
    """The paper or the digest that is asked for. Raises UsageError where there is none."""
    from digest import digests
    from digest.clock import iso_date
    from digest.errors import PaperIdError, UsageError
    from digest.paper_id import PaperId

    days = digests.load_days(config)
    try:
        date = iso_date(what)
    except ValueError:
        pass
    else:
        day = next((day for day in days if day.date == date), None)
        if day is None:
            raise UsageError(
                f"there is no record of {date}", hint="`digest build --date` makes it; records stand under content/records"
            )
        return _digest(config, days, day, edition, language)
    if edition is not None:
        raise UsageError("--edition belongs to a date", why=f"{what!r} is none")
    try:
        return _paper(config, days, PaperId.parse(what).id, language)
    except PaperIdError as error:
        raise UsageError(f"{what[:60]!r} is neither a date nor a paper", why=str(error)) from None


def _paper(config: "Config", days: "list[Day]", wanted: str, language: "Language") -> "PaperExport":
    """A paper as the newest day shows it."""
    from digest.errors import UsageError
    from digest.labels import load_labels
    from digest.site.exports import PaperExport

    for day in days:
        for covered in day.digest.carded:
            if covered.paper.id == wanted and covered.cards:
                label = load_labels(language, config.path("templates"))
                return PaperExport(day, covered, _keys(days)[wanted], config, label)
    hint = "`digest build` makes them; records stand under content/records"
    raise UsageError(f"no digest has a card of {wanted}", hint=hint)


def _digest(config: "Config", days: "list[Day]", day: "Day", edition: str | None, language: "Language") -> "DigestExport":
    """An edition of a day, with its post as it stands, or as it would be written."""
    from digest.errors import RenderError, UsageError
    from digest.labels import load_labels
    from digest.posts import post_path, render
    from digest.site.exports import DigestExport

    editions = day.digest.editions
    if not editions:
        raise UsageError(f"{day.date} has no digest", why=f"its status is {day.digest.status}")
    name = edition or next(iter(editions))
    if name not in editions:
        raise UsageError(f"{day.date} has no edition {name!r}", hint=f"it has {', '.join(editions)}")
    path = post_path(config, day.date, name, language)
    try:
        post = path.read_text(encoding="utf-8") if path.is_file() else render(day, name, language, config)
    except (OSError, UnicodeDecodeError) as error:
        raise RenderError("the post cannot be read", where=str(path), why=str(error)) from None
    label = load_labels(language, config.path("templates"))
    return DigestExport(day, name, _keys(days), post, _urls(config, day, name), config, label)


def _urls(config: "Config", day: "Day", edition: str) -> "dict[Language, str]":
    """The pages of a digest: in the languages in which its posts are published, or, before there are any, would be written."""
    from typing import get_args

    from digest.models import Language
    from digest.posts import post_path
    from digest.posts.addresses import day_url
    from digest.posts.write import is_draft

    known: tuple[Language, ...] = get_args(Language)
    paths = {language: post_path(config, day.date, edition, language) for language in known}
    standing = [language for language in known if paths[language].is_file()]
    published = [language for language in standing if not is_draft(paths[language], config)]
    shown = published or standing or [language for language in known if language in config.languages]
    return {language: day_url(config, day.date, edition, language) for language in shown}


def _keys(days: "list[Day]") -> dict[str, str]:
    from digest.site.exports import keys

    return keys((day.date, covered) for day in days for covered in day.digest.carded)
