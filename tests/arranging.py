"""Posts as arranged for their pages, and what such a page shows, for tests."""

import re
from collections.abc import Iterator
from datetime import date as Date
from functools import cache
from pathlib import Path
from typing import get_args

import yaml

from digest.config import Layout
from digest.labels import Labels, load_labels
from digest.models import Language
from digest.site.arranged.arrange import arrange
from digest.site.arranged.page import Arranged, Entry
from digest.site.arranged.pieces import plain
from digest.site.markdown import Markdown

URL = "https://papers.example.org/"
GOLDEN = Path(__file__).resolve().parent / "golden"
LAYOUTS, LANGUAGES = get_args(Layout), get_args(Language)
DAY = Date(2026, 2, 18)
PAPER = "papers/2602.15620/"


class Places:
    """A site that has every page, with every anchor."""

    def __contains__(self, route: object) -> bool:
        return str(route).endswith("/") and not str(route).endswith("//")

    def __getitem__(self, route: str) -> None:
        return None


@cache
def labels(language: Language = "en") -> Labels:
    return load_labels(language)


def read(
    text: str, language: Language = "en", *, words: Labels | None = None, title: str = "", day: Date | None = None
) -> Arranged:
    body = Markdown(URL, Places()).parse(text, language=language)
    return arrange(body, words or labels(language), title=title, day=day)


def golden(layout: str, language: Language) -> Arranged:
    front, text = front_matter(layout, language)
    return read(text, language, title=front["title"], day=DAY)


def front_matter(name: str, language: Language) -> tuple[dict[str, str], str]:
    _, front, text = (GOLDEN / f"{name}.{language}.md").read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), text


def texts(page: Arranged) -> Iterator[str]:
    """Everything that a page shows, the contents aside as far as they only repeat titles."""
    yield from (*page.facts, *(notice.html for notice in page.notices))
    yield from (page.opening, page.contents, page.must_read, page.intro, page.signature)
    titles = {entry.anchor: plain(entry.title) for entry in page.entries}
    for row in page.told:
        yield from (row.name, row.text) if plain(row.name) != titles[row.anchor] else (row.text,)
    for part in (*page.main, *page.folded):
        yield from (part.title, part.shown, part.folded) if isinstance(part, Entry) else (part.html,)


def words(*pieces: str) -> list[str]:
    return re.findall(r"\w+", plain(re.sub(r"<[^>]*>", " ", " ".join(pieces))))


def card(*lines: str, number: int = 1, title: str = "A Paper") -> str:
    body = "\n\n".join(lines)
    return f"## The papers\n\n### {number}. {title}\n\n{body}\n\n[arXiv](https://arxiv.org/abs/2602.15620)\n"


def only(page: Arranged) -> Entry:
    (found,) = page.entries
    return found
