"""Each check finds the fault that it is there for, and a faultless site has none."""

from pathlib import Path

import pytest

import sitecheck

URL = "https://example.org/papers/"
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'"
HEAD = f"""<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>T</title><meta name="description" content="d">"""
HOME = f"""<!doctype html>
<html lang="zh-CN"><head>{HEAD}
<link rel="canonical" href="{URL}"><link rel="alternate" hreflang="en" href="{URL}en/">
<link rel="stylesheet" href="assets/style.css">
<script type="application/ld+json">{{"@id": "{URL}en/#thing", "url": "{URL}en/#a"}}</script></head>
<body><main><h1>H</h1><h2 id="here">Two</h2><p aria-labelledby="here" lang="en">
<a href="en/#a">in</a> <a href="#here">here</a>
<a href="https://example.com/" rel="noopener nofollow">out</a></p></main></body></html>
"""
OTHER = f"""<!doctype html>
<html lang="en"><head>{HEAD}
<link rel="canonical" href="{URL}en/"><link rel="alternate" hreflang="zh-CN" href="../index.html"></head>
<body><main><h1 id="a">H</h1><p><a href="../index.html">up</a></p></main></body></html>
"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>{URL}</id><title>F</title><updated>2026-02-18T00:00:00Z</updated>
<link rel="self" href="{URL}feed.xml"/><link href="{URL}"/>
<entry><id>{URL}en/</id><title>E</title><link href="{URL}en/"/><published>2026-02-17T00:00:00Z</published>
<updated>2026-02-18T00:00:00Z</updated><author><name>A</name></author>
<content type="html">&lt;p&gt;&lt;a href="{URL}en/#a"&gt;x&lt;/a&gt;&lt;/p&gt;</content></entry></feed>
"""
JSON = f"""{{"version": "https://jsonfeed.org/version/1.1", "title": "F", "feed_url": "{URL}feed.json", "home_page_url": "{URL}",
"items": [{{"id": "1", "url": "{URL}en/", "title": "E",
"content_html": "<p>x</p>", "date_published": "2026-02-17T00:00:00+08:00"}}]}}
"""
SITEMAP = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{URL}en/</loc></url></urlset>'
FILES = {
    "index.html": HOME,
    "en/index.html": OTHER,
    "assets/style.css": "p { color: red }",
    "feed.xml": ATOM,
    "feed.json": JSON,
    "sitemap.xml": SITEMAP,
    "robots.txt": f"User-agent: *\nSitemap: {URL}sitemap.xml\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        write(tmp_path, name, text)
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_faultless_site_has_no_fault(folder: Path) -> None:
    assert sitecheck.check(folder, URL) == []


@pytest.mark.parametrize(
    ("check", "name", "old", "new"),
    [
        ("html", "index.html", "<h1>H</h1>", "<h1>H</b></h1>"),
        ("html", "index.html", "<h1>H</h1>", "<h1 class=a class=b>H</h1>"),
        ("html", "index.html", "<h1>H</h1>", "<h1>&nosuch;</h1>"),
        ("html", "index.html", "<h1>H", '<h1 id="here">H'),
        ("outline", "index.html", "<h2", "<h1>more</h1><h2"),
        ("outline", "index.html", "h2", "h3"),
        ("outline", "index.html", "<title>T", "<title>"),
        ("outline", "index.html", 'content="d"', 'content=""'),
        ("languages", "index.html", 'lang="en"', 'lang="english"'),
        ("languages", "index.html", ' lang="zh-CN"', ""),
        ("inline", "index.html", "<h1>", '<h1 style="color: red">'),
        ("inline", "index.html", "<h1>", '<h1 onclick="x()">'),
        ("inline", "index.html", "<h1>", "<script>x()</script><h1>"),
        ("policy", "index.html", "script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        ("policy", "index.html", "script-src 'self'", "script-src https://example.com"),
        ("policy", "index.html", "default-src 'none'", "default-src 'self'"),
        ("policy", "index.html", "http-equiv", "name"),
        (
            "policy",
            "index.html",
            '<meta charset="utf-8">',
            '<meta charset="utf-8"><link rel="stylesheet" href="assets/style.css">',
        ),
        ("references", "index.html", 'aria-labelledby="here"', 'aria-labelledby="there"'),
        ("links", "index.html", '="en/#a', '="en/#b'),
        ("links", "index.html", '="en/#a', '="En/#a'),
        ("links", "index.html", "assets/style.css", "assets/gone.css"),
        ("links", "index.html", '="en/#a', f'="{URL}fr/'),
        ("foreign", "index.html", "noopener nofollow", "noopener"),
        ("foreign", "index.html", "https://example.com/", "http://example.com/"),
        ("foreign", "index.html", "https://example.com/", "javascript:alert(1)"),
        ("foreign", "index.html", "https://example.com/", "//example.com/"),
        ("foreign", "index.html", "<h1>", '<img alt="" src="https://example.com/x.png"><h1>'),
        ("foreign", "index.html", "assets/style.css", "https://example.com/style.css"),
        ("canonical", "index.html", f'"canonical" href="{URL}"', f'"canonical" href="{URL}index.html"'),
        ("translations", "en/index.html", 'hreflang="zh-CN" href="../index.html"', 'hreflang="zh-CN" href="../en/index.html"'),
        ("feeds", "feed.xml", "<title>E</title>", "<title>E & F</title>"),
        ("feeds", "feed.xml", "<title>E</title>", ""),
        ("feeds", "feed.xml", f'href="{URL}feed.xml"', f'href="{URL}atom.xml"'),
        ("feeds", "feed.xml", "#a", "#b"),
        ("feeds", "feed.xml", "&lt;p&gt;", '&lt;p style="x"&gt;'),
        ("feeds", "feed.xml", f'&lt;a href="{URL}en/#a"', '&lt;a href="en/"'),
        ("feeds", "feed.xml", "2026-02-17T", "2026-02-19T"),
        ("feeds", "feed.json", "2026-02-17T00:00:00+08:00", "17 Feb 2026"),
        ("feeds", "feed.json", f'"url": "{URL}en/"', f'"url": "{URL}fr/"'),
        ("feeds", "feed.json", "<p>x</p>", "<p>x</b></p>"),
        ("sitemap", "sitemap.xml", "/en/<", "/fr/<"),
        ("sitemap", "robots.txt", "sitemap.xml", "map.xml"),
        ("sitemap", "en/index.html", "<title>", '<meta name="robots" content="noindex"><title>'),
        ("json", "index.html", "#a", "#b"),
        ("json", "feed.json", '"F"', "NaN"),
    ],
)
def test_a_fault_is_found(check: str, name: str, old: str, new: str, folder: Path) -> None:
    assert old in FILES[name]
    write(folder, name, FILES[name].replace(old, new, 1))
    assert sitecheck.check(folder, URL, only=[check])


def test_a_page_that_nothing_leads_to_is_found(folder: Path) -> None:
    write(folder, "lost/index.html", OTHER)
    assert [fault.file for fault in sitecheck.check(folder, URL, only=["reachable"])] == ["lost/index.html"]


def test_files_that_differ_by_case_alone_are_found(folder: Path) -> None:
    write(folder, "Feed.xml", ATOM)
    assert [fault.file for fault in sitecheck.check(folder, URL, only=["names"])] == ["feed.xml"]


@pytest.mark.parametrize(
    ("name", "size"), [("2026-02-18/index.html", 150_000), ("assets/more.css", 30_000), ("assets/x.js", 30_000)]
)
def test_what_is_too_large_is_found(name: str, size: int, folder: Path) -> None:
    write(folder, name, "x" * size)
    assert [name in fault.file for fault in sitecheck.check(folder, URL, only=["sizes"])] == [True]


def test_a_check_that_does_not_exist_is_no_check_that_passes(folder: Path) -> None:
    with pytest.raises(AssertionError, match="no such check"):
        sitecheck.check(folder, URL, only=["link"])
