"""The numbers of a text, read simply: what is a corruption of a claim, and which numbers of a card are not quoted.

This is on purpose not the number reading of `digest.checking`, which it helps to measure.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

SCALES = {
    "k": 10**3,
    "K": 10**3,
    "M": 10**6,
    "B": 10**9,
    "T": 10**12,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "千": 10**3,
    "万": 10**4,
    "亿": 10**8,
    "万亿": 10**12,
}
"""What a sign or word behind a number multiplies it by."""

WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
"""English numerals; the index is the value."""
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100}
CHINESE = "零一二三四五六七八九十"
"""Chinese numerals; the index is the value. 两 is 2 as well."""
_FACTORS = {"once": 1, "single": 1, "half": 2, "twice": 2, "double": 2, "twofold": 2, "triple": 3, "threefold": 3, "both": 2}

_SCALE = r"万亿|[千万亿]|[KkMBT](?![A-Za-z0-9])|(?:thousand|million|billion|trillion)(?![a-z])"
_UNIT = r"\\?%|％|x(?![A-Za-z0-9])|×|times|[GMT]?B|[kMG]?Hz|[mμ]?s|pp|p\.p|h|W|bit"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_STANDALONE = re.compile(
    rf"(?<![A-Za-z0-9_.^{{\\])(?P<digits>{_DIGITS})(?!\d|\.\d|,\d{{3}})(?P<scale>\s?(?:{_SCALE}))?(?:\s?(?:{_UNIT}))?(?![A-Za-z0-9])(?!-[A-Z])"
)
_ANY = re.compile(rf"(?P<digits>{_DIGITS})(?P<scale>\s?(?:{_SCALE}))?")
_ENUMERATOR = re.compile(r"[(（]\d{1,2}[)）]")
_TOKEN_BEFORE = re.compile(r"[A-Za-z0-9.\-_/]*$")
_NUMERAL = re.compile(
    rf"(?<![第十百{CHINESE}])(?P<numeral>[两{CHINESE[2:]}])(?=个|种|项|类|组|层|阶段|篇|位|款|大|座|轮|档|部分|名|块|道)"
)
_WORD = re.compile(rf"\b(?P<word>{'|'.join(WORDS[2:])})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """A number that stands by itself, not in a name such as GPT-4 or CIFAR-10.

    Attributes:
        start, end: where its digits are.
        digits: as written, `1,780`.
        scale: the sign or word behind it, as in `SCALES`, or "".
    """

    start: int
    end: int
    digits: str
    scale: str = ""

    @property
    def value(self) -> Decimal:
        """What it counts: `1.5B` is 1500000000."""
        return value_of(self.digits, self.scale)


def value_of(digits: str, scale: str = "") -> Decimal:
    """The value of digits with what stands behind them."""
    return (Decimal(digits.replace(",", "")) * SCALES.get(scale, 1)).normalize()


def figures(text: str) -> Iterator[Figure]:
    """The numbers in digits that stand by themselves, in order."""
    for match in _STANDALONE.finditer(text):
        before = _TOKEN_BEFORE.search(text, 0, match.start())
        in_name = before is not None and re.search(r"[A-Za-z]", before[0])
        if not in_name and not _ENUMERATOR.match(text, max(0, match.start() - 1)):
            yield Figure(match.start("digits"), match.end("digits"), match["digits"], (match["scale"] or "").strip())


def numerals(text: str) -> Iterator[re.Match[str]]:
    """The numbers in words that count something: `three models`, 三种; 一 and one are articles too often."""
    yield from _WORD.finditer(text)
    yield from _NUMERAL.finditer(text)


def numeral_value(word: str) -> int:
    """The value of a word that `numerals` finds."""
    return 2 if word == "两" else CHINESE.index(word) if word in CHINESE else WORDS.index(word.lower())


def values(text: str) -> frozenset[Decimal]:
    """Every value that can be read out of a text, in names, in words, with and without what stands behind it."""
    found = {value_of(m["digits"], scale) for m in _ANY.finditer(text) for scale in ("", (m["scale"] or "").strip())}
    found |= {Decimal(n) for n, c in enumerate(CHINESE) if c in text} | ({Decimal(2)} if "两" in text else set())
    words = {w: n for n, w in enumerate(WORDS)} | TENS | _FACTORS
    spoken = re.findall(r"[a-z]+", text.lower())
    found |= {Decimal(words[w]) for w in spoken if w in words}
    pairs = itertools.pairwise(spoken)
    found |= {Decimal(words.get(a, 1)) * SCALES[b] for a, b in pairs if b in SCALES}
    return frozenset(v.normalize() for v in found)
