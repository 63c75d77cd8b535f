"""Marks of what is unread: issues by their days, round-ups and notes by themselves."""

from collections.abc import Iterator
from datetime import date as Date
from pathlib import Path
from typing import Any

import pytest

from blogs import add, blog, write
from browser.served import PREFIX, Served, serving
from browser.test_keyboard import opened
from digest.roundups import named_period
from digest.roundups.write import write_roundup
from digest.site import build_site
from fakes import covered, digest

pytestmark = pytest.mark.browser

MARKED = "links => links.filter(link => link.querySelector('.dot')).map(link => link.dataset.day)"
SUNDAY = "2026-02-22"
LATER = "2999-01-01"
"""When a note is dated, which its author may do."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Three issues, a round-up of their week, which is dated its Sunday, and a note from the future."""
    folder: Path = tmp_path_factory.mktemp("unread")
    config = blog(folder, "roundups: [week]")
    for day in (17, 18, 19):
        add(config, digest(covered(f"2602.000{day}", stars=3), date=Date(2026, 2, day)))
    write(config, "posts/note.md", f"---\ntitle: Note\npublished: {LATER}\n---\n")
    week = named_period("2026-W08")
    assert week
    write_roundup(config, week, Date(2026, 2, 23))
    build_site(config)
    with serving("unread", config.path("output")) as served:
        yield served


def marked(page: Any) -> list[str]:
    found: list[str] = page.locator("main a[data-day]").evaluate_all(MARKED)
    return found


def until_read(page: Any) -> str:
    found: str = page.evaluate(f"JSON.parse(localStorage.getItem('read:{PREFIX}')).until")
    return found


def test_the_newest_issue_is_unread_at_first_whatever_a_note_is_dated(chromium: Any, site: Served) -> None:
    with opened(chromium, site, "index.html") as page:
        assert until_read(page) == "2026-02-18"
        assert marked(page) == ["2026-02-19", SUNDAY, LATER]


def test_all_is_read_up_to_the_newest_issue_and_the_notes_shown(chromium: Any, site: Served) -> None:
    with opened(chromium, site, "index.html") as page:
        page.locator("[data-action=read]").click()
        assert until_read(page) == "2026-02-19"
        assert marked(page) == []
        page.reload()
        assert marked(page) == [] and page.locator("[data-action=read]").is_hidden()
