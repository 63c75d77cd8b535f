"""Text outside cards, the editor's advice, and numbers that disagree on one page."""

import pytest

from digest.checking import Ground, check_advice, check_text, conflicts

GLM = Ground.of_texts(["GLM-5 adopts DSA to reduce training cost.", "It achieves state-of-the-art results."], "GLM-5")
RCE = Ground.of_texts(["RCE yields 12-18 point gains on ARC-AGI-2."], "Recursive Concept Evolution")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("GLM-5 用 DSA 降低训练成本，RCE 在 ARC-AGI-2 上提升 12-18 个点", "supported"),
        ("GLM-5 用 DSA 将训练成本降低 40%", "unsupported"),
        ("GLM-5 与 Kimi K2 都降低训练成本", "unsupported"),
        ("首个 DSA 模型 GLM-5", "unsupported"),
        ("GLM-5 达到 SOTA", "supported"),
        ("DSA (Dynamic Sparse Attention) lowers training cost", "unsupported"),
        ("蛋白质药物", "unsupported"),
    ],
)
def test_text_outside_cards_says_no_more_than_its_papers(text: str, status: str) -> None:
    assert check_text(text, [GLM, RCE]).status == status


def test_a_text_about_no_paper_is_unsupported() -> None:
    assert check_text("GLM-5", []).status == "unsupported"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("先在小规模任务上复现，再评估迁移到长文档场景的收益", "supported"),
        ("Try it on your own long documents first", "supported"),
        ("用 GLM-5 替换现有模型", "supported"),
        ("在 LangChain 中集成", "unsupported"),
        ("预计可节省 30% 成本", "unsupported"),
    ],
)
def test_advice_is_free_of_numbers_and_names_that_the_paper_lacks(text: str, status: str) -> None:
    assert check_advice(text, GLM).status == status


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("在六个数学推理基准上平均提升 7.13%", "在六个数学推理基准上平均提升 11.49%", True),
        ("在六个数学推理基准上平均提升 7.13%", "在六个数学推理基准上平均提升 7.13%", False),
        ("GSM8K accuracy of the model reaches 95.3%", "GSM8K accuracy of the model reaches 94.2%", True),
        ("GSM8K accuracy of the model reaches 95.3%", "MATH accuracy of the model reaches 94.2%", False),
        ("GSM8K accuracy of the model reaches 95.3%", "GSM8K accuracy of the baseline was merely 82.0%", False),
        ("模型推理速度提升 3 倍", "模型训练显存降低 40%", False),
    ],
)
def test_one_fact_with_two_numbers_is_a_conflict(first: str, second: str, found: bool) -> None:
    pairs = conflicts(["别的内容", first, second])
    assert [(i, j, one.kind) for i, j, one in pairs] == ([(1, 2, "conflict")] if found else [])
