"""Pelican: docs.getpelican.com/en/latest/content.html, pelican/readers.py.

Its metadata is no YAML: a value is what stands behind the colon. Themes print title and category as HTML; tags are escaped,
and split at commas, or at semicolons where there is one. The summary is Markdown.
"""

import re
from html import escape

from digest.posts.dialects.base import Dialect, Post, dashed
from digest.posts.dialects.flavour import SEAM, Flavour

FLAVOUR = Flavour(strike=("<del>", "</del>"), nested_fences=False, list_break=SEAM)
"""Python-Markdown: no strikethrough, fenced code on the outermost level only."""

_SEPARATORS = re.compile(r"[,;]+")


def front(post: Post) -> str:
    values = {
        "Title": escape(post.title, quote=False),
        "Date": str(post.date),
        "Modified": str(post.updated) if post.updated else "",
        "Category": escape(post.category, quote=False),
        "Tags": ", ".join(" ".join(_SEPARATORS.sub(" ", tag).split()) for tag in post.tags),
        "Slug": post.stem,
        "Lang": post.language,
        "Author": escape(_SEPARATORS.sub(" ", post.config.site.author), quote=False),
        "Status": "draft" if post.draft else "published",
        "Summary": FLAVOUR.literal(post.description, line_start=True),
    }
    return "".join(f"{name}: {value}\n" for name, value in values.items() if value) + "\n"


PELICAN = Dialect(name="pelican", folders=("content",), file=dashed, front=front, flavour=FLAVOUR)
