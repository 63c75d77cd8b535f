"""Quarto: quarto.org/docs/websites/website-blog.html, quarto.org/docs/reference/formats/html.html, pandoc.org/MANUAL.html.

Its categories are what others call tags. Strings of the front matter are Markdown to Pandoc. This has citations (`@key`),
raw TeX, formulas between dollars, subscripts and superscripts; three hyphens may begin metadata anywhere. A list item that
begins with `[x] ` is a task to it after entities are read. Shortcodes are looked for in code, too.
"""

import re

from digest.posts.dialects.base import Dialect, Post, dashed, yaml
from digest.posts.dialects.flavour import Flavour

FLAVOUR = Flavour(formulas="dollars", indent=4, tasks=True, code_trigger=re.compile(r"\{\{<"))


def front(post: Post) -> str:
    return yaml(
        {
            "title": FLAVOUR.literal(post.title, line_start=True),
            "date": post.date,
            "date-modified": post.updated,
            "description": FLAVOUR.literal(post.description, line_start=True),
            "categories": [FLAVOUR.literal(word, line_start=True) for word in post.tags],
            "category": FLAVOUR.literal(post.category, line_start=True),
            "draft": post.draft,
            "lang": post.language,
        },
    )


QUARTO = Dialect(name="quarto", folders=("posts",), file=dashed, front=front, flavour=FLAVOUR)
