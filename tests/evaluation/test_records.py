"""Figures of the cards in a folder of records."""

from pathlib import Path

import pytest

from digest import digests
from digest.errors import UsageError
from digest.evaluation import evaluate_records, table
from digest.evaluation.records import fields_of, unsupported_numbers
from digest.models import Advice, CardProvenance, CoveredPaper, Meta, Problem, Quote, Support, Takeaways
from fakes import card, claim, covered, digest

QUOTES = {1: Quote(text="Serving is hard."), 2: Quote(text="It gains 7.13% on 1.5B tokens."), 3: Quote(text="Very long…")}


def model_paper(paper_id: str = "2602.00002", tokens: int | None = 1200) -> CoveredPaper:
    parts = {
        "meta": Meta(tldr=claim("精度提升 7.13%，用 15 亿 token", 2), tags=("RL",)),
        "problem": Problem(gaps=(claim("部署很难，有 4 种原因", 1), claim("长句里的 99%", 3))),
        "takeaways": Takeaways(risks=(Advice(text="小心"),)),
        "filled_by": "model",
        "support": Support(claims=3, supported=2, partly=1, removed=1),
        "provenance": CardProvenance(provider="openai", model="m", tokens=tokens, cost=0.002),
    }
    return covered(paper_id, cards={"zh": card(**parts)}, quotes=QUOTES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    extract = covered("2602.00001", quotes={2: Quote(text="The method improves accuracy by 7.13%.")})
    digests.write(tmp_path, digest(extract, model_paper(), model_paper("2602.00003", tokens=None)))
    return tmp_path


def test_cards_are_counted_by_the_way_they_were_filled(folder: Path) -> None:
    extractive, model = evaluate_records(folder)
    assert (extractive.filled_by, extractive.cards, extractive.claims, extractive.removed) == ("extractive", 1, 1, 0)
    assert (model.filled_by, model.cards, model.claims) == ("model", 2, 6)
    assert (model.supported, model.partly, model.removed) == (4, 2, 2)


def test_numbers_that_no_quote_holds_are_counted(folder: Path) -> None:
    extractive, model = evaluate_records(folder)
    assert extractive.unsupported_numbers == 0
    assert model.unsupported_numbers == 2
    assert unsupported_numbers(model_paper(), "zh") == [("4", "部署很难，有 4 种原因")]


def test_claims_on_a_cut_quote_are_not_judged(folder: Path) -> None:
    _, model = evaluate_records(folder)
    assert model.judged == 4


def test_coverage_is_the_share_of_cards_that_have_a_field(folder: Path) -> None:
    _, model = evaluate_records(folder)
    assert model.coverage["meta.tldr"] == 1
    assert model.coverage["problem.background"] == 0
    assert model.coverage["takeaways.risks"] == 1
    assert model.coverage["method.usage.inputs"] == 0


def test_every_leaf_of_a_card_is_a_field() -> None:
    fields = fields_of(card())
    assert fields["meta.tldr"]
    assert not fields["evidence.results"]
    assert {"takeaways.next_action", "method.usage.other", "problem.core_idea"} <= set(fields)
    assert not any(field.startswith(("filled_by", "support", "provenance")) for field in fields)


def test_tokens_and_cost_are_means_of_the_cards_that_know_them(folder: Path) -> None:
    extractive, model = evaluate_records(folder)
    assert (model.tokens, model.cost) == (1200, pytest.approx(0.002))
    assert (extractive.tokens, extractive.cost) == (None, None)


def test_the_figures_are_shown_a_block_each(folder: Path) -> None:
    shown = "\n".join(table.of_cards(evaluate_records(folder)))
    assert "extractive: 1 cards" in shown
    assert "model: 2 cards" in shown
    assert "of 8 claims  50.0%" in shown
    assert "1.00 in 4 claims with whole quotes" in shown
    assert "unknown" in shown


def test_a_folder_without_records_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no digest record"):
        evaluate_records(tmp_path)
