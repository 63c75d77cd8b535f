"""Stage 6: posts. A day becomes Markdown, one file per edition and language, for Fuwari and for the site."""

from digest.posts.addresses import evidence_url, paper_url, sentence_anchor
from digest.posts.frontmatter import read
from digest.posts.render import render
from digest.posts.write import PostsWritten, has_posts, post_path, write_posts

__all__ = [
    "PostsWritten",
    "evidence_url",
    "has_posts",
    "paper_url",
    "post_path",
    "read",
    "render",
    "sentence_anchor",
    "write_posts",
]
