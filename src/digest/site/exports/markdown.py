"""The Markdown twin: a post or page exactly as it stands in content/, front matter and all; a paper's card.

Front matter stays, because a post's title, date and tags stand nowhere else; whoever puts the file into another blog
built like this one has a post, and the dialects under `posts.export_to` are there for the others.
"""

from digest.posts import render_paper
from digest.posts.files import PostFile
from digest.site.exports.base import DigestExport, PaperExport

SUFFIX = ".md"
MEDIA_TYPE = "text/markdown"
BY_LANGUAGE = True

TWIN = "index.md"
"""Beside the page of a round-up, and of a post or page by hand."""


def paper(paper: PaperExport) -> str:
    return render_paper(paper.day, paper.paper.id, paper.label, paper.config)


def digest(digest: DigestExport) -> str:
    return digest.post


def post(file: PostFile) -> str:
    """A post that is no digest, or a page."""
    return file.front + file.body
