"""Every kind of page, narrow and wide, light and dark, with JavaScript and without: nothing sticks out, fails or calls home."""

import pytest

from browser.chromium import Finding, Missing, axe, told
from browser.served import Served, kind

pytestmark = pytest.mark.browser


def test_every_page_is_looked_at_by_its_kind(sites: dict[str, Served]) -> None:
    assert kind("index.html") == "home" and kind("404.html") == "404"
    assert kind("2026-02-16/index.html") == "digest"
    assert kind("2026-02-16-arxiv-daily.en/index.html") == "digest arxiv-daily en"
    assert kind("papers/cs_0112017/index.html") == "papers *"
    assert kind("archive/2026-02/index.html") == "archive N-N"
    for site in sites.values():
        assert {kind(name) for name in site.shown} == set(site.pages)


@pytest.mark.parametrize(
    "check", ["overflow", "overlap", "cut", "punctuation", "console", "requests", "theme", "order", "controls"]
)
def test_nothing_is_wrong_with(check: str, findings: list[Finding]) -> None:
    found = [finding for finding in findings if finding.check == check]
    assert not found, told(found)


def test_axe_finds_nothing(findings: list[Finding]) -> None:
    try:
        axe()
    except Missing as missing:
        pytest.skip(str(missing))
    found = [finding for finding in findings if finding.check == "axe"]
    assert not found, told(found)
