"""Hugo: gohugo.io/content-management/front-matter, content-management/multilingual, content-management/summaries.

A date without a time is 00:00 in the site's timeZone, UTC unless it is set, and never in the future then. Hugo drops raw
HTML. It reads a language from a file's name; where no languages are configured it takes `x.md` and `x.en.md` for one page
and shows only one of them, so that the other language is in the name twice: `x-en.en.md`.
"""

import re

from digest.posts.dialects.base import Dialect, Post, yaml
from digest.posts.dialects.flavour import Flavour


def file(post: Post) -> str:
    return f"{post.stem}.md" if post.is_in_site_language else f"{post.name('-')}.{post.language}.md"


def front(post: Post) -> str:
    return yaml(
        {
            "title": post.title,
            "date": post.date,
            "lastmod": post.updated,
            "description": post.description,
            "tags": post.tags,
            "categories": [post.category] if post.category else None,
            "draft": post.draft,
            "translationKey": post.stem if len(post.config.languages) > 1 else None,
        },
    )


HUGO = Dialect(
    name="hugo",
    folders=("content/posts",),
    file=file,
    front=front,
    # Shortcodes are looked for in code, too, and the first <!--more--> anywhere ends the summary.
    flavour=Flavour(html=False, code_trigger=re.compile(r"\{\{[<%]|<!--\s*more")),
    more="<!--more-->",
)
