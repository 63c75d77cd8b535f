"""Light and dark: the system's choice until the reader makes one, which holds, and no page flashes in the other."""

from typing import Any

import pytest

from browser.chromium import ask, until
from browser.served import Served
from browser.test_keyboard import opened

pytestmark = pytest.mark.browser

SWITCH = "button.theme, [data-theme-switch]"
RECORD = """() => {
  const seen = (window.seenGrounds = []);
  const note = () => {
    const grounds = [document.documentElement, document.body].filter(Boolean).map((e) => getComputedStyle(e).backgroundColor);
    if (document.body) seen.push(grounds.join(" "));
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}"""
"""Notes the ground before each frame that is painted."""


def switch(page: Any) -> Any:
    found = page.locator(SWITCH)
    if not found.count():
        pytest.skip("this site has no switch for its theme")
    return found.first


def _is_dark(page: Any) -> bool:
    return bool(ask(page, "ground") < 0.25)


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_page_follows_the_system_while_it_is_open(system: str, chromium: Any, sites: dict[str, Served]) -> None:
    with opened(chromium, sites["demo"], "index.html", color_scheme=system) as page:
        assert _is_dark(page) is (system == "dark")
        page.emulate_media(color_scheme="light" if system == "dark" else "dark")
        assert _is_dark(page) is (system == "light")


@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_choice_outlives_the_page_and_holds_on_others_without_a_flash(
    system: str, chromium: Any, sites: dict[str, Served]
) -> None:
    with opened(chromium, sites["demo"], "index.html", color_scheme=system) as page:
        button, names = switch(page), set()
        for _ in range(3):  # however many choices there are
            if _is_dark(page) is (system == "light"):
                break
            button.focus()
            page.keyboard.press("Enter")
            names.add(button.get_attribute("aria-label") or button.inner_text())
        assert _is_dark(page) is (system == "light"), f"no choice of {names} is the other theme"
        page.add_init_script(f"({RECORD})()")
        for _ in ("reload", "another page"):
            page.reload() if _ == "reload" else page.goto(sites["demo"].address("archive/index.html"))
            until(page, "window.seenGrounds.length > 3")
            grounds = page.evaluate("[...new Set(window.seenGrounds)]")
            assert len(grounds) == 1, f"{_}: painted in {grounds}"
            assert _is_dark(page) is (system == "light")
