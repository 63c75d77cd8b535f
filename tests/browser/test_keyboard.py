"""Without a mouse: everything can be reached and seen, and the keys that the help names do what it says."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from browser.chromium import ask, open_page, until
from browser.served import Served

pytestmark = pytest.mark.browser

MANY = 400
"""Links of a page that is walked through from end to end; a longer one repeats what shorter ones of its kind have."""


@contextmanager
def opened(chromium: Any, site: Served, name: str, fragment: str = "", *, width: int = 1440, **options: Any) -> Iterator[Any]:
    context = chromium.new_context(reduced_motion="reduce", **options)
    try:
        yield open_page(context, site, name, fragment, width=width)
    finally:
        context.close()


def scripted(site: Served) -> Served:
    if not (site.folder / "assets/site.js").is_file():
        pytest.skip("this site has no script for keys")
    return site


@pytest.mark.parametrize("width", [360, 1440])
def test_tab_comes_to_everything_in_order_and_shows_where_it_is(chromium: Any, sites: dict[str, Served], width: int) -> None:
    site = sites["demo"]
    with opened(chromium, site, "index.html", width=width) as page:
        # The smallest of each kind; in the site's own language, because translations have the same links.
        names = [files[-1] for kind, files in site.pages.items() if not kind.endswith(" en")]
        wrong = [f"{name}: {what}" for name in names for what in _walk(page, site.address(name))]
    assert not wrong, "\n".join(["", *wrong])


def _walk(page: Any, address: str) -> Iterator[str]:
    page.goto(address, wait_until="load")
    many = ask(page, "beginWalk")
    if many > MANY:
        yield f"{many} places to reach, more than anybody would walk through"
        return
    places: list[int] = []
    for _ in range(2 * many + 10):
        page.keyboard.press("Tab")
        at = ask(page, "step")
        if not at["name"] or at["place"] in places[:-1]:
            break  # round the corner: in the browser's own bars, or at the first again
        if at["place"] in places:
            continue  # a date is a field with places of its own
        yield from (f"{at['name']} {fault}" for fault in at["faults"])
        places.append(at["place"])
    yield from (f"{element} is never reached" for element in ask(page, "missed", places))
    if places != sorted(places):
        yield f"the order jumps: {places}"


@pytest.mark.parametrize("name", ["index.html", "archive/index.html"])
def test_the_first_tab_skips_to_what_the_page_is_about(name: str, chromium: Any, sites: dict[str, Served]) -> None:
    with opened(chromium, sites["demo"], name) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_j_and_k_walk_through_the_papers_and_o_opens_one(chromium: Any, sites: dict[str, Served]) -> None:
    with opened(chromium, scripted(sites["demo"]), "index.html") as page:
        places = []
        for key in "jjk":
            page.keyboard.press(key)
            places.append(_focused_top(page))
        assert places[0] < places[1] and places[2] == places[0], places
        wanted = page.evaluate("document.activeElement.closest('a')?.href")
        page.keyboard.press("o")
        page.wait_for_url(wanted)


def test_j_walks_through_the_cards_of_a_digest(chromium: Any, sites: dict[str, Served]) -> None:
    with opened(chromium, scripted(sites["demo"]), "2026-02-16/index.html") as page:
        seen = []
        for _ in range(30):
            page.keyboard.press("j")
            seen.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.slice(0, 80)"))
        assert len(set(seen)) >= 6, seen  # the day has six cards
        assert _is_in_view(page)


@pytest.mark.parametrize("wanted", ["directions", "categories", "organisations", "tags", "roundups *"])
def test_j_and_o_go_through_lists_of_topics_and_round_ups(wanted: str, chromium: Any, sites: dict[str, Served]) -> None:
    site = scripted(sites["extremes"])
    name = site.first(wanted)
    assert name, f"there is no page of the kind {wanted}"
    with opened(chromium, site, name) as page:
        places = []
        for key in "jjk":
            page.keyboard.press(key)
            places.append(page.evaluate("document.activeElement.textContent"))
        assert places[0] == places[2] != places[1], places
        wanted = page.evaluate("(document.activeElement.querySelector('a') ?? document.activeElement).href")
        page.keyboard.press("Enter" if name.startswith("roundups") else "o")
        page.wait_for_url(wanted)


def _focused_top(page: Any) -> float:
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)"), "nothing in the page has the focus"
    assert _is_in_view(page)
    top: float = page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY")
    return top


def _is_in_view(page: Any) -> bool:
    box = page.evaluate("(({top, bottom}) => [top, bottom, innerHeight])(document.activeElement.getBoundingClientRect())")
    return bool(box[1] > 0 and box[0] < box[2])


def test_slash_goes_to_the_search(chromium: Any, sites: dict[str, Served]) -> None:
    site = scripted(sites["demo"])
    if not site.first("search"):
        pytest.skip("this site has no search page")
    with opened(chromium, site, "index.html") as page:
        page.keyboard.press("/")
        page.wait_for_url("**/search/**")
        until(page, "document.activeElement.type === 'search'")
        page.keyboard.type("j/k?")
        assert page.evaluate("document.activeElement.value") == "j/k?"  # in a field, keys are letters


def test_escape_empties_the_field_of_the_search_and_then_leaves_it(chromium: Any, sites: dict[str, Served]) -> None:
    with opened(chromium, scripted(sites["demo"]), "search/index.html") as page:
        until(page, "document.activeElement.type === 'search'")
        page.keyboard.type("agent")
        page.keyboard.press("Escape")
        assert page.evaluate("[document.activeElement.type, document.activeElement.value]") == ["search", ""]
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement === document.body")


def test_the_question_mark_shows_the_keys_and_escape_puts_them_away(chromium: Any, sites: dict[str, Served]) -> None:
    with opened(chromium, scripted(sites["demo"]), "index.html") as page:
        page.keyboard.press("?")
        assert page.locator("dialog[open]").is_visible()
        for key in ("/", "j", "o", "?", "Esc"):
            assert page.locator("dialog[open] kbd", has_text=key).count(), key
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.closest('dialog') !== null")  # the keys rest while it is open
        page.keyboard.press("Escape")
        assert page.locator("dialog[open]").count() == 0


def test_keys_with_a_modifier_are_the_browsers(chromium: Any, sites: dict[str, Served]) -> None:
    with opened(chromium, scripted(sites["demo"]), "index.html") as page:
        for key in ("Control+j", "Alt+j", "Meta+o"):
            page.keyboard.press(key)
        assert page.evaluate("document.activeElement === document.body")


def test_details_open_and_close_by_keyboard(chromium: Any, sites: dict[str, Served]) -> None:
    site = sites["demo"]
    name = site.first("papers *")
    assert name
    with opened(chromium, site, name) as page:
        summary = page.locator("main details:not([open]) > summary").first
        handle = summary.element_handle()
        handle.focus()
        for key in ("Enter", "Space"):
            before = handle.evaluate("e => e.parentElement.open")
            page.keyboard.press(key)
            assert handle.evaluate("e => e.parentElement.open") is not before
