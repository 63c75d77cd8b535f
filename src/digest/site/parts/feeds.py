"""The feeds of the blog and of its editions."""

from collections.abc import Iterable, Iterator
from functools import partial

from digest.site import routes
from digest.site.editions import FeedOf
from digest.site.marks import mark_of
from digest.site.parts.base import Part, Site
from digest.site.routes import File


def parts(site: Site) -> Iterator[Part]:
    """A part for each feed, in all its formats."""
    for feed in site.feeds.all:
        marks = [(post, site.library.unit_of(post).mark, site.refs_key(site.library.unit_of(post).refs)) for post in feed.posts]
        yield Part(f"feed/{feed.routes['atom']}", mark_of(feed.title, feed.home, marks), partial(_make, site, feed))


def _make(site: Site, feed: FeedOf) -> Iterable[File]:
    url = site.config.site.url
    home = routes.absolute(url, feed.home)
    own = home if feed.home == routes.HOME else routes.absolute(url, feed.routes["atom"])
    info = site.feeds.info._replace(id=own, title=feed.title, home=home, language=feed.language)
    yield from site.feeds.files(info, feed.routes, [site.feeds.entry_of(post) for post in feed.posts])
