"""Posts on the disk: what a person has changed by hand is left alone."""

import os
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path
from typing import Literal

from digest.config import Config
from digest.digests.edits import Day
from digest.errors import OutputError
from digest.models import Digest, Language
from digest.posts.render import render
from digest.store import sha256, write_atomic


@dataclass(frozen=True)
class PostsWritten:
    """What became of the posts of a day.

    Attributes:
        written: new or changed.
        unchanged: they stood there already.
        kept: edited by hand, and therefore left alone.
        hashes: file, relative to the blog's folder, to SHA-256 as written: the record's `posts`.
    """

    written: tuple[Path, ...] = ()
    unchanged: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()
    hashes: dict[str, str] = field(default_factory=dict)


Fate = Literal["written", "unchanged", "kept"]


def post_path(config: Config, date: Date, edition: str, language: Language) -> Path:
    """content/posts/YYYY/YYYY-MM-DD-EDITION[.LANG].md; the site's own language is not named."""
    suffix = "" if language == config.site.language else f".{language}"
    return config.path("posts") / f"{date.year:04}" / f"{date}-{edition}{suffix}.md"


def has_posts(digest: Digest) -> bool:
    """Whether a day leaves posts: it was announced, or is quiet and shows what an earlier one had over."""
    return digest.status == "announced" or (digest.status == "quiet" and digest.listed_on != digest.date)


def write_posts(day: Day, digest: Digest, config: Config, *, overwrite: bool = False, edition: str | None = None) -> PostsWritten:
    """Write the posts of a day, one per edition and language; all are made before the first is written.

    Args:
        day: as it is shown, edits applied.
        digest: the record, whose `posts` tell what was written before.
        overwrite: replace posts that were edited by hand, too.
        edition: write the posts of this edition only.

    Raises:
        RenderError: a post cannot be made; nothing was written.
        OutputError: a file cannot be read or written.
    """
    made = _rendered(day, config, edition) if has_posts(digest) else {}
    hashes, fates = dict(digest.posts), dict[Path, Fate]()
    for path, data in made.items():
        key = _key(path, config.root)
        fates[path] = "written" if overwrite else _fate(path, data, digest.posts.get(key))
        if fates[path] == "written":
            fates[path] = "written" if write_atomic(path, data) else "unchanged"
        if fates[path] != "kept":
            hashes[key] = sha256(data)
    of = {fate: tuple(path for path, its in fates.items() if its == fate) for fate in ("written", "unchanged", "kept")}
    return PostsWritten(of["written"], of["unchanged"], of["kept"], hashes)


def _rendered(day: Day, config: Config, only: str | None) -> dict[Path, bytes]:
    return {
        post_path(config, day.date, edition, language): render(day, edition, language, config).encode()
        for edition in day.digest.editions
        if only in (None, edition)
        for language in config.languages
    }


def _fate(path: Path, data: bytes, recorded: str | None) -> Fate:
    """What is to become of a post: a file that neither was nor would be written by us belongs to somebody else."""
    try:
        standing = sha256(path.read_bytes())
    except FileNotFoundError:
        return "written"
    except OSError as error:
        raise OutputError("the post cannot be read", where=str(path), why=error.strerror or "") from None
    if standing == sha256(data):
        return "unchanged"
    return "written" if standing == recorded else "kept"


def _key(path: Path, root: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()
