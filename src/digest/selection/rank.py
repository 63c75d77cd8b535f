"""How much a paper matters, as a sum of signals that can each be named and looked up.

The weights are of one scale: one point is about what a term of an ordinary interest in the title is worth.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from digest.config import Selection
from digest.labels import Labels
from digest.models import Candidate, Language, Scores
from digest.selection.interests import followed, is_avoided, match
from digest.selection.opinion import Opinion

AUTHOR = 3.0
ORGANISATION = 1.5
CURATED = 1.0
BOTH = 0.5
CODE = 0.5
UPVOTES = 0.4
"""For each doubling of the upvotes."""
STARS = 0.5
"""For each tenfold of the stars."""
WORTH_NAMING = 10
"""Fewer stars count, but are no reason that a reader would accept."""
MUST_READ = 2.5
"""Three stars want at least this much."""
LINKED = 1.0
"""A repository counts at most this much towards three stars: a paper may link to a famous one that is not its own."""

_WITHDRAWN = re.compile(r"\b(?:paper|article|submission|manuscript|version)\b.{0,40}\bwithdrawn\b|^\s*withdrawn\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, to be worded in any language: a key of the labels' section `reason` and its values.

    Attributes:
        language: the only one that it can be worded in; None for nearly all.
    """

    key: str
    values: dict[str, object] = field(default_factory=dict)
    language: Language | None = None

    def words(self, labels: Labels) -> str:
        return labels(f"reason.{self.key}", **self.values)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score and the reasons for it, the weightiest first.

    Attributes:
        directions: names of the interests that it meets, strongest first.
        barred: why it cannot be shown among the picks at all; None for nearly all.
        signals: the score without what a model says.
        proven: what counts towards three stars: the signals, a linked repository up to `LINKED`, and not what a model says.
        opinion: what a model says of it.
        aside: why a model would leave it out; it is picked only where there is nothing else.
    """

    candidate: Candidate
    score: float
    reasons: tuple[Reason, ...]
    directions: tuple[str, ...] = ()
    barred: Reason | None = None
    signals: float = 0.0
    proven: float = 0.0
    opinion: Opinion | None = None
    aside: Reason | None = None

    @property
    def id(self) -> str:
        return self.candidate.paper.id

    @property
    def has_text(self) -> bool:
        """Whether there is anything that a card could be checked against."""
        return bool(self.candidate.abstract)

    @property
    def scores(self) -> Scores | None:
        """A model's scores."""
        return self.opinion.scores if self.opinion else None

    @property
    def card_directions(self) -> tuple[str, ...]:
        """Directions for the card: those that its words meet, then those that a model names."""
        named = self.opinion.directions if self.opinion else ()
        return tuple(dict.fromkeys((*self.directions, *named)))


def rank(candidates: Iterable[Candidate], selection: Selection) -> list[Ranked]:
    """Candidates from the most to the least important. The same input gives the same order, whatever its own order."""
    return in_order(_ranked(c, selection) for c in candidates)


def in_order(ranked: Iterable[Ranked]) -> list[Ranked]:
    """Best first; what a model would leave out comes behind, what cannot be shown comes last."""
    return sorted(ranked, key=_order)


def _order(ranked: Ranked) -> tuple[bool, bool, float, int, str]:
    upvotes = ranked.candidate.paper.upvotes or 0
    return ranked.barred is not None, ranked.aside is not None, -ranked.score, -upvotes, ranked.id


def _ranked(candidate: Candidate, selection: Selection) -> Ranked:
    interests, directions = _interests(candidate, selection)
    code, others = _code(candidate), [*interests, *_people(candidate, selection), *_listings(candidate)]
    weighed = sorted([*others, *code], key=lambda pair: -pair[0])
    score = round(_points(weighed), 6)
    return Ranked(
        candidate=candidate,
        score=score,
        signals=score,
        reasons=tuple(reason for _, reason in weighed) or (Reason("recent"),),
        directions=directions,
        barred=_barred(candidate, selection),
        proven=round(min(LINKED, _points(code)) + _points(others), 6),
    )


Weighed = list[tuple[float, Reason]]


def _points(weighed: Weighed) -> float:
    return sum(points for points, _ in weighed)


def _interests(candidate: Candidate, selection: Selection) -> tuple[Weighed, tuple[str, ...]]:
    """Points and reasons for the interests that a paper meets, and their names; each further one counts half as much."""
    found: list[tuple[float, str, Reason]] = []
    for interest in selection.interests:
        place, terms, strength = match(interest, candidate)
        if place:
            reason = Reason(f"interest_{place}", {"name": interest.name, "terms": ", ".join(terms[:3])})
            found.append((interest.weight * strength, interest.name, reason))
    found.sort(key=lambda row: -row[0])
    weighed = [(points / 2**n, reason) for n, (points, _, reason) in enumerate(found)]
    return weighed, tuple(name for _, name, _ in found)


def _people(candidate: Candidate, selection: Selection) -> Weighed:
    paper = candidate.paper
    organisations = [o for o in (paper.organisation, *paper.affiliations) if o]
    authors = followed(selection.follow.authors, paper.authors)
    followed_organisations = followed(selection.follow.organisations, organisations)
    return [
        *((AUTHOR, Reason("author", {"name": name})) for name in authors),
        *((ORGANISATION, Reason("organisation", {"name": name})) for name in followed_organisations),
    ]


def _listings(candidate: Candidate) -> Weighed:
    paper = candidate.paper
    sources = {listing.split("/")[0] for listing in candidate.listed_by}
    weighed: Weighed = []
    if paper.upvotes:
        weighed.append((CURATED + UPVOTES * math.log2(1 + paper.upvotes), Reason("upvotes", {"n": paper.upvotes})))
    elif "huggingface" in sources:
        weighed.append((CURATED, Reason("curated")))
    if len(sources) > 1:
        weighed.append((BOTH, Reason("both")))
    return weighed


def _code(candidate: Candidate) -> Weighed:
    """The repository that a paper names, which need not be its own."""
    paper = candidate.paper
    if not paper.links.code:
        return []
    count = paper.stars or 0
    reason = Reason("stars", {"n": paper.stars}) if count >= WORTH_NAMING else Reason("code")
    return [(CODE + STARS * math.log10(1 + count), reason)]


def _barred(candidate: Candidate, selection: Selection) -> Reason | None:
    if _WITHDRAWN.search(candidate.paper.comment or "") or _WITHDRAWN.search(candidate.abstract[:200]):
        return Reason("withdrawn")
    for avoid in selection.avoid:
        if is_avoided(avoid, candidate):
            return Reason("avoid" if avoid.reason else "avoid_plain", {"name": avoid.name, "reason": avoid.reason})
    return None


def places(ranked: Iterable[Ranked]) -> dict[str, int]:
    """Each paper's place from 0, by its signals alone. Three stars want a good one: no opinion makes a must-read."""
    return {r.id: place for place, r in enumerate(in_order(replace(r, score=r.signals, aside=None) for r in ranked))}


def stars(position: int, ranked: Ranked, selection: Selection) -> int:
    """The recommendation of a pick: 3 must read, 2 worth reading, 1 good to know.

    Args:
        position: its place among the picks, from 0.
    """
    if ranked.aside:
        return 1
    if position < selection.must_read and min(ranked.proven, ranked.score) >= MUST_READ and ranked.has_text:
        return 3
    return 2 if ranked.score >= MUST_READ / 2 else 1


def worded(reasons: Sequence[Reason], labels: Labels) -> tuple[str, ...]:
    """Reasons in a language, without those that are in another."""
    return tuple(reason.words(labels) for reason in reasons if reason.language in (None, labels.language))
