"""The field's words in Chinese and what they are in English: 注意力 is attention, 推理 reasoning or inference."""

import json
from collections.abc import Iterable, Set
from functools import cache
from pathlib import Path
from typing import NamedTuple

from digest.checking.words import STOP, WORD, stem, weight

_TERMS = Path(__file__).with_name("data") / "terms.json"


class Term(NamedTuple):
    """A Chinese term where it stands in a text.

    Attributes:
        english: the ways to say it, each the stems that must all be there.
        weight: how much it says that a text holds it.
    """

    chinese: str
    start: int
    english: tuple[frozenset[str], ...]
    weight: float

    def met(self, stems: Set[str]) -> bool:
        """Whether an English text with these stems says it."""
        return any(way <= stems for way in self.english)


def terms(text: str) -> list[Term]:
    """The known terms of a Chinese text, the longest at each place."""
    known, longest = _known()
    found = []
    at = 0
    while at < len(text):
        if text[at] > "\u33ff":
            width = next((n for n in range(min(longest, len(text) - at), 0, -1) if text[at : at + n] in known), 0)
            if width:
                english, said = known[text[at : at + width]]
                found.append(Term(text[at : at + width], at, english, said))
                at += width
                continue
        at += 1
    return found


@cache
def _known() -> tuple[dict[str, tuple[tuple[frozenset[str], ...], float]], int]:
    listed: dict[str, str] = json.loads(_TERMS.read_text(encoding="utf-8"))
    known = {}
    for chinese, english in listed.items():
        ways = tuple(dict.fromkeys(_stems(way) for way in english.split()))
        known[chinese] = ways, max(weight(part) for part in ways[0])
    return known, max(map(len, known))


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in WORD.findall(words) if word not in STOP) or frozenset({stem(words)})


def english_of(found: Iterable[Term]) -> frozenset[str]:
    """All stems that these terms may stand for."""
    return frozenset(part for term in found for way in term.english for part in way)
