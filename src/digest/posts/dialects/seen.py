"""Which posts need not be read: those whose copies stood as they should, and neither of which has changed since.

By sizes and times, which belong to this machine and not into the other blog: a file in the state folder, that may be lost.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from digest.config import Config
from digest.store import looks, write_atomic


def read_seen(config: Config, settings: str) -> dict[str, str]:
    """How posts looked together with their copies, as `look` has it, by their names; nothing under other settings."""
    try:
        found = json.loads(_file(config).read_text(encoding="utf-8"))
        return {str(name): str(seen) for name, seen in found["posts"].items()} if found["settings"] == settings else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_seen(config: Config, settings: str, posts: Mapping[str, str]) -> None:
    """Keep them for the next run. Raises OutputError."""
    content = {"settings": settings, "posts": posts}
    write_atomic(_file(config), json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n")


def look(post: str, folder: Path, copies: Iterable[str]) -> str:
    """How a post looks together with its copies.

    Args:
        post: what `looks` says of its file.
        copies: places below the folder.
    """
    return "; ".join([post, *(f"{place} {looks(f'{folder}/{place}')}" for place in sorted(copies))])


def _file(config: Config) -> Path:
    return config.path("state") / "copied-from"
