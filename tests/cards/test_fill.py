"""A card by a model: asked for, checked, mended once, and what does not hold removed and counted."""

from typing import Any

import pytest

from cards.scripted import COST, PAPER, RESULT, SENTENCES, TITLE, TLDR, ScriptedModel, answer, document, prompts, said
from digest.cards import Filled, claims_of, fill_card
from digest.llm import ModelError
from digest.models import Advice, Claim

INVENTED = said("On FoldBench, TOWEL reaches 97.3%", 5)
MENDED = said(RESULT, 5)


def fill(model: ScriptedModel, **labels: Any) -> Filled:
    return fill_card(document(), model, prompts(), **labels)


def test_a_card_whose_claims_hold_takes_one_call() -> None:
    gaps = [said("Existing robots struggle with wet towels.", 2)]
    model = ScriptedModel(card=answer(gaps=gaps, cost=[said("Training takes 12 hours on 8 H100 GPUs", 6)]))
    card, usage = fill(model).card, fill(model).usage
    assert card.meta.tldr == Claim(text=TLDR, evidence=(3,), status="supported")
    assert card.problem.gaps == (Claim(text="Existing robots struggle with wet towels", evidence=(2,)),)
    assert card.support.model_dump() == {"claims": 3, "supported": 3, "partly": 0, "removed": 0}
    assert card.filled_by == "model"
    paid = {"tokens": 150, "cost": 0.01}
    assert card.provenance.model_dump() == {"provider": "openai", "model": "scripted", "prompt": prompts().card.hash, **paid}
    assert usage.model_dump() == COST | {"failed_calls": 0}


def test_an_invented_number_is_said_anew_in_one_repair_turn() -> None:
    model = ScriptedModel(card=answer(results=[INVENTED]), repair={"r1": MENDED})
    filled = fill(model)
    assert [result.text for result in filled.card.evidence.results] == [RESULT]
    assert filled.card.support.removed == 0
    assert filled.usage.calls == 2
    assert filled.card.provenance.tokens == 300
    [shown] = model.prompts("repair")
    assert "97.3%" in shown
    assert "does not stand in the cited sentences" in shown
    assert f"[5] {SENTENCES[4]}" in shown


@pytest.mark.parametrize(
    "repair",
    [
        {"r1": None},
        {"r1": said("On FoldBench, TOWEL reaches 98.1%", 5)},
        {"r1": said("not mentioned", 5)},
        {"r1": said("TOWEL 在 FoldBench 上把成功率从 41.2% 提高到 63.5%", 5)},
        ModelError("timeout"),
    ],
)
def test_what_still_does_not_hold_is_removed_and_counted(repair: Any) -> None:
    card = fill(ScriptedModel(card=answer(results=[INVENTED]), repair=repair)).card
    assert card.evidence.results == ()
    assert card.support.model_dump() == {"claims": 1, "supported": 1, "partly": 0, "removed": 1}


def test_one_repair_turn_takes_all_claims_that_fail() -> None:
    wrong = [said(f"TOWEL folds {n} towels", 5) for n in (170, 180, 190)]
    model = ScriptedModel(card=answer(findings=wrong), repair={"r1": None, "r2": MENDED, "r3": None})
    card = fill(model).card
    assert [claim.text for claim in card.problem.findings] == [RESULT]
    assert card.support.removed == 2
    assert len(model.prompts("repair")) == 1


def test_a_number_from_a_sentence_that_is_not_cited_makes_a_claim_partly_supported() -> None:
    card = fill(ScriptedModel(card=answer(findings=[said("TOWEL improves success to 63.5%", 3)]))).card
    assert card.problem.findings[0].status == "partly"
    assert card.support.partly == 1


def test_a_claim_that_cites_a_sentence_that_does_not_exist_is_refused() -> None:
    model = ScriptedModel(card=answer(findings=[said("Robots fold laundry", 99)]), repair={"r1": None})
    assert fill(model).card.support.removed == 1


def test_a_card_without_a_claim_that_holds_is_no_card() -> None:
    model = ScriptedModel(card=answer(tldr=said("TOWEL reaches 97.3%", 5)), repair={"r1": None})
    with pytest.raises(ModelError) as failed:
        fill(model)
    assert failed.value.reason == "unsupported"
    assert failed.value.usage.calls == 2


def test_a_tldr_that_was_removed_is_replaced_by_the_core_idea() -> None:
    idea = [said("TOWEL encodes the cloth as a graph", 4)]
    model = ScriptedModel(card=answer(tldr=said("TOWEL reaches 97.3%", 5), core_idea=idea), repair={"r1": None})
    card = fill(model).card
    assert card.meta.tldr is not None
    assert card.meta.tldr.text == "TOWEL encodes the cloth as a graph"
    assert card.problem.core_idea is None
    assert card.support.model_dump() == {"claims": 1, "supported": 1, "partly": 0, "removed": 1}


def test_a_field_that_does_not_hold_is_dropped_and_its_claim_kept() -> None:
    result = said(RESULT, 5, dataset="FoldBench", metric="success", value="99.9%", baseline="")
    [kept] = fill(ScriptedModel(card=answer(results=[result]))).card.evidence.results
    assert (kept.text, kept.dataset, kept.metric, kept.value, kept.baseline) == (RESULT, "FoldBench", "success", None, None)


def test_two_numbers_for_one_fact_leave_the_claim_that_stands_better() -> None:
    sentences = ("On FoldBench TOWEL improves the success rate of folding by 7.1%.", "The rate of TOWEL was 9.3%.")
    texts = [f"On FoldBench TOWEL improves the success rate of folding by {n}%" for n in ("7.1", "9.3")]
    results = [said(text, 1) for text in texts]
    model = ScriptedModel(card=answer(tldr=said("TOWEL improves folding on FoldBench", 1), results=results))
    card = fill_card(document(*sentences), model, prompts()).card
    assert [result.text for result in card.evidence.results] == texts[:1]
    assert card.support.removed == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"paper": "2602.99999"}, "mismatch"),
        ({"tldr": said("", 3)}, "invalid"),
        ({"tldr": said("Error", 3)}, "invalid"),
        ({"tldr": said("Summary generation failed", 3)}, "invalid"),
        ({"tldr": said("I'm sorry, I cannot summarise this", 3)}, "invalid"),
        ({"tldr": said("TOWEL 是一种折叠策略，预测布料如何粘连", 3)}, "language"),
        ({"tldr": said("TOWEL pr\ufffddicts how cloth sticks", 3)}, "language"),
    ],
)
def test_an_answer_that_is_no_card_of_this_paper_is_refused(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(ModelError) as failed:
        fill(ScriptedModel(card=answer(**fields)))
    assert failed.value.reason == reason


def test_an_id_that_the_text_mentions_is_a_slip_and_no_other_paper() -> None:
    sentences = (*SENTENCES, "It builds on arXiv:2501.01234.")
    card = fill_card(document(*sentences), ScriptedModel(card=answer(paper="2501.01234")), prompts()).card
    assert card.meta.tldr is not None


def test_one_claim_in_another_language_is_mended_not_the_whole_card_lost() -> None:
    steps = [said("TOWEL encodes the cloth as a graph", 4), said("a fold is planned", 4), said("以消息传递规划折叠动作", 4)]
    claims = {"pipeline": steps, "gaps": [said("Robots struggle with wet towels", 2)]}
    model = ScriptedModel(card=answer(**claims), repair={"r1": said("A fold is planned by message passing", 4)})
    card = fill(model).card
    assert [step.text for step in card.method.pipeline][-1] == "A fold is planned by message passing"
    assert "it is in another language" in model.prompts("repair")[0]


def test_a_chinese_card_is_asked_for_checked_and_mended_in_chinese() -> None:
    tldr = said("TOWEL 是一种折叠策略，能预测布料如何粘连", 3)
    results = [said("在 FoldBench 上，TOWEL 把成功率从 41.2% 提高到 97.3%", 5)]
    mended = {"r1": said("在 FoldBench 上，TOWEL 把成功率从 41.2% 提高到 63.5%。", 5)}
    model = ScriptedModel(card=answer(tldr=tldr, results=results), repair=mended)
    card = fill_card(document(), model, prompts("zh")).card
    assert card.evidence.results[0].text == "在 FoldBench 上，TOWEL 把成功率从 41.2% 提高到 63.5%"
    assert all("English" not in question.system for question in model.asked)


def test_labels_and_advice_that_the_paper_does_not_know_are_dropped() -> None:
    fields = {
        "short_name": "towel",
        "tags": ["Robotics", "ImageNet-21k", "robotics", "cs.RO"],
        "application_areas": ["Laundry", "不适用"],
        "transfers": ["Try it on dish cloths", "Expect 12.5% more on ClothNet-9"],
        "next_action": "Read the section on tables",
    }
    card = fill(ScriptedModel(card=answer(**fields)), tags=("Agents", "cs.RO"), directions=("Agents",)).card
    assert card.meta.short_name == "TOWEL"
    assert card.meta.tags == ("Agents", "cs.RO", "Robotics")
    assert card.meta.directions == ("Agents",)
    assert card.meta.application_areas == ("Laundry",)
    assert card.takeaways.transfers == (Advice(text="Try it on dish cloths"),)
    assert card.takeaways.next_action == Advice(text="Read the section on tables")


@pytest.mark.parametrize(
    ("title", "kept"), [("TOWEL：折叠湿布", True), ("TOWEL：比 SHEET-7 更好", False), ("TOWEL: Folding", False), ("", False)]
)
def test_a_translated_title_has_no_name_of_its_own(title: str, kept: bool) -> None:
    tldr = said("TOWEL 是一种折叠策略，能预测布料如何粘连", 3)
    card = fill_card(document(), ScriptedModel(card=answer(tldr=tldr, title_translated=title)), prompts("zh")).card
    assert card.meta.title_translated == (title if kept else None)


def test_a_title_in_the_cards_language_is_not_translated() -> None:
    card = fill(ScriptedModel(card=answer(title_translated="Folding Wet Towels"))).card
    assert card.meta.title_translated is None


def test_the_prompt_has_the_numbered_sentences_last_and_names_one_language() -> None:
    model = ScriptedModel(card=answer())
    fill(model)
    [question] = model.asked
    assert question.user.splitlines() == [PAPER, f"Title: {TITLE}", *(f"[{n}] {text}" for n, text in enumerate(SENTENCES, 1))]
    assert "English" in question.system
    assert "Chinese" not in question.system
    assert PAPER not in question.system


def test_unknown_costs_stay_unknown() -> None:
    class Uncounted(ScriptedModel):
        def ask(self, question: Any) -> Any:
            found = super().ask(question)
            update = {"prompt_tokens": None, "cost": None, "currency": None}
            return type(found)(found.value, found.usage.model_copy(update=update))

    card = fill(Uncounted(card=answer())).card
    assert (card.provenance.tokens, card.provenance.cost) == (None, None)


def test_every_claim_of_a_card_cites_sentences_that_were_read() -> None:
    card = fill(ScriptedModel(card=answer(results=[MENDED, INVENTED]), repair={"r1": None})).card
    assert {number for claim in claims_of(card) for number in claim.evidence} <= set(range(1, 8))
