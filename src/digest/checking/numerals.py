"""What numbers may count, and numbers in words: "twenty-five", "两", "十二", "一百零三"."""

from fractions import Fraction
from typing import Literal

Unit = Literal["plain", "percent", "points", "times", "dimension", "exponent", "month", "soft", "vague", "label", "part"]
"""What a number counts. `soft`: meant by a word such as "both"; `vague`: "hundreds of"; `label`: the 4 of
"Claude Sonnet 4" and "(4)", which counts nothing; `part`: that of "GPT-4"."""
Reading = tuple[float, Unit]
"""A value and what it counts."""

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ENGLISH: dict[str, int] = {
    **{word: value for value, word in enumerate([*_UNITS.split(), "eighteen", "nineteen"])},
    **{word: 20 + 10 * place for place, word in enumerate(_TENS.split())},
}
ENGLISH_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
CHINESE = {**{digit: value for value, digit in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
CHINESE_SCALES = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "千万": 10**7, "百万": 10**6, "十万": 10**5,
    "亿": 10**8, "万": 10**4, "千": 10**3, "百": 100,
}  # fmt: skip
_SMALL = {"十": 10, "百": 100, "千": 1000}


def english_number(words: str) -> int:
    """The value of "twenty-five", "three hundred", "two million"."""
    total = current = 0
    for word in words.lower().replace("-", " ").split():
        if word in ENGLISH:
            current += ENGLISH[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in ENGLISH_SCALES:
            total, current = total + (current or 1) * ENGLISH_SCALES[word], 0
    return total + current


def chinese_number(digits: str) -> Fraction:
    """The value of 十二, 一百零三, 三万五千, 二〇二六, 三点五."""
    whole, _, tail = digits.partition("点")
    if len(whole) > 1 and all(digit in CHINESE for digit in whole):
        value = int("".join(str(CHINESE[digit]) for digit in whole))
    else:
        value = _spoken(whole)
    decimals = "".join(str(CHINESE[digit]) for digit in tail)
    return Fraction(value) + (Fraction(int(decimals), 10 ** len(decimals)) if decimals else 0)


def _spoken(digits: str) -> int:
    total = section = digit = 0
    for sign in digits:
        if sign in CHINESE:
            digit = CHINESE[sign]
        elif sign in _SMALL:
            section, digit = section + (digit or 1) * _SMALL[sign], 0
        elif sign == "万":
            total, section, digit = total + (section + digit or 1) * 10**4, 0, 0
        else:
            total, section, digit = (total + section + digit or 1) * 10**8, 0, 0
    return total + section + digit
