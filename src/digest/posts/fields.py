"""The front matter of a post: Fuwari's fields (src/content/config.ts of saicaca/fuwari), which our own site reads too."""

from collections.abc import Iterable

from digest.posts.frontmatter import Value
from digest.posts.post_view import PostView, commonest

MAX_TAGS = 6


def fields(post: PostView) -> dict[str, Value]:
    """The fields of a post, in order. `updated` stands there only when the day was revised."""
    date, revised = post.day.date, post.day.digest.revised
    updated: dict[str, Value] = {"updated": max(revised)} if revised else {}
    return {
        "title": post.label("post.title", title=post.title, year=date.year, month=date.month, day=date.day),
        "published": date,
        **updated,
        "description": post.overview.headline,
        "tags": tags(post),
        "category": post.settings.category,
        "draft": post.draft,
        "lang": post.label.language,
    }


def tags(post: PostView) -> list[str]:
    """The edition's tags, the day's directions, then its commonest tags."""
    common = commonest(tag for paper in post.papers for tag in paper.card.meta.tags)
    return different([*post.settings.tags, *post.directions, *common])[:MAX_TAGS]


def different(names: Iterable[str]) -> list[str]:
    """Names once each, whatever their case."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(name.casefold(), name)
    return list(seen.values())
