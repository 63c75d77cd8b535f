"""A page is readable before its style sheet and scripts arrive, and what it says stands in the order in which it is read."""

from typing import Any

import pytest

from browser.chromium import until
from browser.served import Served
from browser.test_keyboard import opened

pytestmark = pytest.mark.browser


def test_without_style_and_scripts_everything_is_there_in_order(chromium: Any, sites: dict[str, Served]) -> None:
    """The heading, what the page says, and the foot: words enough beside the heading."""
    wrong = []
    context = chromium.new_context(java_script_enabled=False)
    context.route("**/assets/**", lambda route: route.abort())
    page = context.new_page()
    for name in sites["demo"].shown:
        page.goto(sites["demo"].address(name), wait_until="load")
        shown, heading, main, foot = (
            page.evaluate(f"document.querySelector('{tag}').innerText") for tag in ("body", "h1", "main", "footer")
        )
        places = [shown.find(main), shown.find(heading, shown.find(main)), shown.rfind(foot)]
        if -1 in places or places != sorted(places):
            wrong.append(f"{name}: text, heading and foot are at {places}")
        if len(main) < len(heading) + 8:
            wrong.append(f"{name}: says only {main!r}")
        if page.evaluate("[...document.querySelectorAll('svg.icon')].some((e) => e.getBoundingClientRect().height > 24)"):
            wrong.append(f"{name}: an icon is larger than the words beside it")
    context.close()
    assert not wrong, "\n".join(["", *wrong])


def test_the_newest_day_stands_on_the_first_screen_of_a_telephone(chromium: Any, sites: dict[str, Served]) -> None:
    """Date, headline and the first must-reads, at 360 × 740 px and without scrolling."""
    with opened(chromium, sites["demo"], "index.html", width=360) as page:
        assert page.locator("h1").bounding_box()["y"] < 300
        rows = [row.bounding_box() for row in page.locator("main a.row").all()]
        assert sum(box["y"] + box["height"] <= 740 for box in rows) >= 3, [round(box["y"]) for box in rows]


@pytest.mark.parametrize("name", ["demo", "extremes"])
def test_a_must_read_takes_two_lines_on_a_telephone(name: str, chromium: Any, sites: dict[str, Served]) -> None:
    with opened(chromium, sites[name], "index.html", width=360) as page:
        lines = page.locator("main a.row > *").evaluate_all(
            "parts => parts.map(e => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight))"
        )
        assert lines and all(n < 1.5 for n in lines), lines
        assert page.locator("main .more a").first.bounding_box()["y"] < 740


def test_a_citation_of_three_hundred_authors_does_not_fill_the_page(chromium: Any, sites: dict[str, Served]) -> None:
    with opened(chromium, sites["extremes"], "papers/2602.12001/index.html", width=360) as page:
        citation = page.locator(".cite pre")
        assert citation.evaluate("e => e.scrollHeight > 3 * e.clientHeight && e.clientHeight < innerHeight / 2")
        citation.focus()
        page.keyboard.press("End")
        until(page, "document.querySelector('.cite pre').scrollTop > 0")


@pytest.mark.parametrize("width", [360, 600, 690, 720, 1100])
def test_the_menu_and_the_tools_beside_it_stay_apart(width: int, chromium: Any, sites: dict[str, Served]) -> None:
    with opened(chromium, sites["demo"], "tags/index.html") as page:
        page.set_viewport_size({"width": width, "height": 740})
        menu, tool = (page.locator(one).bounding_box() for one in (".menu a:last-child", ".tool.find"))
        first = page.locator(".menu a").first.bounding_box()
        below = first["y"] >= tool["y"] + tool["height"] - 8
        assert below or menu["x"] + menu["width"] + 8 <= tool["x"], (first, menu, tool)
