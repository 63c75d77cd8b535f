"""A statement has something to do with the sentences that it cites."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from digest.checking.checks.base import Case, Finding, partly, unsupported
from digest.checking.passages import Passage, Values
from digest.checking.terms import terms
from digest.checking.text import HAN
from digest.checking.words import STOP, stem, weight

ENOUGH = 0.22
ENOUGH_CHINESE = 0.25
"""Shares of a statement's weight that its sentences bear; a statement moved from another paper has less. Of free English
paraphrases (SciTLDR) 2 % have less than the first, of moved ones 98 %."""
ENOUGH_ELSEWHERE = 0.75
"""The same for all that was read, in which much is found by chance."""
ENOUGH_BIGRAMS = 0.25
"""Share of pairs of characters, where statement and sentences are both Chinese."""


class _Side(NamedTuple):
    """What a statement is compared with."""

    stems: frozenset[str]
    values: Values
    holds: Callable[[str], bool]
    chinese: str


def check_relation(case: Case) -> Iterator[Finding]:
    """A statement that shares too little with its sentences; `partly` where the rest of the paper would do."""
    cited = "".join(passage.text for passage in case.cited if passage.chinese)
    if _related(
        case.main, _Side(case.cited_stems, case.cited_values, case.cites, cited), ENOUGH_CHINESE if case.main.chinese else ENOUGH
    ):
        return
    ground = case.ground
    elsewhere = _Side(ground.whole.stems, ground.whole.values, ground.whole.joined.holds, ground.whole.text if cited else "")
    yield (partly if _related(case.main, elsewhere, ENOUGH_ELSEWHERE) else unsupported)("unrelated", case.main.text)


def _related(statement: Passage, side: _Side, enough: float) -> bool:
    if side.chinese and statement.chinese:
        said = _bigrams(statement.text)
        return len(said & _bigrams(side.chinese)) >= ENOUGH_BIGRAMS * len(said)
    if side.chinese:
        return not terms(side.chinese) or any(term.met(statement.stems) for term in terms(side.chinese))
    total, borne = _weighed_chinese(statement, side) if statement.chinese else _weighed(statement, side)
    return borne >= enough * total


def _weighed(statement: Passage, side: _Side) -> tuple[float, float]:
    """The weight of a statement's stems, and of those among the side's."""
    return sum(map(weight, statement.stems)), sum(weight(one) for one in statement.stems if one in side.stems)


def _weighed_chinese(statement: Passage, side: _Side) -> tuple[float, float]:
    """The same for a Chinese statement: its known terms; names and numbers too where they are met, else others complain."""
    weighed = [(term.weight, term.met(side.stems)) for term in terms(statement.text)]
    for name in statement.names:
        if name.marked or name.text.lower() not in STOP:
            met = stem(name.text) in side.stems or side.holds(name.text)
            weighed.append((met * (1.0 if name.marked else weight(stem(name.text))), met))
    for one in statement.quantities:
        if not one.named and not one.loose:
            small = one.readings[0][0] < 10 and one.readings[0][1] == "plain"
            met = any(value in side.values for value, _ in one.readings)
            weighed.append((met * (0.5 if small else 1.0), met))
    return sum(value for value, _ in weighed), sum(value for value, met in weighed if met)


def _bigrams(text: str) -> frozenset[str]:
    runs = re.findall(f"[{HAN}]+", text)
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))
