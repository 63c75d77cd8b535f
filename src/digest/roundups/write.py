"""Round-ups written: one file a language, what was edited by hand left alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Date

from digest.config import Config
from digest.labels import load_labels
from digest.models import Language
from digest.posts import frontmatter
from digest.posts.fields import MAX_TAGS, different
from digest.posts.frontmatter import Value
from digest.posts.post_view import commonest
from digest.posts.render import filled
from digest.posts.write import MadePosts, is_draft, sorted_out
from digest.roundups.files import dump, read_written, roundup_path, written_path, written_periods
from digest.roundups.gather import Roundup, gather
from digest.roundups.periods import Period
from digest.roundups.view import RoundupView
from digest.store import write_many

TEMPLATE = "roundup.md.j2"


@dataclass(frozen=True)
class MadeRoundup:
    """What became of a round-up.

    Attributes:
        posts: what was written, and what was kept because it was edited by hand.
        is_empty: nothing was announced in the period, so that there is nothing to write.
    """

    period: Period
    posts: MadePosts = field(default_factory=MadePosts)
    is_empty: bool = False


def write_roundup(config: Config, period: Period, today: Date, *, overwrite: bool = False) -> MadeRoundup:
    """Write the round-up of a period in all languages, as far as it changed. Call it while holding the blog's lock.

    Args:
        overwrite: replace what was edited by hand, too.

    Raises:
        RecordError, EditsError: a record or its edits, or roundups.json, cannot be read.
        RenderError: a template or label is wrong.
        OutputError: a file cannot be read or written.
    """
    found = gather(config, period, today)
    if found.is_empty:
        return MadeRoundup(period, is_empty=True)
    written = read_written(config)
    paths = {roundup_path(config, period, language): language for language in config.languages}
    rendered = {path: render(found, language, config, draft=is_draft(path, config)).encode() for path, language in paths.items()}
    posts = sorted_out(rendered, written.posts, config.root, overwrite=overwrite)
    record = dump(written.model_copy(update={"posts": posts.hashes}))
    # The record last: a run that is killed between them leaves posts that the next one finds to be what it would write.
    write_many({**posts.files, written_path(config): record.encode()})
    return MadeRoundup(period, posts)


def write_again(config: Config, today: Date, *, overwrite: bool = False) -> Iterator[MadeRoundup]:
    """Write every round-up that there is again, the oldest first. Raises what `write_roundup` raises."""
    for period in sorted(written_periods(config), key=lambda period: (period.last, period.kind)):
        yield write_roundup(config, period, today, overwrite=overwrite)


def render(roundup: Roundup, language: Language, config: Config, *, draft: bool = False) -> str:
    """The whole Markdown of a round-up. Raises RenderError."""
    view = RoundupView(roundup, config, load_labels(language, config.path("templates")))
    return f"{frontmatter.emit(_fields(view, draft))}\n{filled(TEMPLATE, config, roundup=view, label=view.label)}"


def told(made: MadeRoundup) -> Iterator[str]:
    """What became of a round-up, a line each file."""
    name = made.period.name
    if made.is_empty:
        yield f"{name}: nothing was announced, so there is no round-up"
    elif not made.posts.files and not made.posts.kept:
        yield f"{name}: the round-up has not changed"
    yield from (f"{name}: round-up written: {path}" for path in made.posts.files)
    yield from (f"{name}: left alone, edited by hand: {path} (--overwrite replaces it)" for path in made.posts.kept)


def _fields(view: RoundupView, draft: bool) -> dict[str, Value]:
    """The front matter; `published` is the period's last day, of one that is running the newest day with a record."""
    roundup = view.roundup
    published = roundup.days[-1].date if roundup.is_running else roundup.period.last
    revised = max((date for day in roundup.days for date in day.digest.revised), default=published)
    tags = [*view.settings.tags, *view.directions, *commonest(tag for p in view.picks for tag in p.view.card.meta.tags)]
    return {
        "title": view.title,
        "published": published,
        **({"updated": revised} if revised > published else {}),
        "description": view.description,
        "tags": different(tags)[:MAX_TAGS],
        "category": view.settings.category,
        "draft": draft,
        "lang": view.label.language,
    }
