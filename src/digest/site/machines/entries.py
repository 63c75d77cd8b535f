"""What feeds are made of: entries, and what a feed says of itself."""

import re
from collections.abc import Iterable
from datetime import date as Date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from digest.models import Language
from digest.site.markdown.tree import escaped, unescaped

if TYPE_CHECKING:
    from datetime import datetime

NEVER = Date(1970, 1, 1)
"""The date of a feed without entries, which must have one."""

RENDERED = 256
"""Entries whose bytes are remembered in each format: a post stands in the blog's feed, its edition's and those of its tags."""

_LINK = '<a href="'
_RELATIVE = re.compile(_LINK + r'(?!(?i:https?|mailto):)([^"]*)')
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Entry(NamedTuple):
    """A post in feeds. It is the same in all of them, so that it is rendered once for each format.

    Attributes:
        id: a URL that never changes; by it readers know what they have read.
        url: its page.
        summary: plain text; may be empty.
        html: its content; links that a person wrote may be relative to its page.
        published, updated: their times are 00:00 in the time zone. An update before the publication counts as none.
        timezone: the site's, an IANA name.
    """

    id: str
    url: str
    title: str
    language: Language
    summary: str
    html: str
    published: Date
    updated: Date
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    timezone: str

    @property
    def changed(self) -> Date:
        return max(self.published, self.updated)

    @property
    def content(self) -> str:
        """`html` as it leaves the site, all links absolute."""
        return _RELATIVE.sub(lambda link: _LINK + escaped(urljoin(self.url, unescaped(link[1]))), self.html)


class FeedInfo(NamedTuple):
    """What a feed says of itself.

    Attributes:
        id: a URL that never changes.
        url: of the feed itself, in the format that is made.
        home: the page that it is the feed of.
        author: who signs the entries that name nobody.
        timezone: the site's, an IANA name.
        icon: the URL of the site's icon; empty where it has none.
    """

    id: str
    title: str
    subtitle: str
    url: str
    home: str
    language: Language
    author: str
    timezone: str
    icon: str = ""


class FeedLinks(NamedTuple):
    """Where a feed is found, as routes; a format in which it is not made has an empty one."""

    title: str
    language: Language
    atom: str
    rss: str
    json: str


def newest(entries: Iterable[Entry]) -> Date:
    """The date of a feed: when an entry changed last, whenever the site was built."""
    return max((entry.changed for entry in entries), default=NEVER)


@lru_cache(maxsize=4096)
def midnight(date: Date, timezone: str) -> str:
    """00:00 of a date in a time zone, as RFC 3339 writes it."""
    return f"{date}T00:00:00{_offset(date, timezone, ':')}"


@lru_cache(maxsize=4096)
def rfc822(date: Date, timezone: str) -> str:
    """The same as RFC 822 writes it, with the four digits of the year that RSS allows."""
    day, month = _DAYS[date.weekday()], _MONTHS[date.month - 1]
    return f"{day}, {date.day:02} {month} {date.year:04} 00:00:00 {_offset(date, timezone, '')}"


def _offset(date: Date, timezone: str, colon: str) -> str:
    """The offset from UTC, in whole minutes: before about 1900 zones have seconds, for which neither RFC has a place."""
    offset = _start(date, timezone).utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}{colon}{abs(minutes) % 60:02}"


def _start(date: Date, timezone: str) -> "datetime":
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime(date.year, date.month, date.day, tzinfo=ZoneInfo(timezone))
