"""What the templates show: days, papers, months and tags, looked up and put in order, no HTML yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import timedelta
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from digest.models import Card, CoveredPaper, Edition, Language, Overview, Paper, SourceStatus, in_language
from digest.posts.addresses import sentence_anchor
from digest.site import card as cards
from digest.site import routes
from digest.site.load import Content, Post

if TYPE_CHECKING:
    from digest.digests import Day

MUST_READ = 3
"""Stars of a must-read."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Coverage:
    """A paper as one day covers it, in the language that the page prefers.

    Attributes:
        language: of the card's text; a card filled without a model is in the abstract's.
        blurb: the overview's words for it, where it has some, else its TL;DR.
    """

    day: "Day"
    covered: CoveredPaper
    card: Card
    language: Language
    blurb: str = ""

    @property
    def paper(self) -> Paper:
        return self.covered.paper

    @property
    def stars(self) -> int:
        return self.covered.assessment.stars

    @property
    def route(self) -> str:
        return routes.paper_route(self.paper.id)

    @property
    def name(self) -> str:
        return self.covered.name_in(self.language)

    @property
    def tldr(self) -> cards.Item | None:
        return cards.item(self.card.meta.tldr) if self.card.meta.tldr else None

    @property
    def sections(self) -> tuple[cards.Section, ...]:
        return cards.sections(self.card)

    @property
    def full_text(self) -> bool:
        return self.covered.reading.source != "abstract"

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.card.meta.directions, *self.card.meta.tags)))

    def anchor(self, number: int) -> str | None:
        """The anchor of a sentence, or None where the record does not have it."""
        known = number in self.covered.quotes
        return sentence_anchor(self.covered, number) if known else None

    @property
    def anchors(self) -> frozenset[str]:
        return frozenset(sentence_anchor(self.covered, n) for n in self.covered.quotes)


@dataclass(frozen=True)
class Issue:
    """A day on the home page and in the archive.

    Attributes:
        posts: its digests in the page's language, the first edition first; pages that list days show that one.
        edition: the one that the first post shows, None where the day has nothing to show.
        picked: its papers, in order.
    """

    day: "Day"
    posts: tuple[Post, ...]
    edition: Edition | None
    overview: Overview | None
    picked: tuple[Coverage, ...]

    @property
    def date(self) -> Date:
        return self.day.date

    @property
    def post(self) -> Post | None:
        return self.posts[0] if self.posts else None

    @property
    def state(self) -> str:
        """`announced`, `quiet`, `stale`, `failed`, or `provisional`."""
        digest = self.day.digest
        return "provisional" if digest.provisional and digest.status == "announced" else digest.status

    @property
    def must_reads(self) -> tuple[Coverage, ...]:
        """The papers with three stars; where none has them, the first three."""
        return tuple(c for c in self.picked if c.stars == MUST_READ) or self.picked[:3]

    @property
    def failed_sources(self) -> tuple[SourceStatus, ...]:
        return tuple(s for s in self.day.digest.sources if s.status in ("failed", "stale"))

    @property
    def checked(self) -> int:
        return sum(c.card.support.checked for c in self.picked)

    @property
    def removed(self) -> int:
        return sum(c.card.support.removed for c in self.picked)


@dataclass(frozen=True)
class Row:
    """A row of the archive: a day or a round-up.

    Attributes:
        place: sorts within the month; of two rows with the same date, the round-up's is the greater.
    """

    month: Date
    place: tuple[int, Date, bool]
    issue: Issue | None = None
    roundup: Post | None = None


@dataclass
class Tag:
    """What carries a tag."""

    name: str
    route: str
    papers: list[Coverage] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.papers) + len(self.posts)


class Views:
    """The site's content, arranged for pages in one language."""

    def __init__(self, content: Content, language: Language) -> None:
        self.content, self.language = content, language

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """All days, newest first."""
        return tuple(self._issue(day) for day in self.content.days)

    @cached_property
    def coverages(self) -> Mapping[str, tuple[Coverage, ...]]:
        """Every covered paper with what each day says of it, newest first."""
        found: dict[str, list[Coverage]] = {}
        for day in self.content.days:
            for covered in day.digest.carded:
                if covered.cards:
                    found.setdefault(covered.paper.id, []).append(self._coverage(day, covered))
        return {paper_id: tuple(found[paper_id]) for paper_id in sorted(found)}

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """All tags in alphabetical order. The oldest of two similar ones keeps the plain address."""
        papers = [c[0] for c in self.coverages.values()]
        dated = [(c.day.date, tag) for c in papers for tag in c.tags]
        dated += [(p.date, tag) for p in self._own_posts for tag in p.tags]
        tags = {name: Tag(name, route) for name, route in routes.tag_routes(tag for _, tag in sorted(dated)).items()}
        for coverage in sorted(papers, key=lambda c: (c.stars, c.day.date), reverse=True):
            for name in coverage.tags:
                tags[name].papers.append(coverage)
        for post in self._own_posts:
            for name in post.tags:
                if not (post.edition and any(p.edition and p.date == post.date for p in tags[name].posts[-1:])):
                    tags[name].posts.append(post)  # of a day's editions the first that has the tag
        return tuple(sorted(tags.values(), key=lambda tag: (tag.name.casefold(), tag.name)))

    @property
    def months(self) -> list[tuple[Date, list[Row]]]:
        """The days by month, newest first; a month's round-up stands above its days, a week's above its newest day."""
        rows = [Row(issue.date.replace(day=1), (0, issue.date, False), issue=issue) for issue in self.issues]
        rows += [_roundup_row(post) for post in self.roundups]
        rows.sort(key=lambda row: (row.month, row.place), reverse=True)
        return [(month, list(found)) for month, found in groupby(rows, key=lambda row: row.month)]

    @property
    def written(self) -> tuple[Post, ...]:
        """The posts that a person wrote."""
        return tuple(p for p in self._own_posts if p.is_written)

    @property
    def roundups(self) -> tuple[Post, ...]:
        """The round-ups, newest first."""
        return tuple(p for p in self._own_posts if p.period)

    @property
    def recent_roundups(self) -> list[Post]:
        """The newest round-up of weeks and of months, as long as no whole period has passed since without one."""
        today = self.issues[0].date if self.issues else Date.min
        newest = {post.period.kind: post for post in reversed(self.roundups) if post.period}
        recent = [p for p in newest.values() if p.period and today - p.period.last <= p.period.last - p.period.first + _DAY]
        return sorted(recent, key=lambda post: post.date, reverse=True)

    @cached_property
    def _days(self) -> "Mapping[Date, Day]":
        return {day.date: day for day in self.content.days}

    @cached_property
    def _own_posts(self) -> tuple[Post, ...]:
        return tuple(p for p in self.content.posts if p.language == self.language)

    def issue_of(self, post: Post) -> Issue | None:
        """The day that a digest shows, with that digest's own papers."""
        day = self._days.get(post.date) if post.edition else None
        return self._issue(day, post) if day else None

    def beside(self, post: Post) -> tuple[Post, ...]:
        """The other editions of a digest's day."""
        posts = self.content.posts_of(post.date, self.language) if post.edition else ()
        return tuple(other for other in posts if other is not post)

    def digests_of(self, paper_id: str) -> list[Post]:
        """The digests that show a paper, newest first."""
        days = [c.day for c in self.coverages[paper_id]]
        posts = ((day, post) for day in days for post in self.content.posts_of(day.date, self.language))
        return [post for day, post in posts if _shows(day, post, paper_id)]

    def _issue(self, day: "Day", post: Post | None = None) -> Issue:
        posts = self.content.posts_of(day.date, self.language)
        edition = _edition(day, post or (posts[0] if posts else None))
        overview = in_language(edition.overview, self.language) if edition else None
        blurbs = {h.paper: h.text for h in overview.highlights} if overview else {}
        picked = (day.digest.paper(i) for i in edition.picked) if edition else ()
        shown = tuple(self._coverage(day, c, blurbs.get(c.paper.id, "")) for c in picked if c and c.cards)
        return Issue(day, posts, edition, overview, shown)

    def _coverage(self, day: "Day", covered: CoveredPaper, blurb: str = "") -> Coverage:
        card = covered.card_in(self.language)
        told = blurb or (card.meta.tldr.text if card.meta.tldr else "")
        return Coverage(day, covered, card, covered.language_for(self.language), told)


def _edition(day: "Day", post: Post | None) -> Edition | None:
    editions = day.digest.editions
    if post and post.edition in editions:
        return editions[post.edition]
    return next(iter(editions.values()), None)


def _roundup_row(post: Post) -> Row:
    """A week belongs to the month of its Thursday, as its number belongs to that day's year."""
    assert post.period
    first, last = post.period.first, post.period.last
    if post.period.kind == "month":
        return Row(first, (1, last, True), roundup=post)
    return Row((first + 3 * _DAY).replace(day=1), (0, last, True), roundup=post)


def _shows(day: "Day", post: Post, paper_id: str) -> bool:
    edition = day.digest.editions.get(post.edition or "")
    return edition is None or paper_id in edition.picked


def places(views: Iterable[Views], content: Content) -> dict[str, frozenset[str] | None]:
    """The site's routes, with the anchors where links into a page must be checked."""
    found: dict[str, frozenset[str] | None] = dict.fromkeys((routes.HOME, routes.ARCHIVE, routes.TAGS, routes.FEED), None)
    found.update({post.route: None for post in content.posts})
    for view in views:
        found.update({tag.route: None for tag in view.tags})
        for paper_id, coverages in view.coverages.items():
            found[routes.paper_route(paper_id)] = frozenset().union(*(c.anchors for c in coverages))
    return found
