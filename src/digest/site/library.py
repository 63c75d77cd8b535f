"""All that the site is made from: what has changed since the last build is read, of the rest the facts are at hand."""

import math
import os
from collections.abc import Iterator, Mapping
from datetime import date as Date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.config import Config
from digest.errors import RenderError
from digest.models import Language
from digest.site import routes
from digest.site.facts import DayRow, PaperRow, PostRow
from digest.site.inputs import content_hashes, scan, settings_hash
from digest.site.state import State
from digest.site.topics import Topics, topics
from digest.site.units import PaperRef, Unit, read_rows, read_unit, unit_looks, unit_mark

if TYPE_CHECKING:
    from digest.digests import Day
    from digest.posts.files import PostFile

_KEPT = 512
"""Days whose rows stay in memory; of their records, an eighth."""


class Library:
    """What there is, as of one moment.

    Args:
        config: of the blog.
        state: what the last build knew; brought up to date here.

    Raises:
        RecordError, EditsError: a record or the edits of a day, or roundups.json, cannot be read.
        RenderError: a post has no valid front matter, two posts want the same page, or content/ cannot be listed.
    """

    def __init__(self, config: Config, state: State) -> None:
        self.config, self.state = config, state
        self.settings = settings_hash(config)
        self.has_changed = state.note("settings") != self.settings
        """Whether anything is otherwise than in the last build."""
        if self.has_changed:
            state.forget()
            state.remember("settings", self.settings)
        try:
            self.sources = scan(config)
        except OSError as error:
            raise RenderError("content/ cannot be listed", where=str(error.filename), why=error.strerror or "") from None
        self.units = self._refreshed()
        _check_routes(self.posts, self.pages)
        self._rows = lru_cache(maxsize=_KEPT)(self._read_rows)
        self.day = lru_cache(maxsize=_KEPT // 8)(self._load_day)
        """A day as it is shown, by the name of its unit. Raises RecordError, EditsError."""

    # --- reading ---------------------------------------------------------------------------------

    def _refreshed(self) -> dict[str, Unit]:
        """All units by name, newest first; those that have changed are read."""
        roundups, known = self._roundup_files(), self.state.units()
        units: dict[str, Unit] = {}
        for name in sorted(self.sources, reverse=True):
            looks = unit_looks(self.sources[name], roundups)
            before = known.get(name)
            units[name] = Unit.of(before[1]) if before and before[0] == looks else self._read(name, looks, before, roundups)
        gone = known.keys() - units.keys()
        self.has_changed = self.has_changed or bool(gone)
        self.state.drop_units(gone)
        return units

    def _read(self, name: str, looks: str, before: tuple[str, Any] | None, roundups: frozenset[str]) -> Unit:
        """A unit of which a file looks otherwise than before."""
        sources = self.sources[name]
        try:
            mark = unit_mark(sources, content_hashes(sources), roundups)
        except OSError as error:
            raise RenderError("cannot be read", where=str(error.filename), why=error.strerror or "") from None
        known = Unit.of(before[1]) if before else None
        if known and known.mark == mark:
            self.state.put_looks(name, looks)
            return known
        self.has_changed = True
        read = read_unit(name, mark, sources, self.config, roundups)
        self.state.put_unit(name, looks, read.unit, read.rows, read.terms)
        return read.unit

    def _roundup_files(self) -> frozenset[str]:
        """The posts that were written as round-ups, by their places below the posts folder."""
        from digest.roundups.files import read_written

        folder = Path(os.path.relpath(self.config.path("posts"), self.config.root)).as_posix() + "/"
        return frozenset(name.removeprefix(folder) for name in read_written(self.config).posts)

    def _read_rows(self, name: str) -> tuple[DayRow | None, dict[str, PaperRow], dict[str, tuple[str, ...]]]:
        return read_rows(self.state.rows(name))

    def _load_day(self, name: str) -> "Day":
        from digest.digests import load_day

        day = load_day(self.config, Date.fromisoformat(name))
        assert day
        return day

    # --- days ------------------------------------------------------------------------------------

    @cached_property
    def days(self) -> tuple[Unit, ...]:
        """The units that are days, newest first."""
        return tuple(unit for unit in self.units.values() if unit.has_day)

    def row(self, day: Unit) -> DayRow:
        """A day as lists show it."""
        row = self._rows(day.name)[0]
        assert row
        return row

    def papers(self, day: Unit) -> dict[str, PaperRow]:
        """The papers of a day as lists show them."""
        return self._rows(day.name)[1]

    def paper(self, paper_id: str) -> PaperRow:
        """A covered paper as lists show it."""
        return self._rows(self.coverages[paper_id][0].name)[1][paper_id]

    def anchors(self, paper_id: str) -> frozenset[str]:
        """The anchors of the sentences on a covered paper's page."""
        return frozenset(a for unit in self.coverages[paper_id] for a in self._rows(unit.name)[2][paper_id])

    @cached_property
    def coverages(self) -> dict[str, tuple[Unit, ...]]:
        """The days that cover each paper, newest first; papers of the newest days first."""
        found: dict[str, tuple[Unit, ...]] = {}
        for unit in self.days:
            alone = (unit,)
            for paper in unit.papers:
                found[paper.id] = (*found[paper.id], unit) if paper.id in found else alone
        return found

    @cached_property
    def again(self) -> dict[str, tuple[Unit, ...]]:
        """The papers that several days cover, with those days, newest first."""
        return {paper_id: units for paper_id, units in self.coverages.items() if len(units) > 1}

    @cached_property
    def marks(self) -> dict[str, str]:
        """What changes with what lists show of each covered paper."""
        return {paper.id: paper.mark for unit in reversed(self.days) for paper in unit.papers}

    @cached_property
    def citations(self) -> dict[str, str]:
        """The key under which each covered paper is cited."""
        from digest.site.exports.citation import distinct

        return distinct((paper.id, paper.citation) for unit in reversed(self.days) for paper in unit.papers)

    # --- posts -----------------------------------------------------------------------------------

    @cached_property
    def posts(self) -> tuple[PostRow, ...]:
        """All posts that are published, newest first; of a day the first edition first."""
        order = {edition.name: place for place, edition in enumerate(self.config.editions)}
        posts = [post for unit in self.units.values() for post in unit.posts]
        posts.sort(key=lambda p: (order.get(p.edition or "", len(order)), p.file))
        posts.sort(key=lambda p: p.day, reverse=True)
        return tuple(posts)

    @cached_property
    def pages(self) -> tuple[PostRow, ...]:
        """The pages by hand."""
        return tuple(page for unit in self.units.values() for page in unit.pages)

    @property
    def own_language(self) -> Language:
        return self.config.site.language

    @cached_property
    def own_posts(self) -> tuple[PostRow, ...]:
        """Those in the site's language."""
        return tuple(post for post in self.posts if post.language == self.own_language)

    @cached_property
    def written(self) -> tuple[PostRow, ...]:
        """The posts that a person wrote, in the site's language."""
        return tuple(post for post in self.own_posts if post.is_written)

    @cached_property
    def roundups(self) -> tuple[PostRow, ...]:
        """The round-ups in the site's language, newest first."""
        return tuple(post for post in self.own_posts if post.period)

    def unit_of(self, post: PostRow) -> Unit:
        """The unit that a post or page belongs to."""
        return self._unit_of[post.route]

    def unit_of_route(self, route: str) -> Unit:
        """The unit of the post or page on a route."""
        return self._unit_of[route]

    @cached_property
    def _unit_of(self) -> dict[str, Unit]:
        return {post.route: unit for unit in self.units.values() for post in (*unit.posts, *unit.pages)}

    def file(self, post: PostRow) -> "PostFile":
        """A post as its file says it. Raises RenderError."""
        from digest.posts.files import read_post

        return read_post(self.config.path("posts") / post.file, self.config)

    @cached_property
    def around(self) -> dict[str, tuple[PostRow | None, PostRow | None]]:
        """For each post the older and the newer one of the same kind (edition, period, by hand) and language."""
        found: dict[str, tuple[PostRow | None, PostRow | None]] = {}
        newer: dict[tuple[str | None, Language], PostRow] = {}
        for post in self.posts:
            kind = post.edition or post.period, post.language
            after = newer.get(kind)
            found[post.route] = (None, after)
            if after:
                found[after.route] = (post, found[after.route][1])
            newer[kind] = post
        return found

    # --- topics and places -----------------------------------------------------------------------

    @cached_property
    def topics(self) -> Topics:
        """Directions, categories, organisations and tags, with all that bears them."""
        covered = ((unit, paper) for unit in reversed(self.days) for paper in sorted(unit.papers, key=_last_first))
        newest = [(unit.name, paper) for unit, paper in covered if self.coverages[paper.id][0] is unit]
        return topics(newest, self.own_posts)

    def ref_mark(self, route: str) -> str:
        """Changes with where a link of a post to a route of the site leads."""
        if route in self.places:
            papers = self.coverages.get(self.places.papers.get(route, ""), ())
            return ",".join(("+", *(unit.mark for unit in papers)))
        return "-"

    @cached_property
    def places(self) -> "Places":
        return Places(self)


def _last_first(paper: PaperRef) -> float:
    """Lists are read from the newest: the first of a day is the last to come."""
    return -math.inf if paper.rank is None else -paper.rank


class Places(Mapping[str, frozenset[str] | None]):
    """The routes of the site that a post may lead to, with the anchors of papers' pages; None where any anchor may be.

    Attributes:
        papers: the paper on each route that is a paper's.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self.papers = {routes.paper_route(paper_id): paper_id for paper_id in library.coverages}
        posts = (post.route for post in (*library.posts, *library.pages))
        terms = (route for term in library.topics for route in term.pages)
        months = {unit.name[:7]: unit.date for unit in library.days}.values()
        lists = (list_of(month) for month in months for list_of in (routes.month_route, routes.status_route))
        years = (routes.year_route(month.year) for month in months)
        self._others = frozenset((*routes.FIXED, *posts, *terms, *lists, *years))

    def __getitem__(self, route: str) -> frozenset[str] | None:
        if route in self.papers:
            return self._library.anchors(self.papers[route])
        if route in self._others:
            return None
        raise KeyError(route)

    def __contains__(self, route: object) -> bool:
        return route in self.papers or route in self._others

    def __iter__(self) -> Iterator[str]:
        yield from (*self.papers, *self._others)

    def __len__(self) -> int:
        return len(self.papers) + len(self._others)


def _check_routes(posts: tuple[PostRow, ...], pages: tuple[PostRow, ...]) -> None:
    seen: dict[str, str] = {route.casefold(): "the blog itself" for route in routes.FIXED if route != routes.ABOUT}
    for post in posts + pages:
        other = seen.setdefault(post.route.casefold(), post.file)
        if other != post.file:
            what = f"{other} and {post.file} want the same page"
            hint = "rename one of them; after a change of site.language `digest render` does"
            raise RenderError(what, where=post.route, hint=hint)
