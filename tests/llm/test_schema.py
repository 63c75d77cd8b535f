"""Schemas are strict and short."""

import json
from typing import Literal

import pytest
from pydantic import BaseModel, Field

from digest.llm import schema_text, strict_schema


class Part(BaseModel):
    """A docstring that no model needs."""

    text: str = Field(default="", max_length=10)
    kind: Literal["a", "b"] | None = None


class Whole(BaseModel):
    one: Part
    many: tuple[Part, ...] = Field(default=(), max_length=6)
    score: int = Field(ge=0, le=10, description="0 to 10")
    maybe: str | None = None
    perhaps: Part | None = None
    fixed: Literal["x"] = "x"


class Once(BaseModel):
    part: Part


def objects(node):
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        for value in node.values():
            yield from objects(value)
    if isinstance(node, list):
        for value in node:
            yield from objects(value)


def test_every_property_is_required_and_no_other_is_allowed():
    found = list(objects(strict_schema(Whole)))
    assert len(found) == 2
    for node in found:
        assert node["required"] == list(node["properties"])
        assert node["additionalProperties"] is False


def test_what_may_be_missing_is_a_union_with_null():
    properties = strict_schema(Whole)["properties"]
    assert properties["maybe"] == {"type": ["string", "null"]}
    assert properties["perhaps"] == {"anyOf": [{"$ref": "#/$defs/Part"}, {"type": "null"}]}


def test_titles_defaults_docstrings_and_string_limits_are_left_out():
    text = schema_text(Whole)
    for word in ("title", "default", "docstring", "maxLength"):
        assert word not in text


def test_limits_of_numbers_and_lists_and_descriptions_of_fields_stay():
    properties = strict_schema(Whole)["properties"]
    assert properties["score"] == {"type": "integer", "description": "0 to 10", "minimum": 0, "maximum": 10}
    assert properties["many"]["maxItems"] == 6
    assert properties["fixed"] == {"type": "string", "enum": ["x"]}


def test_what_is_used_once_stands_where_it_is_used():
    schema = strict_schema(Once)
    assert "$defs" not in schema
    assert schema["properties"]["part"]["properties"]["text"] == {"type": "string"}


def test_the_text_is_the_schema_without_blanks():
    assert json.loads(schema_text(Whole)) == strict_schema(Whole)
    assert ": " not in schema_text(Whole)


def test_a_dict_is_refused_when_the_schema_is_made():
    class Free(BaseModel):
        anything: dict[str, str]

    with pytest.raises(ValueError, match="dict"):
        strict_schema(Free)
