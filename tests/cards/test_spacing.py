"""Chinese and Latin letters are spaced once, when a model's text is taken over; evidence and checks see no difference."""

import re

import pytest

from checking.recorded import claims_in, papers
from digest.cards.answers import C, CardAnswer, N, R
from digest.cards.compose import compose, each_once
from digest.cards.extract import extract_card
from digest.cards.texts import label, plain
from digest.checking import Ground, check_statement
from digest.models import CardProvenance, Document, Sentence
from digest.selection.lines import prose
from digest.typography import spaced
from fakes import paper, reading
from recordings import NEEDED

TIGHT, SPACED = "在Qwen3-8B上平均提升7.13%，优于GRPO等3种方法", "在 Qwen3-8B 上平均提升 7.13%，优于 GRPO 等 3 种方法"


def test_what_a_model_writes_is_spaced_in_cards_and_beside_them() -> None:
    assert plain(f"- {TIGHT}。", 300) == SPACED
    assert prose(f"{TIGHT}。", 300) == SPACED
    assert label("RL训练", 40) == "RL 训练"


def test_the_cap_holds_for_the_spaced_text() -> None:
    assert len(plain("用A比B好，" * 40, 60)) <= 60


def test_every_text_of_a_card_is_spaced() -> None:
    one = C(text=TIGHT, evidence=(1,))
    answer = CardAnswer(
        tldr=one,
        title_translated="GLM-5从氛围编程到智能体工程",
        tags=("RL训练",),
        gaps=(one,),
        contributions=(N(text=TIGHT, name="GRPO分析", evidence=(1,)),),
        results=(R(text=TIGHT, metric="F1分数", evidence=(1,)),),
        risks=(TIGHT,),
    )
    card = compose(answer, "zh", CardProvenance(provider="openai"))
    written = card.model_dump_json()
    assert "Qwen3-8B上" not in written and written.count(SPACED) == 5
    assert (card.meta.title_translated, card.meta.tags) == ("GLM-5 从氛围编程到智能体工程", ("RL 训练",))
    assert (card.problem.contributions[0].name, card.evidence.results[0].metric) == ("GRPO 分析", "F1 分数")


def test_a_blogs_own_label_stands_for_the_models_that_differs_in_blanks() -> None:
    assert each_once(["AI安全", "AI 安全", "ai 安全", "RL"]) == ("AI安全", "RL")


def test_an_extractive_card_is_in_the_papers_own_words() -> None:
    read = Document(paper=paper(), reading=reading(sentences=1), sentences=(Sentence(number=1, text=f"{TIGHT}。"),))
    _, card = extract_card(read)
    assert TIGHT in card.model_dump_json()


@pytest.mark.parametrize("text", [TIGHT, "减少约2.5B参数的3倍开销", "在GSM8K和MATH上分别达到92%与51.3%", "从3到6倍、超过100万步"])
@pytest.mark.parametrize(
    "english", ["It gains 7.13% over GRPO on Qwen3-8B with 3 methods", "It reaches 92% on GSM8K, 51.3% on MATH"]
)
def test_a_spaced_statement_is_judged_as_the_tight_one(text: str, english: str) -> None:
    ground = Ground.of_texts([english])
    assert judged(spaced(text), (1,), ground) == judged(text, (1,), ground)


def judged(text: str, evidence: tuple[int, ...], ground: Ground) -> tuple[str, list[tuple[str, str]]]:
    """The verdict on a text, what it complains of without blanks."""
    verdict = check_statement(text, evidence, ground)
    return verdict.status, [(complaint.kind, complaint.what.replace(" ", "")) for complaint in verdict.complaints]


class TestRecorded:
    pytestmark = NEEDED

    def test_no_recorded_claim_is_judged_otherwise(self) -> None:
        differing, count = [], 0
        for paper_id, evidence, text in claims_in("recorded_claims.txt"):
            tight = re.sub(r"(?<=[\u3400-\u9fff]) (?=[\w$])|(?<=[\w%$]) (?=[\u3400-\u9fff])", "", text)
            count += tight != spaced(tight)
            ground = papers()[paper_id][1]
            if judged(spaced(tight), evidence, ground) != judged(tight, evidence, ground):
                differing.append(spaced(tight))
        assert count > 200
        assert differing == []
