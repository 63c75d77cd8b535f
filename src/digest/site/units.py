"""What is read together: a date with its record, edits and posts, or a post or page by hand with its translations."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from digest.config import Config
from digest.models import Edition, Language, in_language
from digest.site import routes
from digest.site.facts import DayRow, PaperRow, PostRow, SourceRow
from digest.site.inputs import Source
from digest.site.marks import mark_of
from digest.typography import reading_minutes

if TYPE_CHECKING:
    from digest.digests import Day
    from digest.models import CoveredPaper
    from digest.posts.files import PostFile
    from digest.site.kinship.related import Terms

NO_DATE = Date(1970, 1, 1)
"""Of a page by hand that names none."""
_GENERATED = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<edition>[a-z0-9]+(?:-[a-z0-9]+)*)")


class PaperRef(NamedTuple):
    """A covered paper as planning needs it.

    Attributes:
        mark: changes with what lists show of the paper.
        citation: the key that it wants to be cited under, before equal ones get letters.
        rank: its place among those that the day's first edition shows, from 0; None where it does not.
    """

    id: str
    mark: str
    citation: str
    directions: tuple[str, ...]
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    organisation: str
    rank: int | None

    @property
    def is_picked(self) -> bool:
        """Whether the day's first edition shows it, whose numbers lists tell."""
        return self.rank is not None


class Unit(NamedTuple):
    """A unit as planning needs it.

    Attributes:
        mark: changes with any of its files, `shown` with what lists show of its day, `words` with the terms of its papers.
        has_day: whether it is a day with a record, whose posts are not all drafts.
        state: of the day, as in `DayRow`; so are its `counts`: papers listed and picked, claims checked and removed.
        posts: those that are published.
        papers: those that the day covers.
        names: of all terms that its papers and posts bear.
        refs: own routes outside the unit that its posts lead to.
    """

    name: str
    mark: str
    shown: str
    has_day: bool
    state: str
    counts: tuple[int, ...]
    words: str
    names: tuple[str, ...]
    refs: tuple[str, ...]
    posts: tuple[PostRow, ...]
    papers: tuple[PaperRef, ...]
    pages: tuple[PostRow, ...]

    @classmethod
    def of(cls, plan: tuple[Any, ...]) -> "Unit":
        """A unit out of plain tuples."""
        *facts, posts, papers, pages = plan
        return cls._make((*facts, _posts(posts), tuple(map(PaperRef._make, papers)), _posts(pages)))

    @property
    def date(self) -> Date:
        """Of a unit that has a day."""
        return Date.fromisoformat(self.name)


@dataclass(frozen=True)
class Read:
    """A unit with everything that lists show of it.

    Attributes:
        row: the day as lists show it, None where there is none.
        papers: every covered paper as lists show it.
        anchors: of the sentences on each paper's page.
        terms: the telling words of each paper.
    """

    unit: Unit
    row: DayRow | None
    papers: dict[str, PaperRow]
    anchors: dict[str, list[str]]
    terms: "dict[str, Terms]"

    @property
    def rows(self) -> dict[str, object]:
        """What lists show."""
        return {"day": self.row, "papers": self.papers, "anchors": self.anchors}


def unit_looks(sources: Iterable[Source], roundups: Collection[str]) -> str:
    """How the files of a unit look: as long as this stays the same, so does its mark.

    Args:
        roundups: as `unit_mark` takes them.
    """
    return "\n".join([f"{s.kind} {s.name} {s.look} {s.name in roundups}" for s in sources])


def unit_mark(sources: Sequence[Source], hashes: Iterable[str], roundups: Collection[str]) -> str:
    """A mark that changes with anything that a unit is read from.

    Args:
        hashes: of the files' content.
        roundups: the posts, by their places below the posts folder, that were written as round-ups.
    """
    return mark_of([(s.kind, s.name, made, s.name in roundups) for s, made in zip(sources, hashes, strict=True)])


def read_unit(name: str, mark: str, sources: Sequence[Source], config: Config, roundups: Collection[str]) -> Read:
    """Read a unit.

    Args:
        mark: as `unit_mark` gives it.
        roundups: as there.

    Raises:
        RecordError, EditsError: the record or its edits cannot be read.
        RenderError: a post has no valid front matter.
    """
    day = _day(sources, config)
    editions = set(day.digest.editions) if day else set()
    revised = max(day.digest.revised, default=Date.min) if day else Date.min
    order = {edition.name: place for place, edition in enumerate(config.editions)}
    files = [(s, post_of(Path(s.path), config)) for s in sources if s.kind == "post"]
    rows = [(post_row(s, post, config, editions, roundups, revised), post) for s, post in files]
    posts = sorted((row for row, post in rows if not post.draft), key=lambda p: (order.get(p.edition or "", len(order)), p.file))
    if day and any(row.edition for row, _ in rows) and not any(post.edition for post in posts):
        day = None  # all its digests are drafts
    pages = [(s, read_page(s, config)) for s in sources if s.kind == "page"]
    refs = _refs(config, [read.body for _, read in (*files, *pages)])
    shown = tuple(page_row(s, page, config) for s, page in pages if not page.draft)
    names = tuple(sorted({tag for post in posts for tag in post.tags}))
    return _facts(Unit(name, mark, "", False, "", (), "", names, tuple(refs), tuple(posts), (), shown), day, config)


def read_rows(rows: Any) -> tuple[DayRow | None, dict[str, PaperRow], dict[str, tuple[str, ...]]]:
    """The day, the papers and their anchors out of `Read.rows` in plain tuples."""
    papers = {paper_id: PaperRow._make(row) for paper_id, row in rows["papers"].items()}
    return (_day_row(rows["day"]) if rows["day"] else None), papers, rows["anchors"]


def _day_row(row: Sequence[Any]) -> DayRow:
    *facts, posts, papers, sources = row
    return DayRow._make((*facts, _posts(posts), tuple(map(PaperRow._make, papers)), tuple(map(SourceRow._make, sources))))


def _posts(rows: Iterable[Iterable[Any]]) -> tuple[PostRow, ...]:
    return tuple(map(PostRow._make, rows))


# --- posts ---------------------------------------------------------------------------------------


def post_of(path: Path, config: Config) -> "PostFile":
    """A post as its file says it. Raises RenderError."""
    from digest.posts.files import read_post

    return read_post(path, config)


def post_row(
    source: Source, read: "PostFile", config: Config, editions: Collection[str], roundups: Collection[str], revised: Date
) -> PostRow:
    """A post in a list. What only has the name of a round-up is a post like any other.

    Args:
        editions: those that the record of its date has.
        revised: when that record was revised last.
    """
    from digest.roundups.periods import named_period

    generated = _GENERATED.fullmatch(read.stem)
    edition = generated["edition"] if generated and generated["edition"] in editions else None
    date = Date.fromisoformat(generated["date"]) if generated and edition else read.date
    period = named_period(read.stem) if source.name in roundups else None
    stem = source.name.rpartition("/")[2].removesuffix(".md")
    return PostRow(
        file=source.name,
        name=read.stem,
        route=routes.roundup_route(stem) if period else _route(stem, edition, date, read.language, config),
        edition=edition,
        period=period.kind if period else None,
        number=period.number if period else 0,
        language=read.language,
        day=str(date),
        changed=str(max(date, read.updated or date, revised if edition else date)),
        title=read.title,
        description=read.description,
        tags=read.tags,
        minutes=0 if edition else reading_minutes(read.body),
    )


def page_row(source: Source, read: "PostFile", config: Config) -> PostRow:
    """A page by hand, as a post without a place in lists."""
    row = post_row(source, read, config, (), (), Date.min)
    return row._replace(route=routes.page_route(row.name, row.language if row.language != config.site.language else None))


def read_page(source: Source, config: Config) -> "PostFile":
    """A page by hand as its file says it; it needs no date. Raises RenderError."""
    from digest.posts.files import read_post

    return read_post(Path(source.path), config, undated=NO_DATE)


def _refs(config: Config, bodies: Iterable[str]) -> list[str]:
    """The routes of the site that posts lead to."""
    urls = {url for body in bodies for url in re.findall(re.escape(config.site.url) + r"[^)>\s#]*", body)}
    return sorted(found[0] for url in urls if (found := routes.inside(config.site.url, url)))


def _route(stem: str, edition: str | None, date: Date, language: Language, config: Config) -> str:
    if edition is None:
        return routes.post_route(stem)
    other_edition = edition if edition != config.editions[0].name else None
    return routes.digest_route(date, other_edition, language if language != config.site.language else None)


# --- the day -------------------------------------------------------------------------------------


def _day(sources: Iterable[Source], config: Config) -> "Day | None":
    from digest.digests import load_day

    record = next((source for source in sources if source.kind == "record"), None)
    return load_day(config, Date.fromisoformat(record.name[-15:-5])) if record else None


def _facts(unit: Unit, day: "Day | None", config: Config) -> Read:
    """What lists show of a unit, out of its files.

    Args:
        unit: as far as it is known from its posts.
    """
    if day is None:
        return Read(unit._replace(shown=mark_of(unit.posts)), None, {}, {}, {})
    from digest.posts.addresses import sentence_anchor
    from digest.site.kinship.related import terms

    own = config.site.language
    row, edition = _row_of(day, tuple(post for post in unit.posts if post.language == own and post.edition), own)
    blurbs = _blurbs(edition, own)
    covered = [paper for paper in day.digest.carded if paper.cards]
    papers = {c.paper.id: paper_row(day, c, own, blurbs.get(c.paper.id, "")) for c in covered}
    row = row._replace(papers=tuple(papers[i] for i in (edition.picked if edition else ()) if i in papers))
    own_routes = {routes.paper_route(paper_id) for paper_id in papers}
    words = {paper_id: terms(paper) for paper_id, paper in papers.items()}
    ranks = {paper.id: rank for rank, paper in enumerate(row.papers)}
    found = unit._replace(
        shown=mark_of(row),
        has_day=True,
        state=row.state,
        counts=(row.listed, len(row.papers), row.checked, row.removed),
        words=mark_of(words),
        names=tuple(sorted({*unit.names, *(name for row in papers.values() for name in named(row))})),
        refs=tuple(ref for ref in unit.refs if ref not in own_routes),
        papers=tuple(_ref(c, papers[c.paper.id], ranks.get(c.paper.id)) for c in sorted(covered, key=lambda c: c.paper.id)),
    )
    return Read(found, row, papers, {c.paper.id: [sentence_anchor(c, n) for n in c.quotes] for c in covered}, words)


def named(row: PaperRow) -> tuple[str, ...]:
    """All terms that a paper bears."""
    return (*row.directions, *row.tags, *row.categories, *((row.organisation,) if row.organisation else ()))


def _ref(covered: "CoveredPaper", row: PaperRow, rank: int | None) -> PaperRef:
    from digest.site.exports.citation import plain_key

    named = row.directions, row.tags, row.categories, row.organisation
    return PaperRef(row.id, mark_of(row), plain_key(covered.paper), *named, rank)


def paper_row(day: "Day", covered: "CoveredPaper", language: Language, blurb: str = "") -> PaperRow:
    """A paper as a day covers it, as lists show it to readers of a language."""
    card, paper = covered.card_in(language), covered.paper
    told = blurb or (card.meta.tldr.text if card.meta.tldr else "")
    directions = tuple(dict.fromkeys(card.meta.directions))
    named = {*directions, *paper.categories}
    return PaperRow(
        id=paper.id,
        name=covered.name_in(language),
        title=paper.title,
        language=covered.language_for(language),
        stars=covered.assessment.stars,
        blurb=told,
        directions=directions,
        tags=tuple(dict.fromkeys(tag for tag in card.meta.tags if tag not in named)),
        categories=tuple(paper.categories),
        organisation=paper.organisation or "",
        code=bool(paper.links.code),
        code_stars=paper.stars,
        full_text=covered.reading.source != "abstract",
        day=str(day.date),
    )


def _row_of(day: "Day", posts: tuple[PostRow, ...], language: Language) -> tuple[DayRow, Edition | None]:
    digest = day.digest
    edition = edition_of(day, posts[0] if posts else None)
    overview = in_language(edition.overview, language) if edition else None
    shown = [c for i in (edition.picked if edition else ()) if (c := digest.paper(i)) and c.cards]
    support = [c.card_in(language).support for c in shown]
    row = DayRow(
        day=str(day.date),
        state="provisional" if digest.provisional and digest.status == "announced" else digest.status,
        status=digest.status,
        listed_on=str(digest.listed_on),
        listed=edition.counts.listed if edition else 0,
        also=len(edition.also) if edition else 0,
        checked=sum(one.checked for one in support),
        removed=sum(one.removed for one in support),
        tokens=digest.usage.tokens,
        cost=digest.usage.cost,
        currency=digest.usage.currency or "",
        headline=overview.headline if overview else "",
        posts=posts,
        papers=(),
        sources=tuple(SourceRow(s.listing, s.status, s.entries, s.via, s.error) for s in digest.sources),
    )
    return row, edition


def day_row(day: "Day", post: PostRow, posts: Iterable[PostRow]) -> DayRow:
    """A day as one of its digests shows it, in that digest's language and with its own papers."""
    same = tuple(other for other in posts if other.language == post.language and other.edition)
    row, edition = _row_of(day, (post, *(other for other in same if other != post)), post.language)
    blurbs = _blurbs(edition, post.language)
    shown = (c for i in (edition.picked if edition else ()) if (c := day.digest.paper(i)) and c.cards)
    return row._replace(papers=tuple(paper_row(day, c, post.language, blurbs.get(c.paper.id, "")) for c in shown))


def edition_of(day: "Day", post: PostRow | None) -> Edition | None:
    """The edition that a post shows; without one, the day's first."""
    editions = day.digest.editions
    if post and post.edition in editions:
        return editions[post.edition]
    return next(iter(editions.values()), None)


def _blurbs(edition: Edition | None, language: Language) -> dict[str, str]:
    overview = in_language(edition.overview, language) if edition else None
    return {one.paper: one.text for one in overview.highlights} if overview else {}
