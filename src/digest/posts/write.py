"""Which posts are to be written: what a person has changed by hand is left alone."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path
from typing import Literal

from digest.config import Config
from digest.digests.edits import Day
from digest.errors import OutputError, RenderError
from digest.models import Digest, Language
from digest.posts import frontmatter
from digest.posts.render import render
from digest.store import explained, sha256


@dataclass(frozen=True)
class MadePosts:
    """The posts of a day, made and not yet written.

    Attributes:
        files: new or changed, with their bytes.
        kept: edited by hand, and therefore left alone.
        hashes: file, relative to the blog's folder, to SHA-256 as written: the record's `posts`.
    """

    files: dict[Path, bytes] = field(default_factory=dict)
    kept: tuple[Path, ...] = ()
    hashes: dict[str, str] = field(default_factory=dict)


Fate = Literal["new", "unchanged", "kept"]


def post_path(config: Config, date: Date, edition: str, language: Language) -> Path:
    """content/posts/YYYY/YYYY-MM-DD-EDITION[.LANG].md; the site's own language is not named."""
    suffix = "" if language == config.site.language else f".{language}"
    return config.path("posts") / f"{date.year:04}" / f"{date}-{edition}{suffix}.md"


def has_posts(digest: Digest) -> bool:
    """Whether a day leaves posts: it was announced, or is quiet and shows what an earlier one had over."""
    return digest.status == "announced" or (digest.status == "quiet" and digest.listed_on != digest.date)


def make_posts(day: Day, digest: Digest, config: Config, *, overwrite: bool = False, edition: str | None = None) -> MadePosts:
    """Make the posts of a day. Who writes them writes the record with their hashes in the same go.

    Args:
        day: as it is shown, edits applied.
        digest: the record, whose `posts` tell what was written before.
        overwrite: replace posts that were edited by hand, too.
        edition: make the posts of this edition only.

    Raises:
        RenderError: a post cannot be made.
        OutputError: a file that stands there cannot be read.
    """
    made = _rendered(day, config, edition) if has_posts(digest) else {}
    return sorted_out(made, digest.posts, config.root, overwrite=overwrite)


def sorted_out(made: Mapping[Path, bytes], recorded: Mapping[str, str], root: Path, *, overwrite: bool = False) -> MadePosts:
    """Which of some files are to be written, and which belong to a person.

    Args:
        recorded: the hashes of what was written before, by file relative to `root`, the blog's folder.

    Raises:
        OutputError: a file that stands there cannot be read.
    """
    keys = {path: _key(path, root) for path in made}
    fates = {path: _fate(path, data, recorded.get(keys[path]), overwrite) for path, data in made.items()}
    return MadePosts(
        files={path: data for path, data in made.items() if fates[path] == "new"},
        kept=tuple(path for path, fate in fates.items() if fate == "kept"),
        hashes={**recorded, **{keys[p]: sha256(data) for p, data in made.items() if fates[p] != "kept"}},
    )


def stands_as_written(path: Path, recorded: Mapping[str, str], root: Path) -> bool:
    """Whether a file stands there, and nobody has changed it since it was written.

    Args:
        recorded: as in `sorted_out`.
    """
    try:
        return sha256(path.read_bytes()) == recorded.get(_key(path, root))
    except OSError:
        return False


@dataclass(frozen=True)
class OldNames:
    """What became of posts that stand under names of another language of the site.

    Attributes:
        removed: as we wrote them; they stand under their new names.
        kept: edited by hand, and therefore left alone.
        hashes: what was recorded, without those that stand no more.
    """

    removed: tuple[Path, ...]
    kept: tuple[Path, ...]
    hashes: dict[str, str]


def without_old_names(paths: Iterable[Path], recorded: Mapping[str, str], config: Config, *, overwrite: bool = False) -> OldNames:
    """Remove posts that were written when the site had another language: `2026-02-18-daily-papers.en.md`, whose text stands
    without `.en` since English is the site's own. Both would want the same page.

    Args:
        paths: posts in the site's own language as they are named now, and were just written. Beside one that was edited by
            hand nothing is removed: it is not the text that the other one held.
        recorded: as in `sorted_out`, of these posts and those under old names.
        overwrite: remove posts that were edited by hand, too.

    Raises:
        OutputError: a file cannot be removed.
    """
    root, suffix = config.root, f".{config.site.language}.md"
    old = [path.with_name(path.stem + suffix) for path in paths if stands_as_written(path, recorded, root)]
    old = [path for path in old if _key(path, root) in recorded]
    kept = tuple(path for path in old if path.exists() and not (overwrite or stands_as_written(path, recorded, root)))
    gone = [path for path in old if path not in kept]
    removed = tuple(path for path in gone if path.exists())
    for path in removed:
        with explained(path):
            path.unlink()
    keys = {_key(path, root) for path in gone}
    return OldNames(removed, kept, {key: value for key, value in recorded.items() if key not in keys})


def is_draft(path: Path, config: Config) -> bool:
    """Whether a post is to be a draft: one that stands stays what it is, a new one is what `posts.draft` says."""
    try:
        return frontmatter.read(path.read_text(encoding="utf-8"), str(path))[0].get("draft") is True
    except (OSError, UnicodeDecodeError, RenderError):
        return config.posts.draft


def _rendered(day: Day, config: Config, only: str | None) -> dict[Path, bytes]:
    made = {}
    known = {edition.name for edition in config.editions}
    for edition in day.digest.editions:
        # Posts of an edition that the config no longer has stay as they stand: its title and tags are not known any more.
        if only not in (None, edition) or edition not in known or not _has_post(day.digest, edition):
            continue
        for language in config.languages:
            path = post_path(config, day.date, edition, language)
            made[path] = render(day, edition, language, config, draft=is_draft(path, config)).encode()
    return made


def _has_post(digest: Digest, name: str) -> bool:
    """Whether an edition leaves a post: one of its sources was announced, or an earlier day had something over for it."""
    edition = digest.editions[name]
    is_announced = any(source.status == "announced" for source in digest.sources if source.name in edition.sources)
    return is_announced or (digest.listed_on != digest.date and bool(edition.picked))


def _fate(path: Path, data: bytes, recorded: str | None, overwrite: bool) -> Fate:
    """What is to become of a post: a file that neither was nor would be written by us belongs to somebody else."""
    try:
        standing = sha256(path.read_bytes())
    except FileNotFoundError:
        return "new"
    except OSError as error:
        raise OutputError("the post cannot be read", where=str(path), why=error.strerror or "") from None
    if standing == sha256(data):
        return "unchanged"
    return "new" if overwrite or standing == recorded else "kept"


def _key(path: Path, root: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()
