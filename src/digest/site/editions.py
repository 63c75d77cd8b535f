"""Editions and their feeds: the first one is the blog, the others stand beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from digest.config import Config
from digest.models import Language
from digest.site import routes
from digest.site.load import Content, Post

ENTRIES = 30
"""Newest posts in a feed."""


@dataclass(frozen=True)
class Feed:
    """A feed and what stands in it.

    Attributes:
        home: the page that it is the feed of.
        posts: newest first.
    """

    route: str
    title: str
    language: Language
    home: str
    posts: tuple[Post, ...]


def edition_title(config: Config, name: str, language: Language) -> str:
    """What readers call an edition in a language: its title; without one, the blog's for the first and its name for another."""
    for place, edition in enumerate(config.editions):
        if edition.name == name:
            return edition.title_in(language) or (name if place else config.site.title)
    return name


def main_feed(config: Config, content: Content) -> Feed:
    """The blog's own feed: each day's first edition, round-ups and posts by hand, in the site's language."""
    language = config.site.language
    own = (post for post in content.posts if post.language == language)
    shown = (post for post in own if post.edition is None or content.posts_of(post.date, language)[0] is post)
    return Feed(routes.FEED, config.site.title, language, routes.HOME, _newest(shown))


def edition_feeds(config: Config, content: Content) -> dict[tuple[str, Language], Feed]:
    """A feed for each edition in each language."""
    found: dict[tuple[str, Language], list[Post]] = {}
    for post in content.posts:
        if post.edition is not None:
            found.setdefault((post.edition, post.language), []).append(post)
    return {
        (name, language): Feed(
            route=routes.feed_route(name, None if language == config.site.language else language),
            title=edition_title(config, name, language),
            language=language,
            home=posts[0].route,
            posts=_newest(iter(posts)),
        )
        for (name, language), posts in found.items()
    }


def _newest(posts: Iterator[Post]) -> tuple[Post, ...]:
    return tuple(post for post, _ in zip(posts, range(ENTRIES), strict=False))
