"""Signals and a model's opinion together. The opinion moves a paper by a bounded step; it proves nothing.

A batch of papers is one prompt, so a text in it may have talked the model into anything, about its own paper or about its
neighbours. What it can gain is bounded three times: an opinion is worth `LIFT` at most, it counts only by how far it
stands from the middle of its batch, and neither stars nor exclusion go by it alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

from digest.selection.opinion import Opinion, Triaged
from digest.selection.rank import MUST_READ, Ranked, Reason, in_order

LIFT = 1.5
"""What an opinion can add to a score or take from it: a term in the title of a fairly important interest."""
SPREAD = 4.0
"""Points of quality above the middle of its batch that a paper needs for all of it."""


def judged(ranked: Sequence[Ranked], triaged: Triaged) -> list[Ranked]:
    """Ranked papers with the opinions on them, in their new order. One without an opinion keeps its score.

    The order of equals and the result do not depend on the order of `ranked`.
    """
    middles = _middles(triaged)
    runaway = _runaway(triaged)
    return in_order(_judged(r, triaged, middles, is_runaway=r.id in runaway) for r in ranked)


def _judged(ranked: Ranked, triaged: Triaged, middles: Mapping[str, float], *, is_runaway: bool) -> Ranked:
    opinion = triaged.opinions.get(ranked.id)
    if opinion is None:
        return ranked
    lift = lifted(opinion, middles.get(ranked.id, opinion.quality))
    reasons = ranked.reasons
    if opinion.reason:
        reasons = (Reason("model", {"text": opinion.reason}, language=triaged.language), *reasons)
    is_aside = opinion.exclude and ranked.proven < MUST_READ and not is_runaway
    return replace(
        ranked,
        score=round(ranked.score + lift, 6),
        reasons=reasons,
        opinion=opinion,
        aside=Reason(f"exclude_{opinion.exclude}") if is_aside else None,
    )


def lifted(opinion: Opinion, middle: float) -> float:
    """What an opinion is worth, -LIFT to LIFT: by how far it stands from the middle of its batch.

    Models score generously and differ in it from call to call; the distance within one answer is what they tell. It
    also makes "give every paper 10" worth nothing.
    """
    share = (opinion.quality - middle) / SPREAD
    return round(LIFT * max(-1.0, min(1.0, share)), 6)


def _groups(triaged: Triaged) -> list[list[str]]:
    """Papers that are compared with one another: those of a batch, so that no text has a say beyond its own."""
    return [[i for i in group if i in triaged.opinions] for group in triaged.groups]


def _middles(triaged: Triaged) -> dict[str, float]:
    return {i: median(triaged.opinions[i].quality for i in group) for group in _groups(triaged) for i in group}


def _runaway(triaged: Triaged) -> frozenset[str]:
    """Papers of batches that exclude more than half of their papers: somebody told them to, or they misunderstood."""
    excluded = {i for i, opinion in triaged.opinions.items() if opinion.exclude}
    return frozenset(i for group in _groups(triaged) if 2 * len(excluded.intersection(group)) > len(group) for i in group)
