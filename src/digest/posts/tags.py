"""Tags as other programs want them."""

import re

_OTHER = re.compile(r"[^\w/-]+")


def obsidian_tag(tag: str) -> str:
    """A tag as Obsidian allows it (help.obsidian.md/tags): `Agentic-RL`, `_2026`; empty if nothing is left of it.

    Letters, digits, hyphens, underscores and slashes, and not digits alone.
    """
    name = re.sub(r"-{2,}", "-", _OTHER.sub("-", tag)).strip("-/")
    return f"_{name}" if name.isdigit() else name
