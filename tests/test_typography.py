"""Chinese and Latin letters in one line: width, cuts, reading time, blanks and full stops."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.typography import join_sentences, reading_minutes, sentence, shorten, spaced, width

PIECES = [
    *"中 文的あ한a Z9.%+-@#$~<*/_“”，。（）()\\",
    "GLM-5",
    "7.13%",
    "$x_1$",
    "$\\text{准}$",
    "https://a.b/c中",
    "e\u0301",
    "👩\u200d💻",
    "🇨🇳",
    "$5",
]
mixed = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))


# --- blanks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在Qwen3-8B上提升7.13%，达到SOTA", "在 Qwen3-8B 上提升 7.13%，达到 SOTA"),
        ("屏蔽约0.01%的虚假token即可稳定训练", "屏蔽约 0.01% 的虚假 token 即可稳定训练"),
        ("使用8张A100训练3天，共2.5B参数", "使用 8 张 A100 训练 3 天，共 2.5B 参数"),
        ("2026年2月18日，GLM-5发布", "2026 年 2 月 18 日，GLM-5 发布"),
        ("满足$p_t<\\tau_p$的token", "满足 $p_t<\\tau_p$ 的 token"),
        ("比GRPO（Group Relative Policy Optimization）快2倍", "比 GRPO（Group Relative Policy Optimization）快 2 倍"),
        ("在τ-bench上的α系数", "在 τ-bench 上的 α 系数"),
        ("用C++实现，C#次之，A*搜索作对比", "用 C++ 实现，C# 次之，A* 搜索作对比"),
        ("平均+3.1分，提升~50%，误差±0.2个点", "平均 +3.1 分，提升 ~50%，误差 ±0.2 个点"),
        ("成本从$5降到$2以内", "成本从 $5 降到 $2 以内"),
        ("解码快2.5×以上，旋转90°后", "解码快 2.5× 以上，旋转 90° 后"),
        ("覆盖100+个任务和问题#3", "覆盖 100+ 个任务和问题 #3"),
        ("相对SFT等方法（vs.基线）", "相对 SFT 等方法（vs. 基线）"),
        ("CO₂的浓度与R²的关系", "CO₂ 的浓度与 R² 的关系"),
        ("代码见https://github.com/a/b，共3个文件", "代码见 https://github.com/a/b，共 3 个文件"),
        ("これはGPTです", "これは GPT です"),
    ],
)
def test_one_blank_stands_between_chinese_and_latin(text: str, expected: str) -> None:
    assert spaced(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "检索-LLM",
        "检索+LLM",
        "GPT-4+检索",
        "训练/GPU",
        "召回率@5",
        "“GRPO”，（LLM）、《Nature》",
        "见（Table 3）。",
        "参考 https://zh.wikipedia.org/wiki/AI机器学习",
        "$\\text{准确率}A$",
        "全角Ａ１字",
        "在 Qwen3-8B 上提升 7.13%，达到 SOTA",
        "",
    ],
)
def test_what_is_joined_on_purpose_or_spaced_already_stays(text: str) -> None:
    assert spaced(text) == text


@pytest.mark.parametrize("text", ["C++ is 5x faster", "GPT-4는 빠르다", "$x$and $y$", "5%of", "a—b"])
def test_a_text_without_chinese_stays(text: str) -> None:
    assert spaced(text) == text


@given(mixed)
def test_spacing_adds_single_blanks_only_and_once(text: str) -> None:
    once = spaced(text)
    assert spaced(once) == once
    assert once.replace(" ", "") == text.replace(" ", "")
    assert once.count("  ") == text.count("  ")
    assert (once[:1], once[-1:]) == (text[:1], text[-1:])


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x2E7F)))
def test_spacing_touches_no_text_without_chinese(text: str) -> None:
    assert spaced(text) == text


# --- sentences -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平均提升 7.13%，优于 GRPO 和 JustRL", "平均提升 7.13%，优于 GRPO 和 JustRL。"),
        ("屏蔽更新（见表 3）", "屏蔽更新（见表 3）。"),
        ("已经结束。", "已经结束。"),
        ("它问：“为什么？”", "它问：“为什么？”"),
        ("提出“虚假 token”", "提出“虚假 token”。"),
        ("损失为 $L(\\theta)$", "损失为 $L(\\theta)$。"),
        ("Accuracy is 7.13% higher than with GRPO", "Accuracy is 7.13% higher than with GRPO."),
        ("It holds (in all six)", "It holds (in all six)."),
        ("It was shown before (by Smith et al.)", "It was shown before (by Smith et al.)."),
        ("(It holds in all six.)", "(It holds in all six.)"),
        ('They call it "silencing."', 'They call it "silencing."'),
        ('They call it "silencing"', 'They call it "silencing".'),
        ("Is it so?", "Is it so?"),
        ("It rises by 3.1", "It rises by 3.1."),
        ("The term 推理 means reasoning here", "The term 推理 means reasoning here."),
        ("모델이 빠르다", "모델이 빠르다."),
        ("STAPO 优于 GRPO…", "STAPO 优于 GRPO…"),
        ("", ""),
    ],
)
def test_a_statement_gets_the_stop_of_its_language_once(text: str, expected: str) -> None:
    assert sentence(text) == expected
    assert sentence(expected) == expected


@given(mixed)
def test_every_sentence_ends_once(text: str) -> None:
    ended = sentence(text)
    assert sentence(ended) == ended
    assert len(ended) <= len(text) + 1
    assert not ended or re.search(r"[.!?…。！？．｡]\W*$", ended)


def test_chinese_sentences_join_without_a_blank_and_others_with_one() -> None:
    assert join_sentences(["性能崩溃。", "原因不明。"]) == "性能崩溃。原因不明。"
    assert join_sentences(["It fails.", "Nobody knows why."]) == "It fails. Nobody knows why."
    assert join_sentences(["", "It fails.", "原因不明。", "So what?"]) == "It fails. 原因不明。So what?"
    assert join_sentences([]) == ""


def test_the_links_to_evidence_do_not_change_how_sentences_join() -> None:
    link = " [[3]](https://example.org/papers/2602.15763/#v1-s3)"
    assert join_sentences([f"性能崩溃。{link}", "原因不明。"]) == f"性能崩溃。{link}原因不明。"
    assert join_sentences([f"It fails.{link}", "Why?"]) == f"It fails.{link} Why?"


# --- width and cuts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        *[("abc", 3), ("中文", 4), ("中a", 3), ("，", 2), ("ｱ", 1), ("Ａ", 2), ("한", 2), ("…", 1)],
        *[("e\u0301", 1), ("\u200b\x07", 0), ("😀", 2), ("\u1100\u1161", 2)],
    ],
)
def test_width_counts_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("A short text", 12, "A short text"),
        ("A short text that goes on", 12, "A short…"),
        ("稳定强化学习训练", 9, "稳定强化…"),
        ("稳定强化学习训练", 10, "稳定强化…"),
        ("屏蔽 GRPO 的更新", 9, "屏蔽…"),
        ("屏蔽，更新梯度的办法", 8, "屏蔽…"),
        ("满足 $p_t < \\tau_p$ 的 token", 12, "满足…"),
        ("$p_t < \\tau_p$ holds", 5, "…"),
        ("Incomprehensibilities", 8, "Incompr…"),
        ("e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301…"),
        ("👩\u200d💻👩\u200d💻", 6, "👩\u200d💻…"),
        ("🇨🇳🇩🇪🇫🇷", 4, "🇨🇳…"),
        ("中文", 0, ""),
    ],
)
def test_a_text_is_cut_between_words_and_whole_characters(text: str, columns: int, expected: str) -> None:
    assert shorten(text, columns) == expected


@given(mixed, st.integers(0, 30))
def test_a_shortened_text_fits_and_is_the_beginning(text: str, columns: int) -> None:
    short = shorten(text, columns)
    assert width(short) <= columns or short == text == ""
    if short != text:
        assert text.startswith(short.removesuffix("…"))
        rest = text[len(short.removesuffix("…")) :]
        assert not short[:-1] or not unicodedata.combining(rest[0])


# --- reading time --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", 1),
        ("中" * 400, 1),
        ("中" * 401, 2),
        ("word " * 238, 1),
        ("word " * 239, 2),
        ("中" * 800 + " word" * 238, 3),
        ("中文 words " * 200, 2),
    ],
)
def test_each_script_is_read_at_its_own_rate(text: str, minutes: int) -> None:
    assert reading_minutes(text) == minutes


@pytest.mark.parametrize(
    "unread",
    [
        "---\ntitle: " + "word " * 300 + "\n---\n",
        "[x](https://example.org/" + "a/" * 300 + ")",
        " [[3]](https://example.org/papers/2602.15763/#s3)" * 300,
        "\n| --- | --- |" * 300,
        "\n## \n- \n> " * 300,
        "<br> https://example.org/ </em>\n" * 300,
        "<!-- " + "word " * 300 + "\n" + "word " * 300 + "-->",
        "[x]: https://example.org/a-b-c 'A title of six plain words'\n" * 300,
    ],
)
def test_front_matter_addresses_and_markup_are_not_read(unread: str) -> None:
    assert reading_minutes(unread) == 1


@pytest.mark.parametrize("definition", ["[x]: https://example.org/a", "[x]:\n  https://example.org/a", "[x]: /a 'Title'"])
def test_what_stands_behind_a_definition_is_read(definition: str) -> None:
    assert reading_minutes(f"{definition}\n\n" + "word " * 300) == 2
    assert reading_minutes("word " * 200 + f"\n\n{definition}\n{definition}\n\n" + "word " * 300) == 3


def test_a_formula_is_read_as_one_word() -> None:
    assert reading_minutes("$\\frac{a + b + c}{d + e + f}$ " * 238) == 1
