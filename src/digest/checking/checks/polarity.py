"""A statement does not deny what its sentences affirm, nor affirm what they deny.

Two comparisons. *Negations*: each "not" has a head, the word that it denies; head and denial must agree with the
sentences. *Directions*: what rises there must not fall here, word by word of what rises.
"""

import re
from collections.abc import Iterator, Sequence

from digest.checking.checks.base import Case, Finding, unsupported
from digest.checking.directions import Move, moves
from digest.checking.negations import DENYING, Denial, denials, denies
from digest.checking.passages import Passage
from digest.checking.terms import english_of, terms

_ALIKE = 0.5
"""Share of a denying clause that a statement must repeat to contradict it."""
_CLAUSE = re.compile(r"[,;:，；：]|\b(?:while|whereas|but|and)\b")


def check_polarity(case: Case) -> Iterator[Finding]:
    """Negations and directions turned round. Silent where the sentences leave room for doubt."""
    if case.cited:
        yield from _negated(case)
        yield from _affirmed(case)
        yield from _turned(case)
        yield from _bounds(case)


def _negated(case: Case) -> Iterator[Finding]:
    """The statement denies what the sentences affirm."""
    denied = frozenset().union(*(one.heads for passage in case.cited for one in denials(passage)))
    hints = any(DENYING.search(passage.text) for passage in case.cited)
    for one in denials(case.main):
        if one.heads & denied:
            continue
        affirmed = _affirmed_here(case.cited, one)
        if affirmed or (not hints and case.main.chinese):
            yield unsupported("negation", one.text)
            return


def _affirmed_here(passages: Sequence[Passage], one: Denial) -> bool:
    """Whether the sentences say what is denied, in much the same words, and no word that denies stands in their clause."""
    told = False
    for clause in (Passage(clause) for passage in passages for clause in _CLAUSE.split(passage.text)):
        if one.heads & clause.stems and len(one.about & clause.stems) >= _ALIKE * len(one.about):
            if DENYING.search(clause.text):
                return False
            told = True
    return told


def _affirmed(case: Case) -> Iterator[Finding]:
    """The sentences deny what the statement affirms."""
    if denies(case.main):
        return
    said = english_of(terms(case.main.text)) if case.main.chinese else case.main.stems
    words = frozenset(case.main.words)
    for passage in case.cited:
        for one in denials(passage):
            stated = one.heads <= said if case.main.chinese else one.strong and bool(_forms(one.word) & words)
            close = len(one.about & said) >= _ALIKE * len(one.about)
            if stated and one.heads and close and not _affirmed_too(case.cited, one.heads):
                yield unsupported("negation", one.text)
                return


def _forms(word: str) -> frozenset[str]:
    """A verb's or an adjective's forms: learn, learns, learned, learning; not the noun of a topic, robustness."""
    root = word.removesuffix("e")
    return frozenset({word, word + "s", word + "es", root + "ed", root + "ing", word.removesuffix("s")})


def _affirmed_too(passages: Sequence[Passage], heads: frozenset[str]) -> bool:
    """Whether the sentences also say the head where nothing denies it."""
    for passage in passages:
        text = passage.text
        for one in reversed(denials(passage)):
            text = text[: one.start] + " " + text[one.end :]
        if heads <= Passage(text).stems:
            return True
    return False


def _turned(case: Case) -> Iterator[Finding]:
    """What rises in the sentences falls in the statement."""
    there = [move for passage in case.cited for move in moves(passage)]
    here = moves(case.main)
    for move in here:
        close = [other for other in there if _comparable(move, other)]
        if close and all(other.up != move.up for other in close):
            yield unsupported("negation", move.text)
            return


def _comparable(one: Move, other: Move) -> bool:
    """Whether two moves speak of the same: of the same thing or number, or both of who wins."""
    if "rank" in (one.kind, other.kind):
        return one.kind == other.kind and not one.lower_is_better
    if one.kind != other.kind and (one.lower_is_better or other.lower_is_better):
        return False
    shared = one.about & other.about
    enough = 0.5 if one.kind == other.kind else 0.66
    same_number = any(word.startswith("#") for word in shared)
    return bool(shared) and (same_number or len(shared) >= enough * min(len(one.about), len(other.about)))


def _bounds(case: Case) -> Iterator[Finding]:
    """ "Over 90%" where the sentences say under 90%."""
    marks = {(reading, one.rounding) for passage in case.cited for one in passage.quantities for reading in one.readings}
    for one in case.main.quantities:
        turned = {"over": "under", "under": "over"}.get(one.rounding)
        if turned and any((reading, turned) in marks and (reading, one.rounding) not in marks for reading in one.readings):
            yield unsupported("negation", one.text)
