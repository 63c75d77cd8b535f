"""Directions, categories, organisations and tags: what bears each of them, and the pages that list it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from digest.site import routes
from digest.site.facts import PostRow
from digest.site.units import PaperRef

_DAY = attrgetter("day")
_KINDS = ("directions", "categories", "organisations", "tags")
FOLLOWED = ("directions", "tags")
"""Kinds whose terms have feeds."""
ENTRIES = 20
"""Newest papers in a term's feed."""
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
    route: str
    bearers: list[Bearer]

    @property
    def count(self) -> int:
        return len(self.bearers)

    @property
    def papers(self) -> int:
        """How many of its bearers are papers."""
        return sum(not bearer.is_post for bearer in self.bearers)

    @property
    def newest_papers(self) -> list[str]:
        """The papers in its feed, newest first."""
        return list(islice((bearer.id for bearer in reversed(self.bearers) if not bearer.is_post), ENTRIES))

    @property
    def older(self) -> int:
        """How many numbered pages it has."""
        return max(0, len(self.bearers) // PAGE - 1)

    @property
    def pages(self) -> tuple[str, ...]:
        """The routes of its pages: the newest, which has no number, and the numbered ones."""
        return self.route, *(routes.numbered(self.route, number) for number in range(1, self.older + 1))

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

    @property
    def followed(self) -> Iterator[Term]:
        """Those that have feeds of their papers."""
        for kind in FOLLOWED:
            yield from self.kinds[kind].values()

    @cached_property
    def routes(self) -> dict[str, str]:
        """The page of each name. A name that several kinds have leads to the first of them."""
        found: dict[str, str] = {}
        for term in self:
            found.setdefault(term.name, term.route)
        return found


def topics(papers: Iterable[tuple[str, PaperRef]], posts: Sequence[PostRow]) -> Topics:
    """The terms of all papers and posts.

    Args:
        papers: with the newest day of each, oldest first.
        posts: of one language, newest first; of a day's editions the first that bears a tag is listed.
    """
    papers = list(papers)
    digests = {post.route for post in posts if post.edition}
    found: dict[str, dict[str, list[Bearer]]] = {kind: defaultdict(list) for kind in routes.TOPICS}
    directions, categories, organisations, tags = (found[kind] for kind in _KINDS)
    named = {name for _, paper in papers for name in paper.directions}
    for day, paper in papers:
        bearer = Bearer(day, False, paper.id, paper.mark)
        for name in paper.directions:
            directions[name].append(bearer)
        for name in paper.categories:
            categories[name].append(bearer)
        for name in paper.tags:
            (directions if name in named else tags)[name].append(bearer)
        if paper.organisation:
            organisations[paper.organisation].append(bearer)
    for post in reversed(posts):
        for name in post.tags:
            _add_post((directions if name in named else categories if name in categories else tags)[name], post, digests)
    return Topics({kind: _ordered(kind, bearers) for kind, bearers in found.items()})


def _add_post(borne: list[Bearer], post: PostRow, digests: Collection[str]) -> None:
    """Add a post to what bears a term; the digest of a day takes the place of the one that another edition made of it."""
    if post.edition and borne and borne[-1].day == post.day and borne[-1].id in digests:
        borne.pop()
    borne.append(Bearer(post.day, True, post.route, f"{post.title}\n{post.route}\n{post.day}\n{post.minutes}"))


def _ordered(kind: str, found: dict[str, list[Bearer]]) -> dict[str, Term]:
    for bearers in found.values():
        bearers.sort(key=_DAY)
    oldest = sorted(found, key=lambda name: (found[name][0].day, name))
    places = routes.term_routes(routes.TOPICS[kind], oldest)
    return {
        name: Term(kind, name, places[name], found[name]) for name in sorted(oldest, key=lambda name: (name.casefold(), name))
    }
