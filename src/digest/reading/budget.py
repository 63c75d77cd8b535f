"""What of a paper goes to the model when all of it is too long.

Sentences are taken in order of what a card needs them for; within a tier in the paper's order. What is kept stays in the
paper's order, under the numbers it has in the whole document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from digest.models import Document, Sentence
from digest.reading._latexml import APPENDIX, SEPARATOR
from digest.tokens import estimated_tokens

_TABLES_SHARE = 0.4
"""Of the budget that rows of tables may take before the running text has had its turn."""
_OPENING = 2
"""Sentences that open a part of the method."""

_ABSTRACT, _CLAIMS, _RESULTS, _REST_OF_RESULTS, _REST, _ASIDE, _APPENDIX, _LAST = range(8)

_ROW = re.compile(r"(?:Table|Figure|Algorithm|TABLE|Tab\.)[^:]{0,40}(?:, row [^:]|:.* = )")
_CAPTION = re.compile(r"(?:Table|TABLE|Tab\.)\s*\w+(?:\s*\(\w\))?[:.]")
_FIGURE = re.compile(r"(?:Figure|FIGURE|Fig\.)\s*\w+[:.]")
_CONTRIBUTION = re.compile(
    r"\b(?:we|this (?:paper|work|article|study|report)|our)\b.{0,60}?\b(?:propos|introduc|present|contribut|develop|design|show"
    r"|demonstrat|find|achiev|outperform|investigat|stud|build|releas|establish|pioneer|address)|contributions?\b|本文|我们",
    re.IGNORECASE,
)
_LIMITATION = re.compile(r"\blimitations?\b|\blimited (?:to|by)\b|\bfuture work\b|局限", re.IGNORECASE)
_FIGURES = re.compile(r"\d")
_KINDS = (
    ("introduction", re.compile(r"introduction|引言", re.IGNORECASE)),
    ("end", re.compile(r"conclu|limitation|future (?:work|direction)|结论|局限", re.IGNORECASE)),
    ("results", re.compile(r"experiment|result|evaluat|ablation|analys|benchmark|performance|finding|实验|结果", re.IGNORECASE)),
    ("aside", re.compile(r"related work|background|preliminar|prior work|literature|相关工作", re.IGNORECASE)),
    (
        "last",
        re.compile(r"acknowledge?ment|ethic|impact|reproducib|data availab|code availab|funding|author contrib", re.IGNORECASE),
    ),
)


def within(document: Document, max_tokens: int) -> Document:
    """The part of a document whose numbered lines (`[12] text`, one a line) fit into so many tokens.

    Returns:
        The document itself where it fits; else one with fewer sentences, whose reading says so.
    """
    sentences = document.sentences
    if _Scale(sentences).tokens <= max_tokens:
        return document
    kept = _chosen(sentences, max_tokens)
    left = tuple(sentence for sentence in sentences if sentence.number in kept)
    reading = document.reading.model_copy(
        update={"sentences": len(left), "tokens": estimated_tokens("\n".join(s.text for s in left)), "truncated": True}
    )
    return document.model_copy(update={"sentences": left, "reading": reading})


class _Scale:
    """Adds up what lines weigh: the estimate is of the whole, not of every line rounded up."""

    def __init__(self, sentences: Sequence[Sentence] = ()) -> None:
        self._ascii = self._other = 0
        for sentence in sentences:
            self.add(sentence)

    @property
    def tokens(self) -> int:
        return -(-self._ascii // 4) + self._other

    def add(self, sentence: Sentence) -> None:
        line = f"[{sentence.number}] {sentence.text}\n"
        ascii_characters = len(line) if line.isascii() else sum(map(str.isascii, line))
        self._ascii += ascii_characters
        self._other += len(line) - ascii_characters

    def would_be(self, sentence: Sentence) -> int:
        """The tokens with one more line."""
        other = _Scale()
        other._ascii, other._other = self._ascii, self._other
        other.add(sentence)
        return other.tokens


def _chosen(sentences: Sequence[Sentence], max_tokens: int) -> set[int]:
    """The numbers of the sentences that are kept."""
    chosen: set[int] = set()
    scale, rows = _Scale(), _Scale()
    ranked = _ranked(sentences)
    for pass_over_rows in (True, False):
        for tier, sentence in ranked:
            if sentence.number in chosen or scale.would_be(sentence) > max_tokens:
                continue
            if pass_over_rows and tier != _ABSTRACT and _ROW.match(sentence.text):
                if rows.would_be(sentence) > _TABLES_SHARE * max_tokens:
                    continue
                rows.add(sentence)
            scale.add(sentence)
            chosen.add(sentence.number)
    return chosen


def _ranked(sentences: Sequence[Sentence]) -> list[tuple[int, Sentence]]:
    """Sentences with their tiers, the most wanted first."""
    places: Counter[str | None] = Counter()
    ranked = []
    for sentence in sentences:
        places[sentence.section] += 1
        ranked.append((_tier(sentence, places[sentence.section]), sentence))
    return sorted(ranked, key=lambda pair: (pair[0], pair[1].number))


def _tier(sentence: Sentence, place: int) -> int:
    """How soon a sentence is taken; `place` counts from 1 within its section."""
    section, text = sentence.section or "", sentence.text
    if section == "Abstract":
        return _ABSTRACT
    kind = _kind(section)
    if section.startswith(APPENDIX):
        return _LAST if kind == "last" else _APPENDIX
    if kind == "last":
        return _LAST
    if kind == "end" or _CAPTION.match(text) or (_LIMITATION.search(text) and kind != "aside"):
        return _CLAIMS
    if kind == "introduction":
        return _CLAIMS if _CONTRIBUTION.search(text) else _REST_OF_RESULTS
    if kind == "aside":
        return _ASIDE
    if _ROW.match(text) or place <= _OPENING or (kind == "results" and _FIGURES.search(text)):
        return _RESULTS
    if kind == "results" or _FIGURE.match(text) or _CONTRIBUTION.search(text):
        return _REST_OF_RESULTS
    return _REST


def _kind(section: str) -> str:
    """What a section is for, by its title; the innermost title that tells decides."""
    for title in reversed(section.split(SEPARATOR)):
        for kind, pattern in _KINDS:
            if pattern.search(title):
                return kind
    return "method"
