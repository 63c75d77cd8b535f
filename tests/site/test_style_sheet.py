"""The style sheet: shorter than what its authors wrote, and the same to a browser."""

import re
from pathlib import Path

import pytest

from blogs import blog
from digest.config import Config
from digest.errors import RenderError
from digest.site import build_site
from digest.site.engine import style_sheet


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return blog(tmp_path)


def squeezed(config: Config, css: str) -> str:
    """What becomes of a file of the user's, which comes last."""
    whole = style_sheet(config).decode()
    path = config.path("templates") / "site/style/zz.css"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(css, encoding="utf-8")
    return style_sheet(config).decode().removeprefix(whole)


@pytest.mark.parametrize(
    ("css", "short"),
    [
        ("a {\n  color: red;\n  margin: 0 1px;\n}\n\nb , i { top: 0; }\n", "a{color:red;margin:0 1px}b ,i{top:0}"),
        ("/* don't */ a /* x: y */ { color: red } /* the end */", "a{color:red}"),
        ("a { b: 1px/* two words */2px }/**/i{}", "a{b:1px/* two words */2px}i{}"),
    ],
)
def test_blanks_and_comments_go(css: str, short: str, config: Config) -> None:
    assert squeezed(config, css) == short


@pytest.mark.parametrize(
    "kept",
    [
        *(
            'content:", "',
            'content:": "',
            "content:', ; }  { '",
            'content:"/* no */"',
            r'content:"\"  ;  "',
            r"content:'it\'s , so'",
        ),
        *('content:"two \\' + '\n ,  lines"', "background:url(data:image/png;base64,a/*b*/)", "background:URL( a;b }c )"),
        "background:url('a , b')",
    ],
)
def test_strings_and_addresses_stay_as_they_are(kept: str, config: Config) -> None:
    assert squeezed(config, f"a {{ {kept} ; }}") == f"a{{{kept}}}"


@pytest.mark.parametrize("selector", ['[data-z="a, b"]', "[data-z='{ ; }']", r"\.a\:  b", r"\.don\'t\;  i"])
def test_selectors_stay_as_they_are(selector: str, config: Config) -> None:
    assert squeezed(config, f"{selector} {{ top: 0 }} b {{}}") == f"{selector}{{top:0}}b{{}}"


def test_the_shipped_style_sheet_loses_no_rule(config: Config) -> None:
    css = style_sheet(config).decode()
    assert "/*" not in css and not re.search(r"[{};]\s|\s[{}]|;\}", css)
    assert css.count("{") == css.count("}") > 100


def test_a_file_that_is_not_utf_8_is_named(config: Config) -> None:
    path = config.path("templates") / "site/style/z.css"
    path.parent.mkdir(parents=True)
    path.write_bytes(b'a { content: "\xff" }')
    with pytest.raises(RenderError, match=f"^{re.escape(str(path))}: the style sheet is not UTF-8"):
        build_site(config)


def test_a_file_that_cannot_be_read_is_named(config: Config) -> None:
    path = config.path("templates") / "site/style/z.css"
    path.mkdir(parents=True)
    with pytest.raises(RenderError, match=f"^{re.escape(str(path))}: the style sheet cannot be read"):
        style_sheet(config)
