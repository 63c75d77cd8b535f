"""English words as they are compared: stems, the ordinary ones, and how much a shared word says."""

import math
import re
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).with_name("data") / "words.txt"
WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")

_KEEP_FOUR = """
izations isations ization isation ations ities ments ation ators ively ingly ility ances ences ness ment ible able ator ized
ised izes ises izer iser ance ence ants ents ions ical ally izing ising ize ise ion ity ive ers est ant ent ate als ics ful
ous er al ic or
"""
_KEEP_THREE = "fulness iveness ousness ying ing ies ied ed es ly s e y"
_ENDINGS = sorted(
    [(ending, 4) for ending in _KEEP_FOUR.split()] + [(ending, 3) for ending in _KEEP_THREE.split()],
    key=lambda rule: -len(rule[0]),
)
"""Endings, longest first, and how many letters must stay before each."""

STOP = frozenset(
    """
    a an the of to in on at by for from with without and or but nor so yet if then than that this these those it its is are
    was were be been being am do does did has have had can could may might must shall should will would we our us they their
    them he his she her i my you your as such not no only also both each every any all some more most other others another
    same into onto over under between among across through via per about against during before after while when where which
    who whose what how why there here one two three first second further up down out off very much many few several new using
    use used uses based show shows showing demonstrate demonstrates propose proposes proposed present presents introduce
    introduces paper work approach approaches method methods however thus therefore moreover furthermore specifically
    respectively e g et al vs within toward towards upon because since even still well achieve achieves result results provide
    provides enable enables s t
    """.split()
)
"""Words that say nothing about what a sentence is about."""


@cache
def stem(word: str) -> str:
    """A word without its endings: reasons, reasoning and reasoned are `reason`."""
    word = word.lower()
    for _ in range(3):
        cut = next((word[: -len(end)] for end, keep in _ENDINGS if word.endswith(end) and len(word) - len(end) >= keep), None)
        if cut is None or (word.endswith("ss") and cut == word[:-1]):
            break
        word = cut
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] + "y" if len(word) > 4 and word.endswith("i") else word


def words(text: str) -> list[str]:
    """The English words of a text in lower case."""
    return [word.lower().removesuffix("'s") for word in WORD.findall(text)]


def is_ordinary(word: str) -> bool:
    """Whether a word in lower case is one that anybody uses: no name, though it may open a sentence with a capital."""
    return word in STOP or stem(word) in _ranks()


def weight(stemmed: str) -> float:
    """How much it says that two sentences share this stem: little for `model`, 1 for a word that few papers use."""
    rank = _ranks().get(stemmed)
    return 1.0 if rank is None else 0.1 + 0.9 * rank


@cache
def _ranks() -> dict[str, float]:
    """Ordinary stems, the most frequent first, with their place between 0 and 1."""
    found: dict[str, float] = {}
    for place, word in enumerate(_WORDS.read_text(encoding="utf-8").split()):
        found.setdefault(stem(word), min(1.0, math.log1p(place) / math.log1p(3000)))
    return found
