"""Second copies of posts, for other generators: one file each, in its own folders, front matter and Markdown."""

from pathlib import Path, PurePosixPath

from digest.posts.dialects import convert as _convert
from digest.posts.dialects.base import Dialect, Post
from digest.posts.dialects.copies import Copied, copy_posts
from digest.posts.dialects.registry import DIALECTS

__all__ = ["DIALECTS", "Copied", "Dialect", "Post", "convert", "copy_posts"]


def convert(post: Post, dialect: str, blog: Path | None = None) -> tuple[PurePosixPath, str]:
    """A post's file for a generator: its place below the blog's folder, and its text.

    Args:
        dialect: a name of `DIALECTS`.
        blog: where the blog is, if it matters which of a dialect's folders it has.

    Raises:
        RenderError: the front matter cannot be written.
    """
    return _convert.convert(post, DIALECTS[dialect], blog)
