"""Numbers of a text, read simply."""

from decimal import Decimal

import pytest

from digest.evaluation.figures import figures, numeral_value, numerals, values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("83.85% on 1,780 tools", [("83.85", ""), ("1,780", "")]),
        ("1.5B tokens, 2.9 万条, 377K", [("1.5", "B"), ("2.9", "万"), ("377", "K")]),
        ("10 trillion and 3 million", [("10", "trillion"), ("3", "million")]),
        ("30-50% and 2--3 bits", [("30", ""), ("50", ""), ("2", ""), ("3", "")]),
        ("快 3.52× 或 3 倍，7Hz", [("3.52", ""), ("3", ""), ("7", "")]),
        ("GPT-5, CIFAR-10, Qwen2.5-72B, L0H1, 4D, F1, 1-D", []),
        ("(1) one, (2) two", []),
        ("$p<0.001$", [("0.001", "")]),
        ("共4个任务", [("4", "")]),
    ],
)
def test_numbers_that_stand_by_themselves_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(f.digits, f.scale) for f in figures(text)] == found


def test_what_stands_behind_a_number_multiplies_it() -> None:
    assert [f.value for f in figures("1.5B, 15 亿, 1500 million, 1,500,000,000")] == [Decimal(1_500_000_000)] * 4


@pytest.mark.parametrize(
    ("text", "words"),
    [("three GPUs and Four heads", [3, 4]), ("三种基线，两个阶段，第四个", [3, 2]), ("someone, often", [])],
)
def test_numbers_in_words_count_something(text: str, words: list[int]) -> None:
    assert [numeral_value(m[0]) for m in numerals(text)] == words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("GPT-5", 5),
        ("one million", 1_000_000),
        ("twice", 2),
        ("两个", 2),
        ("1,780", 1780),
        ("33B", 33_000_000_000),
        ("twenty", 20),
        ("3.50", "3.5"),
    ],
)
def test_every_value_that_can_be_read_out_of_a_text_counts_as_said(text: str, value: int | str) -> None:
    assert Decimal(value).normalize() in values(text)
