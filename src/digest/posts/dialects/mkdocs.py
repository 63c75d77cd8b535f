"""MkDocs, with or without the blog of Material: squidfunk.github.io/mkdocs-material/plugins/blog, mkdocs.org/user-guide.

Titles, tags and categories reach the page as HTML, a description as an attribute's value. MkDocs' own themes do not print
a page's title, so that the body begins with it. Formulas are marked as Arithmatex marks them, which Material's setup for
MathJax and KaTeX looks for.
"""

from html import escape

from digest.posts.dialects.base import Dialect, Post, dotted, yaml
from digest.posts.dialects.flavour import SEAM, Flavour


def front(post: Post) -> str:
    written = yaml(
        {
            "title": escape(post.title, quote=False),
            "date": post.date,
            "slug": post.name("-"),
            "description": escape(post.description),
            "tags": [escape(tag, quote=False) for tag in post.tags],
            "categories": [escape(post.category, quote=False)] if post.category else None,
            "draft": post.draft,
        },
    )
    if not post.updated:
        return written
    return written.replace(f"\ndate: {post.date}\n", f"\ndate:\n  created: {post.date}\n  updated: {post.updated}\n", 1)


MKDOCS = Dialect(
    name="mkdocs",
    folders=("docs/blog/posts",),
    file=dotted,
    front=front,
    flavour=Flavour(strike=("<del>", "</del>"), nested_fences=False, list_break=SEAM, formula_class="arithmatex"),
    more="<!-- more -->",
    shows_title=False,
)
