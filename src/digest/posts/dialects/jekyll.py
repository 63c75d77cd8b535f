"""Jekyll: jekyllrb.com/docs/posts, jekyllrb.com/docs/front-matter.

A post's file begins with its date, else it is none. `draft: true` is no field of it; drafts have a folder. A date without a
time is 00:00 in the blog's `timezone`, whatever it is; with an offset, posts would move to another day and address.
"""

import re

from digest.posts.dialects.base import Dialect, Post, dashed, yaml
from digest.posts.dialects.flavour import Flavour

_PLAIN = re.compile(r"[\w .-]*")
MORE = "<!--more-->"


def file(post: Post) -> str:
    return dashed(post) if post.stem.startswith(f"{post.date}-") else f"{post.date}-{dashed(post)}"


def permalink(post: Post) -> str | None:
    """An address without the category, where the build would end at one like `R&D: a`, of which Jekyll makes a URL."""
    if _PLAIN.fullmatch(post.category):
        return None
    return f"/{post.date:%Y/%m/%d}/{file(post).removesuffix('.md').removeprefix(f'{post.date}-')}.html"


def front(post: Post) -> str:
    return yaml(
        {
            "layout": "post",
            "title": post.title,
            "date": post.date,
            "last_modified_at": post.updated,
            "description": post.description,
            "tags": post.tags,
            "categories": [post.category] if post.category else None,
            "permalink": permalink(post),
            "lang": post.language,
            "excerpt_separator": MORE,
        },
    )


JEKYLL = Dialect(
    name="jekyll",
    folders=("_posts",),
    file=file,
    front=front,
    flavour=Flavour(code_trigger=re.compile(r"\{[{%]")),  # Liquid comes before Markdown and knows no code
    drafts="_drafts",
    more=MORE,
)
