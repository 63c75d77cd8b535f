"""What is folded away is there for who follows a link to it, and for who prints."""

import io
import re
import unicodedata
from typing import Any

import pytest

from browser.chromium import until
from browser.served import Served, kind
from browser.test_keyboard import opened

pytestmark = pytest.mark.browser

SENTENCES = """() => [...document.querySelectorAll('main details:not([open]) [id]')].map(e => e.id)"""
FOLDED = """() => [...document.querySelectorAll('main details:not([open])')]
  .filter(e => !e.parentElement.closest('details') && !e.querySelector('nav, pre'))
  .map(e => [...e.children].filter(c => c.localName !== 'summary').map(c => c.innerText || c.textContent).join(' '))"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("name", ["demo", "extremes"])
def test_a_link_to_a_sentence_in_closed_details_shows_it(
    name: str, scripts: bool, chromium: Any, sites: dict[str, Served]
) -> None:
    site = sites[name]
    paper = site.first("papers *")
    assert paper
    with opened(chromium, site, paper, java_script_enabled=scripts) as page:
        ids = page.evaluate(SENTENCES)
    if not ids:
        pytest.skip("nothing with an id is folded away")
    for found in (ids[0], ids[-1]):
        with opened(chromium, site, paper, found, java_script_enabled=scripts) as page:
            until(page, f"document.getElementById({found!r}).checkVisibility()")
            box = page.locator(f"[id={found!r}]").bounding_box()
            assert 0 <= box["y"] < 900, f"{found} is at {box['y']:.0f} px of 900"


def test_the_sentence_behind_a_claim_of_a_digest_is_shown_at_the_other_end(chromium: Any, sites: dict[str, Served]) -> None:
    with opened(chromium, sites["demo"], "2026-02-16/index.html") as page:
        link = page.evaluate(
            "[...document.querySelectorAll('main a')].map(a => a.href).find(h => /papers\\/[^/]+\\/.*#/.test(h))"
        )
        assert link, "no claim leads to its sentence"
        page.goto(link)
        until(page, "document.getElementById(decodeURIComponent(location.hash.slice(1)))?.checkVisibility()")


def _letters(text: str) -> str:
    """Letters and digits: a PDF gives line ends, ligatures and hyphens of its own."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("wanted", ["digest", "papers *"])
def test_paper_shows_what_the_screen_folds_away(wanted: str, scripts: bool, chromium: Any, sites: dict[str, Served]) -> None:
    from pypdf import PdfReader

    site = sites["demo"]
    names = [name for name in site.shown if kind(name) == wanted]
    assert names
    for name in names:
        with opened(chromium, site, name, java_script_enabled=scripts) as page:
            folded = page.evaluate(FOLDED)
            data = page.pdf(format="A4")
        printed = _letters("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(data)).pages))
        missing = [text[:80] for text in folded if not _is_in(text, printed)]
        assert not missing, f"{name}: {missing}"


def _is_in(text: str, printed: str) -> bool:
    """Whether nearly all of a text was printed: its words, wherever lines and columns put them."""
    words = [_letters(word) for word in text.split()]
    long = [word[:12] for word in words if len(word) >= 4]
    return not long or sum(word in printed for word in long) >= 0.8 * len(long)
