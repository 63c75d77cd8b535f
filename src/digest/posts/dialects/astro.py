"""Astro, as its blog template sets it up: the schema of examples/blog/src/content.config.ts in withastro/astro.

The template has no drafts and would publish them, so that a draft gets no copy. `tags`, `category`, `draft` and `lang` are
fields that it ignores and that most blogs add. Formulas are for remark-math, and readable without it.
"""

from digest.posts.dialects.base import Dialect, Post, dashed, yaml
from digest.posts.dialects.flavour import Flavour


def front(post: Post) -> str:
    return yaml(
        {
            "title": post.title,
            "description": post.description or post.title,  # required
            "pubDate": post.date,
            "updatedDate": post.updated,
            "tags": post.tags,
            "category": post.category,
            "draft": post.draft,
            "lang": post.language,
        },
    )


FLAVOUR = Flavour(escape="backslash", formulas="neutral", indent=4, hard_break="\\\n", seams=True)
"""Astro reads GitHub's Markdown; its typographer makes a dash of two hyphens, whatever the escape."""

ASTRO = Dialect(name="astro", folders=("src/content/blog",), file=dashed, front=front, flavour=FLAVOUR, drafts=None)
