"""A card without a model is made of the abstract's own sentences, each cited and none said twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.cards import extract_card
from digest.cards.extract import short_name
from digest.cards.paths import claims_of
from digest.models import Candidate, Document, Links, Paper
from digest.reading import read_abstract

ABSTRACT = (
    "Robots that fold laundry have become more common in recent years. "
    "However, existing robots struggle with wet towels, which limits their use at home. "
    "This paper studies folding under water. "
    "We propose TOWEL, a folding policy that predicts how cloth sticks. "
    "TOWEL first encodes the cloth as a graph and then plans a fold by message passing. "
    "Experiments show that TOWEL improves success from 41.2% to 63.5%. "
    "A limitation of our work is that tables must be dry. "
    "Code is available at https://example.org/towel."
)


def document(abstract: str, title: str = "TOWEL: Folding What Is Wet") -> Document:
    links = Links(abs="https://arxiv.org/abs/2602.00001", pdf="https://arxiv.org/pdf/2602.00001")
    return read_abstract(Candidate(paper=Paper(id="2602.00001", title=title, links=links), abstract=abstract))


def test_each_part_holds_the_sentence_of_its_role() -> None:
    language, card = extract_card(document(ABSTRACT), directions=("robotics",), tags=("robotics", "cs.RO"))
    assert language == "en"
    assert card.filled_by == "extractive"
    assert card.meta.short_name == "TOWEL"
    assert card.meta.tags == ("robotics", "cs.RO")
    assert card.meta.directions == ("robotics",)
    assert card.meta.tldr and card.meta.tldr.evidence == (4,)
    assert [gap.evidence for gap in card.problem.gaps] == [(2,)]
    assert card.problem.background and card.problem.background.evidence == (1,)
    assert card.problem.core_idea and card.problem.core_idea.evidence == (3,)
    assert [step.evidence for step in card.method.pipeline] == [(5,)]
    assert [result.evidence for result in card.evidence.results] == [(6,)]
    assert [limit.evidence for limit in card.evidence.limitations] == [(7,)]


def test_the_core_idea_is_left_out_where_the_tldr_has_said_it() -> None:
    _, card = extract_card(document(ABSTRACT.replace("This paper studies folding under water. ", "")))
    assert card.meta.tldr and card.meta.tldr.text.startswith("We propose TOWEL")
    assert card.problem.core_idea is None


def test_a_method_is_not_passed_off_as_a_problem() -> None:
    _, card = extract_card(document("We present KETTLE, a tea model. It steeps leaves in parallel. It scores 71.3 on TeaBench."))
    assert card.problem.background is None
    assert card.problem.gaps == ()


def test_an_empty_abstract_gives_a_card_without_claims() -> None:
    _, card = extract_card(document(""))
    assert list(claims_of(card)) == []
    assert (card.support.claims, card.support.supported) == (0, 0)


def test_a_chinese_abstract_gives_a_chinese_card() -> None:
    language, card = extract_card(document("现有方法难以处理湿毛巾。本文提出一种新的策略。实验表明成功率提升了22.3%。"))
    assert language == "zh"
    assert card.meta.tldr and card.meta.tldr.text == "本文提出一种新的策略"


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("We propose a fold.", "We propose a fold"),
        ("We propose a fold!", "We propose a fold!"),
        ("We propose a fold...", "We propose a fold..."),
        ('We propose a "fold."', 'We propose a "fold"'),
        ("我们提出一种方法。", "我们提出一种方法"),
    ],
)
def test_only_the_closing_stop_is_taken_off(sentence: str, text: str) -> None:
    _, card = extract_card(document(sentence))
    assert card.meta.tldr and card.meta.tldr.text == text


@given(st.lists(st.sampled_from([*ABSTRACT.split(". "), "We win!", "本文提出方法。", "It gains 3.5%"]), max_size=12))
def test_every_claim_is_its_own_evidence(sentences: list[str]) -> None:
    read = document(". ".join(sentences))
    _, card = extract_card(read)
    claims = list(claims_of(card))
    by_number = {sentence.number: sentence.text for sentence in read.sentences}
    for claim in claims:
        assert claim.status == "supported"
        assert by_number[claim.evidence[0]].replace(".", "").startswith(claim.text.replace(".", ""))
    assert len({claim.evidence for claim in claims}) == len(claims) == card.support.claims


@pytest.mark.parametrize(
    ("title", "abstract", "name"),
    [
        ("GLM-5: from Vibe Coding to Engineering", "", "GLM-5"),
        ("Hummingbird: Small and Fast", "", "Hummingbird"),
        ("Qwen3 Coder: A Report", "", "Qwen3 Coder"),
        ("Less Is Enough: On Data", "", None),
        ("Learning to fold: a survey", "", None),
        ("Stable Policies for Towels", "To this end, we propose STAPO, which folds.", "STAPO"),
        ("Folding", "We introduce Towel Activation Coverage (TAC) as a measure.", "TAC"),
        ("Folding", "We introduce a graph of LLMs.", None),
        ("Folding", "We study towels.", None),
    ],
)
def test_the_short_name(title: str, abstract: str, name: str | None) -> None:
    assert short_name(title, [abstract]) == name
