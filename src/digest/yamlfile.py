"""YAML that people write: values, and the line on which each of them stands, so that a mistake can be named."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from digest.errors import UsageError

Place = tuple[str | int, ...]
Lines = dict[Place, str]
"""`file:line` of every key and item."""


class WithoutFloats(yaml.SafeLoader):
    """YAML in which `2602.15763` is the text that it looks like: papers are named by such numbers, and 2602.10 is not 2602.1."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:float"]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read(path: Path, error: type[UsageError], loader: type[yaml.SafeLoader] = yaml.SafeLoader) -> tuple[dict[str, Any], Lines]:
    """The mapping in a file. Raises `error` for what is no such mapping; the message names the line."""
    try:
        return parse(path.read_text(encoding="utf-8"), str(path), error, loader)
    except (OSError, UnicodeDecodeError) as reason:
        raise error("cannot be read", where=str(path), why=str(reason)) from None


def parse(
    text: str, name: str, error: type[UsageError], loader: type[yaml.SafeLoader] = yaml.SafeLoader
) -> tuple[dict[str, Any], Lines]:
    """The mapping in a text that stands in the file `name`. Raises `error`."""
    try:
        node = yaml.compose(text, Loader=loader)
        values = yaml.load(text, Loader=loader)  # noqa: S506  # safe loaders both; before the lines: it refuses keys that are no scalars
        lines = dict(_lines(node, (), name, error)) if node is not None else {}
    except yaml.MarkedYAMLError as reason:
        mark = reason.problem_mark or reason.context_mark
        hint = "YAML wants spaces, not tabs" if "\\t" in str(reason.problem) else ""
        raise error("not YAML", where=f"{name}:{mark.line + 1}" if mark else name, why=reason.problem or "", hint=hint) from None
    except (yaml.YAMLError, ValueError, RecursionError) as reason:
        raise error("not YAML", where=f"{name}:{_broken_line(text, reason, loader)}", why=str(reason)) from None
    if values is not None and not isinstance(values, dict):
        raise error("a mapping of keys to values is wanted", where=f"{name}:1")
    return values or {}, lines


def _broken_line(text: str, reason: Exception, loader: type[yaml.SafeLoader]) -> int:
    """The line of what YAML's reader or a value's constructor refuses without telling where: a control character, 2026-02-30."""
    if isinstance(reason, yaml.reader.ReaderError):
        return text.count("\n", 0, reason.position) + 1
    if isinstance(reason, ValueError):
        scalars = (token for token in yaml.scan(text, Loader=loader) if isinstance(token, yaml.ScalarToken) and token.plain)
        for token in scalars:
            try:
                yaml.load(token.value, Loader=loader)  # noqa: S506  # a safe loader
            except ValueError:
                return int(token.start_mark.line) + 1
            except yaml.YAMLError:
                continue
    return 1


def _lines(node: yaml.Node, place: Place, name: str, error: type[UsageError]) -> Iterator[tuple[Place, str]]:
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield (*place, index), f"{name}:{item.start_mark.line + 1}"
            yield from _lines(item, (*place, index), name, error)
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                raise error(f"the key {key.value!r} stands twice", where=f"{name}:{line}", why=f"also on line {seen[key.value]}")
            seen[key.value] = line
            yield (*place, key.value), f"{name}:{line}"
            yield from _lines(value, (*place, key.value), name, error)


def line_of(place: Sequence[str | int], lines: Mapping[Place, str], name: str) -> str:
    """Where a value stands, or the nearest thing around it."""
    parts = tuple(place)
    return next((lines[parts[:n]] for n in range(len(parts), 0, -1) if parts[:n] in lines), name)


def explain(
    invalid: ValidationError, model: type[BaseModel], lines: Mapping[Place, str], name: str, error: type[UsageError]
) -> UsageError:
    """The first mistake that pydantic found, in words, with its line and the nearest valid key."""
    errors = sorted(invalid.errors(include_url=False), key=lambda e: e["type"] != "extra_forbidden")
    first = errors[0]  # a misspelt key explains a missing one
    place = tuple(part for part in first["loc"] if part not in ("int", "literal['all']"))
    key = ".".join(map(str, place)) or "the file"
    where = line_of(place, lines, f"{name}:1" if place else name)  # a key that is no text has no line of its own
    if first["type"] == "extra_forbidden":
        known = _valid_keys(model, place[:-1])
        near = difflib.get_close_matches(str(place[-1]), known, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
        return error(f"unknown key {key!r}", where=where, hint=hint)
    given = "" if first["type"] == "missing" else f"it is {first['input']!r}"[:120]
    return error(f"bad value for {key!r}", where=where, why=first["msg"].removeprefix("Value error, "), hint=given)


def _valid_keys(model: type[BaseModel], place: Place) -> list[str]:
    """The keys of the section at a place of a model."""
    section: Any = model
    for part in place:
        if isinstance(part, int):
            continue
        section = section.model_fields[part].annotation
        section = next((a for a in getattr(section, "__args__", ()) if isinstance(a, type)), section)
    return list(section.model_fields) if hasattr(section, "model_fields") else []
