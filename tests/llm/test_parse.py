"""Answers as models write them: read where that takes no guess, refused where it would."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.llm.parse import ITEM_CAP, TEXT_CAP, clean, parse_answer
from llm.chat import VALID, Shape


def read(text: str) -> Shape:
    parsed = parse_answer(text, Shape)
    assert parsed.value is not None, parsed.problems
    return parsed.value


def problems(text: str) -> str:
    parsed = parse_answer(text, Shape)
    assert parsed.value is None, parsed.value
    assert parsed.problems
    return "; ".join(parsed.problems)


@pytest.mark.parametrize(
    "text",
    [
        VALID,
        "\ufeff" + VALID,
        f"```json\n{VALID}\n```",
        f"```\n{VALID}\n```",
        f"Here is the card:\n{VALID}\nI hope that this helps.",
        f"<think>A {{draft}}: {{\"tldr\": 1}}</think>\n{VALID}",
        f"<THINKING>one</THINKING><think>two</think>{VALID}",
        f"I think {{so}}.\n</think>\n\n{VALID}",
        f"The set {{x}} and \\frac{{1}}{{2}}: {VALID}",
        f'The schema is {{"type": "object"}}. {VALID}',
        f'{{"card": {VALID}}}',
        VALID.replace("null}", "null,}").replace("[1, 2]", "[1, 2,]"),
        VALID.replace('"', "'").replace("null", "None"),
        VALID.replace(", ", ",\n\t"),
        "  \n" * 1000 + VALID + " " * 100_000,
    ],
)  # fmt: skip
def test_an_answer_is_found_in_what_stands_around_it(text: str) -> None:
    found = read(text)
    assert found.tldr == "It works"
    assert found.claims[0].evidence == (1, 2)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"$\alpha + \beta$", r"$\alpha + \beta$"),
        (r"$\frac{1}{2}\times\rho$", r"$\frac{1}{2}\times\rho$"),
        (r"\text{a} \nu_t \tau2 \bar x \right)", r"\text{a} \nu_t \tau2 \bar x \right)"),
        (r"\(x\) 50\% \{a\}", r"\(x\) 50\% \{a\}"),
        (r"\underline{x} \upsilon", r"\underline{x} \upsilon"),
        (r"$\\alpha \\frac{1}{2}$", r"$\alpha \frac{1}{2}$"),
        (r"a\nThe b\tc", "a\nThe b\tc"),
        (r"\u4e2d\u6587 \"q\" \/", '中文 "q" /'),
        (r"it\'s", "it's"),
        ("a raw\nline end", "a raw\nline end"),
    ],
)
def test_backslashes_of_latex_are_kept(written: str, meant: str) -> None:
    assert read('{"tldr": "' + written + '"}').tldr == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("I am sorry, I cannot produce JSON today.", "no JSON object"),
        (VALID[: len(VALID) // 2], "ends in the middle"),
        (VALID[:-1], "ends in the middle"),
        ("```json\n" + VALID[:-1] + "\n```", "ends in the middle"),
        (f"[{VALID}, {VALID}]", "a list"),
        ('{"tldr": "a", "tldr": "b"}', "comes twice"),
        ('{"tldr": "a", "claims": [{"text": "x", "text": "y"}]}', "comes twice"),
        ('{"tldr": "a", "note": NaN}', "no number"),
        ('{"tldr": "a", "note": -Infinity}', "no number"),
        ('{"tldr": "a", "note": 1e999}', "no number"),
        ('{"tldr": "a", "note": ' + "9" * 5000 + "}", "too long"),
        ('{"tldr": 5}', "tldr: Input should be a valid string"),
        ('{"tldr": ["a"]}', "tldr: Input should be a valid string"),
        ('{"tldr": null}', "tldr: Field required"),
        ('{"note": "a"}', "tldr: Field required"),
        ('{"tldr": "a", "claims": [{"text": "x", "evidence": ["1"]}]}', "claims.0.evidence.0"),
        ('{"tldr": "a", "claims": [{"text": "x", "evidence": 1}]}', "claims.0.evidence"),
        ('{"tldr": "a", "claims": ["x"]}', "claims.0"),
        ('{"colour": "red"}', "none of the wanted keys"),
        ('{"tldr" "a"}', "broken"),
        ("<think>It never ends " + VALID, "no JSON object"),
        ('{"tldr": "a", "note": ' + "[" * 100_000, "nested too deeply"),
        ('{"tldr": "a", "note": ' + "[" * 700 + "]" * 700 + "}", "recursion limit"),
        ('{"tldr": "' + "a" * 1_000_001 + '"}', "far too long"),
    ],
)
def test_a_bad_answer_is_refused_with_the_reason(text: str, why: str) -> None:
    assert why in problems(text)


@pytest.mark.parametrize("length", range(1, len(VALID)))
def test_no_beginning_of_an_answer_is_taken_for_the_whole(length: int) -> None:
    assert parse_answer(VALID[:length], Shape).value is None


@pytest.mark.parametrize(
    "text",
    [
        "<think></think>" * 60_000,
        "{'a':1} " * 100_000,
        "{" * 900_000,
        "{'" * 400_000,
        '{"' * 400_000,
        "\\" * 900_000,
        "'" * 900_000,
    ],
    ids=["thoughts", "objects", "braces", "quotes", "double", "backslashes", "apostrophes"],
)
def test_no_answer_takes_long_to_refuse(text: str) -> None:
    began = time.process_time()
    assert parse_answer(text, Shape).value is None
    assert time.process_time() - began < 2


@given(st.text(alphabet="{}[]\"'\\,: abfnrtu0189<>/think`NaN\n\ud800", max_size=60))
def test_nothing_that_a_model_writes_breaks_the_reading(text: str) -> None:
    parsed = parse_answer(text, Shape)
    assert (parsed.value is None) == bool(parsed.problems)


def test_unknown_keys_are_dropped_and_told() -> None:
    text = '{"tldr": "a", "html": "<b>", "claims": [{"text": "x", "colour": 1}]}'
    parsed = parse_answer(text, Shape)
    assert parsed.value == Shape.model_validate({"tldr": "a", "claims": [{"text": "x"}]})
    assert parsed.dropped == ("html", "claims.0.colour")


def test_null_is_the_default_where_there_is_one() -> None:
    assert read('{"tldr": "a", "claims": null}').claims == ()


def test_endless_texts_and_lists_are_cut() -> None:
    found = read(json.dumps({"tldr": "word " * 6000, "claims": [{"text": "x"}] * 200}))
    assert len(found.tldr) <= TEXT_CAP and found.tldr.endswith("word…")
    assert len(found.claims) == ITEM_CAP


def test_what_nobody_can_see_is_removed() -> None:
    text = r'{"tldr": "a\u0000b\u001b[31m\u200b\u202ec\ud800d"}'
    assert read(text).tldr == "ab[31mcd"
    assert clean("\U000e0041x\ty\n") == "x\ty\n"


def test_problems_never_repeat_the_input() -> None:
    assert "secret" not in problems('{"tldr": {"secret": "secret"}}')
    many = json.dumps({"tldr": "a", "claims": ["secret"] * 50})
    assert "secret" not in problems(many)
    assert "and 38 more" in problems(many)
