"""The Atom feed (RFC 4287), the sitemap (sitemaps.org) and robots.txt."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import date as Date
from datetime import datetime
from zoneinfo import ZoneInfo

from digest.config import Config
from digest.site import cjk, routes
from digest.site.editions import Feed
from digest.site.engine import clean
from digest.site.load import Post
from digest.site.pages import Pages

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_BEFORE_ALL = Date(1970, 1, 1)


def feeds(config: Config, pages: Pages) -> dict[str, bytes]:
    """All feeds by their routes: the blog's, and one for each edition in each language."""
    return {feed.route: atom(feed, config, pages) for feed in (pages.main_feed, *pages.edition_feeds.values())}


def atom(shown: Feed, config: Config, pages: Pages) -> bytes:
    """A feed with full content, dated by the records alone. An entry has the same id in every feed that it stands in."""
    site = config.site
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": cjk.TAGS[shown.language]})
    latest = max((pages.updated(post) for post in shown.posts), default=_BEFORE_ALL)
    address = routes.absolute(site.url, shown.route)
    _text(feed, "id", site.url if shown.route == routes.FEED else address)
    _text(feed, "title", shown.title)
    _text(feed, "subtitle", site.description)
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": address})
    home = routes.absolute(site.url, shown.home)
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": home})
    _text(feed, "updated", midnight(latest, site.timezone))
    _text(ET.SubElement(feed, "author"), "name", site.author)
    for post in shown.posts:
        _entry(feed, post, config, pages)
    return _bytes(feed)


def _entry(feed: ET.Element, post: Post, config: Config, pages: Pages) -> None:
    url = routes.absolute(config.site.url, post.route)
    entry = ET.SubElement(feed, "entry")
    _text(entry, "id", url)
    _text(entry, "title", post.title)
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": url})
    _text(entry, "published", midnight(post.date, config.site.timezone))
    _text(entry, "updated", midnight(pages.updated(post), config.site.timezone))
    for tag in post.tags:
        ET.SubElement(entry, "category", {"term": clean(tag)})
    if post.description:
        _text(entry, "summary", post.description)
    content = _text(entry, "content", pages.feed_html(post))
    content.set("type", "html")


def sitemap(config: Config, entries: Iterable[tuple[str, Date | None]]) -> bytes:
    """The sitemap of these routes, each with the date of its content where that is known."""
    root = ET.Element("urlset", {"xmlns": _SITEMAP})
    for route, date in entries:
        url = ET.SubElement(root, "url")
        _text(url, "loc", routes.absolute(config.site.url, route))
        if date:
            _text(url, "lastmod", str(date))
    return _bytes(root)


def robots(config: Config) -> bytes:
    """robots.txt (RFC 9309): everything may be read."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {config.site.url}sitemap.xml\n".encode()


def midnight(date: Date, timezone: str) -> str:
    """00:00 of a date in a time zone, as RFC 3339 writes it."""
    return datetime(date.year, date.month, date.day, tzinfo=ZoneInfo(timezone)).isoformat()


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = clean(text)
    return element


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"
