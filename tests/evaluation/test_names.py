"""Names in abstracts, by their looks."""

import pytest

from digest.evaluation import Shelf
from digest.evaluation.names import kind_of, method_name, names_in
from evaluation.conftest import document


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Qwen2.5-72B 在 GSM8K 上", ["Qwen2.5-72B", "GSM8K"]),
        ("we use LLaVA and a Transformer", ["LLaVA"]),
        ("see https://github.com/OWNER/ReadMe", []),
        ("plain words only", []),
    ],
)
def test_a_name_has_two_capitals_or_a_capital_and_a_digit(text: str, found: list[str]) -> None:
    assert [m[0] for m in names_in(text)] == found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("GPT-5", "model"),
        ("Llama-3-8B-Instruct", "model"),
        ("BERT-based", None),
        ("SkillsBench", "dataset"),
        ("GSM8K", "dataset"),
        ("STAPO", "method"),
        ("RLVR", None),
    ],
)
def test_a_name_has_a_kind_only_where_its_looks_or_the_title_tell(name: str, kind: str | None) -> None:
    assert kind_of(name, document("2602.00001", "STAPO: Stable", "x")) == kind


@pytest.mark.parametrize(("title", "name"), [("STAPO: Stable", "STAPO"), ("Position: We Argue", None), ("No name here", None)])
def test_a_method_is_the_coined_name_that_a_title_begins_with(title: str, name: str | None) -> None:
    assert method_name(document("2602.00001", title, "x")) == name


def test_the_names_of_all_papers_are_sorted_by_kind(shelf: Shelf) -> None:
    assert shelf.names == {
        "model": ("GPT-5", "Llama-3-8B", "Qwen2.5-72B"),
        "dataset": ("AlpacaEval", "GSM8K", "ToolArena"),
        "method": ("BitFold",),
    }
