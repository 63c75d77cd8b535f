"""A second language is the checked card, translated: evidence and numbers stay."""

from typing import Any

import pytest

from cards.scripted import COST, ScriptedModel, answer, document, prompts, said
from digest.cards import Filled, fill_card, translate_card
from digest.llm import ModelError, Question
from digest.models import Card, Claim

WORDS = {
    "TOWEL 是一种折叠策略，能预测布料如何粘连": "TOWEL is a folding policy that predicts how cloth sticks",
    "现有机器人难以处理湿毛巾": "Existing robots struggle with wet towels",
    "在 FoldBench 上，TOWEL 把成功率从 41.2% 提高到 63.5%": "On FoldBench, TOWEL improves success from 41.2% to 63.5%",
    "成功率": "success",
    "编码": "Encoding",
    "先把布料编码为图": "The cloth is first encoded as a graph",
    "家务": "housework",
    "可以用于抹布": "Try it on dish cloths",
    "先读局限一节": "Read the section on limitations first",
}
"""A Chinese card's texts, and what they are in English."""
TLDR_ZH, GAP_ZH, RESULT_ZH = list(WORDS)[:3]


def chinese_card(**fields: Any) -> Card:
    result = said(RESULT_ZH, 5, dataset="FoldBench", metric="成功率", value="63.5%")
    claims: dict[str, Any] = {"tldr": said(TLDR_ZH, 3), "gaps": [said(GAP_ZH, 2)], "results": [result]}
    claims |= {"key_designs": [said("先把布料编码为图", 4, name="编码")], "title_translated": "TOWEL：折叠湿布"}
    labels = {"tags": ["Robotics", "家务"], "transfers": ["可以用于抹布"], "next_action": "先读局限一节"}
    return fill_card(document(), ScriptedModel(card=answer(**claims, **labels, **fields)), prompts("zh")).card


def translator(**changed: str) -> Any:
    """Answers a translation with WORDS, but for the texts in `changed`: by the first characters of the original."""

    def reply(question: Question[Any]) -> dict[str, str]:
        lines = dict(text.split(": ", 1) for text in question.user.splitlines() if text.startswith("t"))
        wrong = {key: value for key, text in lines.items() for start, value in changed.items() if text.startswith(start)}
        return {key: WORDS.get(text, "") for key, text in lines.items()} | wrong

    return reply


def translate(model: ScriptedModel, card: Card | None = None) -> Filled:
    return translate_card(card or chinese_card(), document(), model, prompts("en"))


def test_a_translated_card_keeps_evidence_status_numbers_and_names() -> None:
    card = chinese_card()
    filled = translate(ScriptedModel(translation=translator()), card)
    english = filled.card
    assert english.meta.tldr and english.meta.tldr.text == WORDS[TLDR_ZH]
    assert english.meta.tldr.evidence == (3,)
    [result] = english.evidence.results
    assert (result.text, result.dataset, result.metric, result.value) == (WORDS[RESULT_ZH], "FoldBench", "success", "63.5%")
    assert (result.evidence, result.status) == (card.evidence.results[0].evidence, card.evidence.results[0].status)
    assert english.method.key_designs[0].name == "Encoding"
    assert english.meta.tags == ("Robotics", "housework")
    assert english.takeaways.transfers[0].text == "Try it on dish cloths"
    assert english.takeaways.next_action and english.takeaways.next_action.text.startswith("Read the section")
    assert (english.meta.short_name, english.meta.title_translated) == ("TOWEL", None)
    assert english.support == card.support
    assert (english.filled_by, english.provenance.prompt) == ("model", prompts("en").translation.hash)
    assert filled.usage.model_dump() == COST | {"failed_calls": 0}


WRONG = {
    "another number": "On FoldBench, TOWEL improves success from 41.2% to 65.3%",
    "a number less": "On FoldBench, TOWEL improves success to 63.5%",
    "another name": "On ClothNet-9, TOWEL improves success from 41.2% to 63.5%",
    "untranslated": RESULT_ZH,
    "nothing": "",
    "an excuse": "I'm sorry, I cannot translate 41.2% to 63.5%",
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_translation_that_says_something_else_is_asked_for_again_then_removed(wrong: str) -> None:
    model = ScriptedModel(translation=translator(**{"在 FoldBench": wrong}))
    card = chinese_card()
    english = translate(model, card).card
    assert english.evidence.results == ()
    assert english.support.claims == card.support.claims - 1
    assert english.support.removed == card.support.removed + 1
    _, second = model.prompts("translation")
    assert RESULT_ZH in second and GAP_ZH not in second


def test_the_second_try_may_mend_it() -> None:
    model = ScriptedModel(translation=[translator(**{"在 FoldBench": "TOWEL wins"}), translator()])
    filled = translate(model)
    assert filled.card.evidence.results[0].text == WORDS[RESULT_ZH]
    assert filled.usage.calls == 2


def test_a_second_try_that_fails_costs_its_claims_only() -> None:
    model = ScriptedModel(translation=[translator(**{"在 FoldBench": "TOWEL wins"}), ModelError("timeout")])
    assert translate(model).card.evidence.results == ()


def test_a_field_that_could_not_be_translated_is_left_out() -> None:
    [result] = translate(ScriptedModel(translation=translator(**{"成功率": "成功率"}))).card.evidence.results
    assert (result.text, result.metric, result.value) == (WORDS[RESULT_ZH], None, "63.5%")


def test_no_translation_at_all_is_no_card() -> None:
    with pytest.raises(ModelError) as failed:
        translate(ScriptedModel(translation=lambda question: {}))
    assert failed.value.reason == "unsupported"
    assert failed.value.usage.calls == 2
    with pytest.raises(ModelError) as failed:
        translate(ScriptedModel(translation=ModelError("quota")))
    assert failed.value.reason == "quota"


def test_a_card_is_translated_into_chinese_with_its_title() -> None:
    english = translate(ScriptedModel(translation=translator())).card
    back = {value: key for key, value in WORDS.items()} | {"TOWEL: Folding What Is Wet": "TOWEL：折叠湿布"}

    def reply(question: Question[Any]) -> dict[str, str]:
        lines = dict(text.split(": ", 1) for text in question.user.splitlines() if text.startswith("t"))
        return {key: back.get(text, "") for key, text in lines.items()}

    chinese = translate_card(english, document(), ScriptedModel(translation=reply), prompts("zh")).card
    assert chinese.meta.tldr and chinese.meta.tldr.text == TLDR_ZH
    assert chinese.meta.title_translated == "TOWEL：折叠湿布"
    assert chinese.support.removed == 0


def test_the_sentences_that_the_claims_cite_are_shown_last() -> None:
    model = ScriptedModel(translation=translator())
    translate(model)
    shown = model.prompts("translation")[0].splitlines()
    assert [text[:3] for text in shown[-4:]] == ["[2]", "[3]", "[4]", "[5]"]


def test_numbers_may_be_written_as_the_language_does() -> None:
    """278.8 万 is 2.788 million."""
    card = chinese_card()
    tldr = said("数据集含 278.8 万张图像", 3)
    written = card.model_copy(update={"meta": card.meta.model_copy(update={"tldr": Claim(**tldr, status="supported")})})
    english = translate(ScriptedModel(translation=translator(数据集="The set holds 2.788 million images")), written).card
    assert english.meta.tldr and english.meta.tldr.text == "The set holds 2.788 million images"
