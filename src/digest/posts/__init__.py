"""Stage 6: posts. A day becomes Markdown, one file per edition and language, for Fuwari and for the site."""

from digest.posts.addresses import evidence_url, paper_url, sentence_anchor
from digest.posts.escaping import markdown as escape
from digest.posts.frontmatter import read
from digest.posts.render import render, render_paper
from digest.posts.write import MadePosts, has_posts, make_posts, post_path, stands_as_written

__all__ = [
    "MadePosts",
    "escape",
    "evidence_url",
    "has_posts",
    "make_posts",
    "paper_url",
    "post_path",
    "read",
    "render",
    "render_paper",
    "sentence_anchor",
    "stands_as_written",
]
