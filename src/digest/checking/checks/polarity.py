"""A statement does not deny what its sentences affirm, nor affirm what they deny.

Each "not" has a head, the word that it denies, and an object. Both are looked for in the sentences, part by part: what
counts is whether the part that speaks of the same denies it too, in whatever words. Directions: see `turned`.
"""

import re
from collections.abc import Iterator, Sequence

from digest.checking.checks.base import Case, Finding, unsupported
from digest.checking.checks.turned import check_turned
from digest.checking.directions import moves
from digest.checking.negations import Denial, Segment, denials, denies, hints, segments
from digest.checking.passages import Passage

_ALIKE = 0.5
"""Share of a denying clause that a statement must repeat to contradict it."""
_NEEDS = re.compile(
    r"需|必须|依赖|借助|要求|牺牲|使用|(?<![作效利应])用(?!户|于|例|来|途|性)|\b(?:needs?|requir\w+|rel(?:y|ies) on"
    r"|depends? on|sacrific\w+)\b"
)
"""Words that say that something is needed, where the sentences do without it."""
_LESS = re.compile(
    r"\b(?:reduc|lower|less|fewer|minimi|minimal|decreas|sav(?:e|ing)|cut|mitigat|maintain|preserv|retain|keep)", re.IGNORECASE
)
"""What is reduced is "not needed any more" to those who read generously."""
_CAN = re.compile(r"能够|可以|(?<![智性功可官技不])能(?![力量源])|已|\b(?:can|able to|manages? to)\b")


def check_polarity(case: Case) -> Iterator[Finding]:
    """Negations and directions turned round. Silent where the sentences leave room for doubt."""
    if case.cited:
        yield from _negated(case)
        yield from _affirmed(case)
        yield from check_turned(case)
        yield from _bounds(case)


def _negated(case: Case) -> Iterator[Finding]:
    """The statement denies what the sentences affirm."""
    ours = denials(case.main)
    if not ours:
        return
    denied = frozenset().union(*(one.heads for passage in case.cited for one in denials(passage)))
    doubtful = any(hints(passage) for passage in case.cited)
    parts = [part for passage in case.cited for part in segments(passage)]
    turning = [move.start for move in moves(case.main)]
    for one in ours:
        if one.heads & denied or any(one.start <= start <= one.end + 8 for start in turning):
            continue  # a denied direction is a matter of directions
        unheard = not doubtful and not one.harmless and case.main.chinese
        if unheard or (not doubtful and _spoken_of(parts, one)) or _affirmed_here(parts, one, case.main.chinese):
            yield unsupported("negation", one.text)
            return


def _affirmed_here(parts: Sequence[Segment], one: Denial, chinese: bool) -> bool:
    """Whether the sentences say what is denied, in much the same words, and nothing that denies stands in these parts."""
    wanted = [*one.objects] if chinese else [one.heads, *one.objects]
    beside = [part for part in parts if any(way & part.said for way in wanted)]
    if not beside or any(part.denies for part in beside):
        return False
    said = frozenset().union(*(part.said for part in beside))
    met = sum(bool(way & said) for way in wanted)
    if not one.heads & said and (one.harmless or not chinese):
        return False
    if one.harmless and any(_LESS.search(part.text) for part in beside):
        return False
    about = len(one.about & said) >= _ALIKE * len(one.about)
    return about and met >= 0.6 * len(wanted)


def _spoken_of(parts: Sequence[Segment], one: Denial) -> bool:
    """Whether the sentences speak of that in which something is said to fail."""
    beside = [part for part in parts if any(way & part.said for way in one.objects)]
    met = sum(any(way & part.said for part in beside) for way in one.objects)
    return one.harmful and met >= 2 and met >= 0.6 * len(one.objects)


def _affirmed(case: Case) -> Iterator[Finding]:
    """The sentences deny what the statement affirms."""
    for passage in case.cited:
        for one in denials(passage):
            if one.heads and _stated(one, case.main) and not _affirmed_too(case.cited, one.heads):
                yield unsupported("negation", one.text)
                return


def _stated(one: Denial, statement: Passage) -> bool:
    """Whether a part of a statement says what is denied, and denies nothing itself."""
    if any(one.heads & other.heads for other in denials(statement)):
        return False
    parts = segments(statement)
    said = frozenset().union(*(part.said for part in parts))
    for part in parts:
        if part.denies:
            continue
        if not one.strong and _NEEDS.search(part.text) and _needed(one, part):
            return True
        if one.strong and not denies(statement) and _CAN.search(part.text) and _done(one, part):
            return True
        if not one.heads <= part.said:
            continue
        if len(one.about & said) < _ALIKE * len(one.about) or denies(statement):
            continue
        if statement.chinese or (one.strong and _forms(one.word) & frozenset(Passage(part.text).words)):
            return True
    return False


def _needed(one: Denial, part: Segment) -> bool:
    """Whether a part speaks of what the sentences do without: of half its words, or of the last, which is the noun."""
    wanted = [one.heads, *one.objects[:3]]
    return bool(wanted[-1] & part.said) or 2 * sum(bool(way & part.said) for way in wanted) >= len(wanted)


def _done(one: Denial, part: Segment) -> bool:
    """Whether a part speaks of most that the denied verb is done to, though it may use another verb."""
    met = sum(bool(way & part.said) for way in one.objects)
    return met >= 2 and met >= 0.6 * len(one.objects)


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


def _bounds(case: Case) -> Iterator[Finding]:
    """ "Over 90%" where the sentences say under 90%."""
    marks = {(reading, one.rounding) for passage in case.cited for one in passage.quantities for reading in one.readings}
    for one in case.main.quantities:
        turned = {"over": "under", "under": "over"}.get(one.rounding)
        if turned and any((reading, turned) in marks and (reading, one.rounding) not in marks for reading in one.readings):
            yield unsupported("negation", one.text)
