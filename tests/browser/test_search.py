"""The search finds Chinese and English words, and its filters narrow what is found."""

from typing import Any

import pytest

from browser.served import Served
from browser.test_keyboard import opened

pytestmark = pytest.mark.browser

FIELD = "main input[type=search]"
RESULTS = "main .results a.row, main .results li a"
ROWS = "rows => rows.map(row => `${row.querySelector('.stars')?.ariaLabel} ${row.innerText}`)"
"""What a row says, and how many stars it has: the stars that are missing are stars, too."""


@pytest.fixture
def site(sites: dict[str, Served]) -> Served:
    if not sites["demo"].first("search"):
        pytest.skip("this site has no search page")
    return sites["demo"]


def search(page: Any, words: str) -> list[str]:
    """The results of a search."""
    page.locator(FIELD).fill(words)
    page.locator(FIELD).press("Enter")
    return results(page)


def results(page: Any) -> list[str]:
    """What is found, once it stands still."""
    page.wait_for_timeout(500)
    found = page.locator(RESULTS).evaluate_all(ROWS)
    return [" ".join(row.split()) for row in found]


@pytest.mark.parametrize("words", ["强化学习", "reinforcement", "REINFORCEMENT learning"])
def test_words_of_both_languages_are_found(words: str, chromium: Any, site: Served) -> None:
    with opened(chromium, site, "search/index.html") as page:
        found = search(page, words)
        assert found
        page.locator(RESULTS).first.click()
        page.wait_for_url("**/papers/*.*/**")


def test_a_word_that_nobody_wrote_is_not_found_and_the_page_says_so(chromium: Any, site: Served) -> None:
    with opened(chromium, site, "search/index.html") as page:
        before = page.locator("main").inner_text()
        assert search(page, "zxqwv魑魅魍魉") == []
        assert page.locator("main").inner_text() != before


def test_a_search_has_an_address(chromium: Any, site: Served) -> None:
    with opened(chromium, site, "search/index.html") as page:
        found = search(page, "强化学习")
        page.goto(page.url)
        assert results(page) == found
        assert page.locator(FIELD).input_value() == "强化学习"


@pytest.mark.parametrize(("filtered", "mark"), [("stars", "3 星（"), ("code", "代码"), ("full", "全文")])
def test_a_filter_lets_pass_what_it_says(filtered: str, mark: str, chromium: Any, site: Served) -> None:
    with opened(chromium, site, "search/index.html") as page:
        everything = search(page, "模型")
        control = page.locator(f"main [name={filtered}]")
        control.select_option("3") if filtered == "stars" else control.check()
        found = results(page)
        assert found and sorted(found) == sorted(row for row in everything if mark in row)


def test_each_direction_has_papers_of_its_own(chromium: Any, site: Served) -> None:
    with opened(chromium, site, "search/index.html") as page:
        everything = search(page, "模型")
        control = page.locator("main [name=direction]")
        directions = control.locator("option").all_inner_texts()[1:]
        assert len(directions) > 1
        for direction in directions:
            control.select_option(label=direction)
            assert sorted(results(page)) == sorted(row for row in everything if direction.partition(" (")[0] in row)


def test_days_bound_what_is_found(chromium: Any, site: Served) -> None:
    with opened(chromium, site, "search/index.html") as page:
        everything = search(page, "模型")
        for field, day, found in (("from", "2026-02-16", everything), ("from", "2026-02-17", []), ("to", "2026-02-15", [])):
            page.locator("main [name=from], main [name=to]").evaluate_all("fields => fields.forEach(e => { e.value = '' })")
            page.locator(f"main [name={field}]").fill(day)
            assert sorted(results(page)) == sorted(found), (field, day)
