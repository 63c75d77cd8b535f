"""Every number of a statement stands in its sentences."""

import re
from collections.abc import Iterator
from itertools import permutations

from digest.checking.checks.base import Case, Finding, partly, unsupported
from digest.checking.numerals import Unit
from digest.checking.passages import Values, gathered
from digest.checking.quantities import Quantity
from digest.checking.text import HAN, LATIN

_MEANS: dict[Unit, frozenset[Unit]] = {
    "plain": frozenset({"plain", "percent", "points", "times", "soft"}),
    "percent": frozenset({"percent", "plain"}),
    "points": frozenset({"points", "plain"}),
    "times": frozenset({"times", "plain", "soft"}),
    "dimension": frozenset({"dimension"}),
    "exponent": frozenset({"exponent"}),
    "soft": frozenset({"soft"}),
    "vague": frozenset({"vague"}),
}
"""Which units of the paper bear out which units of a statement; percent and points differ where both are written."""
_NAME_BEFORE = re.compile(rf"[{LATIN}][{LATIN}0-9.+-]*[\s-]?'?$")
_NAME_AFTER = re.compile(rf"-?[{LATIN}]+(?:[-.][{LATIN}0-9]+)*")


def check_numbers(case: Case) -> Iterator[Finding]:
    """Numbers that the cited sentences do not hold."""
    for one in case.statement.quantities:
        if one.named or one.loose or _stands(one, case.cited_values) or _enumerated(case.statement.text, one):
            continue
        name = _with_name(case.statement.text, one)
        if name and any(case.cites(spelling) for spelling in name):
            continue
        if _stands(one, case.ground.whole.values) or (
            name and any(case.ground.whole.joined.holds(spelling) for spelling in name)
        ):
            yield partly("number", one.text.strip())
        elif _rounds_its_neighbour(one, case):
            continue
        elif _rounded(one, case.cited_values) or any(_derived(one, passage.quantities) for passage in case.cited):
            yield partly("number", one.text.strip())
        else:
            yield unsupported("number", one.text.strip())


def _stands(one: Quantity, values: Values) -> bool:
    for value, unit in one.readings:
        if unit == "vague" and any(value <= other < 10 * value for other in values):
            return True
        for other, sign in values.get(value, ()):
            if other == "soft" and one.text[:1].isdigit():
                continue
            if other in _MEANS[unit] and not (one.sign and sign and one.sign != sign):
                return True
    return False


def _rounded(one: Quantity, values: Values) -> bool:
    """Whether it is said to be rounded, and a number of the sentences rounds to it."""
    for value, unit in one.readings if one.rounding else ():
        near, wide = max(one.step / 2, 0.03 * value), max(one.step, 0.05 * value)
        low, high = {"near": (-near, near), "over": (0.0, wide), "under": (-wide, 0.0)}[one.rounding or "near"]
        for other, units in values.items():
            if low <= other - value <= high and any(kind in _MEANS[unit] for kind, _ in units):
                return True
    return False


def _rounds_its_neighbour(one: Quantity, case: Case) -> bool:
    """Whether it rounds a number that the statement gives as well: "nearly half (49.7%)"."""
    behind = [other for other in case.statement.quantities if one.end < other.start < one.end + 30]
    return bool(behind) and "(" in case.statement.text[one.end : behind[0].start] and _rounded(one, gathered(behind[:1]))


def _derived(one: Quantity, quantities: list[Quantity]) -> bool:
    """Whether it is the difference or the ratio of two numbers of one sentence."""
    value, unit = one.readings[0]
    slack = max(one.step / 2, 1e-9) * 1.0001
    given = [other.readings[0][0] for other in quantities if not other.named][:12]
    for a, b in permutations(given, 2):
        if unit in ("points", "percent", "plain") and abs(a - b - value) < 1e-6 * max(1.0, value):
            return True
        if b and unit == "percent" and abs(100 * (a - b) / b) - value < slack and value - abs(100 * (a - b) / b) < slack:
            return True
        if b and unit == "times" and abs(a / b - value) <= slack:
            return True
    return False


def _with_name(text: str, one: Quantity) -> list[str]:
    """The number with the name that it follows or opens: `Llama 3`, `AIME 2024` (also as AIME24)."""
    before = _NAME_BEFORE.search(text[max(0, one.start - 24) : one.start])
    written = re.match(r"[0-9.,]+(?:[kKMBT]\b)?", one.text)
    if not written or not before:
        return []
    number = written[0].rstrip(".,")
    head = before[0].strip(" '-")
    after = _NAME_AFTER.match(text, one.start + len(number))
    spellings = [head + " " + number + (after[0] if after else "")]
    if re.fullmatch(r"20[1-3][0-9]", number):
        spellings.append(head + number[2:])
    elif re.fullmatch(r"[1-3][0-9]", number):
        spellings.append(head + "20" + number)
    return spellings


_ITEM = rf"(?:[{LATIN}0-9][{LATIN}0-9.+@-]*(?: [{LATIN}0-9.+@-]+){{0,2}}|[{HAN}]{{1,8}}?)"
_LISTED_AHEAD = re.compile(
    rf"(?:^|[，。；：:,;\s在对将由从])({_ITEM}(?:\s*[、,]\s*{_ITEM})*\s*(?:,?\s?and\s|和|与|以及|及|、)\s*{_ITEM})\s*(?:这|等)?$"
)
_LISTED_BEHIND = re.compile(r"[^(),;:.，。；：]{0,40}?(?:\(|：|:)\s*([^()。:：]+?)(?:\)|。|\.|$)")
_SEPARATORS = (re.compile(r"\s*[;；]\s*(?:and\s)?"), re.compile(r"\s*、\s*|\s*[，,]?\s*(?:以及|及|和|与|and\s)\s*|\s*[,，]\s*"))


def _enumerated(text: str, one: Quantity) -> bool:
    """Whether the statement itself lists what it counts: "three datasets (A, B and C)", A、B 和 C 三个基准."""
    value = one.readings[0][0]
    if len(one.readings) > 1 or not 2 <= value <= 12 or one.readings[0][1] != "plain" or value != int(value):
        return False
    behind = _LISTED_BEHIND.match(text, one.end)
    ahead = _LISTED_AHEAD.search(text[: one.start])
    return any(match and value in _counts(match[1]) for match in (behind, ahead))


def _counts(items: str) -> set[int]:
    """How many items a list has; the inner "and" of an item may or may not be one more."""
    outer, inner = _SEPARATORS
    if outer.search(items):
        return {len([item for item in outer.split(items) if item])}
    return {len([item for item in inner.split(items) if item])}
