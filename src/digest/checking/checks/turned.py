"""What rises in the sentences does not fall in the statement."""

import re
from collections.abc import Iterator, Sequence

from digest.checking.checks.base import Case, Finding, unsupported
from digest.checking.directions import DOWN, SAME, UP, Move, moves
from digest.checking.negations import segments

_FROM_TO = re.compile(
    r"(?:从|由|\bfrom )[^0-9,;，；]{0,12}?(?P<one>[0-9]+(?:\.[0-9]+)?)\s?(?P<unit>%?)[^0-9,;，；。]{0,16}?(?:到|至|为"
    r"|\bto )[^0-9,;，；。]{0,8}?"
    r"(?P<other>[0-9]+(?:\.[0-9]+)?)\s?(?P=unit)(?![0-9%.万亿kKMB])"
)
_BLAME = re.compile(
    r"\b(?:trade[sd]?\b|trade-?off|at the (?:expense|cost|price)|suffer|fail|collaps|struggl|hinder|imped|poor|weak"
    r"|fragil|brittle|lost|collapse"
    r"|bottleneck|difficult|challeng|slight|minor|prone)\w*",
    re.IGNORECASE,
)
"""Where the sentences blame something, the statement may say that something gets worse."""
_BETTER = frozenset({UP, SAME})
_FALLEN = frozenset({DOWN})
_WORSE = frozenset({DOWN, SAME})


def check_turned(case: Case) -> Iterator[Finding]:
    """Directions turned round. Silent where statement and sentences do not clearly speak of the same."""
    there = [move for passage in case.cited for move in moves(passage)]
    for move in moves(case.main):
        if _against_its_numbers(move, case.main.text) or _turned(move, there, case) or _unheard_of(move, there, case):
            yield unsupported("negation", move.text)
            return


def _against_its_numbers(move: Move, text: str) -> bool:
    """ "Falls from 38 % to 45 %"."""
    if move.kind != "amount" or SAME in move.ways:
        return False
    for match in _FROM_TO.finditer(text):
        one, other = float(match["one"]), float(match["other"])
        inside = match.start() - 12 <= move.start <= match.end() and not re.search("[,;，；]", text[move.start : match.start()])
        if inside and one != other:
            return (other > one) != (UP in move.ways)
    return False


def _turned(move: Move, there: Sequence[Move], case: Case) -> bool:
    """Whether all that the sentences say of the same thing, or at least of the same kind of thing, goes the other way."""
    same = [other for other in there if _same_thing(move, other)]
    if not same and not (move.good == _FALLEN and any(_BLAME.search(passage.text) for passage in case.cited)):
        same = [other for other in there if _same_kind(move, other)]
    same = [other for other in same if not _sides_swapped(move, other)]
    return bool(same) and all(_contradict(move, other) for other in same)


def _same_thing(one: Move, other: Move) -> bool:
    if one.numbers & other.numbers:
        return True
    if bool(one.measure) != bool(other.measure) or (one.measure and not one.measured & other.measured):
        return False
    shared = one.about & other.about
    return bool(shared) and len(shared) >= 0.5 * min(len(one.about), len(other.about))


def _same_kind(one: Move, other: Move) -> bool:
    if one.measure and other.measure:
        return bool(one.measured & other.measured)
    return one.kind == other.kind and one.kind in ("rank", "speed")


def _sides_swapped(one: Move, other: Move) -> bool:
    """ "B loses to A" for "A beats B"."""
    crossing = one.ahead & other.behind, one.behind & other.ahead
    return all(crossing) and not one.ahead & other.ahead


def _contradict(one: Move, other: Move) -> bool:
    if one.good is not None and other.good is not None:
        return not one.good & other.good
    lower_is_better = any(move.measure and move.measure.good == DOWN for move in (one, other))
    comparable = one.kind == other.kind or (bool(one.numbers & other.numbers) and not lower_is_better)
    return comparable and not one.ways & other.ways


def _unheard_of(move: Move, there: Sequence[Move], case: Case) -> bool:
    """Whether something gets worse where the sentences only praise."""
    if move.good is None or not there or not move.good <= _WORSE or DOWN not in move.good:
        return False
    if not all(other.good and other.good <= _BETTER and not _sides_swapped(move, other) for other in there):
        return False
    if any(_BLAME.search(passage.text) for passage in case.cited):
        return False
    parts = [part for passage in case.cited for part in segments(passage)]
    return not any(part.denies and any(other.text in part.text for other in there) for part in parts)
