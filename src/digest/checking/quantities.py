"""The numbers of a text, each with what it may be read as: `1.5B`, `15亿` and `1.5 billion` are one number."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from digest.checking.numerals import CHINESE_SCALES, ENGLISH_SCALES, Reading
from digest.checking.spelled import Spelled, spelled_numbers
from digest.checking.text import LATIN
from digest.checking.words import is_ordinary

Rounding = Literal["", "near", "over", "under"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in a text.

    Attributes:
        readings: what it may mean; more than one where habits differ (提升 2 倍 is twice or thrice as much).
        step: half of it is what rounding may change: 0.1 for `7.1`.
        rounding: how the text marks it as rounded.
        sign: `+` or `-` where written.
        named: part of a name, `GPT-4`: compared with the name.
        loose: says nothing that must be found: the "one" of "one of them", the 1 of 1/2.5.
        label: tells which one and not how many: the 4 of "Claude Sonnet 4", "(4)".
    """

    text: str
    start: int
    end: int
    readings: tuple[Reading, ...]
    step: float = 1.0
    rounding: Rounding = ""
    sign: str = ""
    named: bool = False
    loose: bool = False
    label: bool = False


_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)*|(?<![0-9A-Za-z)\]])\.[0-9]+"
_NUMBER = re.compile(
    rf"(?P<power>(?:(?P<factor>{_DIGITS})\s*[×x*·]\s*)?10\s*\^\s*(?P<exponent>[-+]?[0-9]+))"
    r"|(?P<e>[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]+(?![0-9A-Za-z]))"
    rf"|(?P<digits>{_DIGITS})"
)
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, **ENGLISH_SCALES, **CHINESE_SCALES}
_SUFFIX = re.compile(
    r"(?P<scale>(?:[kKMBTb]|bn)(?![A-Za-rt-z0-9])|\s[KMBT](?![A-Za-z0-9'/-])"
    r"|[-\s]?(?:hundred|thousand|million|billion|trillion)\b"
    rf"|\s?(?:{'|'.join(sorted(CHINESE_SCALES, key=len, reverse=True))})(?![分米克瓦字]))?"
    r"(?P<unit>(?P<points>[-\s]*(?:percentage[-\s]*points?\b|p\.?p\b|pts?\b|points?\b(?![-\s]?(?:cloud|track|set|mass)))"
    r"|\s?个?百分点|\s?个点|\s?点(?![云击积集])|\s?%\s?(?:points?\b|pt|pp?\b))"
    r"|(?P<percent>\s?%|[-\s]?per\s?cent\b)"
    r"|(?P<times>\s?[×xX](?![A-Za-z0-9]|\s*[0-9])|[-\s]?fold\b|[-\s]times\b|\s?倍)"
    r"|(?P<month>\s?月)|(?P<dimension>D(?![A-Za-z0-9])|[-\s]dim(?:ensional|ensions?|s)?\b|\s?维))?"
    r"(?P<more>\s?(?:\+(?![0-9])|左右|上下|余|多(?![模任头智步轮语维样元类])|以上|or more\b))?"
)
_OVER = r"超过了?|超|逾|高于|大于|至少|不少于|over|more than|greater than|higher than|above|exceed(?:s|ing)?|at least|>|≥"
_UNDER = r"将近|接近|近|不到|不足|低于|nearly|almost|close to|under|less than|lower than|fewer than|below|<|≤"
_NEAR = r"大约|约为?|大概|左右|about|around|approximately|approx\.|roughly|some|circa|[≈~]"
_MARKS: dict[Rounding, re.Pattern[str]] = {
    "over": re.compile(rf"(?:{_OVER})\s*$", re.IGNORECASE),
    "under": re.compile(rf"(?:{_UNDER})\s*$", re.IGNORECASE),
    "near": re.compile(rf"(?:{_NEAR})\s*$", re.IGNORECASE),
}
_LIST = re.compile(r"\s*(?:-{1,3}|[–—~,/、&]|to|and|or|到|至|和|与|或|(?:,|，) and)\s*\$?\s*[-+]?")
_ABSOLUTE = re.compile(r"\babsolute\b(?:[^.;,]|\.(?=[0-9]))*$|绝对[^。；]*$")
_ABSOLUTE_BEHIND = re.compile(r"\s?\(?(?:in )?absolute\b|\s?\(?绝对")
"""A difference of percentages that is called absolute is one of points."""
_RANGE = re.compile(r"\s*(?:-{1,3}|[–—~]|to|到|至)\s*\$?\s*")
_BESIDE_LEVEL = re.compile(r"%[^.;()]{0,30}\(\s*[-+]\s?$")
"""`88.5% (+1.6%)`: a difference beside the percentage that it leads to."""
_MORE_THAN_BEFORE = re.compile(r"(?:提[升高]|增[加长大]|加[快速]|快|高出?|多|长)了?(?:[约近]|超过|大约)?\s*$")


def quantities(text: str) -> list[Quantity]:
    """The numbers of a `plain` text, in order, those in words too."""
    found = [_written(text, match) for match in _NUMBER.finditer(text)] if re.search("[0-9]", text) else []
    taken = {place for one in found for place in range(one.start, one.end)}
    found += [_from_words(text, one) for one in spelled_numbers(text) if one.start not in taken]
    found.sort(key=lambda one: one.start)
    return _shared_units(text, found)


def canonical(value: float) -> float:
    """Twelve significant digits, so that 278.8 万 equals 2.788 million."""
    return float(f"{value:.12g}")


def _written(text: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    if match["power"]:
        value, step = _decimal(match["factor"] or "1") * 10.0 ** int(match["exponent"]), 0.0
    elif match["e"]:
        value, step = float(match["e"]), 0.0
    else:
        value = _decimal(match["digits"])
        step = 10.0 ** -len(match["digits"].partition(".")[2]) if match["digits"].count(".") < 2 else 0.0
    suffix = _SUFFIX.match(text, end)
    assert suffix
    scale = _SCALES[re.sub(r"[\s-]", "", suffix["scale"]).lower()] if suffix["scale"] else 1.0
    named = _is_named(text, start) and not (
        (suffix["scale"] and text[start - 1 : start] == "-")
        or suffix["scale"] in ("B", "b", "T")
        or suffix["percent"]
        or suffix["times"]
        or suffix["points"]
    )
    before = text[max(0, start - 80) : start]
    signed = re.search(r"(?<![-\w)\]%])([-+±])\s?$", before)
    return Quantity(
        text=text[start : suffix.end("unit") if suffix["unit"] else suffix.end("scale") if suffix["scale"] else end],
        start=start,
        end=suffix.end(),
        readings=_readings(canonical(value * scale), text[start - 1 : start], suffix, before),
        step=canonical(step * scale),
        rounding=_rounding(before, suffix["more"]),
        sign=signed[1] if signed and signed[1] != "±" else "",
        named=named,
        loose=match[0] == "1" and text[end : end + 1] == "/" and text[end + 1 : end + 2].isdigit(),
        label=not suffix[0] and _is_label(text, start, end),
    )


_OPENS_ITEM = re.compile(r"(?:^|[:;,.(]\s?|\band\s)$")


def is_item_mark(text: str, start: int, end: int) -> bool:
    """Whether digits mark an item of a list: "(2) a judge"."""
    return text[end : end + 1] == ")" and bool(_OPENS_ITEM.search(text[max(0, start - 6) : start]))


def _is_label(text: str, start: int, end: int) -> bool:
    if is_item_mark(text, start, end):
        return True
    word = re.search(r"(?:^|[\s(])([A-Z][A-Za-z0-9.-]*)\s$", text[max(0, start - 24) : start])
    return bool(word and text[end : end + 1] != "%" and not is_ordinary(word[1].lower()))


def _decimal(digits: str) -> float:
    """`2.5.1`, a version, gives a value of its own that no other number has."""
    digits = digits.replace(",", "")
    if digits.count(".") < 2:
        return float(digits)
    return float(digits.replace(".", "7")) * 1.000001


def _readings(value: float, before: str, suffix: re.Match[str], context: str) -> tuple[Reading, ...]:
    if before == "^":
        return ((value, "exponent"),)
    if suffix["points"]:
        return ((value, "points"),)
    if suffix["percent"] or context.endswith("百分之"):
        absolute = (
            _ABSOLUTE.search(context) or _BESIDE_LEVEL.search(context) or _ABSOLUTE_BEHIND.match(suffix.string, suffix.end())
        )
        return ((value, "percent"), (value, "points")) if absolute else ((value, "percent"),)
    if suffix["times"]:
        more = suffix["times"].strip() == "倍" and _MORE_THAN_BEFORE.search(context)
        return ((value, "times"), (value + 1, "times")) if more and value <= 2 else ((value, "times"),)
    if suffix["month"]:
        return ((value, "month"),)
    if suffix["dimension"]:
        return ((value, "dimension"),) if suffix["dimension"] == "D" else ((value, "dimension"), (value, "plain"))
    return ((value, "times"),) if before == "×" and not re.search(r"[0-9]\s?×$", context) else ((value, "plain"),)


def _rounding(before: str, after: str | None) -> Rounding:
    if after:
        return "near" if after.strip() in ("左右", "上下") else "over"
    return next((kind for kind, mark in _MARKS.items() if mark.search(before)), "")


def _is_named(text: str, start: int) -> bool:
    """Whether digits that start here belong to a name: `GPT-4`, `H100`, `pass@1`; not the 10 of `5%-10%` or `1B-10B`."""
    before = text[max(0, start - 24) : start]
    if re.search(r"(?:^|[^0-9A-Za-z.])[0-9.]+[xX]$", before):  # 16x16
        return False
    if re.search(rf"[{LATIN}][-_@]?$", before):
        return not re.search(r"(?:^|[^A-Za-z0-9.])[0-9.]+(?:[KkMBTxX]|bn)-$", before)
    return False


def _from_words(text: str, one: Spelled) -> Quantity:
    before = text[max(0, one.start - 24) : one.start]
    suffix = _SUFFIX.match(text, one.end)
    readings = one.readings
    if suffix and readings[0][1] == "plain" and suffix["unit"]:
        readings = _readings(readings[0][0], text[one.start - 1 : one.start], suffix, before)
    return Quantity(one.text, one.start, one.end, readings, rounding=_rounding(before, None), loose=one.loose)


def _shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """In `1-3B` and `85, 90 and 95%` the first numbers have the last one's unit, and may have its scale."""
    for place in range(len(found) - 2, -1, -1):
        this, following = found[place], found[place + 1]
        between = text[this.end : following.start] if following.start >= this.end else "."
        bare = this.readings[0][1] == "plain" and this.text[-1:].isdigit() and not this.named
        if bare and not following.named and _LIST.fullmatch(between):
            value, (_, unit) = this.readings[0][0], following.readings[-1]
            shared: tuple[Reading, ...] = ((value, unit), (canonical(value * _scale(following)), unit))
            certain = _RANGE.fullmatch(between) and unit != "plain"
            found[place] = replace(this, readings=tuple(dict.fromkeys(shared if certain else (*this.readings, *shared))))
    return found


def _scale(one: Quantity) -> float:
    """What the written digits were multiplied with: 1e9 of `3B`."""
    written = re.match(r"[0-9][0-9,]*(?:\.[0-9]+)?", one.text)
    digits = float(written[0].replace(",", "")) if written else 0.0
    return one.readings[0][0] / digits if digits else 1.0
