"""Nikola: getnikola.com/handbook.html#metadata-fields, nikola/metadata_extractors.py, nikola/post.py.

Its own metadata, `.. name: value` in a comment: YAML would want a package that its installation does not bring. Two tags
whose names give one address (`C` and `C#`, `deep rl` and `Deep RL`) end the build, in different posts, too. Shortcodes
are looked for in code as well.
"""

import re

from digest.posts.dialects.base import Dialect, Post
from digest.posts.dialects.flavour import SEAM, Flavour

_LANGUAGES = {"zh": "zh_cn", "en": "en"}
"""Languages as Nikola names them."""
_DROPPED = re.compile(r"[^+\w\s-]")
_HYPHENS = re.compile(r"[-\s]+")


def file(post: Post) -> str:
    return f"{post.stem}.md" if post.is_in_site_language else f"{post.stem}.{_LANGUAGES[post.language]}.md"


def front(post: Post) -> str:
    values = {
        "title": post.title,
        "slug": post.name("-"),
        "date": str(post.date),
        "updated": str(post.updated) if post.updated else "",
        "tags": ", ".join(tags(post)),
        "category": post.category,
        "description": post.description,
        "type": "text",
        "status": "draft" if post.draft else "",
    }
    return "\n".join(["<!--", *(f".. {name}: {value}" for name, value in values.items() if value), "-->", "", ""])


def tags(post: Post) -> list[str]:
    """The tags that have addresses of their own; a comma would part one in two."""
    found = {tag_slug(tag): " ".join(tag.replace(",", " ").split()) for tag in reversed(post.tags)}
    return [tag for slug, tag in reversed(found.items()) if slug]


def tag_slug(tag: str) -> str:
    """What a tag's address is made of (nikola.utils.slugify, without its transliteration)."""
    return _HYPHENS.sub("-", _DROPPED.sub("", tag).strip().lower())


NIKOLA = Dialect(
    name="nikola",
    folders=("posts",),
    file=file,
    front=front,
    flavour=Flavour(strike=("<del>", "</del>"), nested_fences=False, list_break=SEAM, code_trigger=re.compile(r"\{\{%")),
    more="<!-- TEASER_END -->",
    one_tag=tag_slug,
)
