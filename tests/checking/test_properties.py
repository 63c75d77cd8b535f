"""What holds for any sentence."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from digest.checking import Ground, check_statement

SUBJECTS = st.sampled_from(["GLM-5", "The proposed model", "Qwen2.5-7B", "Our agent", "STAPO", "该方法", "模型 GLM-5"])
NUMBERS = st.one_of(
    st.integers(2, 99999).map(str), st.integers(1000, 10**7).map("{:,}".format), st.decimals(1, 99, places=2).map(str)
)
UNITS = st.sampled_from(["%", " points", "x", " tasks", "B parameters", " tokens", " 个百分点", " 倍", " 个任务", " 亿参数"])
TAILS = st.sampled_from([" on MMLU", " over the baseline", " without retraining", "，优于基线", ""])


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, str]:
    """A sentence about a measurement, and its number."""
    number = draw(NUMBERS)
    return f"{draw(SUBJECTS)} reaches {number}{draw(UNITS)}{draw(TAILS)}", number


@given(sentences())
def test_a_sentence_supports_itself(drawn: tuple[str, str]) -> None:
    sentence, _ = drawn
    assert check_statement(sentence, [1], Ground.of_texts([sentence])).complaints == ()


@given(sentences(), st.data())
def test_a_changed_digit_is_never_supported(drawn: tuple[str, str], data: st.DataObject) -> None:
    sentence, number = drawn
    at = data.draw(st.sampled_from([place for place, sign in enumerate(number) if sign.isdigit()]))
    digit = data.draw(st.sampled_from([sign for sign in "123456789" if sign != number[at]]))
    changed = number[:at] + digit + number[at + 1 :]
    assume(not re.search(rf"(?<![0-9.]){re.escape(changed)}(?![0-9])", sentence))
    statement = sentence.replace(number, changed, 1)
    assert check_statement(statement, [1], Ground.of_texts([sentence])).status != "supported"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_statement_gets_a_verdict(statement: str, sentence: str) -> None:
    assert check_statement(statement, [1], Ground.of_texts([sentence])).status in ("supported", "partly", "unsupported")
