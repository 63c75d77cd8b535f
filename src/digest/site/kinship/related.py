"""Related papers: those that share rare words, weighed as the site stood when a paper came.

A paper is known by its *terms*: words, phrases, tags. A term that two papers share says as much as it is rare: the square
of its inverse document frequency, log2(papers / papers that carry it), which is TF-IDF's product for terms that are there
or not. Frequencies are as of the paper's day, and only papers of that day and before are looked at. So a new day changes
nobody's related papers, and a page that was built need not be built again. What came afterwards is `later`.

Scores are whole numbers, so that no machine's floating point puts papers in another order.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple, TypeAlias

from digest.site.facts import PaperRow
from digest.site.kinship.telling import telling, topic

Terms: TypeAlias = tuple[str, ...]
"""What is kept of a paper to relate it."""
Day: TypeAlias = Mapping[str, Sequence[str]]
"""The papers of a day in the day's order: the terms of each by its id."""

MOST = 20
"""Terms that are kept of a paper."""
NEWEST = 64
"""A term leads to the newest papers that carry it, so many at most: then a paper costs the same however old the site is."""
NEAREST = 3
"""A paper is shown on an older one's page where that is among its nearest."""

_STEPS = 8
"""To the bit: logarithms are rounded to these. None lies halfway, as no power of a fraction is an odd power of two."""
_TOLD = 3 * _STEPS
"""What more than one in eight papers carry tells nothing."""
_RAREST = 8 * _STEPS
"""A term in one of 1,000 papers tells no more than one in 256: no single word makes two papers related."""
_ENOUGH = 66 * _STEPS**2
"""More than any one term tells; a phrase of 1 in 100 papers and one of its words are enough."""
_WITHOUT_PHRASE = 4
"""Shared terms that relate two papers without a phrase among them; two or three rare words may be chance."""


def terms(paper: PaperRow) -> Terms:
    """The terms of a paper, at most 20: those of its directions and tags first, then the title's, then the blurb's.

    They depend on the paper alone, so that later papers do not change them. What was tried on 470 papers of four
    recorded days, against TF-IDF over their whole abstracts: phrases help, and so does leaving out ordinary words;
    counting words, or weighing those of the title more, does not. 16 English terms are as good as 24, and 12 are worse;
    Chinese pairs overlap and need more room. Categories are left out: they are as frequent as to tell nothing.
    """
    topics = [topic(tag) for tag in (*paper.directions, *paper.tags) if tag not in paper.categories]
    title, blurb = telling(paper.title), telling(paper.blurb)
    found = (*topics, *title.words, *title.phrases, *title.pairs, *blurb.words, *blurb.phrases, *blurb.pairs)
    return tuple(dict.fromkeys(found))[:MOST]


class Related(NamedTuple):
    """A related paper.

    Attributes:
        score: what the shared terms tell, in 64ths of a bit squared.
        shared: the terms that both papers have, the rarest first.
    """

    id: str
    score: int
    shared: Terms


class Index:
    """The papers so far, by their terms.

    Args:
        wanted: the terms that papers will be compared by; no other is kept.
    """

    def __init__(self, wanted: Iterable[str]) -> None:
        self._ids: list[str] = []
        self._terms: list[Sequence[str]] = []
        self._known: set[str] = set()
        self._places: dict[str, list[int]] = {term: [] for term in wanted}

    def __contains__(self, paper_id: str) -> bool:
        return paper_id in self._known

    def add(self, day: Day) -> None:
        """Add the next day. A paper that was covered before keeps its place and its terms."""
        places = self._places
        wanted = places.keys()
        for paper_id, terms in day.items():
            if paper_id not in self._known:
                place = len(self._ids)
                self._known.add(paper_id)
                self._ids.append(paper_id)
                self._terms.append(terms)
                for term in wanted & terms:
                    places[term].append(place)

    def related(self, paper_id: str, terms: Sequence[str], limit: int) -> tuple[Related, ...]:
        """The papers that are related to one, among those that were added; the nearest first, then by id.

        Two papers are related that share a phrase and one of its words, or four terms (Chinese has no phrases here). On a
        site of few papers no term is rare, so that less is asked.
        """
        told = self._told(terms)
        scores: dict[int, int] = {}
        score_of = scores.get
        for term, value in told.items():
            for place in self._places[term][-NEWEST:]:
                scores[place] = score_of(place, 0) + value
        enough = _threshold(len(self._ids))
        near = sorted((-score, self._ids[place], place) for place, score in scores.items() if score >= enough)
        return tuple(islice(self._checked(near, paper_id, told), limit))

    def _told(self, terms: Sequence[str]) -> dict[str, int]:
        """What each term tells, the rarest first."""
        count = len(self._ids)
        values = {term: _value(count, len(places)) for term in terms if (places := self._places[term])}
        return dict(sorted(((term, value) for term, value in values.items() if value), key=lambda one: (-one[1], one[0])))

    def _checked(self, near: Iterable[tuple[int, str, int]], paper_id: str, told: Iterable[str]) -> Iterator[Related]:
        for score, other, place in near:
            has = set(self._terms[place])
            shared = tuple(term for term in told if term in has)
            if other != paper_id and (len(shared) >= _WITHOUT_PHRASE or any(" " in term for term in shared)):
                yield Related(other, -score, shared)


def relate(days: Sequence[Day], known: int, limit: int) -> Iterator[dict[str, tuple[Related, ...]]]:
    """The related papers of the days behind those that are known.

    Args:
        days: all days, the oldest first.
        known: how many of them need not be done. Their results stand as long as none of them changes; where one does,
            pass the number of those before it.
        limit: how many related papers each has at most.

    Yields:
        For each day that is done, its papers that no earlier day covered.
    """
    left = days[known:]
    index = Index({term for day in left for terms in day.values() for term in terms})
    for day in days[:known]:
        index.add(day)
    for day in left:
        fresh = [paper_id for paper_id in day if paper_id not in index]
        index.add(day)
        yield {paper_id: index.related(paper_id, day[paper_id], limit) for paper_id in fresh}


def followed(related: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """The papers of earlier days that those of a day count among their nearest three, each with the one that does.

    A day of eight papers adds to at most 24 older ones.

    Args:
        related: the ids of what `relate` found for a day's papers.
    """
    for paper_id, nearest in related.items():
        for earlier in islice(nearest, NEAREST):
            if earlier not in related:
                yield earlier, paper_id


def later(days: Iterable[Iterable[tuple[str, str]]], limit: int) -> dict[str, tuple[str, ...]]:
    """For each paper, those of later days that count it among their nearest; the newest first.

    Args:
        days: what `followed` found for each day, the oldest first.
        limit: how many each has at most.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for day in days:
        for earlier, paper_id in day:
            found[earlier].append(paper_id)
    return {paper_id: tuple(followers[: -limit - 1 : -1]) for paper_id, followers in found.items()}


def _threshold(count: int) -> int:
    """The score from which on papers are related, out of so many: 90 bits squared, less where there are fewer than 180."""
    return min(_ENOUGH, _bits(count, 1) ** 2 * 6 // 5)


@cache
def _value(count: int, carrying: int) -> int:
    """What a term tells that so many papers carry, out of so many."""
    bits = _bits(count, carrying)
    return min(bits, _RAREST) ** 2 if bits >= _TOLD or count < 64 else 0


def _bits(count: int, carrying: int) -> int:
    """log2(count / carrying), in eighths."""
    return round(_STEPS * math.log2(count / carrying))
