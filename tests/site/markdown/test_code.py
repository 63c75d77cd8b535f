"""Code of hand-written posts is highlighted with classes, and reads as it was written."""

import re
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.site.markdown import Markdown, code

STYLE = Path(__file__).parents[3] / "templates" / "site" / "style"
PYTHON = 'def f(x):\n    # c\n    return "a<b" + 1\n'


def test_code_of_a_known_language_is_highlighted() -> None:
    made = Markdown("https://a.b/", {}).parse(f"```python\n{PYTHON}```").html("")
    assert '<pre tabindex="0"><code class="language-python"><span class="hl-k">def</span> <span class="hl-f">f</span>(x):' in made
    assert '<span class="hl-s">&quot;a&lt;b&quot;</span> + <span class="hl-m">1</span>' in made
    assert "style=" not in made


@pytest.mark.parametrize("info", ["", "nosuchlanguage", "text"])
def test_other_code_is_shown_as_it_is(info: str) -> None:
    assert "<span" not in code.block(PYTHON, info)


@given(st.text(), st.sampled_from(["python", "bash", "json", "html", "diff", "c", "", "x"]))
def test_no_code_becomes_markup_or_loses_a_character(text: str, language: str) -> None:
    text = re.sub(r"[^\t\n\x20-\x7e\xa0-\ud7ff]", "", text)
    (pre,) = lxml.html.fragments_fromstring(code.block(text, language))
    assert {element.tag for element in pre.iter()} <= {"pre", "code", "span"}
    assert pre.text_content() == text


def test_the_name_of_a_language_cannot_leave_its_attribute() -> None:
    assert code.block("x", '"><script>').startswith('<pre tabindex="0"><code class="language-&quot;&gt;&lt;script&gt;">')


def test_very_much_code_is_not_highlighted() -> None:
    assert "<span" not in code.block("x = 1\n" * 20_000, "python")


def test_every_class_has_a_colour_that_can_be_read_in_light_and_dark() -> None:
    sheet, base = (STYLE / "30-code.css").read_text(encoding="utf-8"), (STYLE / "00-base.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"\.hl-(\w) \{ color: light-dark\((#\w{6}, #\w{6})\)", sheet))
    (panel,) = re.findall(r"--panel: light-dark\((#\w{6}, #\w{6})\)", base)
    assert colours.keys() == set(code.CLASSES.values())
    for pair in colours.values():
        for colour, ground in zip(pair.split(", "), panel.split(", "), strict=True):
            assert contrast(colour, ground) >= 4.5, (colour, ground)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (w3.org/TR/WCAG22, 1.4.3)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
