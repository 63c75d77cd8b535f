"""Numbers are read for what they mean, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.checking.quantities import quantities
from digest.checking.text import plain


def read(text: str) -> list[tuple[float, str]]:
    """The first reading of each number of a text; names and loose words left out."""
    return [one.readings[0] for one in quantities(plain(text)) if not one.named and not one.loose]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("5%", [(5, "percent")]),
        ("5 percent", [(5, "percent")]),
        (r"$95\%$", [(95, "percent")]),
        ("９５％", [(95, "percent")]),
        ("百分之五", [(5, "percent")]),
        ("8 percentage points", [(8, "points")]),
        ("a 7.63-point gain", [(7.63, "points")]),
        ("提升 12 个百分点", [(12, "points")]),
        ("提升五个百分点", [(5, "points")]),
        ("高 3 个点", [(3, "points")]),
        ("3x faster", [(3, "times")]),
        (r"19.9$\times$ lower", [(19.9, "times")]),
        ("3-fold", [(3, "times")]),
        ("three times", [(3, "times")]),
        ("it doubles", [(2, "times")]),
        ("是原来的两倍", [(2, "times")]),
        ("速度翻倍", [(2, "times")]),
        ("half of them", [(0.5, "times")]),
        ("减半", [(0.5, "times")]),
        ("1.5B", [(1.5e9, "plain")]),
        ("15亿", [(1.5e9, "plain")]),
        ("1.5 billion", [(1.5e9, "plain")]),
        ("6710 亿", [(671e9, "plain")]),
        ("2.788M", [(2788000, "plain")]),
        ("278.8 万", [(2788000, "plain")]),
        ("14.8 万亿", [(14.8e12, "plain")]),
        ("14,538 items", [(14538, "plain")]),
        ("１４，５３８ 条", [(14538, "plain")]),
        (r"$10{,}000$", [(10000, "plain")]),
        ("7.10", [(7.1, "plain")]),
        ("1e-5", [(1e-5, "plain")]),
        ("$10^{-5}$", [(1e-5, "plain")]),
        ("10⁻⁵", [(1e-5, "plain")]),
        (r"$3\times10^{-4}$", [(3e-4, "plain")]),
        ("twenty-five tasks", [(25, "plain")]),
        ("three hundred", [(300, "plain")]),
        ("三个阶段", [(3, "plain")]),
        ("两种方法", [(2, "plain")]),
        ("十二层", [(12, "plain")]),
        ("一百零三个", [(103, "plain")]),
        ("三万五千条", [(35000, "plain")]),
        ("from 15.6% to 71.0%", [(15.6, "percent"), (71, "percent")]),
        ("从 1 到 3", [(1, "plain"), (3, "plain")]),
        ("1~3", [(1, "plain"), (3, "plain")]),
        ("7B model", [(7e9, "plain")]),
        ("数百个任务", [(100, "vague")]),
        ("128-dimensional", [(128, "dimension")]),
        ("57.6%p", [(57.6, "points")]),
        ("+23p.p", [(23, "points")]),
        ("2024 年 4 月", [(2024, "plain"), (4, "month")]),
        ("April 2024", [(4, "month"), (2024, "plain")]),
        ("九成以上", [(90, "percent")]),
        ("六到七成", [(60, "percent"), (70, "percent")]),
        ("a 1.5 million-token context", [(1.5e6, "plain")]),
        ("million-token contexts", [(1e6, "vague")]),
        ("an 8-NPU setup", [(8, "plain")]),
        ("3.75--59.24%", [(3.75, "percent"), (59.24, "percent")]),
        (
            "four-hop, 四跳, 三处, 两组, 四轮, 五层, 六家",
            [(4, "plain"), (4, "plain"), (3, "plain"), (2, "plain"), (4, "plain"), (5, "plain"), (6, "plain")],
        ),
    ],
)
def test_a_number_is_read_for_what_it_means(text: str, readings: list[tuple[float, str]]) -> None:
    assert read(text) == readings


@pytest.mark.parametrize(
    "text",
    ["百度", "一成不变", "it may improve", "they march on",
     "统一框架", "进一步提升", "十分有效", "万一出错", "第一作者", "第三，", "二元分类", "一种方法", "一些任务", "首先", "千问",
     "GPT-4", "H100", "F1", "pass@1", "top-1", "CIFAR-10", "x_1", "first", "second-order", "one of them", "zero-shot"],
)  # fmt: skip
def test_names_idioms_and_enumerations_count_nothing(text: str) -> None:
    assert read(text) == []


def test_in_a_list_the_last_unit_may_hold_for_all() -> None:
    first, second, _ = quantities("85, 90 and 95%")
    assert (85, "percent") in first.readings
    assert (90, "percent") in second.readings
    assert (1e9, "plain") in quantities("1-3B")[0].readings


def test_a_difference_of_percentages_called_absolute_is_also_one_of_points() -> None:
    for text in ("absolute gains of 1.8% on A and 1.3% on B", "reaches 88.5% (+1.6%)"):
        assert quantities(text)[-1].readings[1][1] == "points"


def test_numbers_that_tell_which_one_count_nothing() -> None:
    assert [one.label for one in quantities("Claude Sonnet 4, (2) tasks, 3 tasks")] == [True, True, False]


def test_twice_as_much_more_is_read_both_ways_in_chinese() -> None:
    assert quantities("提升 2 倍")[0].readings == ((2.0, "times"), (3.0, "times"))


@given(st.integers(1000, 10**9))
def test_thousands_separators_and_full_width_digits_do_not_matter(number: int) -> None:
    wide = str(number).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    assert read(f"{number} items") == read(f"{number:,} items") == read(f"{wide} items")


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for one in quantities(plain(text)):
        assert one.readings
        assert 0 <= one.start < one.end
