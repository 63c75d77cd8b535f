"""What a model writes becomes one plain line in the right language, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.cards.texts import fault, label, plain
from digest.checking.languages import in_chinese, speaks

HOSTILE = "[x](javascript:alert(1)) <b>b</b> ![i](u) | --- # H1 {{7*7}}"


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("It helps.", "It helps"),
        ("有帮助。", "有帮助"),
        ("It helps …", "It helps …"),
        ("- It helps", "It helps"),
        ("* **Speed**: it is faster.", "Speed: it is faster"),
        ("1. It helps", "It helps"),
        ("2) It helps", "It helps"),
        ("3、有帮助", "有帮助"),
        ("（1）有帮助", "有帮助"),
        ("3.5 times faster", "3.5 times faster"),
        ("12 hours are enough", "12 hours are enough"),
        ("-5% is lost", "-5% is lost"),
        ("two\nlines\u2028and\x00 more", "two lines and more"),
        ('"It helps."', "It helps"),
        (HOSTILE, HOSTILE),
        ("zero\u200bwidth \u202eturned", "zerowidth turned"),
    ],
)
def test_one_plain_line(written: str, line: str) -> None:
    assert plain(written, 300) == line


def test_a_long_text_ends_after_a_whole_sentence_else_at_a_word() -> None:
    assert plain("It helps a lot. " + "And then more words follow " * 3, 40) == "It helps a lot"
    assert plain("words " * 30, 40) == "words words words words words words…"
    assert plain("第一句话说完了。第二句话还没有说完", 12) == "第一句话说完了"


def test_a_text_without_end_is_cut() -> None:
    assert plain("x" * 30_000, 300) == "x" * 299 + "…"
    assert plain("It helps. " * 3_000, 40) == "It helps. It helps. It helps. It helps"


def test_a_label_is_whole_or_nothing() -> None:
    assert label("FoldBench", 10) == "FoldBench"
    assert label("a name that is far too long", 10) == ""


@given(st.text(max_size=400), st.integers(20, 300))
def test_any_text_becomes_one_line_within_its_cap(text: str, cap: int) -> None:
    line = plain(text, cap)
    assert len(line) <= cap
    assert line == " ".join(line.split())
    assert line.isprintable() or all(c.isprintable() or c == " " for c in line)


@pytest.mark.parametrize(
    "text",
    [
        "", "…", "Error", "Error: timed out", "N/A", "n/a", "null", "None", "unknown", "TBD",
        "not mentioned", "Not specified in the abstract", "No results reported",
        "Summary generation failed", "Motivation analysis unavailable", "Request timed out",
        "The abstract does not report any numbers", "No limitations are mentioned in the paper",
        "Results are strong, but the paper does not specify the dataset",
        "The authors do not mention limitations",
        "I'm sorry, but I cannot help with that", "As an AI language model, I have no access",
        "Unfortunately, the provided text is too short",
        "未提及", "文中未提及", "暂无", "无", "不适用", "摘要未明确说明局限性", "抱歉，我无法完成", "作为一个人工智能助手",
        "论文未提供具体实验结果，而是提出了未来研究方向", "摘要未完整显示后续结果，但暗示了分布偏移下的发现",
        "基于" * 40,
    ],
)  # fmt: skip
def test_what_says_nothing(text: str) -> None:
    assert fault(text) == "placeholder"


@pytest.mark.parametrize(
    "text",
    [
        "An error of 3.2% remains",
        "Errors in tool calls are the main cause of failure",
        "The model learns when to say 'I cannot answer'",
        "没有标注数据时方法仍然有效",
        "模型应在不确定时回答“抱歉，我无法回答”",
        "Existing benchmarks do not report calibration",
        "Noneuclidean layers help",
        "无监督训练降低了成本",
        "Extraction failed in 12% of the cases before the fix",
    ],
)
def test_what_says_something(text: str) -> None:
    assert fault(text) is None


@pytest.mark.parametrize("text", ["caf\ufffd", "â€œquotedâ€", "ä¸­æ–‡è¯´æ˜Ž", r"\u63d0\u51fa", "锟斤拷", "烫烫烫"])
def test_broken_characters(text: str) -> None:
    assert fault(text) == "garbled"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It improves accuracy by 7.13%", "en"),
        ("C-Eval (中文) scores rise", "en"),
        ("在 SWE-bench Verified 上，GLM-5 达到 77.8%", "zh"),
        ("提出 chain of thought 提示", "zh"),
        ("强化学习（reinforcement learning with verifiable rewards and a long tail）稳定了训练", "zh"),
        ("GRPO, JustRL, Qwen3-8B", "zh"),
        ("损失写作 $\\sum_i \\alpha_i x_i \\text{with a few words}$", "zh"),
    ],
)
def test_a_text_in_its_language(text: str, language: str) -> None:
    assert speaks(text, language)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("该方法提升了准确率", "en"),
        ("本文指出：The method improves accuracy on six benchmarks", "en"),
        ("a clear mental map of Vision-Language Models", "zh"),
        ("Transformer-based CLIP consistently outperforms CNNs", "zh"),
        ("PEL consistently and clearly outperforming baselines，验证有效", "zh"),
        ("本手法は精度を向上させる", "zh"),
        ("방법은 정확도를 높인다", "en"),
    ],
)
def test_a_text_in_another_language(text: str, language: str) -> None:
    assert not speaks(text, language)  # type: ignore[arg-type]
    assert fault(text, language) == "language"  # type: ignore[arg-type]


def test_which_language_is_the_rather_one() -> None:
    assert in_chinese("提出 STAPO 方法")
    assert not in_chinese("It is STAPO (提出)")
