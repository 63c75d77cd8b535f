"""Obsidian: help.obsidian.md/properties, help.obsidian.md/tags.

A tag has letters, digits, hyphens, underscores and slashes, and not digits alone. A note is known by its file's name; its
title is an alias, by which it is found, and its first heading.
"""

from digest.posts.dialects.base import Dialect, Post, dashed, yaml
from digest.posts.dialects.flavour import Flavour
from digest.posts.tags import obsidian_tag


def front(post: Post) -> str:
    return yaml(
        {
            "title": post.title,
            "aliases": [post.title],
            "date": post.date,
            "updated": post.updated,
            "description": post.description,
            "tags": list(dict.fromkeys(name for tag in post.tags if (name := obsidian_tag(tag)))),
            "category": post.category,
            "draft": post.draft,
            "lang": post.language,
        },
    )


OBSIDIAN = Dialect(
    name="obsidian",
    folders=("Papers",),
    file=dashed,
    front=front,
    flavour=Flavour(escape="backslash", formulas="dollars", indent=4, soft_break=" "),
    shows_title=False,
)
