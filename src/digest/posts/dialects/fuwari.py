"""Fuwari, an Astro theme: the fields of src/content/config.ts in saicaca/fuwari, which has a schema of its own for posts.

Its remark plugins make formulas of what stands between dollars and elements of `:name`.
"""

from digest.posts.dialects.base import Dialect, Post, dashed, yaml
from digest.posts.dialects.flavour import Flavour


def front(post: Post) -> str:
    return yaml(
        {
            "title": post.title,
            "published": post.date,
            "updated": post.updated,
            "description": post.description,
            "tags": post.tags,
            "category": post.category,
            "draft": post.draft,
            "lang": post.language,
        },
    )


FUWARI = Dialect(
    name="fuwari",
    folders=("src/content/posts",),
    file=dashed,
    front=front,
    flavour=Flavour(escape="backslash", formulas="dollars", indent=4, hard_break="\\\n", seams=True),
)
