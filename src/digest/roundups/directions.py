"""Which directions grew or shrank: shares of the papers with a card, and how far chance goes.

Counts of papers are not compared: a week with a holiday has fewer of them, and a config that picks more has more. What is
compared is a direction's share of the papers with a card, in the period and in the periods before taken together.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from digest.models import CoveredPaper

Trend = Literal["up", "down", "same", "unknown"]

ENOUGH_CARDS = 10
"""Papers with a card, in the period and before, without which no share is compared."""
ENOUGH_PAPERS = 3
"""Papers of a direction, found or expected, without which its share is not compared."""
BEYOND_CHANCE = 1.96
"""Standard errors between two shares that chance alone exceeds once in twenty comparisons."""


@dataclass(frozen=True)
class Direction:
    """A direction in a period and before it.

    Attributes:
        papers, cards: papers with a card that are about it, and all of them, in the period.
        papers_before, cards_before: the same in all periods before that had any, of which there are `periods`.
    """

    name: str
    papers: int
    cards: int
    papers_before: int = 0
    cards_before: int = 0
    periods: int = 0

    @property
    def share(self) -> float:
        return self.papers / self.cards if self.cards else 0.0

    @property
    def share_before(self) -> float:
        return self.papers_before / self.cards_before if self.cards_before else 0.0

    @property
    def mean_before(self) -> float:
        """Papers in a period before, on average over those that had any papers at all."""
        return self.papers_before / self.periods if self.periods else 0.0

    @property
    def trend(self) -> Trend:
        """Whether the shares differ by more than chance: the z-test of two proportions with their common variance."""
        if min(self.cards, self.cards_before) < ENOUGH_CARDS:
            return "unknown"
        if max(self.papers, self.cards * self.share_before) < ENOUGH_PAPERS:
            return "unknown"
        common = (self.papers + self.papers_before) / (self.cards + self.cards_before)
        error = math.sqrt(common * (1 - common) * (1 / self.cards + 1 / self.cards_before))
        difference = self.share - self.share_before
        if not error or abs(difference) < BEYOND_CHANCE * error:
            return "same"
        return "up" if difference > 0 else "down"


def directions_of(covered: CoveredPaper) -> tuple[str, ...]:
    """What a paper is about: its card's directions, else the interests that it met."""
    named = next((card.meta.directions for card in covered.cards.values() if card.meta.directions), ())
    return tuple(dict.fromkeys(named or covered.assessment.signals.interests[:2]))


def compare(now: Sequence[CoveredPaper], before: Iterable[Sequence[CoveredPaper]]) -> list[Direction]:
    """The directions of a period, the commonest first, and those that are gone and had enough papers to be missed.

    Args:
        now: papers with a card, each once.
        before: the same of the periods before; those without any do not count.
    """
    past = [papers for papers in before if papers]
    names, names_before = _counted(now), _counted(paper for papers in past for paper in papers)
    cards_before = sum(map(len, past))
    found = [
        Direction(name, names[name], len(now), names_before[name], cards_before, len(past))
        for name in dict.fromkeys([*names, *names_before])
    ]
    shown = [one for one in found if one.papers or one.trend == "down"]
    return sorted(shown, key=lambda one: (-one.papers, -one.papers_before, one.name))


def _counted(papers: Iterable[CoveredPaper]) -> Counter[str]:
    return Counter(name for paper in papers for name in directions_of(paper))
