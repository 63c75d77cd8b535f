"""What a list counts, said or unsaid."""

import pytest

from digest.checking import Ground, check_statement
from digest.checking.lists import listed_counts, own_counts


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("three datasets (A, B and C)", 3),
        ("three LLMs (Mistral 7B, Llama 3.1 8B, Qwen 2.5 7B)", 3),
        ("three tasks: news in English and German, reviews, and posts", 3),
        ("在三个基准（GPQA、MATH 与 BBH）上", 3),
    ],
)
def test_a_number_counts_the_list_behind_it(text: str, count: int) -> None:
    number = "three" if "three" in text else "三"
    start = text.index(number)
    assert own_counts(text.replace("（", "(").replace("）", ")"), start, start + len(number)) == {count}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("It covers text, images and audio", {3}),
        ("It has (1) a planner, (2) a critic and (3) a judge", {3}),
        ("It trains models", set()),
    ],
)
def test_a_sentence_counts_what_it_names_in_a_row(text: str, counts: set[int]) -> None:
    assert listed_counts(text) == counts


@pytest.mark.parametrize(
    ("statement", "sentence", "status"),
    [
        ("覆盖三种模态", "It covers the modalities text, images and audio.", "supported"),
        ("覆盖五种模态", "It covers the modalities text, images and audio.", "unsupported"),
        ("采用两个编码器", "It has a dual encoder.", "supported"),
        ("采用双编码器，两条通路", "A bidirectional encoder is used.", "supported"),
        ("采用两个编码器", "It has three encoders, both frozen.", "unsupported"),
        ("三类任务，三种语言", "It covers three tasks and four languages.", "partly"),
        ("All three settings gain", "Gains are 5% (easy), 7% (medium), and 9% (hard) in these settings.", "supported"),
    ],
)
def test_a_count_may_be_that_of_a_list_where_no_other_count_stands(statement: str, sentence: str, status: str) -> None:
    assert check_statement(statement, [1], Ground.of_texts([sentence])).status == status
