"""Directions, categories, organisations and tags: what bears each of them, and the pages that list it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from digest.site import routes
from digest.site.facts import PostRow
from digest.site.units import PaperRef

_DAY = attrgetter("day")
PAGE = 40
"""Entries of an older page of a term. The newest page has up to twice as many less one, so that older ones stay as they are."""


class Bearer(NamedTuple):
    """What bears a term: a paper by its id, or a post by its route.

    Attributes:
        day: of its newest day, or of the post.
        mark: changes with what lists show of it.
    """

    day: str
    is_post: bool
    id: str
    mark: str


@dataclass
class Term:
    """A direction, category, organisation or tag.

    Attributes:
        bearers: oldest first.
    """

    kind: str
    name: str
    route: str = ""
    bearers: list[Bearer] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.bearers)

    @property
    def papers(self) -> int:
        """How many of its bearers are papers."""
        return sum(not bearer.is_post for bearer in self.bearers)

    @property
    def older(self) -> int:
        """How many numbered pages it has."""
        return max(0, len(self.bearers) // PAGE - 1)

    def page(self, number: int) -> list[Bearer]:
        """What a page lists, newest first; 0 is the newest page, 1 the oldest one."""
        start = (number - 1) * PAGE if number else self.older * PAGE
        return self.bearers[start : start + PAGE if number else None][::-1]


@dataclass(frozen=True)
class Topics:
    """All terms.

    Attributes:
        kinds: the terms of each kind by name, in alphabetical order.
    """

    kinds: dict[str, dict[str, Term]]

    def __iter__(self) -> Iterator[Term]:
        for terms in self.kinds.values():
            yield from terms.values()

    @cached_property
    def routes(self) -> dict[str, str]:
        """The page of each name. A name that several kinds have leads to the first of them."""
        found: dict[str, str] = {}
        for term in self:
            found.setdefault(term.name, term.route)
        return found


def topics(papers: Iterable[tuple[str, PaperRef]], posts: Iterable[PostRow]) -> Topics:
    """The terms of all papers and posts.

    Args:
        papers: with the newest day of each, oldest first.
        posts: of one language, newest first; of a day's editions the first that bears a tag is listed.
    """
    found: dict[str, dict[str, Term]] = {kind: {} for kind in routes.TOPICS}
    papers = list(papers)
    directions = {name for _, paper in papers for name in paper.directions}
    for day, paper in papers:
        bearer = Bearer(day, False, paper.id, paper.mark)
        for name in paper.directions:
            _term(found, "directions", name).bearers.append(bearer)
        for name in paper.categories:
            _term(found, "categories", name).bearers.append(bearer)
        for name in paper.tags:
            _term(found, "directions" if name in directions else "tags", name).bearers.append(bearer)
        if paper.organisation:
            _term(found, "organisations", paper.organisation).bearers.append(bearer)
    for post in reversed(list(posts)):
        _add_post(found, post, directions)
    return Topics({kind: _ordered(kind, terms) for kind, terms in found.items()})


def _add_post(found: dict[str, dict[str, Term]], post: PostRow, directions: set[str]) -> None:
    bearer = Bearer(post.day, True, post.route, f"{post.title}\n{post.route}")
    for name in post.tags:
        kind = "directions" if name in directions else "categories" if name in found["categories"] else "tags"
        term = _term(found, kind, name)
        last = term.bearers[-1] if term.bearers else None
        if last and last.is_post and post.edition and last.day == post.day:
            term.bearers.pop()
        term.bearers.append(bearer)


def _term(found: dict[str, dict[str, Term]], kind: str, name: str) -> Term:
    terms = found[kind]
    if name not in terms:
        terms[name] = Term(kind, name)
    return terms[name]


def _ordered(kind: str, terms: dict[str, Term]) -> dict[str, Term]:
    for term in terms.values():
        term.bearers.sort(key=_DAY)
    oldest = sorted(terms.values(), key=lambda term: (term.bearers[0].day, term.name))
    for name, route in routes.term_routes(routes.TOPICS[kind], (term.name for term in oldest)).items():
        terms[name].route = route
    return {term.name: term for term in sorted(oldest, key=lambda term: (term.name.casefold(), term.name))}
