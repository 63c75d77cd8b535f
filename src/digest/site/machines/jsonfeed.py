"""JSON feeds with full content (jsonfeed.org/version/1.1)."""

from collections.abc import Sequence
from datetime import date as Date
from functools import lru_cache

from digest.site import cjk
from digest.site.engine import clean
from digest.site.machines import xml
from digest.site.machines.entries import RENDERED, Entry, FeedInfo, midnight
from digest.site.machines.jsontext import compact

MEDIA_TYPE = "application/feed+json"


def entry(e: Entry) -> bytes:
    """An item, in UTF-8, as it stands in every feed."""
    return _rendered(e)


@lru_cache(maxsize=RENDERED)
def _rendered(e: Entry) -> bytes:
    item = {
        "id": clean(e.id),
        "url": clean(e.url),
        "title": clean(e.title),
        "language": cjk.TAGS[e.language],
        "date_published": midnight(e.published, e.timezone),
        "date_modified": midnight(e.changed, e.timezone),
        "authors": [{"name": clean(author)} for author in e.authors],
        "tags": [clean(tag) for tag in e.tags],
        "summary": clean(e.summary),
        "content_html": xml.cleaned(e.content),
    }
    required = ("id", "content_html")
    return compact({key: value for key, value in item.items() if value or key in required}).encode()


def feed(info: FeedInfo, entries: Sequence[bytes], updated: Date) -> bytes:
    """A feed. It has no place for a date of its own.

    Args:
        entries: newest first, each made by `entry`.
        updated: not used; feeds of all formats are made alike.
    """
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": info.title,
        "description": info.subtitle,
        "home_page_url": info.home,
        "feed_url": info.url,
        "language": cjk.TAGS[info.language],
        "authors": [{"name": info.author}],
        "icon": info.icon,
        "favicon": info.icon,
    }
    start = clean(compact({key: value for key, value in head.items() if value or key == "title"})).encode()
    items = [piece for item in entries for piece in (b",\n", item)][1:]
    return b"".join((start[:-1], b',"items":[\n', *items, b"\n]}\n"))
