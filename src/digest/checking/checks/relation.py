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


_NUMBER = 1.5
"""What a number that is no small count weighs: few sentences share one."""


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
    if statement.chinese:
        known = statement.terms
        if all(term.generic or term.met(side.stems) for term in known):
            return True
        weighed = [(term.weight, term.met(side.stems)) for term in known]
    else:
        weighed = [(weight(one), one in side.stems) for one in statement.stems]
    weighed += _names_and_numbers(statement, side)
    return sum(value for value, met in weighed if met) >= enough * sum(value for value, _ in weighed)


def _names_and_numbers(statement: Passage, side: _Side) -> list[tuple[float, bool]]:
    """The weight of names and numbers that are met; of others, other checks complain."""
    weighed: list[tuple[float, bool]] = []
    for name in statement.names:
        told = name.marked or (statement.chinese and name.text.lower() not in STOP)
        if told and (side.holds(name.text) or (statement.chinese and stem(name.text) in side.stems)):
            weighed.append((1.0 if name.marked else weight(stem(name.text)), True))
    for one in statement.quantities:
        if not one.named and not one.loose and any(value in side.values for value, _ in one.readings):
            small = one.readings[0][0] < 10 and one.readings[0][1] == "plain"
            weighed.append((0.5 if small else _NUMBER, True))
    return weighed


def _bigrams(text: str) -> frozenset[str]:
    runs = re.findall(f"[{HAN}]+", text)
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))
