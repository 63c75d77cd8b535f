"""What lists say of a day, a post and a paper: everything that a page about many of them may show of one.

Facts are small and plain, so that those of ten years are at hand without a record being read again: they are kept
between builds. Pages about one day or one paper are made from the record itself.
"""

from datetime import date as Date
from typing import NamedTuple

from digest.models import Language
from digest.site import routes

MUST_READ = 3
"""Stars of a must-read."""


class PaperRow(NamedTuple):
    """A paper in a list, as its newest day covers it, in the site's language where there is a card in it.

    Attributes:
        name: its short name; where it has none, its title.
        language: of name and blurb; a card filled without a model is in the abstract's.
        blurb: the overview's words for it, where it has some, else its TL;DR; may hold `$…$`.
        tags: without the directions and categories.
        code: whether code is released; `code_stars` are the repository's stars, where known.
        full_text: whether it was read in full, and not as an abstract only.
    """

    id: str
    name: str
    title: str
    language: Language
    stars: int
    blurb: str
    directions: tuple[str, ...]
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    organisation: str
    code: bool
    code_stars: int | None
    full_text: bool
    day: str

    @property
    def route(self) -> str:
        return routes.paper_route(self.id)

    @property
    def date(self) -> Date:
        return Date.fromisoformat(self.day)


class PostRow(NamedTuple):
    """A post in a list: a digest (it has an edition), a round-up (it has a period) or written by hand.

    Attributes:
        file: its place below the posts folder.
        name: the file's name without language and ending; translations share it.
        day: the listing date of a digest, else its `published`; `changed` is the newest of it, its `updated` and the
            days on which its record was revised.
        period: `week` or `month`; `number` is the week's number or the month's.
    """

    file: str
    name: str
    route: str
    edition: str | None
    period: str | None
    number: int
    language: Language
    day: str
    changed: str
    title: str
    description: str
    tags: tuple[str, ...]
    minutes: int

    @property
    def date(self) -> Date:
        return Date.fromisoformat(self.day)

    @property
    def updated(self) -> Date:
        return Date.fromisoformat(self.changed)

    @property
    def is_written(self) -> bool:
        """Whether a person wrote it."""
        return self.edition is None and self.period is None


class SourceRow(NamedTuple):
    """A source of a day on the status page: `cs.AI`, where it stood, how many papers it listed."""

    listing: str
    status: str
    entries: int
    via: str | None
    error: str | None


class DayRow(NamedTuple):
    """A day in a list, as its first edition shows it in the site's language.

    Attributes:
        state: `announced`, `quiet`, `stale`, `failed` or `provisional`.
        listed_on: differs from the day where a quiet one shows what an earlier one had over.
        listed: papers on its lists; `also`: those worth noting without a card.
        checked, removed: claims of its cards.
        tokens, cost: what its cards cost; None where unknown.
        headline: of its overview; empty where it has none.
        posts: its digests in the site's language, the first edition first.
        papers: those picked, in order.
    """

    day: str
    state: str
    status: str
    listed_on: str
    listed: int
    also: int
    checked: int
    removed: int
    tokens: int | None
    cost: float | None
    currency: str
    headline: str
    posts: tuple[PostRow, ...]
    papers: tuple[PaperRow, ...]
    sources: tuple[SourceRow, ...]

    @property
    def date(self) -> Date:
        return Date.fromisoformat(self.day)

    @property
    def post(self) -> PostRow | None:
        return self.posts[0] if self.posts else None

    @property
    def must_reads(self) -> tuple[PaperRow, ...]:
        """The papers with three stars; where none has them, the first three."""
        return tuple(paper for paper in self.papers if paper.stars == MUST_READ) or self.papers[:3]

    @property
    def failed_sources(self) -> tuple[SourceRow, ...]:
        return tuple(source for source in self.sources if source.status in ("failed", "stale"))
