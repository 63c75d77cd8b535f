"""Every number of a statement stands in its sentences."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise, permutations

from digest.checking.checks.base import Case, Finding, partly, unsupported
from digest.checking.checks.points import tells_gain_in_points
from digest.checking.lists import listed_counts, own_counts
from digest.checking.numerals import Reading, Unit
from digest.checking.passages import Passage, Values, gathered
from digest.checking.quantities import Quantity, canonical, is_item_mark
from digest.checking.spelled import is_counted
from digest.checking.text import LATIN

_MEANS: dict[Unit, frozenset[Unit]] = {
    "plain": frozenset({"plain", "percent", "points", "times", "label"}),
    "percent": frozenset({"percent", "plain"}),
    "points": frozenset({"points", "plain"}),
    "times": frozenset({"times", "plain", "soft"}),
    "dimension": frozenset({"dimension"}),
    "exponent": frozenset({"exponent"}),
    "month": frozenset({"month", "plain"}),
    "soft": frozenset({"soft"}),
    "label": frozenset({"plain", "label"}),
    "part": frozenset({"part"}),
    "vague": frozenset({"vague"}),
}
"""Which units of the paper bear out which units of a statement; percent and points differ where both are written."""
_NAME_BEFORE = re.compile(rf"[{LATIN}][{LATIN}0-9.+-]*[\s-]?'?$")
_TOTAL = re.compile(r"(?:共计?|合计|总计|一共|in total|altogether|total of|totall?ing)\s*$", re.IGNORECASE)
_SPAN = re.compile(
    r"\bfrom\b.*\bto\b|从.*[到至]|由.*[到至]|升至|提升到|提高到|涨到|降至|降到|versus|\bvs\b|\bagainst\b|相比|对比"
)
_word = r"(?:[0-9]+|two|three|four|five|six|seven|eight|nine|ten|twenty|hundred|one)"
_SHARE = re.compile(rf"\b{_word}(?: [a-z]+)? (?:out of|of|in)(?: every)? {_word}\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:\b[Vv]ersion |\bv|第\s?)$")
_SMALL = 100
"""Counts up to this one are told of things that might be counted otherwise."""
_LONGEST = 1500
"""Characters of a sentence; in a longer text a row of any length is found."""
_NAME_AFTER = re.compile(rf"-?[{LATIN}]+(?:[-.][{LATIN}0-9]+)*")


def check_numbers(case: Case) -> Iterator[Finding]:
    """Numbers that the cited sentences do not hold."""
    for one in case.statement.quantities:
        if one.named or one.loose or _borne(one, case) or _marks_an_own_item(one, case):
            continue
        what = one.text.strip()
        name = _with_name(case.statement.text, one)
        if name and any(case.cites(spelling) for spelling in name):
            continue
        elsewhere = _stands(one, case, case.ground.whole.values) or any(map(case.ground.whole.joined.holds, name))
        nearly = elsewhere or tells_gain_in_points(one, case) or _rounded(one, case.cited_values)
        derived = nearly or any(_derived(one, passage.quantities) for passage in case.cited)
        yield (partly if derived else unsupported)("number", what)
    yield from _exchanged(case)


def _borne(one: Quantity, case: Case) -> bool:
    """Whether a number stands in the cited sentences, or follows from what stands there and in the statement itself."""
    return (
        _stands(one, case, case.cited_values)
        or _implied(one, case)
        or _rounds_its_neighbour(one, case)
        or _worked_out(one, case.statement)
        or _is_a_share(one, case)
    )


def _marks_an_own_item(one: Quantity, case: Case) -> bool:
    """Whether it is the "(2)" of a list that only the statement numbers."""
    if not one.label or not is_item_mark(case.statement.text, one.start, one.end):
        return False
    return not any(
        other.label and is_item_mark(passage.text, other.start, other.end)
        for passage in case.cited
        for other in passage.quantities
    )


def _stands(one: Quantity, case: Case, values: Values) -> bool:
    spelled = not one.text[:1].isdigit()
    counts = is_counted(case.statement.text, one.end)
    for value, unit in one.readings:
        if unit == "vague" and any(value <= other < 10 * value for other in values):
            return True
        for other, sign in values.get(value, ()):
            if unit == "plain" and ((spelled and other == "label") or (counts and other in ("percent", "points"))):
                continue
            if other == "part" and (one.label or _ORDINAL.search(case.statement.text[: one.start])):
                return True
            if other in _MEANS[unit] and not (one.sign and sign and one.sign != sign):
                return True
    return False


def _implied(one: Quantity, case: Case) -> bool:
    """Whether it counts what is counted without a number: "dual", "A, B and C", "three datasets (A, B and C)".

    Not where the sentences give a count that the statement leaves out: that is the one it should tell.
    """
    value, unit = one.readings[0]
    if one.label or len(one.readings) > 1 or unit != "plain" or not 2 <= value <= 12 or value != int(value):
        return False
    own = own_counts(case.statement.text, one.start, one.end)
    if own:
        return value in own and (len(own) == 1 or not _leaves_out_a_count(case))
    soft = any(unit == "soft" for unit, _ in case.cited_values.get(value, ()))
    near = (passage.text for passage in case.cited if len(passage.text) < _LONGEST)
    return (soft or any(value in listed_counts(text) for text in near)) and not _leaves_out_a_count(case)


def _leaves_out_a_count(case: Case) -> bool:
    here, there = _told([case.statement]), _told(case.cited)
    return not case.rests_on_all and any(
        unit == "plain" and 0 <= value <= _SMALL and here[value, unit] < there[value, unit] for value, unit in there
    )


def _worked_out(one: Quantity, statement: Passage) -> bool:
    """Whether the statement's other numbers give it: "from 60% to 75%, a gain of 15 points", 三种加三种共六种.

    The others are checked themselves.
    """
    value, unit = one.readings[0]
    before = [other for other in statement.quantities if other is not one and not other.named and not other.loose]
    if _TOTAL.search(statement.text[max(0, one.start - 12) : one.start]):
        counts = [other.readings[0][0] for other in before if other.start < one.start and other.readings[0][1] == unit]
        return len(counts) > 1 and value in (sum(counts), sum(counts[-2:]), counts[-1] * counts[-2])
    if _SPAN.search(statement.text) is None:
        return False
    if any(kind == "times" and _is_ratio(factor, before, one) for factor, kind in one.readings):
        return True
    slack = one.step / 2 if one.rounding else 1e-6 * max(1.0, value)
    units = {"points": ("percent", "points", "plain"), "plain": ("plain",), "percent": ("percent",)}.get(unit, ())
    given = [
        other.readings[0][0] for other in before if other.readings[0][1] in units and (other.step < 1 or other.start != one.start)
    ]
    return any(abs(abs(a - b) - value) <= slack for a, b in pairwise(given))


def _is_ratio(factor: float, others: list[Quantity], one: Quantity) -> bool:
    """Whether a multiple is that of two numbers told one after the other: "from 60.6% to 30.9%, nearly half"."""
    slack = 0.05 * factor if one.rounding or one.text[:1].isalpha() else one.step / 2
    told = [other.readings[0] for other in others]
    pairs = [(a, b) for (a, unit), (b, other) in pairwise(told) if unit == other and a and b]
    return any(abs(ratio - factor) <= slack for a, b in pairs for ratio in (a / b, b / a))


def _is_a_share(one: Quantity, case: Case) -> bool:
    """Whether it tells a percentage of the sentences as "nine of ten"."""
    for match in _SHARE.finditer(case.statement.text):
        if match.start() <= one.start < match.end():
            pair = [other.readings[0][0] for other in case.statement.quantities if match.start() <= other.start < match.end()]
            share = 100 * pair[0] / pair[1] if len(pair) == 2 and pair[1] else -1.0
            return any(unit == "percent" for unit, _ in case.cited_values.get(canonical(share), ()))
    return False


def _rounded(one: Quantity, values: Values) -> bool:
    """Whether it is said to be rounded, and a number of the sentences rounds to it."""
    for value, unit in one.readings if one.rounding else ():
        portion = (one.text[:1].isalpha() and value < 1) or len(one.readings) > 2
        step = 0.0 if portion else one.step
        near, wide = max(step / 2, (0.1 if portion else 0.03) * value), max(step, (0.1 if portion else 0.05) * value)
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
    if not written or not before or written[0] != one.text or not re.search("[A-Z0-9]", before[0]):
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


def _exchanged(case: Case) -> Iterator[Finding]:
    """A statement that tells one number twice and leaves out another of the same unit: one of them took the other's place.

    Its text alone: the fields of a result say again what the text says.
    """
    here, there = _told([case.main], labels=True), _told(case.cited, labels=True)
    if len(case.cited) != 1 or case.rests_on_all or sum(here.values()) > sum(there.values()):
        return
    missing = {unit for value, unit in there if not any(value == other for other, _ in here)}
    values = Counter(value for value, _ in here.elements())
    for value, count in values.items():
        units = {unit for other, unit in here if other == value}
        if count > sum(times for (other, _), times in there.items() if other == value) > 0 and units & missing:
            yield partly("number", f"{value:g}")
            return


def _told(passages: Iterable[Passage], *, labels: bool = False) -> Counter[Reading]:
    """How often which numbers are told, those of names left out."""
    told = (one for passage in passages for one in passage.quantities)
    return Counter(one.readings[0] for one in told if not (one.named or one.loose or (one.label and not labels)))
