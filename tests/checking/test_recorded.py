"""The checks on recorded abstracts of four days: what is true passes, what was changed is caught."""

import random
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from checking.recorded import claims_in, papers
from digest.checking import Ground, check_statement
from recordings import NEEDED

NUMBER = re.compile(r"(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?")
NAME = re.compile(r"\b(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{3,}[\w-]*|[A-Za-z]+-?\d[\w.-]*)(?<![-.])")

pytestmark = NEEDED


class Row(NamedTuple):
    """A claim, the sentences that it cites, and its paper."""

    text: str
    evidence: tuple[int, ...]
    sentences: tuple[str, ...]
    ground: Ground

    @property
    def cited(self) -> str:
        return " ".join(self.sentences[number - 1] for number in self.evidence)

    def status(self, text: str) -> str:
        return check_statement(text, self.evidence, self.ground).status


@cache
def written() -> tuple[Row, ...]:
    """The claims written by hand."""
    return tuple(Row(text, evidence, *papers()[paper]) for paper, evidence, text in claims_in("recorded_claims.txt"))


@cache
def verbatim() -> tuple[Row, ...]:
    """Every third paper's sentences as claims about themselves."""
    chosen = list(papers().values())[::3]
    return tuple(Row(text, (n,), sentences, ground) for sentences, ground in chosen for n, text in enumerate(sentences, 1))


def changed_numbers(rows: tuple[Row, ...]) -> Iterator[tuple[Row, str]]:
    """Each number with one digit changed, where the new one stands nowhere in the sentences."""
    chance = random.Random(5)
    for row in rows:
        for match in NUMBER.finditer(row.text):
            old = match[0]
            at = chance.choice([place for place, sign in enumerate(old) if sign.isdigit()])
            new = old[:at] + chance.choice([digit for digit in "123456789" if digit != old[at]]) + old[at + 1 :]
            if not re.search(rf"(?<![\d.]){re.escape(new)}(?!\d)", row.cited):
                yield row, row.text[: match.start()] + new + row.text[match.end() :]


def swapped_names(rows: tuple[Row, ...]) -> Iterator[tuple[Row, str]]:
    """Each name replaced by one of another paper."""
    chance = random.Random(7)
    pool = sorted({name for row in rows for name in NAME.findall(row.text)})
    for row in rows:
        whole = " ".join(passage.text for passage in row.ground.passages).lower()
        for match in NAME.finditer(row.text):
            new = chance.choice(pool)
            if new.lower().rstrip("s") not in whole:
                yield row, row.text[: match.start()] + new + row.text[match.end() :]


def share_caught(cases: Iterator[tuple[Row, str]]) -> float:
    caught = [row.status(text) != "supported" for row, text in cases]
    assert len(caught) > 140
    return sum(caught) / len(caught)


def test_every_claim_written_by_hand_is_supported() -> None:
    assert len(written()) >= 200
    assert [row.text for row in written() if row.status(row.text) != "supported"] == []


def test_sentences_support_themselves() -> None:
    flagged = [row.text for row in verbatim() if row.status(row.text) != "supported"]
    assert len(flagged) <= 0.005 * len(verbatim())


def test_changed_numbers_are_caught() -> None:
    assert share_caught(changed_numbers(written())) >= 0.99
    assert share_caught(changed_numbers(verbatim())) >= 0.99


def test_swapped_names_are_caught() -> None:
    assert share_caught(swapped_names(written())) >= 0.93
    assert share_caught(swapped_names(verbatim())) >= 0.93


def test_claims_moved_to_another_paper_are_caught() -> None:
    rows = written()
    moved = [
        (there, here.text) for here, there in zip(rows, rows[40:] + rows[:40], strict=True) if here.ground is not there.ground
    ]
    assert share_caught(iter(moved)) >= 0.97
