"""AstroPaper, an Astro theme: the schema of src/content.config.ts in satnaing/astro-paper.

Posts are in src/data/blog in version 5, in src/content/posts in version 6 (its wiki, "Writing Posts"), in src/content/blog
before. Their dates are times, shown in the post's `timezone`; until then a post is hidden.
"""

from digest.posts.dialects.astro import FLAVOUR
from digest.posts.dialects.base import Dialect, Post, dashed, yaml


def front(post: Post) -> str:
    return yaml(
        {
            "author": post.config.site.author,
            "pubDatetime": post.midnight(post.date),
            "modDatetime": post.midnight(post.updated) if post.updated else None,
            "title": post.title,
            "description": post.description or post.title,  # required
            "tags": post.tags,
            "draft": post.draft,
            "timezone": post.config.site.timezone,
            "lang": post.language,
        },
    )


ASTROPAPER = Dialect(
    name="astropaper",
    folders=("src/data/blog", "src/content/posts", "src/content/blog"),
    file=dashed,
    front=front,
    flavour=FLAVOUR,
)
