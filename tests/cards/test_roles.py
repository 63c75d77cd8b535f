"""The sentences of an abstract land in the parts of a card where a reader expects them."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.cards.roles import ROLES, Slots, choose, role_scores

ROOT = Path(__file__).parents[2]
EVAL = ROOT.parent / "shared/upstream/data/eval"

USUAL = [
    "Robots that fold laundry have become more common in recent years.",
    "However, existing robots struggle with wet towels, which limits their use at home.",
    "In this paper, we propose TOWEL, a folding policy that predicts how cloth sticks.",
    "TOWEL first encodes the cloth as a graph and then plans a fold by message passing.",
    "Experiments on three benchmarks show that TOWEL improves success from 41.2% to 63.5% over the best baseline.",
    "Code is available at https://example.org/towel.",
]
PROPOSAL_FIRST = [
    "We present KETTLE-2, an open model for tea recipes that reasons over long steeping times.",
    "KETTLE-2 uses sparse attention over the leaves and is trained with reinforcement learning.",
    "It reaches 71.3 points on TeaBench and outperforms larger models.",
    "The results are released at https://example.org/kettle.",
]
CHINESE = [
    "家用机器人近年来发展迅速。",
    "然而，现有方法难以处理湿毛巾。",
    "本文提出一种新的折叠策略。",
    "该策略先把布料编码为图，再进行规划。",
    "实验结果表明，成功率提升了22.3%。",
]


def test_an_abstract_of_the_usual_build() -> None:
    assert choose(USUAL) == Slots(problem=1, contribution=2, method=3, evidence=4, tldr=2, background=(0,))


def test_a_proposal_is_the_contribution_even_as_first_sentence() -> None:
    slots = choose(PROPOSAL_FIRST)
    assert (slots.contribution, slots.tldr, slots.evidence) == (0, 0, 2)
    assert slots.problem != 0


@pytest.mark.parametrize(
    "link",
    [
        "Code is available at https://example.org/towel.",
        "Project page: https://example.org/towel",
        "The results are released at example.org.",
        "Our models and data will be made publicly available.",
        "We release all code and weights.",
        "代码已开源。",
    ],
)
@pytest.mark.parametrize("place", [0, 3, 5])
def test_a_pointer_to_code_stands_nowhere(link: str, place: int) -> None:
    sentences = [*USUAL[:place], link, *USUAL[place:5]]
    slots = choose(sentences)
    shown = {slots.problem, slots.contribution, slots.method, slots.evidence, slots.tldr}
    assert place not in shown | {*slots.background, *slots.contributions, *slots.methods, *slots.results}


def test_an_outcome_with_figures_is_preferred_as_evidence() -> None:
    vague = "These findings suggest that cloth deserves more attention."
    assert choose([*USUAL[:5], vague]).evidence == 4


def test_the_tldr_is_the_main_proposal_and_not_a_further_one() -> None:
    further = "We also introduce a loss that penalises creases."
    assert choose([*USUAL[:2], further, *USUAL[2:]]).tldr == 3


def test_a_limitation_is_listed_as_one() -> None:
    limit = "A limitation of our approach is that it needs a dry table."
    assert choose([*USUAL[:5], limit]).limitations == (5,)


def test_chinese_cues_are_read() -> None:
    slots = choose(CHINESE)
    assert (slots.contribution, slots.tldr) == (2, 2)
    assert slots.evidence == 4


def test_nothing_gives_nothing() -> None:
    assert choose([]) == Slots()
    assert role_scores([]) == []


def test_a_lone_link_gives_no_part() -> None:
    assert choose(["Code is available at https://example.org."]) == Slots()


def test_scores_are_probabilities_in_the_order_of_the_roles() -> None:
    for score in role_scores(USUAL):
        assert score._fields == ROLES
        assert sum(score) == pytest.approx(1)


@given(st.lists(st.sampled_from([*USUAL, *PROPOSAL_FIRST, *CHINESE, "", "?"]) | st.text(max_size=30), max_size=9))
def test_no_sentence_is_used_twice(sentences: list[str]) -> None:
    slots = choose(sentences)
    parts = [i for i in (slots.problem, slots.contribution, slots.method, slots.evidence) if i is not None]
    lists = [*slots.background, *slots.contributions, *slots.methods, *slots.results, *slots.limitations]
    assert len({*parts, *lists}) == len([*parts, *lists])
    assert all(0 <= i < len(sentences) for i in [*parts, *lists])


@pytest.fixture(scope="module")
def extractive() -> ModuleType:
    """benchmarks/extractive.py, which is no package."""
    spec = importlib.util.spec_from_file_location("extractive", ROOT / "benchmarks/extractive.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["extractive"] = module
    spec.loader.exec_module(module)
    return module


def rows(extractive: ModuleType, name: str) -> list[dict[str, list[str]]]:
    if not (EVAL / name).exists():
        pytest.skip(f"{name} is not beside this checkout; docs/extractive.md says where to get it")
    return list(extractive.read_rows(EVAL / name))


@pytest.mark.upstream
@pytest.mark.parametrize(("part", "bar"), [("problem", 0.85), ("method", 0.70), ("evidence", 0.88)])
def test_the_chosen_sentence_carries_the_label(extractive: ModuleType, part: str, bar: float) -> None:
    assert extractive.role_accuracy(rows(extractive, "csabstruct-dev.jsonl.gz"))[part] >= bar


@pytest.mark.upstream
def test_the_contribution_is_a_proposal(extractive: ModuleType) -> None:
    """Annotators call a proposal objective or method; the part takes either."""
    assert extractive.proposals(rows(extractive, "csabstruct-dev.jsonl.gz")) >= 0.80


@pytest.mark.upstream
@pytest.mark.xfail(reason="docs/extractive.md: annotators label `we propose` method or background more often", strict=True)
def test_the_contribution_carries_the_label_objective(extractive: ModuleType) -> None:
    assert extractive.role_accuracy(rows(extractive, "csabstruct-dev.jsonl.gz"))["contribution"] >= 0.80


@pytest.mark.upstream
def test_the_tldr_resembles_the_authors_own(extractive: ModuleType) -> None:
    assert extractive.tldr_rouge(rows(extractive, "scitldr-dev.jsonl.gz")) >= 37
