"""Editions and their feeds: the first one is the blog, the others stand beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from digest.config import Config
from digest.models import Language
from digest.site import routes
from digest.site.facts import PostRow

if TYPE_CHECKING:
    from digest.site.library import Library

ENTRIES = 30
"""Newest posts in a feed."""


@dataclass(frozen=True)
class FeedOf:
    """A feed and what stands in it.

    Attributes:
        routes: of its formats.
        home: the page that it is the feed of.
        posts: newest first.
    """

    routes: dict[str, str]
    title: str
    language: Language
    home: str
    posts: tuple[PostRow, ...]


def edition_title(config: Config, name: str, language: Language) -> str:
    """What readers call an edition in a language: its title; without one, the blog's for the first and its name for another."""
    for place, edition in enumerate(config.editions):
        if edition.name == name:
            return edition.title_in(language) or (name if place else config.site.title)
    return name


def main_feed(config: Config, library: "Library") -> FeedOf:
    """The blog's own feed: each day's first edition, round-ups and posts by hand, in the site's language."""
    found = {"atom": routes.FEED, "rss": routes.RSS, "json": routes.JSON_FEED}
    return FeedOf(found, config.site.title, config.site.language, routes.HOME, _newest(first_editions(library.own_posts)))


def first_editions(posts: Iterable[PostRow]) -> Iterable[PostRow]:
    """Posts of one language without those of a day's other editions."""
    days: set[str] = set()
    for post in posts:
        if post.edition is None or post.day not in days:
            yield post
        if post.edition is not None:
            days.add(post.day)


def edition_feeds(config: Config, library: "Library") -> dict[tuple[str, Language], FeedOf]:
    """A feed for each edition in each language."""
    found: dict[tuple[str, Language], list[PostRow]] = {}
    for post in library.posts:
        if post.edition is not None:
            found.setdefault((post.edition, post.language), []).append(post)
    return {
        (name, language): FeedOf(
            routes=routes.feed_routes(routes.edition_feed(name, None if language == config.site.language else language)),
            title=edition_title(config, name, language),
            language=language,
            home=posts[0].route,
            posts=_newest(posts),
        )
        for (name, language), posts in found.items()
    }


def _newest(posts: Iterable[PostRow]) -> tuple[PostRow, ...]:
    return tuple(islice(posts, ENTRIES))
