"""What is counted, and what a share is worth."""

from collections.abc import Callable, Sequence

import pytest

from digest.checking import Complaint, Verdict
from digest.evaluation import Share, Shelf, TrueClaim, measure, table
from digest.models import Document

Make = Callable[..., TrueClaim]
TEXT = "BitFold reaches 83.85% on GSM8K"


def never(text: str, evidence: Sequence[int], document: Document) -> Verdict:
    """A checker that passes everything."""
    return Verdict("supported")


def always(text: str, evidence: Sequence[int], document: Document) -> Verdict:
    """A checker that flags everything."""
    return Verdict("partly", (Complaint("number", "1"),))


def exactly(text: str, evidence: Sequence[int], document: Document) -> Verdict:
    """A checker that knows the one true text and its paper."""
    return (
        never(text, evidence, document) if (text, document.paper.id) == (TEXT, "2602.00001") else always(text, evidence, document)
    )


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),  # computed by hand after Wilson (1927), z = 1.96
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (99, 100, 0.9455, 0.9982),
    ],
)
def test_the_interval_of_a_share_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    assert Share(hits, of).interval == pytest.approx((low, high), abs=5e-5)
    assert Share(hits, of).value == hits / of


def test_a_share_of_nothing_says_nothing() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == (0.0, 1.0)


def test_a_perfect_checker_catches_all_and_flags_no_true_claim(claim: Make, shelf: Shelf) -> None:
    found = measure([claim(TEXT)], shelf, check=exactly)
    assert found.false_alarms() == Share(0, 1)
    assert found.caught().value == 1
    assert found.caught("numbers").of == 2  # a digit and the decimal point
    assert found.caught("names").of >= 1
    assert found.caught(language="zh") == Share(0, 0)


def test_a_checker_that_passes_everything_catches_nothing(claim: Make, shelf: Shelf) -> None:
    found = measure([claim(TEXT)], shelf, check=never)
    assert found.false_alarms() == Share(0, 1)
    assert found.caught().hits == 0
    assert found.caught().of == len(found.corrupted) > 0


def test_corruptions_of_a_claim_that_is_flagged_anyway_do_not_count_as_caught(claim: Make, shelf: Shelf) -> None:
    found = measure([claim(TEXT)], shelf, check=always)
    assert found.false_alarms() == Share(1, 1)
    assert found.corrupted == ()


def test_languages_are_counted_apart(claim: Make, shelf: Shelf) -> None:
    found = measure([claim(TEXT), claim("BitFold 在 GSM8K 上达到 83.85%")], shelf, check=exactly)
    assert found.false_alarms("zh") == Share(1, 1)
    assert found.false_alarms("en") == Share(0, 1)


def test_the_programs_own_checker_is_the_default(claim: Make, shelf: Shelf) -> None:
    found = measure([claim("BitFold serves Qwen2.5-72B on three GPUs and reaches 83.85% on GSM8K")], shelf)
    assert found.false_alarms() == Share(0, 1)
    assert found.caught("numbers", "digit") == Share(1, 1)


def test_the_table_and_the_json_hold_the_same_figures(claim: Make, shelf: Shelf) -> None:
    found = measure([claim(TEXT)], shelf, check=exactly)
    shown = list(table.of_checker(found))
    assert any(line.startswith("true claims flagged") and "0/1 0.0%" in line for line in shown)
    assert any(line.startswith("numbers") and "2/2 100.0%" in line for line in shown)
    told = table.as_json(found, show=True)
    assert told["true_claims_flagged"]["all"]["of"] == 1
    assert told["corruptions_caught"]["numbers"]["all"]["hits"] == 2
    assert told["corruptions_caught"]["numbers"]["kinds"]["digit"]["share"] == 1
    assert told["misses"] == []


def test_misses_and_false_alarms_are_shown_with_the_true_claim(claim: Make, shelf: Shelf) -> None:
    missed = "\n".join(table.of_outcomes(measure([claim(TEXT)], shelf, check=never)))
    assert "MISS 2602.00001 numbers: digit" in missed
    assert f"was: {TEXT}" in missed
    alarms = "\n".join(table.of_outcomes(measure([claim(TEXT)], shelf, check=always)))
    assert alarms == f"FALSE ALARM 2602.00001 number 1\n    {TEXT}"
