"""YAML is read by the quick parser where it may be, and means and is refused as by the other."""

import cProfile
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
EDITS = """\
drop: [2602.15763, 2602.10]
stars: {2602.15620: 3, "2602.13949": 1}
order:
- 2602.15620
correction: [{id: 2602.15620, text: {zh: 数字有误, en: A wrong number.}}]
"""
CHARACTERS = "ab1 :,-?[]{}#&*!|>'\"%@`~\n\t.0\\\\<=é你\u3000"


class InPython(yaml.SafeLoader):
    """The loader that the quick one must not differ from."""


class WithoutFloatsInPython(yamlfile.WithoutFloats):
    """The same for the files that name papers."""


LOADERS: list[tuple[type[yaml.SafeLoader], type[yaml.SafeLoader]]] = [
    (yaml.SafeLoader, InPython),
    (yamlfile.WithoutFloats, WithoutFloatsInPython),
]


def outcome(text: str, loader: type[yaml.SafeLoader]) -> tuple[Any, ...]:
    try:
        values, lines = yamlfile.parse(text, "file", ConfigError, loader)
    except ConfigError as error:
        return (str(error),)
    return repr(values), lines


@pytest.mark.parametrize(("quick", "slow"), LOADERS)
@pytest.mark.parametrize(
    "text",
    [
        *(
            SHIPPED,
            SMALL,
            EDITS,
            "",
            "- a\n",
            "a: [1\n",
            "a: 1\na: 2\n",
            "a: 2026-02-30\n",
            "a:\tb\n",
            "{a?b: 1}\n",
            "a: !\n",
            "[!]",
        ),
        *("a: 1.5\n1.5: a\n", "stars: {2602.10: 3, 2602.1: 2, .inf: 1, -1e5: 1, 7: 1}\n", "2602.1: 1\n'2602.1': 2\n"),
    ],
)
def test_both_parsers_give_the_same(text: str, quick: type[yaml.SafeLoader], slow: type[yaml.SafeLoader]) -> None:
    assert outcome(text, quick) == outcome(text, slow)


@given(st.integers(), st.sampled_from(LOADERS))
def test_they_do_so_of_any_text_with_a_few_slips(seed: int, loaders: tuple[type[yaml.SafeLoader], type[yaml.SafeLoader]]) -> None:
    chance = random.Random(seed)
    lines = chance.choice([SHIPPED, SMALL, EDITS]).splitlines(keepends=True)
    start = chance.randrange(len(lines))
    text = "".join(lines[start : start + chance.randrange(1, 12)])
    for _ in range(chance.randrange(4)):
        place = chance.randrange(len(text) + 1)
        text = text[:place] + chance.choice(["", chance.choice(CHARACTERS)]) + text[place + chance.randrange(2) :]
    assert outcome(text, loaders[0]) == outcome(text, loaders[1])


def test_the_numbers_of_papers_stay_as_they_are_written() -> None:
    values, _ = yamlfile.parse("stars: {2602.10: 3}\ndrop: [2602.10, 7]\n", "file", ConfigError, yamlfile.WithoutFloats)
    assert values == {"stars": {"2602.10": 3}, "drop": ["2602.10", 7]}


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="PyYAML was built without its parser in C")
@pytest.mark.parametrize("loader", [yaml.SafeLoader, yamlfile.WithoutFloats])
def test_where_there_is_a_parser_in_c_plain_texts_are_read_by_it(loader: type[yaml.SafeLoader]) -> None:
    watch = cProfile.Profile()
    watch.runcall(yamlfile.parse, EDITS, "file", ConfigError, loader)
    assert not [call for call in watch.getstats() if getattr(call.code, "co_filename", "").endswith("scanner.py")]
