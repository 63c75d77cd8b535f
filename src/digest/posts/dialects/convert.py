"""A post as a generator wants it: its place, its front matter, its Markdown, with its title or not."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from digest.posts.dialects.base import Dialect, Post
from digest.posts.dialects.blocks import RULE, Block, blocks
from digest.posts.reference import parser


def convert(post: Post, dialect: Dialect, blog: Path | None = None) -> tuple[PurePosixPath, str]:
    """A post's file for a generator: its place below the blog's folder, and its text.

    Args:
        blog: where the blog is, if it matters which of a dialect's folders it has.

    Raises:
        RenderError: the front matter cannot be written.
    """
    return place(post, dialect, blog), f"{dialect.front(post).rstrip()}\n\n{body(post, dialect)}"


def place(post: Post, dialect: Dialect, blog: Path | None = None) -> PurePosixPath:
    """Where a post's file belongs, below the blog's folder."""
    folder = dialect.drafts if post.draft and dialect.drafts else posts_folder(dialect, blog)
    return PurePosixPath(folder, dialect.file(post))


def posts_folder(dialect: Dialect, blog: Path | None) -> str:
    """The folder of posts that a blog has, of those that a dialect knows; the dialect's first where it has none."""
    there = (name for name in dialect.folders if blog and (blog / name).is_dir())
    return next(there, dialect.folders[0])


def body(post: Post, dialect: Dialect) -> str:
    """The Markdown below the front matter, with a newline at its end."""
    tokens = parser().parse(post.body)
    if len(tokens) > 2 and tokens[0].tag == "h1" and tokens[1].content.strip() == post.title:
        del tokens[:3]  # the title is said once
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
    written = [block.written for block in _marked(blocks(tokens, dialect.flavour), dialect.more)]
    if not dialect.shows_title:
        written.insert(0, f"# {dialect.flavour.literal(post.title)}")
    return "\n\n".join(written) + "\n"


def _marked(made: Sequence[Block], more: str) -> list[Block]:
    """The blocks with the mark at the end of the beginning.

    That is before the first rule or the second heading of the second level, else behind the first block with text.
    """
    if not more or len(made) < 2:
        return list(made)
    text = next((place for place, block in enumerate(made) if block.kind != "heading_open"), 0) + 1
    rules = (place for place, block in enumerate(made) if block.written == RULE and place >= text)
    headings = [place for place, block in enumerate(made) if block.tag == "h2"]
    end = min([*list(rules)[:1], *headings[1:2]], default=text)
    return [*made[:end], Block("mark", "", more), *made[end:]]
