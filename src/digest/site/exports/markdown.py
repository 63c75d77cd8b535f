"""The Markdown twin: a digest's post exactly as it stands in content/, front matter and all; a paper's card.

Front matter stays, because a post's title, date and tags stand nowhere else; whoever puts the file into another blog
built like this one has a post, and the dialects under `posts.export_to` are there for the others.
"""

from digest.posts import render_paper
from digest.site.exports.base import DigestExport, PaperExport

SUFFIX = ".md"
MEDIA_TYPE = "text/markdown"
BY_LANGUAGE = True


def paper(paper: PaperExport) -> str:
    return render_paper(paper.day, paper.paper.id, paper.label, paper.config)


def digest(digest: DigestExport) -> str:
    return digest.post
