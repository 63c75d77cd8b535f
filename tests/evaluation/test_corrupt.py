"""Corruptions: each makes the claim wrong in one way, and none where it would stay true."""

import random
from collections.abc import Callable

import pytest

from digest.evaluation import Shelf, TrueClaim
from digest.evaluation.claims import cited
from digest.evaluation.corrupt import NAMES, NUMBERS, OTHERS, corruptions, names, numbers, wording
from digest.evaluation.corrupt.moved import moved
from digest.evaluation.figures import figures, values
from evaluation.conftest import document

Make = Callable[..., TrueClaim]


def seeds(corrupt, claim: TrueClaim, shelf: Shelf) -> set[str | None]:
    """What a corruption makes of a claim under twenty seeds."""
    return {corrupt(claim, shelf.documents[claim.paper], shelf, random.Random(seed)) for seed in range(20)}


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["Accuracy on GSM8K is 83.85%", "在 GSM8K 上准确率为 83.85%", "It is 7.1 points above GPTQ", "比 GPTQ 高 7.1 个百分点"],
)
@pytest.mark.parametrize("corrupt", [numbers.digit_changed, numbers.decimal_moved])
def test_a_changed_number_stands_nowhere_in_the_sentence(corrupt, text: str, claim: Make, shelf: Shelf) -> None:
    made = seeds(corrupt, claim(text), shelf)
    known = values(cited(shelf.documents["2602.00001"], (3,)))
    for new in made:
        assert new is not None
        assert [f.value in known for f in figures(new)] == [False]
        assert new.replace(next(figures(new)).digits, "") == text.replace(next(figures(text)).digits, "")


def test_the_decimal_point_moves_by_one_place(claim: Make, shelf: Shelf) -> None:
    assert seeds(numbers.decimal_moved, claim("准确率为 83.85%"), shelf) == {"准确率为 838.5%", "准确率为 8.385%"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("It has 86 tasks", "It has 860 tasks"), ("共 86 个任务", "共 860 个任务"), ("共 1,780 种工具", "共 17,800 种工具")],
)
def test_a_whole_number_becomes_tenfold(text: str, wrong: str, claim: Make, shelf: Shelf) -> None:
    assert seeds(numbers.tenfold, claim(text), shelf) == {wrong}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Trained on 1.5B tokens", "Trained on 1.5M tokens"),
        ("Trained on 1.5 billion tokens", "Trained on 1.5 million tokens"),
        ("用 15 亿 token 训练", "用 15 万 token 训练"),
    ],
)
def test_the_magnitude_behind_a_number_changes(text: str, wrong: str, claim: Make, shelf: Shelf) -> None:
    assert seeds(numbers.scale_changed, claim(text, 4), shelf) == {wrong}


@pytest.mark.parametrize(
    ("text", "evidence", "wrong"),
    [
        ("Latency falls by 50%", 4, "Latency falls by 50 percentage points"),
        ("延迟降低 50%", 4, "延迟降低 50 个百分点"),
        ("准确率为 83.85%", 3, None),
    ],
)
def test_percent_become_points_where_they_are_a_change_of_something_else_than_percent(
    text: str, evidence: int, wrong: str | None, claim: Make, shelf: Shelf
) -> None:
    assert seeds(numbers.points_for_percent, claim(text, evidence), shelf) == {wrong}


@pytest.mark.parametrize(("text", "wrong"), [("It gains by 7.1 points", "It gains by 7.1%"), ("提升 7.1 个百分点", "提升 7.1%")])
def test_points_become_percent(text: str, wrong: str, claim: Make) -> None:
    told = Shelf({"2602.00001": document("2602.00001", "T", "It gains 7.1 points.")})
    assert seeds(numbers.points_for_percent, claim(text, 1), told) == {wrong}


@pytest.mark.parametrize("text", ["Latency falls by 30–50%", "延迟降低 30%～50%", "从 30 降到 50"])
def test_one_end_of_a_range_changes(text: str, claim: Make, shelf: Shelf) -> None:
    made = seeds(numbers.range_end_changed, claim(text, 4), shelf)
    wanted = {text.replace("30", "20"), text.replace("50", "60")}
    assert made == (wanted if "从" not in text else {None})


@pytest.mark.parametrize(("text", "rest"), [("Three GPUs suffice", " GPUs suffice"), ("需要三块 GPU", "块 GPU")])
def test_a_number_in_words_changes(text: str, rest: str, claim: Make, shelf: Shelf) -> None:
    made = seeds(numbers.numeral_changed, claim(text), shelf)
    assert len(made) > 3
    assert all(new is not None and new.endswith(rest) and new != text for new in made)


def test_two_in_chinese_is_the_two_that_counts(claim: Make, shelf: Shelf) -> None:
    assert not any("二块" in str(new) for new in seeds(numbers.numeral_changed, claim("需要三块 GPU"), shelf))


def test_two_numbers_change_places(claim: Make, shelf: Shelf) -> None:
    made = seeds(numbers.numbers_exchanged, claim("83.85% 对 7.1%"), shelf)
    assert made == {"7.1% 对 83.85%"}


@pytest.mark.parametrize("corrupt", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("text", ["GPT-5 and CIFAR-10 are names", "只有名字 Qwen2.5-72B", "(1) 首先 (2) 其次"])
def test_numbers_within_names_and_of_items_are_not_numbers(corrupt, text: str, claim: Make, shelf: Shelf) -> None:
    assert seeds(corrupt, claim(text), shelf) == {None}


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["{} leads on it", "{} 领先"])
@pytest.mark.parametrize(
    ("corrupt", "name", "others"),
    [
        (names.model_swapped, "Qwen2.5-72B", {"GPT-5", "Llama-3-8B"}),
        (names.dataset_swapped, "GSM8K", {"ToolArena", "AlpacaEval"}),
    ],
)
def test_a_name_becomes_one_of_its_kind_from_another_paper(
    corrupt, name: str, others: set[str], text: str, claim: Make, shelf: Shelf
) -> None:
    assert seeds(corrupt, claim(text.format(name)), shelf) == {text.format(other) for other in others}


def test_a_method_becomes_that_of_another_paper(claim: Make, shelf: Shelf) -> None:
    more = document("2602.00004", "RouteMix: Mixing", "We propose RouteMix.")
    wider = Shelf({**shelf.documents, more.paper.id: more})
    assert seeds(names.method_swapped, claim("BitFold 无需校准", 2), wider) == {"RouteMix 无需校准"}
    assert seeds(names.method_swapped, claim("BitFold is fast", 2), wider) == {"RouteMix is fast"}


def test_a_name_that_this_paper_uses_in_another_spelling_does_not_replace_one(claim: Make) -> None:
    ours = document("2602.00001", "T", "Qwen 2.5 7B beats GPT-4.")
    theirs = document("2602.00002", "U", "We use Qwen2.5-7B.")
    both = Shelf({d.paper.id: d for d in (ours, theirs)})
    assert seeds(names.model_swapped, claim("GPT-4 loses", 1), both) == {None}


@pytest.mark.parametrize(("text", "wrong"), [("GPT-5 solves it", "GPT-6 solves it"), ("GPT-5 能解", "GPT-6 能解")])
def test_the_version_of_a_model_changes(text: str, wrong: str, claim: Make, shelf: Shelf) -> None:
    assert seeds(names.version_changed, claim(text, 2, paper="2602.00002"), shelf) == {wrong}


@pytest.mark.parametrize(
    ("text", "left", "right"), [("GPTQ is worse", "GPTQ (", ") is worse"), ("优于 GPTQ", "优于 GPTQ（", "）")]
)
def test_an_acronym_gets_an_expansion_that_is_made_up(text: str, left: str, right: str, claim: Make, shelf: Shelf) -> None:
    for new in seeds(names.acronym_misspelt, claim(text), shelf):
        assert new is not None
        assert new.startswith(left)
        assert new.endswith(right)
        assert [w[0] for w in new.removeprefix(left).removesuffix(right).split()] == list("GPTQ")


def test_an_expansion_in_the_claim_loses_a_word(claim: Make) -> None:
    told = Shelf({"2602.00001": document("2602.00001", "T", "DeepSeek Sparse Attention (DSA) is used.")})
    made = seeds(names.acronym_misspelt, claim("It uses Deep Sparse Attention (DSA)", 1), told)
    assert made
    for new in made:
        assert new is not None
        assert new.endswith("(DSA)")
        assert new != "It uses Deep Sparse Attention (DSA)"


@pytest.mark.parametrize("corrupt", [*NAMES.values(), names.version_changed, names.acronym_misspelt])
@pytest.mark.parametrize("text", ["nothing has a name here", "这里没有名字"])
def test_without_a_name_there_is_none_to_swap(corrupt, text: str, claim: Make, shelf: Shelf) -> None:
    assert seeds(corrupt, claim(text), shelf) == {None}


# --- wording -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("It does not need data", "It does need data"),
        ("It works without data", "It works with data"),
        ("It cannot fail", "It can fail"),
        ("It is fast", "It is not fast"),
        ("该方法无需校准数据", "该方法需要校准数据"),
        ("它并不能阻止漂移", "它能够阻止漂移"),
        ("可以迁移到新任务", "不能迁移到新任务"),
        ("我们测了速度", None),
    ],
)
def test_a_negation_goes_or_comes(text: str, wrong: str | None, claim: Make, shelf: Shelf) -> None:
    assert seeds(wording.negation_flipped, claim(text, 2), shelf) == {wrong}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("It outperforms GPTQ", "It underperforms GPTQ"),
        ("Its error is lower", "Its error is higher"),
        ("其准确率高于基线", "其准确率低于基线"),
        ("延迟降低 50%", "延迟提高 50%"),
        ("It is a model", None),
        ("这是一个模型", None),
    ],
)
def test_a_comparison_turns_round(text: str, wrong: str | None, claim: Make, shelf: Shelf) -> None:
    assert seeds(wording.direction_flipped, claim(text), shelf) == {wrong}


@pytest.mark.parametrize(
    ("corrupt", "en", "zh"),
    [
        (wording.first_added, "For the first time, theory is useful", "首次实现：理论有用"),
        (wording.best_added, "Theory is useful, which is state of the art", "理论有用，达到 SOTA"),
        (wording.open_added, "Theory is useful; it is open source", "理论有用，现已开源"),
    ],
)
def test_a_superlative_is_added_where_the_paper_has_none(corrupt, en: str, zh: str, claim: Make, shelf: Shelf) -> None:
    assert seeds(corrupt, claim("Theory is useful", 1, paper="2602.00003"), shelf) == {en}
    assert seeds(corrupt, claim("理论有用", 1, paper="2602.00003"), shelf) == {zh}


@pytest.mark.parametrize(
    ("corrupt", "sentence"),
    [
        (wording.first_added, "We present the first one."),
        (wording.first_added, "A novel one."),
        (wording.best_added, "It outperforms others."),
        (wording.open_added, "Code is at github.com/a/b."),
    ],
)
def test_no_superlative_is_added_where_the_paper_might_say_so(corrupt, sentence: str, claim: Make) -> None:
    told = Shelf({"2602.00001": document("2602.00001", "T", sentence)})
    assert seeds(corrupt, claim("It is fast", 1), told) == {None}


# --- moved ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["BitFold reaches 83.85% on GSM8K", "BitFold 在 GSM8K 上达到 83.85%"])
def test_a_moved_claim_cites_sentences_of_the_other_paper(text: str, claim: Make, shelf: Shelf) -> None:
    found = [moved(claim(text), shelf.documents["2602.00001"], shelf, random.Random(seed)) for seed in range(20)]
    places = [place for place in found if place is not None]
    assert len(places) > 10
    for other, evidence in places:
        assert other.paper.id != "2602.00001"
        assert set(evidence) <= {s.number for s in other.sentences}
        assert len(evidence) == 1


def test_a_chinese_claim_that_might_be_true_elsewhere_stays(claim: Make, shelf: Shelf) -> None:
    assert all(moved(claim("方法有效"), shelf.documents["2602.00001"], shelf, random.Random(n)) is None for n in range(20))


# --- together ------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_corruptions_and_another_seed_others(claim: Make, shelf: Shelf) -> None:
    true = claim("BitFold reaches 83.85% on GSM8K, 7.1 points above GPTQ")
    once, again, other = (list(corruptions(true, shelf, seed)) for seed in (1, 1, 2))
    assert once == again
    assert [c.text for c in once] != [c.text for c in other]


def test_every_corruption_differs_from_the_claim_or_stands_under_another_paper(claim: Make, shelf: Shelf) -> None:
    true = claim("BitFold does not need three GPUs, reaches 83.85% on GSM8K and is above GPTQ")
    made = list(corruptions(true, shelf))
    assert {c.kind for c in made} > {"digit", "decimal point", "numeral", "dataset", "acronym", "negation", "direction"}
    assert all(c.text != true.text or c.document.paper.id != true.paper for c in made)
    assert {c.kind for c in made} <= {*NUMBERS, *NAMES, *OTHERS, "moved"}
