"""The same fact told with two numbers on one page."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from digest.checking.base import Complaint
from digest.checking.passages import Passage
from digest.checking.quantities import Quantity
from digest.checking.terms import terms
from digest.checking.words import stem

ALIKE = 0.6
"""Share of the words of two facts that must be the same."""


class _Fact(NamedTuple):
    quantity: Quantity
    about: frozenset[str]
    names: frozenset[str]


def conflicts(texts: Sequence[str]) -> tuple[tuple[int, int, Complaint], ...]:
    """Pairs of texts that give one fact two values; the complaint is about the second text's number.

    Conservative: both name the same models or datasets, speak of them in much the same words, measure in the same
    unit, and neither holds the other's number.
    """
    passages = [Passage(text) for text in texts]
    facts = [_facts(passage) for passage in passages]
    found = []
    for i, j in combinations(range(len(texts)), 2):
        other = next((b for a in facts[i] for b in facts[j] if _conflict(a, b, passages[i], passages[j])), None)
        if other:
            found.append((i, j, Complaint("conflict", other.quantity.text)))
    return tuple(found)


def _facts(passage: Passage) -> list[_Fact]:
    """Percentages, points and multiples that stand alone in their clause, and what the clause is about."""
    found = []
    for clause in _clauses(passage.text):
        part = Passage(clause)
        counted = [one for one in part.quantities if not one.named and one.readings[0][1] in ("percent", "points", "times")]
        if len(counted) == 1:
            names = frozenset(name.text.lower() for name in part.names if name.marked)
            about = frozenset(term.chinese for term in terms(clause)) | frozenset(map(stem, part.stems))
            found.append(_Fact(counted[0], about, names))
    return found


def _clauses(text: str) -> list[str]:
    clauses = [""]
    for place, sign in enumerate(text):
        if sign in ";；。" or (sign in ",，" and not text[place + 1 : place + 2].isdigit()):
            clauses.append("")
        else:
            clauses[-1] += sign
    return [clause for clause in clauses if clause.strip()]


def _conflict(a: _Fact, b: _Fact, first: Passage, second: Passage) -> bool:
    if a.names != b.names or a.quantity.readings[0][1] != b.quantity.readings[0][1]:
        return False
    same = len(a.about & b.about)
    if same < 3 or same < ALIKE * len(a.about | b.about):
        return False
    ours, theirs = {v for v, _ in a.quantity.readings}, {v for v, _ in b.quantity.readings}
    return not (ours & second.values.keys() or theirs & first.values.keys())
