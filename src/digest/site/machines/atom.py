"""Atom feeds (RFC 4287) with full content."""

from collections.abc import Sequence
from datetime import date as Date
from functools import lru_cache

from digest.site import cjk
from digest.site.machines import xml
from digest.site.machines.entries import RENDERED, Entry, FeedInfo, midnight

MEDIA_TYPE = "application/atom+xml"


def entry(e: Entry) -> bytes:
    """An entry, in UTF-8, as it stands in every feed."""
    return _rendered(e)


@lru_cache(maxsize=RENDERED)
def _rendered(e: Entry) -> bytes:
    lines = [
        f'<entry xml:lang="{cjk.TAGS[e.language]}">',
        f"<id>{xml.text(e.id)}</id>",
        f"<title>{xml.text(e.title)}</title>",
        f'<link rel="alternate" type="text/html" href="{xml.attribute(e.url)}"/>',
        f"<published>{midnight(e.published, e.timezone)}</published>",
        f"<updated>{midnight(e.changed, e.timezone)}</updated>",
        *(f"<author><name>{xml.text(author)}</name></author>" for author in e.authors),
        *(f'<category term="{xml.attribute(tag)}"/>' for tag in e.tags),
    ]
    if e.summary:
        lines.append(f"<summary>{xml.text(e.summary)}</summary>")
    lines.append(f'<content type="html">{xml.cdata(e.content)}</content>\n</entry>\n')
    return "\n".join(lines).encode()


def feed(info: FeedInfo, entries: Sequence[bytes], updated: Date) -> bytes:
    """A feed.

    Args:
        entries: newest first, each made by `entry`.
        updated: when one of them changed last.
    """
    icon = f"<icon>{xml.text(info.icon)}</icon>\n" if info.icon else ""
    head = (
        f"{xml.DECLARATION}"
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{cjk.TAGS[info.language]}">\n'
        f"<id>{xml.text(info.id)}</id>\n"
        f"<title>{xml.text(info.title)}</title>\n"
        f"<subtitle>{xml.text(info.subtitle)}</subtitle>\n"
        f'<link rel="self" type="{MEDIA_TYPE}" href="{xml.attribute(info.url)}"/>\n'
        f'<link rel="alternate" type="text/html" href="{xml.attribute(info.home)}"/>\n'
        f"<updated>{midnight(updated, info.timezone)}</updated>\n"
        f"<author><name>{xml.text(info.author)}</name></author>\n"
        f"<generator>paper-digest</generator>\n{icon}"
    )
    return b"".join((head.encode(), *entries, b"</feed>\n"))
