"""True claims: from files, from abstracts, from records; and the set that was written by hand."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from digest import digests
from digest.errors import UsageError
from digest.evaluation import Shelf, of_abstracts, of_files, of_records, read_abstracts
from digest.models import Quote
from digest.paper_id import PaperId
from evaluation.conftest import CLAIMS
from fakes import ID, card, claim, covered, digest

ABSTRACT = "Serving is hard. We propose BitFold. It reaches 83.85% accuracy."


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return lines(tmp_path / "dump.jsonl", {"id": "2602.00001", "title": "A  Title", "abstract": ABSTRACT, "version": 2})


def test_abstracts_are_read_from_a_dump_of_metadata(dump: Path) -> None:
    document = read_abstracts([dump]).documents["2602.00001"]
    assert document.paper.title == "A Title"
    assert [s.text for s in document.sentences] == ["Serving is hard.", "We propose BitFold.", "It reaches 83.85% accuracy."]


def test_abstracts_are_read_from_a_gzipped_dump(dump: Path, tmp_path: Path) -> None:
    packed = tmp_path / "dump.jsonl.gz"
    packed.write_bytes(gzip.compress(dump.read_bytes()))
    assert read_abstracts([packed]).documents == read_abstracts([dump]).documents


def test_abstracts_are_read_from_a_daily_list(tmp_path: Path) -> None:
    row = {"title": "T", "summary": ABSTRACT, "paper": {"id": "2602.00001", "title": "T", "summary": ABSTRACT}}
    path = tmp_path / "daily.json"
    path.write_text(json.dumps([row]), encoding="utf-8")
    assert len(read_abstracts([path]).documents["2602.00001"].sentences) == 3


@pytest.mark.parametrize("text", ["", "not json", "[1, 2]", '{"id": "2602.00001"}', "[{}]"])
def test_a_file_without_abstracts_is_an_error_for_the_person_at_the_keyboard(text: str, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        read_abstracts([path])


def test_claims_of_abstracts_are_their_own_sentences(dump: Path) -> None:
    shelf = read_abstracts([dump])
    found = list(of_abstracts(shelf))
    assert found
    said = {s.number: s.text for s in shelf.documents["2602.00001"].sentences}
    assert all(said[c.evidence[0]] == f"{c.text}." for c in found)


def test_claims_are_read_from_files(tmp_path: Path, shelf: Shelf) -> None:
    path = lines(tmp_path / "c.jsonl", {"paper": "2602.00001", "evidence": [3], "text": "达到 83.85%", "kind": "result"})
    (found,) = of_files([path], shelf)
    assert (found.paper, found.evidence, found.kind, found.language) == ("2602.00001", (3,), "result", "zh")


@pytest.mark.parametrize(
    "row",
    [
        {"paper": "2602.00001", "evidence": [99], "text": "x"},
        {"paper": "2602.99999", "evidence": [1], "text": "x"},
        {"paper": "2602.00001", "text": "x"},
        {"paper": "2602.00001", "evidence": ["a"], "text": "x"},
    ],
)
def test_a_claim_that_rests_on_nothing_at_hand_is_an_error(row: dict[str, Any], tmp_path: Path, shelf: Shelf) -> None:
    with pytest.raises(UsageError):
        list(of_files([lines(tmp_path / "c.jsonl", row)], shelf))


def test_claims_of_records_rest_on_their_quotes_unless_those_are_cut(tmp_path: Path) -> None:
    quotes = {1: Quote(text="It gains 7.13%."), 2: Quote(text="It was cut…")}
    gaps = (claim("It gains 7.13%", 1), claim("It was cut at 3%", 2), claim("Unsure", 1, status="partly"))
    one = covered(cards={"en": card(problem={"gaps": gaps}, meta={})}, quotes=quotes)
    digests.write(tmp_path, digest(one))
    shelf, found = of_records(tmp_path)
    assert [c.text for c in found] == ["It gains 7.13%"]
    assert [s.number for s in shelf.documents[ID].sentences] == [1, 2]


def test_a_folder_without_records_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no digest record"):
        of_records(tmp_path)


# --- the set that was written by hand ------------------------------------------------------------


@pytest.fixture(scope="module")
def written() -> dict[str, list[dict[str, Any]]]:
    return {
        path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] for path in CLAIMS.glob("*.jsonl")
    }


def test_the_set_is_large_and_in_both_languages(written: dict[str, list[dict[str, Any]]]) -> None:
    assert set(written) == {"zh", "en"}
    assert len(written["zh"]) >= 100
    assert len(written["en"]) >= 75
    assert len({row["paper"] for rows in written.values() for row in rows}) >= 80


def test_the_set_holds_ids_and_numbers_of_sentences_and_no_abstract(written: dict[str, list[dict[str, Any]]]) -> None:
    for rows in written.values():
        for row in rows:
            assert set(row) == {"paper", "evidence", "text", "kind"}
            assert PaperId.parse(row["paper"]).id == row["paper"]
            assert row["evidence"]
            assert row["text"] == row["text"].strip()
            assert not re.search(r"[.。]$", row["text"])
            assert len(row["text"]) < 250


def test_every_kind_of_claim_is_in_the_set(written: dict[str, list[dict[str, Any]]]) -> None:
    wanted = {"background", "gap", "core_idea", "method", "setup", "result", "comparison", "dataset", "ablation", "limitation"}
    kinds = {row["kind"] for rows in written.values() for row in rows}
    assert kinds >= wanted | {"release", "cost", "finding", "contribution"}


def test_most_claims_of_the_set_have_a_number_or_a_name(written: dict[str, list[dict[str, Any]]]) -> None:
    for rows in written.values():
        telling = [row for row in rows if re.search(r"\d|[A-Z][A-Za-z]*[A-Z]", row["text"])]
        assert len(telling) >= 0.6 * len(rows)
