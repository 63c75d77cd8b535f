"""Hexo: hexo.io/docs/front-matter, hexo.io/docs/writing#Drafts.

`draft: true` is no field of it; drafts have a folder. A date without a time is 00:00 in the blog's `timezone`. Its renderer
makes a line break of every end of a line.
"""

from digest.posts.dialects.base import Dialect, Post, dashed, yaml
from digest.posts.dialects.flavour import Flavour


def front(post: Post) -> str:
    return yaml(
        {
            "title": post.title,
            "date": post.date,
            "updated": post.updated,
            "description": post.description,
            "tags": post.tags,
            "categories": [post.category] if post.category else None,
            "lang": post.language,
        },
    )


HEXO = Dialect(
    name="hexo",
    folders=("source/_posts",),
    file=dashed,
    front=front,
    flavour=Flavour(soft_break=" "),
    drafts="source/_drafts",
    more="<!-- more -->",
)
