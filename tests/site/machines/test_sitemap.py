"""Sitemaps keep the rules of sitemaps.org; robots.txt names them."""

import re
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from digest.site.machines import sitemap
from digest.site.machines.sitemap import Listed
from machine_values import SITE

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read(data: bytes) -> list[tuple[str, str]]:
    """Address and date of everything that a sitemap or an index lists."""
    root = etree.fromstring(data)
    assert root.tag in (f"{NAMESPACE}urlset", f"{NAMESPACE}sitemapindex")
    child = f"{NAMESPACE}{'url' if root.tag.endswith('urlset') else 'sitemap'}"
    assert {element.tag for element in root} <= {child}
    return [(element.findtext(f"{NAMESPACE}loc", ""), element.findtext(f"{NAMESPACE}lastmod", "")) for element in root]


def test_a_sitemap_lists_absolute_addresses_with_their_dates() -> None:
    data = sitemap.urlset(SITE, [Listed("", "2026-02-18"), Listed("tags/c++/"), Listed("标签/a b/", "2026-02-17")])
    assert data.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n') and data.endswith(b"\n")
    assert read(data) == [
        (SITE, "2026-02-18"),
        (f"{SITE}tags/c%2B%2B/", ""),
        (f"{SITE}%E6%A0%87%E7%AD%BE/a%20b/", "2026-02-17"),
    ]


def test_no_file_lists_more_than_fifty_thousand_addresses() -> None:
    pages = [Listed(f"papers/{n}/", "2026-02-18") for n in range(100_001)]
    files = sitemap.split("2026", pages)
    assert [route for route, _ in files] == ["sitemap-2026.xml", "sitemap-2026-2.xml", "sitemap-2026-3.xml"]
    assert [len(listed) for _, listed in files] == [50_000, 50_000, 1]
    assert [page for _, listed in files for page in listed] == pages
    assert sitemap.split("2026", []) == []


def test_a_full_sitemap_stays_as_it_is_when_pages_come() -> None:
    pages = [Listed(f"papers/{n}/") for n in range(50_001)]
    assert sitemap.split("2026", pages[:50_000])[0] == sitemap.split("2026", pages)[0]


def test_the_index_names_each_sitemap_and_when_it_changed_last() -> None:
    years = {"2025": [Listed("a/", "2025-12-31")], "2026": [Listed("b/", "2026-02-18"), Listed("c/"), Listed("d/", "2026-02-20")]}
    files = [(route, listed) for year, pages in years.items() for route, listed in sitemap.split(year, pages)]
    data = sitemap.index(SITE, (Listed(route, sitemap.newest(listed)) for route, listed in files))
    assert read(data) == [(f"{SITE}sitemap-2025.xml", "2025-12-31"), (f"{SITE}sitemap-2026.xml", "2026-02-20")]


def test_a_sitemap_stands_where_it_may_list_every_page_of_the_site() -> None:
    (name, _) = sitemap.split("2026", [Listed("a/")])[0]
    for route in (name, sitemap.INDEX):
        assert urljoin(f"{SITE}{route}", ".") == SITE


def test_a_group_without_dates_has_none() -> None:
    assert sitemap.newest([Listed("a/"), Listed("b/")]) == sitemap.newest([]) == ""


def test_a_site_whose_address_has_an_ampersand_has_well_formed_sitemaps() -> None:
    assert read(sitemap.urlset("https://example.org/a&b/", [Listed("c/")])) == [("https://example.org/a&b/c/", "")]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_route_is_found_again(route: str) -> None:
    ((address, _),) = read(sitemap.urlset(SITE, [Listed(route)]))
    assert unquote(address.removeprefix(SITE)) == route
    assert re.fullmatch(r"[!-~]+", address)


def test_robots_may_read_everything_and_find_the_index() -> None:
    lines = sitemap.robots(SITE).decode().splitlines()
    assert "User-agent: *" in lines and "Allow: /" in lines and f"Sitemap: {SITE}sitemap.xml" in lines
    assert not any(line.startswith("Disallow") for line in lines)


@pytest.mark.parametrize("data", [b"<urlset/>", b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><loc/></urlset>'])
def test_what_is_no_sitemap_is_not_read_as_one(data: bytes) -> None:
    with pytest.raises(AssertionError):
        read(data)
