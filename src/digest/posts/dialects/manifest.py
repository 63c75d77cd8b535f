"""What of another blog's files is ours: a list in its folder, with the hash of each as we wrote it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from digest.store import is_below

MANIFEST = ".paper-digest.json"
"""In the folder of the other blog. Nothing that it does not name is ever changed or removed."""


@dataclass(frozen=True)
class Copy:
    """A file that we wrote.

    Attributes:
        post: the post below paths.posts that it is a copy of.
        made_of: the hash of all that the copy depends on.
        hashes: SHA-256 as written; two while a run is writing.
    """

    post: str
    made_of: str
    hashes: tuple[str, ...]


@dataclass
class Manifest:
    """Our files by their place, and how each tag is spelled, by what no two tags may have in common."""

    copies: dict[str, Copy] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest of a folder; an empty one where it is missing or damaged: then nothing there counts as ours."""
        try:
            found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            copies = {place: _copy(entry) for place, entry in found["copies"].items() if _is_copy(place)}
            return cls(copies, {str(name): str(tag) for name, tag in found.get("tags", {}).items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def by_post(self) -> dict[str, dict[str, Copy]]:
        """The copies of each post."""
        found: dict[str, dict[str, Copy]] = {}
        for place, copy in self.copies.items():
            found.setdefault(copy.post, {})[place] = copy
        return found

    def json(self) -> bytes:
        """Canonical, so that a run that changes nothing writes nothing."""
        copies = {
            place: {"post": copy.post, "made_of": copy.made_of, "sha256": list(copy.hashes)}
            for place, copy in self.copies.items()
        }
        content = {"copies": copies, **({"tags": self.tags} if self.tags else {})}
        return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _copy(entry: Mapping[str, Any]) -> Copy:
    return Copy(str(entry["post"]), str(entry["made_of"]), tuple(map(str, entry["sha256"])))


def _is_copy(place: str) -> bool:
    return is_below(place) and place != MANIFEST
