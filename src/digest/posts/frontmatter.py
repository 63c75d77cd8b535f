"""Front matter: one emitter, whose output every YAML reader understands the same way, and one reader.

Strings are always double-quoted with JSON's escapes, a subset of YAML's: unquoted, `yes`, `1e5`, `12:30` and
`2026-02-18` change their type in one reader or another. Dates stay bare, because Fuwari's and Astro's schemas refuse
a quoted one.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date as Date
from typing import Any

import yaml

from digest.errors import RenderError
from digest.patterns import lazy
from digest.posts.escaping import plain

_json = json.JSONDecoder().raw_decode
Value = str | bool | Date | Sequence[str]

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

# Between two quotes, what means the same in JSON and in YAML. Left out are the characters that YAML refuses or takes for the
# end of a line, and all escapes but two.
_PLAIN = r"[^\"\\\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*+"
_TEXT = rf'"{_PLAIN}(?:\\["\\]{_PLAIN})*+"'
_OWN_LINE = lazy(
    r"(title|published|updated|description|tags|category|draft|lang): "
    rf"(?:({_TEXT}|\[(?:{_TEXT}(?:, {_TEXT})*+)?\]|true|false)|([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}))\n"
)


def emit(fields: Mapping[str, Value]) -> str:
    """Front matter with its fences, one field a line, in the order given; strings cleaned by `escaping.plain`.

    Raises:
        RenderError: a field that cannot be written, or that a YAML reader would not give back as it is.
    """
    cleaned = {key: _clean(key, value) for key, value in fields.items()}
    block = "".join(f"{key}: {_written(value)}\n" for key, value in cleaned.items())
    if _loaded(block) != cleaned:
        raise RenderError("the front matter does not survive being read again", why=block[:200])
    return f"---\n{block}---\n"


def read(text: str, name: str) -> tuple[dict[str, Any], str]:
    """The front matter of a post and its body, of posts written by hand too.

    Args:
        name: the file, for the message.

    Raises:
        RenderError: no front matter, or not a YAML mapping. The message has the file and the line.
    """
    fields, _, body = parts(text, name)
    return fields, body


def parts(text: str, name: str) -> tuple[dict[str, Any], str, str]:
    """The fields of a post, its front matter as it stands with its fences, and its body; the two texts make the whole file.

    Args and Raises: as of `read`.
    """
    lines = text.removeprefix("\ufeff")
    if "\r" in lines:  # looking for two characters takes ten times as long
        lines = lines.replace("\r\n", "\n").replace("\r", "\n")
    opening = _FENCE.match(lines)
    if not opening:
        hint = "a post begins with a line `---`, its fields, and a second line `---`"
        raise RenderError("the post has no front matter", where=f"{name}:1", hint=hint)
    closing = _FENCE.search(lines, opening.end())
    if not closing:
        raise RenderError("the front matter has no end", where=f"{name}:1", hint="a line `---` closes it")
    block = lines[opening.end() + 1 : closing.start()]
    fields = _own(block)
    body = lines[closing.end() :].lstrip("\n")
    return _mapping(block, name) if fields is None else fields, lines.removesuffix(body), body


def _clean(key: str, value: Value) -> str | bool | Date | list[str]:
    if not _KEY.fullmatch(key):
        raise RenderError(f"{key!r} cannot be a field of the front matter")
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, bool | Date):
        return value
    return [plain(item) for item in value]


def _written(value: str | bool | Date | list[str]) -> str:
    if isinstance(value, Date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def _loaded(block: str) -> Any:
    try:
        return yaml.safe_load(block) or {}
    except (yaml.YAMLError, ValueError) as error:
        raise RenderError("the front matter is no YAML", why=str(error)) from None


def _own(block: str) -> dict[str, Any] | None:
    """The fields, where all lines are such as `emit` writes; else None. A tenth of the time that YAML takes."""
    fields: dict[str, Any] = {}
    position = 0
    while line := _OWN_LINE.match(block, position):
        key, value, date = line.groups()
        try:
            fields[key] = _json(value)[0] if value else Date.fromisoformat(date)
        except ValueError:  # 2026-02-30
            return None
        position = line.end()
    return fields if position == len(block) else None


def _mapping(block: str, name: str) -> dict[str, Any]:
    try:
        fields = yaml.safe_load(block)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 2}" if mark else name
        raise RenderError("the front matter is no YAML", where=where, why=error.problem or "") from None
    except (yaml.YAMLError, ValueError) as error:
        raise RenderError("the front matter is no YAML", where=f"{name}:2", why=str(error)) from None
    if fields is not None and not isinstance(fields, dict):
        raise RenderError("the front matter is no list of fields", where=f"{name}:2", hint='such as `title: "…"`')
    return fields or {}
