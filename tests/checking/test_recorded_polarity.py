"""Negations and directions in true claims about recorded abstracts, and in the same claims turned round."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from checking.recorded import claims_in, papers
from digest.checking import Ground, check_statement
from recordings import NEEDED

TURNED = """
优于 不如|好于 不如|提升 降低|提高 降低|高于 低于|更快 更慢|更高 更低|更多 更少|降低 提升|减少 增加|低于 高于|更低 更高
higher lower|lower higher|faster slower|more less|less more|fewer more|improves degrades|raises lowers|beats trails
"""
PAIRS = [pair.split() for line in TURNED.split("\n") for pair in line.split("|") if pair]

pytestmark = NEEDED


class Row(NamedTuple):
    text: str
    evidence: tuple[int, ...]
    ground: Ground

    def denied(self, text: str) -> bool:
        return "negation" in {one.kind for one in check_statement(text, self.evidence, self.ground).complaints}


@cache
def rows() -> tuple[Row, ...]:
    return tuple(Row(text, evidence, papers()[paper][1]) for paper, evidence, text in claims_in("recorded_polarity.txt"))


def turned(row: Row) -> Iterator[str]:
    """The claim with each word of direction replaced by its opposite."""
    for word, opposite in PAIRS:
        edge = r"\b" if word.isascii() else ""
        for match in re.finditer(f"{edge}{word}{edge}", row.text):
            yield row.text[: match.start()] + opposite + row.text[match.end() :]


def test_no_true_claim_is_said_to_turn_its_sentence_round() -> None:
    assert len(rows()) >= 300
    assert [row.text for row in rows() if row.denied(row.text)] == []


@pytest.mark.parametrize(("chinese", "share"), [(True, 0.75), (False, 0.6)])
def test_most_directions_turned_round_are_caught(chinese: bool, share: float) -> None:
    chosen = [row for row in rows() if row.text.isascii() != chinese]
    caught = [row.denied(text) for row in chosen for text in turned(row)]
    assert len(caught) >= 40
    assert sum(caught) >= share * len(caught)
