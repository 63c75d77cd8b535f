"""Feeds as others' readers see them: Atom, RSS and JSON Feed, whatever their names."""

import json
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

import feedparser
import html5rdf

from sitecheck.site import Fault, Site

_ROOTS = {"{http://www.w3.org/2005/Atom}feed", "rss"}
_TIMES = {"published": "published", "modified": "updated"}
_NEVER = {"script", "style", "iframe", "object", "embed", "form", "input", "button", "link", "meta", "base"}


def feeds(site: Site) -> Iterator[Fault]:
    """Every feed is well-formed, complete, and its links lead somewhere; its HTML holds nothing that a reader would refuse."""
    for name in sorted(site.files):
        if name.endswith(".xml"):
            yield from (Fault(name, "feeds", what) for what in _xml(site, name))
        elif name.endswith(".json"):
            yield from (Fault(name, "feeds", what) for what in _json(site, name))


def _xml(site: Site, name: str) -> Iterator[str]:
    data = site.read(name)
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        yield f"not well-formed: {error}"
        return
    if root.tag not in _ROOTS:
        return
    # A string would be taken for a file or an address.
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if found.bozo:
        yield f"feedparser: {found.get('bozo_exception')}"
    yield from _head(
        site, name, found.feed.get("title"), [(link.get("rel"), link.get("href", "")) for link in found.feed.get("links", ())]
    )
    yield from _entries(site, [_entry(entry) for entry in found.entries])


def _entry(entry: Any) -> dict[str, Any]:
    content = entry.content[0].value if entry.get("content") else entry.get("summary", "")
    # Asked for without being there, `updated_parsed` gives `published_parsed` and a warning.
    times = {key: entry[f"{name}_parsed"] for key, name in _TIMES.items() if f"{name}_parsed" in entry}
    times.setdefault("modified", times.get("published"))
    return {
        "id": entry.get("id"),
        "url": entry.get("link"),
        "title": entry.get("title"),
        "html": content,
        "published": None,
    } | times


def _json(site: Site, name: str) -> Iterator[str]:
    try:
        found = json.loads(site.read(name))
    except ValueError:
        return  # the check of JSON says so
    if not isinstance(found, dict) or "jsonfeed.org/version/" not in str(found.get("version")):
        return
    links = [("self", found.get("feed_url", "")), ("alternate", found.get("home_page_url", ""))]
    yield from _head(site, name, found.get("title"), links)
    items = found.get("items", [])
    dates = ("date_published", "date_modified")
    for item in items:
        yield from (f"{item.get('id')}: {d} {item[d]!r}" for d in dates if d in item and not _is_time(item[d]))
    entries = [
        {"html": item.get("content_html") or "", "title": item.get("title"), "id": item.get("id"), "url": item.get("url")}
        for item in items
    ]
    times = [
        {"published": item.get("date_published"), "modified": item.get("date_modified") or item.get("date_published")}
        for item in items
    ]
    yield from _entries(site, [entry | time for entry, time in zip(entries, times, strict=True)])


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _head(site: Site, name: str, title: str | None, links: list[tuple[str | None, str]]) -> Iterator[str]:
    if not title:
        yield "no title"
    selves = [href for relation, href in links if relation == "self"]
    if selves != [site.url + quote(name)]:
        yield f"says that it stands at {selves}"
    yield from (f"{href}: {why}" for _, href in links if site.is_inside(href) and (why := site.why_not(href)))
    yield from (f"{href} is not https" for _, href in links if not href.startswith("https://"))


def _entries(site: Site, entries: list[dict[str, Any]]) -> Iterator[str]:
    for found, times in Counter(entry["id"] for entry in entries).items():
        if times > 1:
            yield f"the id {found} {times} times"
    for entry in entries:
        missing = [key for key in ("id", "url", "title", "modified") if not entry.get(key)]
        if missing:
            yield f"an entry without {' and '.join(missing)}: {entry['id'] or entry['title']}"
        if entry["published"] and entry["modified"] and entry["published"] > entry["modified"]:
            yield f"{entry['id']} was changed before it was published"
        if entry["url"] and (not site.is_inside(entry["url"]) or (why := site.why_not(entry["url"]))):
            yield f"{entry['url']}: {why if site.is_inside(entry['url']) else 'is not of this site'}"
        yield from (f"{entry['id']}: {what}" for what in _content(site, entry["html"]))


def _content(site: Site, html: str) -> Iterator[str]:
    parser = html5rdf.HTMLParser(namespaceHTMLElements=False)
    root = parser.parseFragment(html)
    yield from (f"html: {code} {values or ''}" for _, code, values in parser.errors)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _NEVER:
            yield f"<{element.tag}>"
        bad = [key for key in element.attrib if isinstance(key, str) and (key == "style" or key.startswith("on"))]
        yield from (f"{key} of <{element.tag}>" for key in bad)
        for key in ("href", "src"):
            link = element.get(key)
            if link is None:
                continue
            if not link.startswith(("https://", "mailto:")):
                yield f"{link}: not a whole https address"
            elif site.is_inside(link) and (why := site.why_not(link)):
                yield f"{link}: {why}"
