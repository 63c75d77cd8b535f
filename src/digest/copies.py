"""The second copies of posts for another blog (`posts.dialect`, `posts.export_to`), as commands make them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date as Date
from pathlib import Path

from digest import digests
from digest.config import Config
from digest.errors import DigestError
from digest.posts import dialects
from digest.posts.dialects import Copied, copy_posts
from digest.posts.files import post_names

__all__ = ["Copied", "all_posts", "check_folder", "copy_posts", "lines", "posts_of", "problems"]


def check_folder(config: Config) -> None:
    """Raises OutputError where posts.export_to is given and is not a folder that may be written to."""
    if config.posts.export_to is not None:
        dialects.export_folder(config)


def problems(config: Config) -> Iterator[str]:
    """What keeps posts from being copied, a line each: the folder, posts that cannot be read, two that want one file."""
    try:
        yield from dialects.problems(config)
    except DigestError as error:
        yield str(error)


def all_posts(config: Config) -> Collection[Path]:
    """Every post, those by hand among them."""
    folder = config.path("posts")
    return {folder / name for name in post_names(folder)}


def posts_of(config: Config, days: Iterable[Date]) -> Collection[Path]:
    """The posts that were generated for these days. Raises RecordError."""
    found = (digests.read(config.path("records"), day) for day in days)
    return {config.root / name for digest in found if digest for name in digest.posts}


def lines(copied: Copied) -> Iterator[str]:
    """What became of the copies, for the log."""
    if copied.written or copied.removed:
        yield f"copies: {len(copied.written)} written, {len(copied.removed)} removed"
    yield from (f"copy left alone, edited by hand: {path} (--overwrite replaces it)" for path in copied.kept)
    yield from (f"not copied: {problem}" for problem in copied.problems)
