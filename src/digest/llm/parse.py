"""From a model's text to the answer that was asked for: read, cleaned, capped, validated."""

import json
import unicodedata
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from digest.llm.json_text import NotJson, read_object, without_thinking
from digest.llm.schema import Schema, strict_schema

T = TypeVar("T", bound=BaseModel)

TEXT_CAP = 2000
"""Characters of one string; the longest that we ask for, a trend of an overview, has a few hundred."""
ITEM_CAP = 100
"""Items of a list that sets no limit of its own."""
_PROBLEMS = 12


@dataclass(frozen=True)
class Parsed(Generic[T]):
    """What became of an answer's text.

    Attributes:
        value: None if it cannot be used.
        problems: why not, a line each, in words that the model can act on.
        dropped: keys that nobody asked for, as `method.colour`.
    """

    value: T | None
    problems: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def parse_answer(text: str, shape: type[T]) -> Parsed[T]:
    """Validate a model's answer.

    Unknown keys are dropped, null in place of a list or of something with a default is that default, texts and lists are
    cut at their caps. Wrong types are refused, even `"3"` for 3: who mixes them up mixes up more.
    """
    schema = strict_schema(shape)
    fit = _Fit(schema.get("$defs", {}))
    try:
        found = read_object(without_thinking(text), schema["properties"].keys())
        fitted = json.dumps(fit(found, schema, ""))
    except NotJson as error:
        return Parsed(None, (str(error),))
    except RecursionError:
        return Parsed(None, ("the JSON is nested too deeply",))
    try:
        # In JSON mode, where strictness still lets a list be a tuple.
        return Parsed(shape.model_validate_json(fitted, strict=True), dropped=tuple(fit.dropped))
    except ValidationError as invalid:
        return Parsed(None, _worded(invalid), tuple(fit.dropped))


def clean(text: str) -> str:
    """A text without control, invisible and unpaired surrogate characters; line ends and tabs stay."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn"))


class _Fit:
    """Brings a value closer to its schema where that takes no guess."""

    def __init__(self, shapes: dict[str, Schema]) -> None:
        self._shapes = shapes
        self.dropped: list[str] = []

    def __call__(self, value: Any, schema: Schema, path: str) -> Any:
        schema = self._resolved(schema, value)
        if isinstance(value, str):
            return _capped(clean(value))
        if isinstance(value, dict) and "properties" in schema:
            return self._object(value, schema["properties"], path)
        if isinstance(value, list) and "items" in schema:
            most = schema.get("maxItems", ITEM_CAP)
            return [self(item, schema["items"], f"{path}.{n}") for n, item in enumerate(value[:most])]
        return value

    def _object(self, value: dict[str, Any], properties: dict[str, Schema], path: str) -> dict[str, Any]:
        self.dropped += [f"{path}.{key}".lstrip(".")[:80] for key in value if key not in properties]
        known = {key: value[key] for key in properties if key in value}
        return {
            key: self(item, properties[key], f"{path}.{key}")
            for key, item in known.items()
            if item is not None or self._takes_null(properties[key])
        }

    def _resolved(self, schema: Schema, value: Any) -> Schema:
        if "$ref" in schema:
            return self._resolved(self._shapes[schema["$ref"].rsplit("/", 1)[-1]], value)
        options = [self._resolved(option, value) for option in schema.get("anyOf", ())]
        wanted = "properties" if isinstance(value, dict) else "items"
        return next((option for option in options if wanted in option), schema)

    def _takes_null(self, schema: Schema) -> bool:
        schema = self._resolved(schema, None) if "$ref" in schema else schema
        kinds = [schema.get("type"), *(option.get("type") for option in schema.get("anyOf", ()))]
        return "null" in kinds or any(isinstance(kind, list) and "null" in kind for kind in kinds)


def _capped(text: str) -> str:
    return text if len(text) <= TEXT_CAP else text[:TEXT_CAP].rsplit(" ", 1)[0] + "…"


def _worded(invalid: ValidationError) -> tuple[str, ...]:
    # Never the input: it would be sent back to the model, and it may be a book.
    errors = invalid.errors(include_input=False, include_url=False, include_context=False)
    lines = [f"{'.'.join(map(str, error['loc'])) or 'the object'}: {error['msg']}" for error in errors]
    more = [f"and {len(lines) - _PROBLEMS} more"] if len(lines) > _PROBLEMS else []
    return (*lines[:_PROBLEMS], *more)
