"""What the browser is asked about every page is found where it is wrong."""

from pathlib import Path
from typing import Any

import pytest

from browser.chromium import Eyes, Missing, ask, axe, open_page
from browser.served import serving

pytestmark = pytest.mark.browser

SOUND = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">
<style>:root { background: light-dark(#fff, #000); color: light-dark(#000, #fff) } p { width: 9em }</style></head>
<body><main><h1>H</h1><p>Words.</p><details><summary>S</summary><p>More</p></details></main></body></html>"""
POLICY = """<meta http-equiv="Content-Security-Policy" content="default-src 'self'; style-src 'unsafe-inline'; img-src data:">"""


@pytest.fixture(scope="module")
def eyes(chromium: Any) -> Eyes:
    return Eyes(chromium)


def found(eyes: Eyes, folder: Path, page: str) -> set[str]:
    (folder / "index.html").write_text(page, encoding="utf-8")
    with serving("eyes", folder) as site:
        return {finding.check for finding in eyes.look(site, "index.html")}


def test_a_sound_page_has_nothing_wrong(eyes: Eyes, tmp_path: Path) -> None:
    assert found(eyes, tmp_path, SOUND) == set()


@pytest.mark.parametrize(
    ("check", "old", "new"),
    [
        ("overflow", "Words.", '<b style="display: block; width: 2000px">Words</b>'),
        ("overflow", "More", '<b style="display: block; width: 2000px">More</b>'),
        ("overlap", "Words.", 'Words.</p><p style="margin: -1.6em 0 0">On them.'),
        ("punctuation", "Words.", "<a href='#a' style='display: block; width: 3em'>Words</a>, too"),
        ("cut", "<p>Words", '<p style="overflow: hidden; width: 20px; white-space: nowrap">Words'),
        ("console", "</main>", "</main><script>console.error('x')</script>"),
        ("console", "</main>", "</main><script>throw Error('x')</script>"),
        ("console", "</main>", f"</main>{POLICY}<script>document.title = 'x'</script>"),
        ("console", "<title>", f"{POLICY}<script>document.title = 'x'</script><title>"),
        ("requests", "<title>", '<link rel="stylesheet" href="https://example.com/x.css"><title>'),
        ("requests", "<title>", '<script src="gone.js"></script><title>'),
        ("theme", "light-dark(#fff, #000)", "#fff"),
        ("order", "<p>Words.", '<h2 style="position: absolute; top: 0; left: 0">Two</h2><p>Words.'),
        ("controls", "<p>Words.", "<p>Words. <button>B</button>"),
        ("axe", "Words.", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'),
        ("axe", "<p>Words", '<p style="color: light-dark(#ccc, #fff)">Words'),
        ("axe", "<p>Words", '<p style="color: light-dark(#000, #333)">Words'),
    ],
)
def test_a_fault_is_found(check: str, old: str, new: str, eyes: Eyes, tmp_path: Path) -> None:
    if check == "axe":
        try:
            axe()
        except Missing as missing:
            pytest.skip(str(missing))
    assert old in SOUND
    assert check in found(eyes, tmp_path, SOUND.replace(old, new, 1))


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("outline: auto", None),
        ("outline: none", "looks as without focus"),
        ("outline: auto; position: absolute; top: -99px", "is outside the window"),
        ("outline: auto; position: absolute; z-index: -1", "is covered"),
    ],
)
def test_a_focus_that_nobody_sees_is_found(style: str, fault: str | None, chromium: Any, tmp_path: Path) -> None:
    css = f"<style>a:focus {{ {style} }} p {{ background: #fff; padding: 2em; position: relative }}</style>"
    (tmp_path / "index.html").write_text(SOUND.replace("Words.", f'{css}<a href="#x">Words</a>'), encoding="utf-8")
    with serving("eyes", tmp_path) as site:
        page = open_page(chromium.new_context(), site, "index.html")
        assert ask(page, "beginWalk") == 2
        page.keyboard.press("Tab")
        assert ask(page, "step")["faults"] == ([fault] if fault else [])
        page.context.close()
