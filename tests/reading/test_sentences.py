"""An abstract becomes the sentences that a reader would see."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.reading.sentences import split_sentences

WHOLE = [
    "We follow Ames et al. (2020) and their setting.",
    "It is cheap, e.g. on one card, i.e. at home, cf. Table 2.",
    "Ours wins by 3.5 points (0.82 vs. 0.47) in v1.0.",
    "See Fig. 3, Eq. 2, Sec. 4 and No. 5 of the report.",
    "The loss is convex w.r.t. Theta and the data are i.i.d. Gaussian.",
    "GPT-4.1 and Qwen2.5 run on .NET, Node.js and train.py alike.",
    "The heuristic of A. B. Miller is old.",
    "The tool lives at https://example.org/a.b/c.html?d=1. e and f.",
    "The rule $a. B$ holds.",
    "It is \\emph{short. Very short} indeed.",
    "We write \\(x. Y\\) and $>$0.96 for short.",
    "They ask “why?” and move on.",
    "It wanders ... and stops.",
    "The U.S. Congress met.",
]
"""One sentence each, whatever stops it holds."""

SEVERAL = {
    "plain": ["One stands here.", "Two follows!", "Is three last?", "Four has no stop"],
    "quotes and brackets": ['It is called "drift".', "(We disagree.)", "They said “no.”", "We left."],
    "lower-case names": ["The server is slow.", "vLLM is fast.", "iPhone users agree."],
    "numbered": ["(1) We build it.", "(2) We test it.", "(iii) We ship it."],
    "list heads": ["1. First we look.", "2. Then we leap."],
    "ellipsis": ["It goes on...", "Then it ends."],
    "a letter ends it": ["This is approach A.", "The others fail."],
    "an abbreviation ends it": ["We use cats, dogs etc.", "However, birds are missing."],
    "no": ["The answer is no.", "We ask again."],
    "money": ["It costs $5.", "Ours costs $3."],
    "formula last": ["The bound is $O(n)$.", "It is tight."],
    "Chinese": ["我们提出一种方法。", "它快吗？", "很快！", "它也省；", "代码已公开。"],
    "Chinese with quotes": ["他说“可以。”", "于是开始。"],
    "mixed": ["模型在 v1.5 上提升 3.2%。", "We release it."],
}


@pytest.mark.parametrize("text", WHOLE)
def test_stops_inside_a_sentence_do_not_cut_it(text: str) -> None:
    assert split_sentences(text) == [text]


@pytest.mark.parametrize("sentences", SEVERAL.values(), ids=SEVERAL.keys())
def test_sentences_come_apart_where_a_reader_would_part_them(sentences: list[str]) -> None:
    assert split_sentences(" ".join(sentences)) == sentences


def test_chinese_sentences_need_no_blank_between_them() -> None:
    assert split_sentences("方法简单。效果很好！") == ["方法简单。", "效果很好！"]


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_nothing_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []


def test_line_breaks_are_blanks() -> None:
    assert split_sentences("A line\nbreak.\n\nAnother\tone.") == ["A line break.", "Another one."]


def without_blanks(text: str) -> str:
    return "".join(text.split())


@given(st.text(alphabet="ab AB1.。！?；;\"'()$\\{}\n，e.g", max_size=80) | st.text(max_size=80))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    assert without_blanks("".join(split_sentences(text))) == without_blanks(text)


@given(st.text(alphabet="ab AB1.!?;\"'()[]$\\{}\n,", max_size=80))
def test_english_sentences_joined_by_blanks_are_the_text(text: str) -> None:
    assert " ".join(split_sentences(text)) == " ".join(text.split())


@given(st.text(max_size=60))
def test_no_sentence_is_empty_or_padded(text: str) -> None:
    assert all(sentence and sentence == sentence.strip() for sentence in split_sentences(text))


@pytest.mark.parametrize("unit", [".", "e.g. ", "\\a{", "$", "a", "\\(", "(", "。"])
def test_a_long_odd_text_is_not_slow(unit: str) -> None:
    start = time.perf_counter()
    split_sentences(unit * (20_000 // len(unit)))
    assert time.perf_counter() - start < 2
