"""Obsidian: help.obsidian.md/properties, help.obsidian.md/tags.

A tag has letters, digits, hyphens, underscores and slashes, and not digits alone. A note is known by its file's name; its
title is an alias, by which it is found, and its first heading.
"""

import re

from digest.posts.dialects.base import Dialect, Post, dashed, yaml
from digest.posts.dialects.flavour import Flavour

_OTHER = re.compile(r"[^\w/-]+")


def front(post: Post) -> str:
    return yaml(
        {
            "title": post.title,
            "aliases": [post.title],
            "date": post.date,
            "updated": post.updated,
            "description": post.description,
            "tags": list(dict.fromkeys(name for tag in post.tags if (name := tag_name(tag)))),
            "category": post.category,
            "draft": post.draft,
            "lang": post.language,
        },
    )


def tag_name(tag: str) -> str:
    """A tag as Obsidian allows it: `Agentic-RL`, `_2026`; empty if nothing is left of it."""
    name = re.sub(r"-{2,}", "-", _OTHER.sub("-", tag)).strip("-/")
    return f"_{name}" if name.isdigit() else name


OBSIDIAN = Dialect(
    name="obsidian",
    folders=("Papers",),
    file=dashed,
    front=front,
    flavour=Flavour(escape="backslash", formulas="dollars", indent=4, soft_break=" "),
    shows_title=False,
)
