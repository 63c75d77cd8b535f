"""YAML that people write: values, and the line on which each of them stands, so that a mistake can be named."""

import re
import reprlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from digest.errors import DigestError

Error = TypeVar("Error", bound=DigestError)
Place = tuple[str | int, ...]
Lines = dict[Place, str]
"""`file:line` of every key and item."""

MAX_REPEATED = 10_000
"""Values that the aliases of a file may repeat. Nine lines of aliases of aliases stand for more than any memory holds."""


_RESOLVERS = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:float"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class WithoutFloats(yaml.SafeLoader):
    """YAML in which `2602.15763` is the text that it looks like: papers are named by such numbers, and 2602.10 is not 2602.1."""

    yaml_implicit_resolvers = _RESOLVERS


def _quick() -> dict[type[yaml.SafeLoader], type[yaml.SafeLoader]]:
    """The same loaders over the parser in C, a tenth of the time, where PyYAML was built with it."""
    over_c: type[yaml.SafeLoader] | None = getattr(yaml, "CSafeLoader", None)
    if not over_c:
        return {}
    without_floats = type("QuickWithoutFloats", (over_c,), {"yaml_implicit_resolvers": _RESOLVERS})
    return {yaml.SafeLoader: over_c, WithoutFloats: without_floats}


_QUICK = _quick()
_READ_OTHERWISE = re.compile(r"[\t\r?|>%\x85\u2028\u2029\ufeff]|(?<![^\s\[{,])!")
"""Marks that it takes more lightly than PyYAML, or otherwise: `{a?b: 1}`, `|#`, a tab after a colon, `a: !`."""


def read(path: Path, error: type[DigestError], loader: type[yaml.SafeLoader] = yaml.SafeLoader) -> tuple[dict[str, Any], Lines]:
    """The mapping in a file. Raises `error` for what is no such mapping; the message names the line."""
    try:
        return parse(path.read_text(encoding="utf-8"), str(path), error, loader)
    except (OSError, UnicodeDecodeError) as reason:
        raise error("cannot be read", where=str(path), why=str(reason)) from None


def parse(
    text: str, name: str, error: type[DigestError], loader: type[yaml.SafeLoader] = yaml.SafeLoader
) -> tuple[dict[str, Any], Lines]:
    """The mapping in a text that stands in the file `name`. Raises `error`."""
    if loader in _QUICK and not _READ_OTHERWISE.search(text):
        # What is wrong is told in the other's words.
        with suppress(yaml.YAMLError, ValueError, RecursionError, DigestError):
            return _mapping(text, name, error, _QUICK[loader])
    try:
        return _mapping(text, name, error, loader)
    except yaml.MarkedYAMLError as reason:
        mark = reason.problem_mark or reason.context_mark
        hint = "YAML wants spaces, not tabs" if "\\t" in str(reason.problem) else ""
        raise error(
            "not YAML", where=f"{name}:{mark.line + 1}" if mark else name, why=_short(reason.problem or "", 200), hint=hint
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as reason:
        raise error("not YAML", where=f"{name}:{_broken_line(text, reason, loader)}", why=str(reason)) from None


def _mapping(text: str, name: str, error: type[DigestError], loader: type[yaml.SafeLoader]) -> tuple[dict[str, Any], Lines]:
    node = yaml.compose(text, Loader=loader)
    if node is not None:
        _expanded(node, {}, name, error)
    values = yaml.load(text, Loader=loader)  # noqa: S506  # safe loaders all; before the lines: it refuses keys that are no scalars
    lines = dict(_lines(node, (), name, error)) if node is not None else {}
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


def _expanded(node: yaml.Node, sizes: dict[int, int], name: str, error: type[DigestError]) -> int:
    """How many values a node stands for with its aliases written out, each node being visited once.

    Args:
        sizes: those of the nodes visited so far, by identity; 0 while a node's parts are counted.

    Raises:
        DigestError: `error`; aliases repeat too much, or one stands within what it names.
    """
    where = f"{name}:{node.start_mark.line + 1}"
    if (known := sizes.get(id(node))) is not None:
        if not known:
            raise error("not YAML", where=where, why="a value contains itself")
        return known
    sizes[id(node)] = 0
    total = 1 + sum(_expanded(part, sizes, name, error) for part in _parts(node))
    sizes[id(node)] = total
    if total - len(sizes) > MAX_REPEATED:
        raise error("aliases stand for too much", where=where, why=f"more than {MAX_REPEATED:,} values are repeated by *name")
    return total


def _parts(node: yaml.Node) -> Iterable[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return (part for pair in node.value for part in pair)
    return node.value if isinstance(node, yaml.SequenceNode) else ()


def _lines(node: yaml.Node, place: Place, name: str, error: type[DigestError]) -> Iterator[tuple[Place, str]]:
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield (*place, index), f"{name}:{item.start_mark.line + 1}"
            yield from _lines(item, (*place, index), name, error)
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                what = f"the key {shown(key.value)} stands twice"
                raise error(what, where=f"{name}:{line}", why=f"also on line {seen[key.value]}")
            seen[key.value] = line
            yield (*place, key.value), f"{name}:{line}"
            yield from _lines(value, (*place, key.value), name, error)


def line_of(place: Sequence[str | int], lines: Mapping[Place, str], name: str) -> str:
    """Where a value stands, or the nearest thing around it."""
    parts = tuple(place)
    return next((lines[parts[:n]] for n in range(len(parts), 0, -1) if parts[:n] in lines), name)


def explain(invalid: ValidationError, model: type[BaseModel], lines: Mapping[Place, str], name: str, error: type[Error]) -> Error:
    """The first mistake that pydantic found, in words, with its line and the nearest valid key."""
    errors = sorted(invalid.errors(include_url=False), key=lambda e: e["type"] != "extra_forbidden")
    first = errors[0]  # a misspelt key explains a missing one
    place = tuple(part for part in first["loc"] if part != "[key]")
    key = _short(".".join(map(str, place)), 120) or "the file"
    where = line_of(place, lines, f"{name}:1" if place else name)  # a key that is no text has no line of its own
    if first["type"] == "extra_forbidden":
        return error(f"unknown key {key!r}", where=where, hint=nearest(str(place[-1]), _valid_keys(model, place[:-1])))
    if first["type"] == "literal_error" and first["loc"][-1] == "[key]":
        return error(f"unknown key {key!r}", where=where, hint=f"known: {first['ctx']['expected']}")
    given = "" if first["type"] == "missing" or not place else f"it is {shown(first['input'])}"
    why = _short(first["msg"].removeprefix("Value error, "), 300)
    return error(f"bad value for {key!r}", where=where, why=why, hint=given)


def nearest(key: str, known: Sequence[str]) -> str:
    """The hint that belongs to an unknown key: the one that is probably meant, else all that there are."""
    import difflib

    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else _short(f"known: {', '.join(known)}", 300)


def shown(value: object) -> str:
    """A value as a message shows it: what it is, and never much of it."""
    return _short(_REPR.repr(value), 80)


_REPR = reprlib.Repr()
_REPR.maxlevel, _REPR.maxstring, _REPR.maxother = 2, 60, 60


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _valid_keys(model: type[BaseModel], place: Place) -> list[str]:
    """The keys of the section at a place of a model."""
    section: Any = model
    for part in place:
        if isinstance(part, int):
            continue
        section = section.model_fields[part].annotation
        section = next((a for a in getattr(section, "__args__", ()) if isinstance(a, type)), section)
    return list(section.model_fields) if hasattr(section, "model_fields") else []
