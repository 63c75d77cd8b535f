"""Values for tests of what machines read: a post, a feed, rows of lists, and texts that want to break out."""

from datetime import date as Date
from typing import Any

from hypothesis import strategies as st

from digest.site.facts import DayRow, PaperRow, PostRow, SourceRow
from digest.site.machines.entries import Entry, FeedInfo, FeedLinks

SITE = "https://example.org/papers/"
TRICKS = (
    *("]]>", "<![CDATA[", "</script>", "<!--", "-->", "<script>", "&amp;", "&#0;", "&", "<", ">", '"', "'", "\\", "\\u003c"),
    *("\x00", "\x07", "\x1b", "\r\n", "\r", "\t", "\n", "\x7f", "\x85", "\u2028", "\u2029", "\u202e", "\ufffe", "\ud800", "😀"),
    *(
        "{{7*7}}",
        "${x}",
        "](https://evil.example/)",
        "# ",
        "> ",
        "| ",
        "`",
        "中文，标题",
        ";",
        ", ",
        "\u200b",
        "<title>",
        "</item>",
    ),
)
HOSTILE = st.lists(st.sampled_from(TRICKS) | st.text(st.characters(exclude_categories=()), max_size=8), max_size=8).map("".join)
"""Any text at all, with what has a meaning somewhere more often than chance would have it."""


def entry(**fields: Any) -> Entry:
    defaults: dict[str, Any] = {
        "id": f"{SITE}2026-02-18/",
        "url": f"{SITE}2026-02-18/",
        "title": "Papers of 18 February",
        "language": "en",
        "summary": "Five papers, one must-read",
        "html": f'<h2>GLM-5</h2>\n<p>7.13% <a href="{SITE}papers/2602.15763/#v1-s2">¹</a></p>\n',
        "published": Date(2026, 2, 18),
        "updated": Date(2026, 2, 20),
        "tags": ("Agentic RL", "C++"),
        "authors": ("paper-digest",),
        "timezone": "Asia/Shanghai",
    }
    return Entry(**{**defaults, **fields})


def info(**fields: Any) -> FeedInfo:
    defaults: dict[str, Any] = {
        "id": SITE,
        "title": "Daily AI Papers",
        "subtitle": "Every statement with its source",
        "url": f"{SITE}feed.xml",
        "home": SITE,
        "language": "en",
        "author": "paper-digest",
        "timezone": "Asia/Shanghai",
        "icon": f"{SITE}assets/favicon.svg",
    }
    return FeedInfo(**{**defaults, **fields})


FEEDS = (
    FeedLinks("Daily AI Papers", "en", "feed.xml", "rss.xml", "feed.json"),
    FeedLinks("Agentic RL", "en", "directions/agentic-rl/feed.xml", "", ""),
)


def paper_row(**fields: Any) -> PaperRow:
    defaults: dict[str, Any] = {
        "id": "2602.15763",
        "name": "GLM-5",
        "title": "GLM-5: from Vibe Coding to Agentic Engineering",
        "language": "en",
        "stars": 3,
        "blurb": "The method improves accuracy by 7.13%",
        "directions": ("Agentic RL",),
        "tags": ("Reasoning",),
        "categories": ("cs.LG", "cs.CL"),
        "organisation": "Tsinghua University",
        "code": True,
        "code_stars": 1200,
        "full_text": True,
        "day": "2026-02-18",
    }
    return PaperRow(**{**defaults, **fields})


def post_row(**fields: Any) -> PostRow:
    defaults: dict[str, Any] = {
        "file": "2026/2026-02-18-daily-papers.md",
        "name": "2026-02-18-daily-papers",
        "route": "2026-02-18/",
        "edition": "daily-papers",
        "period": None,
        "number": 0,
        "language": "en",
        "day": "2026-02-18",
        "changed": "2026-02-20",
        "title": "Daily AI Papers, 18 February 2026",
        "description": "Sparse attention reaches open weights",
        "tags": ("Agentic RL",),
        "minutes": 7,
    }
    return PostRow(**{**defaults, **fields})


def day_row(**fields: Any) -> DayRow:
    defaults: dict[str, Any] = {
        "day": "2026-02-18",
        "state": "announced",
        "status": "announced",
        "listed_on": "2026-02-18",
        "listed": 300,
        "also": 10,
        "checked": 48,
        "removed": 2,
        "tokens": None,
        "cost": None,
        "currency": "",
        "headline": "Sparse attention reaches open weights",
        "posts": (post_row(),),
        "papers": (paper_row(),),
        "sources": (SourceRow("cs.LG", "announced", 180, "feed", None),),
    }
    return DayRow(**{**defaults, **fields})
