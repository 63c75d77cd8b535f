r"""The JSON object in a model's answer, with what may stand around it and what is usually broken in it.

Nothing is completed: an object that ends in the middle is no object, and a key that comes twice, NaN and endless numbers
are refused. What is mended: LaTeX whose backslashes were not doubled (`\alpha` is not JSON, and the `\f` of `\frac` would
become a form feed without a word), trailing commas, single quotes, Python's None, True and False.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Collection
from typing import Any, cast

_LONGEST = 1_000_000  # characters; a thousand times a card
_MOST = 50  # thoughts before an answer, objects in it; more is an attack on our time
_START = re.compile(r"\{\s{0,200}[\"'}]")  # braces of LaTeX and of prose are no start
_LIST = re.compile(r"\s*(?:```\w*\s*)?\[\s*[{\[\"\]]")
_THINKING = re.compile(r"\s*<(think|thinking|thought|reasoning)>(.*?)(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT = re.compile(r"</(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|[A-Za-z]+|.)", re.DOTALL)
_UNICODE = re.compile("u[0-9a-fA-F]{4}")
_LATEX = frozenset(
    # commands that begin like JSON's escapes \n and \t; after \b, \f and \r any letters are taken for LaTeX
    "nabla natural ne nearrow neg neq newline nexists ni nleq ngeq nmid nolimits nonumber norm not notag notin nparallel "
    "nsubseteq nu nwarrow tan tanh tau tbinom text textbf textit textrm textsc textsf textstyle texttt tfrac therefore "
    "theta thickapprox thicksim tilde times tiny to top triangle triangleleft triangleright triangleq "
    "twoheadrightarrow".split()
)
_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\.)*")|(?P<single>'(?:[^'\\]|\\.)*')|(?P<comma>,(?=\s*[}\]]))|(?P<name>\b(?:True|False|None)\b)""",
    re.DOTALL,
)
_NAMES = {"True": "true", "False": "false", "None": "null"}


class NotJson(ValueError):
    """A text without the object that was asked for. The message may be shown to the model."""


def without_thinking(text: str) -> str:
    """The answer behind a reasoning model's `<think>…</think>`; "" if the thinking never ends.

    The opening tag can be missing: some chat templates put it into the prompt.
    """
    text = text.lstrip("\ufeff \t\r\n")
    for _ in range(_MOST):
        if not (match := _THINKING.match(text)):
            break
        text = text[match.end() :].lstrip("\ufeff \t\r\n")
    if not text.startswith(("{", "[", "```")):
        text = _THOUGHT.split(text)[-1]
    return text.strip()


def read_object(text: str, keys: Collection[str]) -> dict[str, Any]:
    """The object in a text: of several, the one with most of the wanted keys, and of those the last.

    Raises:
        NotJson: there is none, it is broken, or it has none of the keys.
    """
    if len(text) > _LONGEST:
        raise NotJson("the answer is far too long")
    if _LIST.match(text):
        raise NotJson("the answer is a list; one JSON object was wanted")
    found = [_unwrapped(value, keys) for value in _objects(_latex_doubled(text))]
    if not found:
        raise NotJson("there is no JSON object in the answer")
    best: dict[str, Any] = max(reversed(found), key=lambda value: len(value.keys() & set(keys)))
    if keys and not best.keys() & set(keys):
        raise NotJson(f"the object has none of the wanted keys, such as {', '.join(sorted(keys)[:3])}")
    return best


def _objects(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    at = 0
    while start := _START.search(text, at):
        try:
            value, at = _decode(text, start.start())
        except json.JSONDecodeError:
            text = _relaxed(text[start.start() :])
            value, at = _decoded(text)
        found.append(value)
        if len(found) > _MOST:
            raise NotJson("one JSON object was wanted, not very many")
    return found


def _decoded(text: str) -> tuple[dict[str, Any], int]:
    try:
        return _decode(text, 0)
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip().rstrip("`")) or error.msg.startswith("Unterminated"):
            raise NotJson("the JSON object ends in the middle") from None
        raise NotJson(f"the JSON is broken: {error.msg}, before {text[error.pos : error.pos + 20]!r}") from None


def _decode(text: str, at: int) -> tuple[dict[str, Any], int]:
    try:
        value, end = _DECODER.raw_decode(text, at)
        return cast(dict[str, Any], value), end  # it begins with a brace
    except RecursionError:
        raise NotJson("the JSON is nested too deeply") from None
    except (json.JSONDecodeError, NotJson):
        raise
    except ValueError:  # Python refuses to read numbers of more than 4,300 digits
        raise NotJson("a number in the JSON is too long") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise NotJson(f"the key {twice[:40]!r} comes twice in one object")
    return found


def _refused(constant: str) -> float:
    raise NotJson(f"{constant} is no number of JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refused(digits[:20])


_DECODER = json.JSONDecoder(strict=False, object_pairs_hook=_unique, parse_constant=_refused, parse_float=_finite)


def _unwrapped(value: dict[str, Any], keys: Collection[str]) -> dict[str, Any]:
    """What was meant by `{"card": {…}}`."""
    inner = next(iter(value.values())) if len(value) == 1 else None
    if isinstance(inner, dict) and not value.keys() & set(keys) and inner.keys() & set(keys):
        return inner
    return value


def _latex_doubled(text: str) -> str:
    return _ESCAPE.sub(_escape, text) if "\\" in text else text


def _escape(match: re.Match[str]) -> str:
    what = match[1]
    if what[0] in '"\\/' or _UNICODE.fullmatch(what):
        return match[0]
    if what == "'":
        return what
    if what[0] in "nt" and what not in _LATEX:
        return match[0]
    if what in ("b", "f", "r"):
        return match[0]
    return "\\" + match[0]


def _relaxed(text: str) -> str:
    return _TOKEN.sub(_token, text)


def _token(match: re.Match[str]) -> str:
    if match["single"] is not None:
        inner = re.sub(r"\\'", "'", match["single"][1:-1])
        return '"' + re.sub(r'(?<!\\)"', r"\"", inner) + '"'
    if match["comma"] is not None:
        return ""
    return _NAMES[match["name"]] if match["name"] is not None else match[0]
