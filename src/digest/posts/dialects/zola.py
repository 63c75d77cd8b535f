"""Zola: getzola.org/documentation/content/page, /taxonomies, /multilingual, /shortcodes.

Front matter is TOML between three plus signs. Without a slug it would leave the date out of the address, and all days
would want the same one. `tags` and `categories` must be declared in its config.toml.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date as Date

from digest.errors import RenderError
from digest.posts.dialects.base import Dialect, Post, dotted
from digest.posts.dialects.flavour import Flavour

Value = str | bool | Date | list[str]


def front(post: Post) -> str:
    page: dict[str, Value | None] = {
        "title": post.title,
        "description": post.description,
        "date": post.date,
        "updated": post.updated,
        "slug": post.stem,
        "draft": post.draft,
    }
    taxonomies: dict[str, Value | None] = {"tags": list(post.tags), "categories": [post.category] if post.category else None}
    return toml(_given(page), {"taxonomies": _given(taxonomies)})


def toml(fields: Mapping[str, Value], tables: Mapping[str, Mapping[str, Value]]) -> str:
    """Front matter in TOML, with its fences.

    Raises:
        RenderError: a field does not survive being read again.
    """
    parts = [_lines(fields), *(f"\n[{name}]\n{_lines(table)}" for name, table in tables.items() if table)]
    written = "".join(parts)
    try:
        survived = tomllib.loads(written) == {**fields, **{name: table for name, table in tables.items() if table}}
    except tomllib.TOMLDecodeError as error:
        raise RenderError("the front matter is no TOML", why=str(error)) from None
    if not survived:
        raise RenderError("the front matter does not survive being read again", why=written[:200])
    return f"+++\n{written}+++\n\n"


def _given(fields: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [])}


def _lines(fields: Mapping[str, Value]) -> str:
    """JSON's strings, booleans and lists are TOML's, too (toml.io/en/v1.0.0); its dates are bare."""
    written = {k: v.isoformat() if isinstance(v, Date) else json.dumps(v, ensure_ascii=False) for k, v in fields.items()}
    return "".join(f"{name} = {value}\n" for name, value in written.items())


ZOLA = Dialect(
    name="zola",
    folders=("content/blog",),
    file=dotted,
    front=front,
    flavour=Flavour(code_trigger=re.compile(r"\{[{%]")),  # shortcodes are looked for in code, too
    more="<!-- more -->",
)
