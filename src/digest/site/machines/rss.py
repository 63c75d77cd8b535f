"""RSS 2.0 feeds with full content, by the profile of the RSS Advisory Board (rssboard.org/rss-profile)."""

from collections.abc import Sequence
from datetime import date as Date
from functools import lru_cache

from digest.site import cjk
from digest.site.machines import xml
from digest.site.machines.entries import RENDERED, Entry, FeedInfo, rfc822

MEDIA_TYPE = "application/rss+xml"


def entry(e: Entry) -> bytes:
    """An item, in UTF-8, as it stands in every feed. RSS has no place for the date of a change."""
    return _rendered(e)


@lru_cache(maxsize=RENDERED)
def _rendered(e: Entry) -> bytes:
    lines = [
        "<item>",
        f"<title>{_plain(e.title)}</title>",
        f"<link>{_plain(e.url)}</link>",
        f'<guid isPermaLink="{"true" if e.id == e.url else "false"}">{_plain(e.id)}</guid>',
        f"<pubDate>{rfc822(e.published, e.timezone)}</pubDate>",
        *(f"<dc:creator>{_plain(author)}</dc:creator>" for author in e.authors),
        *(f"<category>{_plain(tag)}</category>" for tag in e.tags),
    ]
    if e.summary:
        # Alone of all elements this one holds HTML, also where it is a plain text: it is escaped for HTML, then for XML.
        lines.append(f"<description>{_plain(xml.text(e.summary))}</description>")
    lines.append(f"<content:encoded>{xml.cdata(e.content)}</content:encoded>\n</item>\n")
    return "\n".join(lines).encode()


def feed(info: FeedInfo, entries: Sequence[bytes], updated: Date) -> bytes:
    """A feed.

    Args:
        entries: newest first, each made by `entry`.
        updated: when one of them changed last.
    """
    head = (
        f"{xml.DECLARATION}"
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n'
        f"<title>{_plain(info.title)}</title>\n"
        f"<link>{_plain(info.home)}</link>\n"
        f"<description>{_plain(info.subtitle or info.title)}</description>\n"
        f"<language>{cjk.TAGS[info.language].lower()}</language>\n"
        f'<atom:link rel="self" type="{MEDIA_TYPE}" href="{xml.attribute(info.url)}"/>\n'
        f"<lastBuildDate>{rfc822(updated, info.timezone)}</lastBuildDate>\n"
        f"<dc:creator>{_plain(info.author)}</dc:creator>\n"
        "<generator>paper-digest</generator>\n"
        "<docs>https://www.rssboard.org/rss-specification</docs>\n"
    )
    return b"".join((head.encode(), *entries, b"</channel>\n</rss>\n"))


def _plain(text: str) -> str:
    """A plain text. The profile wants numbers for & and <, because readers that decode twice leave them alone."""
    return xml.text(text).replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;").replace("&gt;", "&#x3E;")
