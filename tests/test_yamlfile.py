"""YAML is read by the quick parser where it may be, and means and is refused as by the other."""

import random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digest import yamlfile
from digest.errors import ConfigError
from digest.labels import shipped

SHIPPED = shipped("config.yaml").read_text(encoding="utf-8")
SMALL = """\
a: &x [1, 2]
b: *x
c: {<<: {d: 1}, d: 2, 'e': it''s}
n: ~
day: 2026-02-18
"q": "line\\n\\u00e9"
list:
- {id: "2", field: a.b}
- id: x
  text: two
    lines  # and a comment
"""
CHARACTERS = "ab1 :,-?[]{}#&*!|>'\"%@`~\n\t.0\\\\<=é你\u3000"


class InPython(yaml.SafeLoader):
    """The loader that the quick one must not differ from."""


def outcome(text: str, loader: type[yaml.SafeLoader]) -> tuple[Any, ...]:
    try:
        values, lines = yamlfile.parse(text, "file", ConfigError, loader)
    except ConfigError as error:
        return (str(error),)
    return repr(values), lines


@pytest.mark.parametrize(
    "text", [SHIPPED, SMALL, "", "- a\n", "a: [1\n", "a: 1\na: 2\n", "a: 2026-02-30\n", "a:\tb\n", "{a?b: 1}\n"]
)
def test_both_parsers_give_the_same(text: str) -> None:
    assert outcome(text, yaml.SafeLoader) == outcome(text, InPython)


@given(st.integers())
def test_they_do_so_of_any_text_with_a_few_slips(seed: int) -> None:
    chance = random.Random(seed)
    lines = chance.choice([SHIPPED, SMALL]).splitlines(keepends=True)
    start = chance.randrange(len(lines))
    text = "".join(lines[start : start + chance.randrange(1, 12)])
    for _ in range(chance.randrange(4)):
        place = chance.randrange(len(text) + 1)
        text = text[:place] + chance.choice(["", chance.choice(CHARACTERS)]) + text[place + chance.randrange(2) :]
    assert outcome(text, yaml.SafeLoader) == outcome(text, InPython)
