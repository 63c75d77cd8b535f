"""The JSON schema of an answer, in the strict form and as short as it can be: it is paid for in every call, twice.

Strict, as OpenAI's structured outputs want it: every property required, no other ones, what may be missing is a union
with null, no defaults, no free-form objects. Limits of numbers and lengths of arrays are kept, they are among the
supported keywords; limits of strings are not everywhere, so they are left to our own validation.
"""

import json
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

Schema = dict[str, Any]

_KEPT = ("type", "enum", "description", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems")
_REF = "#/$defs/"


@lru_cache(maxsize=64)
def schema_text(shape: type[BaseModel]) -> str:
    """The strict schema as compact JSON, for the prompt."""
    return json.dumps(strict_schema(shape), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=64)
def strict_schema(shape: type[BaseModel]) -> Schema:
    """The strict schema of an answer. What is used once stands where it is used; `$defs` hold the rest.

    Titles and the docstrings of models are left out; the description of a field is kept, it is there for the model.

    Raises:
        ValueError: the shape has a dict or a tuple of fixed length, which a strict schema cannot say.
    """
    loose = shape.model_json_schema()
    shapes = {name: _strict(node) for name, node in loose.get("$defs", {}).items()}
    root = _strict(loose)
    text = json.dumps([root, *shapes.values()])
    often = {name for name in shapes if text.count(json.dumps(_REF + name)) > 1}
    schema: Schema = _inlined(root, shapes, often)
    if often:
        schema["$defs"] = {name: _inlined(shapes[name], shapes, often) for name in sorted(often)}
    return schema


def _strict(node: Schema) -> Schema:
    if "$ref" in node:
        return {"$ref": node["$ref"]}  # OpenAI takes no keyword beside it
    if "anyOf" in node:
        return _union([_strict(option) for option in node["anyOf"]], node)
    if "const" in node:
        return {"type": node["type"], "enum": [node["const"]]} if "type" in node else {"enum": [node["const"]]}
    if node.get("type") == "object":
        return _object(node)
    if "prefixItems" in node:
        raise ValueError("a tuple of fixed length cannot be said in a strict schema")
    kept = {key: node[key] for key in _KEPT if key in node}
    return {**kept, "items": _strict(node["items"])} if "items" in node else kept


def _object(node: Schema) -> Schema:
    properties = node.get("properties")
    if properties is None:
        raise ValueError("a dict cannot be said in a strict schema")
    return {
        "type": "object",
        "properties": {name: _strict(value) for name, value in properties.items()},
        "required": list(properties),
        "additionalProperties": False,
    }


def _union(options: list[Schema], node: Schema) -> Schema:
    described = {"description": node["description"]} if "description" in node else {}
    if all(set(option) == {"type"} for option in options):
        return {"type": [option["type"] for option in options], **described}
    return {"anyOf": options, **described}


def _inlined(node: Any, shapes: dict[str, Schema], often: set[str]) -> Any:
    if isinstance(node, list):
        return [_inlined(part, shapes, often) for part in node]
    if not isinstance(node, dict):
        return node
    name = str(node.get("$ref", "")).removeprefix(_REF)
    if name in shapes and name not in often:
        return _inlined(shapes[name], shapes, often)
    return {key: _inlined(value, shapes, often) for key, value in node.items()}
