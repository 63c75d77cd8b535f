"""The shipped config.yaml shows every key, with its default and a comment."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from digest.config import Config, EditionConfig, Interest, load
from digest.labels import shipped

FILE = shipped("config.yaml")
TEXT = FILE.read_text(encoding="utf-8")
VALUES: dict[str, Any] = yaml.safe_load(TEXT)


def keys(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Every key of a model, dotted."""
    for name, field in model.model_fields.items():
        yield prefix + name
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from keys(field.annotation, f"{prefix}{name}.")


def keys_of(values: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in values.items():
        yield prefix + name
        if isinstance(value, dict):
            yield from keys_of(value, f"{prefix}{name}.")


def test_every_key_stands_in_the_file_in_the_models_order() -> None:
    assert list(keys_of(VALUES)) == list(keys(Config))


def test_an_edition_shows_every_key_it_can_have() -> None:
    assert list(VALUES["editions"][0]) == list(EditionConfig.model_fields)


def test_the_interests_show_every_key_that_one_can_have() -> None:
    assert {key for interest in VALUES["selection"]["interests"] for key in interest} == set(Interest.model_fields)


def test_it_is_valid_and_has_the_defaults_apart_from_the_interests() -> None:
    config = load(FILE, {})
    ours, defaults = config.model_dump(), Config().model_dump()
    ours["selection"].pop("interests")
    defaults["selection"].pop("interests")
    assert ours == defaults
    assert len(config.selection.interests) >= 5


def test_every_key_has_a_comment_on_its_line_or_above_it() -> None:
    """Apart from the interests after the first, which repeat its keys."""
    start, end = TEXT.index("    - name: Reasoning"), TEXT.index("  follow:")
    lines = (TEXT[:start] + TEXT[end:]).splitlines()
    bare = [line for above, line in pairwise(lines) if line.strip() and "#" not in line and not above.lstrip().startswith("#")]
    assert bare == []


def uncommented(lines: Iterable[str]) -> list[str]:
    """Lines as an editor's command makes them no comment any more: the mark goes with one blank, the indentation stays."""
    return [re.sub(r"^( *)# ", r"\1", line) for line in lines]


def examples() -> list[list[str]]:
    """The blocks of commented lines that show entries of a list."""
    found = re.findall(r"(?:^ *# - .*\n(?:^ *#   .*\n)*)+", TEXT, re.MULTILINE)
    return [block.splitlines() for block in found]


def test_every_commented_example_is_valid_once_it_is_no_comment(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    assert [len(block) for block in examples()] == [3, 3]
    text = TEXT.replace("  avoid: [] ", "  avoid: ")
    for block in examples():
        text = text.replace("\n".join(block), "\n".join(uncommented(block)))
    file.write_text(text, encoding="utf-8")
    config = load(file, {})
    assert [avoided.name for avoided in config.selection.avoid] == ["Clinical"]
    assert [edition.name for edition in config.editions] == ["daily-papers", "insights", "arxiv-daily", "hf-report"]


def test_each_commented_edition_is_valid_alone(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    for line in examples()[1]:
        file.write_text(TEXT.replace(line, *uncommented([line])), encoding="utf-8")
        assert len(load(file, {}).editions) == 2
