"""What the checker is worth, on recorded abstracts of 2026: these bars hold, or the checker is mended.

The claims under `tests/data/claims` were written by hand, in Chinese and in other English words than the abstract's. The
checker was made without them.
"""

import re
from pathlib import Path

import pytest

from digest.evaluation import Measurement, Shelf, measure, of_abstracts, of_files, read_abstracts
from evaluation.conftest import CLAIMS, UPSTREAM

PAGE = Path(__file__).resolve().parents[2] / "docs" / "trust.md"
DUMPS = sorted(UPSTREAM.glob("arxiv/*.jsonl.gz"))
DAILY = sorted(UPSTREAM.glob("hf*/*.json"))
LEAST_NUMBERS_CAUGHT, LEAST_NAMES_CAUGHT, MOST_TRUE_FLAGGED = 0.99, 0.90, 0.03
LEAST_ABSTRACTS, LEAST_CLAIMS = 300, 150

pytestmark = [
    pytest.mark.upstream,
    pytest.mark.slow,
    pytest.mark.skipif(not DUMPS, reason="the recorded abstracts are not on this machine"),
]


@pytest.fixture(scope="module")
def extracted() -> tuple[Shelf, Measurement]:
    """Two days' abstracts: each sentence is a claim, and true of itself."""
    shelf = read_abstracts(DUMPS[1:3])
    return shelf, measure(of_abstracts(shelf), shelf)


@pytest.fixture(scope="module")
def written() -> Measurement:
    """The claims that were written by hand; names of all recorded papers are swapped in."""
    shelf = read_abstracts([*DUMPS, *DAILY])
    return measure(of_files(sorted(CLAIMS.glob("*.jsonl")), shelf), shelf)


def test_there_are_enough_of_both(extracted: tuple[Shelf, Measurement], written: Measurement) -> None:
    _, found = extracted
    assert len({o.paper for o in found.true}) >= LEAST_ABSTRACTS
    assert len(written.true) >= LEAST_CLAIMS
    assert found.caught("numbers").of >= 500
    assert written.caught("numbers").of >= 200


def test_true_sentences_of_abstracts_pass(extracted: tuple[Shelf, Measurement]) -> None:
    share = extracted[1].false_alarms().value
    assert share is not None
    assert share <= MOST_TRUE_FLAGGED


def test_changed_numbers_in_abstracts_are_caught(extracted: tuple[Shelf, Measurement]) -> None:
    share = extracted[1].caught("numbers").value
    assert share is not None
    assert share >= LEAST_NUMBERS_CAUGHT


def test_swapped_names_in_abstracts_are_caught(extracted: tuple[Shelf, Measurement]) -> None:
    share = extracted[1].caught("names").value
    assert share is not None
    assert share >= LEAST_NAMES_CAUGHT


def test_true_claims_in_chinese_and_in_other_words_pass(written: Measurement) -> None:
    share = written.false_alarms().value
    assert share is not None
    assert share <= MOST_TRUE_FLAGGED


def test_changed_numbers_in_chinese_and_in_other_words_are_caught(written: Measurement) -> None:
    share = written.caught("numbers").value
    assert share is not None
    assert share >= LEAST_NUMBERS_CAUGHT


def test_swapped_names_in_chinese_and_in_other_words_are_caught(written: Measurement) -> None:
    share = written.caught("names").value
    assert share is not None
    assert share >= LEAST_NAMES_CAUGHT


def test_the_page_tells_the_figures_as_they_are(extracted: tuple[Shelf, Measurement], written: Measurement) -> None:
    """A reader of docs/trust.md gets what this machine measures: every count in the table."""
    table = PAGE.read_text(encoding="utf-8").partition("In brackets")[0]
    told = dict(re.findall(r"^\| \**([a-z ]+?)\** \| [^|]*\|(.*)$", table, re.MULTILINE))
    groups = {"numbers changed": "numbers", "names swapped": "names"}
    for name in ("true claims flagged", "numbers changed", "names swapped", "acronym", "negation", "direction", "moved"):
        group = groups.get(name, name)
        if name == "true claims flagged":
            shares = [extracted[1].false_alarms(), written.false_alarms("zh"), written.false_alarms("en")]
        else:
            shares = [extracted[1].caught(group), written.caught(group, language="zh"), written.caught(group, language="en")]
        assert [tuple(map(int, pair)) for pair in re.findall(r"(\d+) of (\d+):", told[name])] == [(s.hits, s.of) for s in shares]
