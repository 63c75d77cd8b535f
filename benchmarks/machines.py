"""What the files for machines cost, in CPU milliseconds each: feeds, structured data, the API, sitemaps.

    python benchmarks/machines.py BLOG [--days 60]

BLOG is one that `corpus.py` made. Reading it is not measured.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date as Date
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from digest.config import load
from digest.models import CoveredPaper, Digest
from digest.site.facts import PaperRow
from digest.site.machines import api, atom, jsonfeed, rss, sitemap, structured
from digest.site.machines.entries import Entry, FeedInfo

URL, ZONE = "https://example.org/papers/", "Asia/Shanghai"
INFO = FeedInfo(URL, "Papers", "Every statement with its source", f"{URL}feed.xml", URL, "en", "paper-digest", ZONE)
ENTRIES = 30
"""Posts in the blog's feed."""


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("blog", type=Path)
    parser.add_argument("--days", type=int, default=60)
    given = parser.parse_args(arguments)
    config = load(given.blog / "config.yaml", {})
    paths = sorted(config.path("records").glob("*/*.json"))[-given.days :]
    digests = [Digest.model_validate_json(path.read_bytes()) for path in paths]
    entries = [_entry(digest.date, next(config.path("posts").glob(f"*/{digest.date}-*.md"))) for digest in digests]
    papers = [paper for digest in digests for paper in digest.papers if paper.cards]
    print(f"{len(digests)} digests of {sum(len(e.html) for e in entries) // len(entries):,} characters, {len(papers)} papers\n")
    _feeds(entries)
    _structured(entries, papers)
    _lists(digests)


def _feeds(entries: list[Entry]) -> None:
    measure("an entry in all three formats", lambda e: (atom.entry(e), rss.entry(e), jsonfeed.entry(e)), entries)
    for made in (atom, rss, jsonfeed):
        name = made.__name__.rpartition(".")[2]
        rendered = [made.entry(entry) for entry in entries[:ENTRIES]]
        measure(
            f"{name}: a feed of {len(rendered)} rendered entries",
            lambda _, m=made, r=rendered: m.feed(INFO, r, Date.max),
            range(50),
        )


def _structured(entries: list[Entry], papers: list[CoveredPaper]) -> None:
    trail = structured.breadcrumbs([("Papers", URL), ("This one", f"{URL}papers/2602.15763/")])
    about = [(f"A title of a paper {n}", f"{URL}papers/2602.0000{n}/") for n in range(8)]
    measure("tags of a paper, names parted for the first time", structured.citation_meta, papers)
    measure("tags of a paper, names parted before", structured.citation_meta, papers)
    measure("data block of a paper", lambda p: structured.data_block(structured.scholarly_article(p, URL, "en"), trail), papers)
    measure("data block of a digest", lambda e: structured.data_block(structured.blog_posting(e, INFO, about), trail), entries)


def _lists(digests: list[Digest]) -> None:
    rows = [_row(digest, paper) for digest in digests for paper in digest.papers if paper.cards][:180]
    listed = [sitemap.Listed(f"papers/2602.{n:05}/", "2026-02-18") for n in range(2500)]
    measure(f"API: a month of {len(rows)} papers", lambda _: api.papers("2026-02", rows), range(20))
    measure(f"sitemap of {len(listed)} pages", lambda _: sitemap.urlset(URL, listed), range(10))


def measure(name: str, make: Callable[[Any], object], values: Iterable[object]) -> None:
    values = list(values)
    start = time.process_time()
    for value in values:
        make(value)
    print(f"{(time.process_time() - start) / len(values) * 1000:8.3f} ms  {name}")


def _entry(date: Date, path: Path) -> Entry:
    html = MarkdownIt().enable("table").render(path.read_text(encoding="utf-8").split("---", 2)[2])
    url = f"{URL}{date}/"
    return Entry(url, url, f"Papers of {date}", "en", "What the day brought", html, date, date, ("RL",), ("paper-digest",), ZONE)


def _row(digest: Digest, covered: CoveredPaper) -> PaperRow:
    paper, card = covered.paper, covered.card_in("en")
    told, organisation = card.meta.tldr.text if card.meta.tldr else "", paper.organisation or ""
    lists = (card.meta.directions, card.meta.tags, paper.categories)
    known = (organisation, bool(paper.links.code), paper.stars, True, str(digest.date))
    return PaperRow(paper.id, covered.name_in("en"), paper.title, "en", covered.assessment.stars, told, *lists, *known)


if __name__ == "__main__":
    main(sys.argv[1:])
