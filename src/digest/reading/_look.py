"""What a reader sees of an element: its colours, its size, whether it is there at all.

Not a style engine: what authors use to hide text (see docs/reading.md) is understood, inline or in simple rules of a
`<style>` block; whatever is not understood counts as visible.

LaTeXML writes colours as `color`, newer versions as the custom properties `--ltx-fg-color` and `--ltx-bg-color`
(seen on arXiv's pages of 2025 and 2026).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

RGB = tuple[int, int, int]
WHITE: RGB = (255, 255, 255)
_NAMES: dict[str, RGB] = {
    "white": WHITE,
    "black": (0, 0, 0),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245),
    "floralwhite": (255, 250, 240),
    "mintcream": (245, 255, 250),
    "azure": (240, 255, 255),
}
_NEAR = 20
"""Colours that differ by no more in any channel cannot be told apart on a page."""
_TINY = 2.7
"""Pixels; 2 points."""
_MOST_RULES = 500
_FAR = -400.0
"""Pixels beyond the page's edge; LaTeXML shifts things by a few em at most."""
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945, "vw": 12.0, "vh": 8.0}

_NUMBER = r"([-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]+)?)"
"""Of any length: a browser clamps what is too large, so that a long number hides text as well as a short one."""
_LENGTH = re.compile(rf"{_NUMBER}(%|[a-z]*)")
_RGB = re.compile(rf"rgba?\(\s*{_NUMBER}(%?)[\s,]+{_NUMBER}%?[\s,]+{_NUMBER}%?(?:[\s,/]+{_NUMBER}(%?))?\s*\)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*|\*)?(?P<rest>(?:[.#][\w-]+)*)", re.IGNORECASE)
_INVISIBLE_CLIPS = re.compile(
    r"rect\((?:0|1px|0px)[\s,]+(?:0|1px|0px)[\s,]+(?:0|1px|0px)[\s,]+(?:0|1px|0px)\)|inset\((?:50|100)%"
)


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks at some place.

    Attributes:
        ink: of the letters; None where it is not known.
        paper: behind them; None where it is not known.
        size: of the letters, in pixels.
        gone: not shown at all.
    """

    ink: RGB | None = (0, 0, 0)
    paper: RGB | None = WHITE
    size: float = 16.0
    gone: bool = False

    @property
    def visible(self) -> bool:
        """Whether somebody who looks at the page can read this."""
        if self.gone or self.size < _TINY:
            return False
        if self.ink is None or self.paper is None:
            return True
        return any(abs(a - b) > _NEAR for a, b in zip(self.ink, self.paper, strict=True))


class Styles:
    """The page's own rules: those `<style>` blocks whose selectors are a tag, classes and an id at most.

    Rules about LaTeXML's notes are left aside: a footnote is folded away until somebody points at it, and is read.
    """

    def __init__(self, sheets: Iterable[str] = ()) -> None:
        self._rules: list[tuple[str, frozenset[str], str, dict[str, str]]] = []
        for sheet in sheets:
            flat = re.sub(r"/\*.*?\*/|@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})", "", sheet, flags=re.DOTALL)
            for selectors, body in _RULE.findall(flat):
                self._add(selectors, declarations(body))

    def look(self, element: _Element, around: Look) -> Look:
        """How the text directly inside an element looks, given how it looks around it."""
        style = self._style(element)
        here = replace(
            around,
            gone=around.gone or _gone(element, style),
            ink=_ink(element, style, around.ink),
            paper=_paper(style, around.paper),
            size=_size(style.get("font-size"), around.size),
        )
        if element.tag == "svg" and here.paper is not None and _is_painted(element):
            return replace(here, paper=None)
        return here

    def _add(self, selectors: str, style: dict[str, str]) -> None:
        for selector in selectors.split(","):
            match = _SIMPLE.fullmatch(selector.strip())
            is_note = selector.strip().startswith(".ltx_note")
            if match and selector.strip() and not is_note and len(self._rules) < _MOST_RULES:
                names = re.findall(r"([.#])([\w-]+)", match["rest"])
                classes = frozenset(name for kind, name in names if kind == ".")
                anchor = next((name for kind, name in names if kind == "#"), "")
                tag = (match["tag"] or "*").lower()
                self._rules.append((tag, classes, anchor, style))

    def _style(self, element: _Element) -> Mapping[str, str]:
        inline = element.get("style")
        own = declarations(inline) if inline else {}
        if not self._rules:
            return own
        classes = set((element.get("class") or "").split())
        style: dict[str, str] = {}
        for tag, wanted, anchor, rule in self._rules:
            if tag in ("*", element.tag) and wanted <= classes and anchor in ("", element.get("id")):
                style |= rule
        return style | own


def declarations(text: str) -> dict[str, str]:
    """`color: #FFF; display:none` as names and values, in lower case."""
    pairs = (part.split(":", 1) for part in text.lower().replace("!important", "").split(";") if ":" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def colour(text: str | None) -> RGB | None:
    """The colour that CSS text names, or None for one that is not understood."""
    value = (text or "").strip().lower()
    if value in _NAMES:
        return _NAMES[value]
    if re.fullmatch(r"#[0-9a-f]{3,4}", value):
        return int(value[1] * 2, 16), int(value[2] * 2, 16), int(value[3] * 2, 16)
    if re.fullmatch(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", value):
        return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)
    if match := _RGB.fullmatch(value):
        scale = 2.55 if match[2] else 1.0
        red, green, blue = (round(max(0.0, min(255.0, float(match[n]) * scale))) for n in (1, 3, 4))
        return red, green, blue
    return None


def _gone(element: _Element, style: Mapping[str, str]) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if not style:
        return False
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    opacity = _LENGTH.fullmatch(style.get("opacity", "1"))
    if opacity and float(opacity[1]) / (100 if opacity[2] else 1) < 0.05:
        return True
    return _transparent(style.get("color", "")) or _off_page(style) or _squeezed(style)


def _off_page(style: Mapping[str, str]) -> bool:
    names = ["text-indent", "margin-left", "margin-top"]
    if style.get("position") in ("absolute", "fixed"):
        names += ["left", "top", "right", "bottom"]
    if any(_pixels(style[name], 16) < _FAR for name in names if name in style):
        return True
    return bool(_INVISIBLE_CLIPS.search(style.get("clip", "") + " " + style.get("clip-path", "")))


def _squeezed(style: Mapping[str, str]) -> bool:
    if re.search(r"scale[xy]?\(\s*0?(?:\.0+)?\s*[,)]", style.get("transform", "")):
        return True
    cut = "hidden" in style.get("overflow", "")
    sides = ("width", "height", "max-width", "max-height")
    return cut and any(0 <= _pixels(style[side], 16) <= 1 for side in sides if side in style)


def _transparent(value: str) -> bool:
    if value == "transparent" or re.fullmatch(r"#[0-9a-f]{6}0[0-9a-c]|#[0-9a-f]{3}0", value):
        return True
    match = _RGB.fullmatch(value)
    return bool(match and match[5] and float(match[5]) / (100 if match[6] else 1) < 0.05)


def _ink(element: _Element, style: Mapping[str, str], around: RGB | None) -> RGB | None:
    value = style.get("color") or style.get("--ltx-fg-color") or element.get("mathcolor")
    if value is None and element.tag in ("font", "foreignobject"):
        value = element.get("color")
    if value is None or value in ("inherit", "currentcolor"):
        return around
    return colour(value)


def _paper(style: Mapping[str, str], around: RGB | None) -> RGB | None:
    value = style.get("background-color") or style.get("background") or style.get("--ltx-bg-color")
    if value is None or value in ("transparent", "inherit", "none", "initial") or _transparent(value):
        return around
    return colour(value)


def _size(value: str | None, around: float) -> float:
    return around if value is None else max(0.0, _pixels(value, around, otherwise=around))


def _pixels(value: str, em: float, otherwise: float = 0.0) -> float:
    """A CSS length in pixels; `otherwise` for words and sums."""
    match = _LENGTH.fullmatch(value)
    if match is None:
        return otherwise
    number, unit = float(match[1]), match[2]
    if unit in ("em", "%", "ex", "ch", "rem"):
        return number * {"em": em, "%": em / 100, "ex": em / 2, "ch": em / 2, "rem": 16.0}[unit]
    return number * _PIXELS.get(unit, 1.0)


def _is_painted(picture: _Element) -> bool:
    """Whether a picture has an area of a colour: white letters are then read on it (titles of boxes)."""
    for part in picture.iter():
        fill = part.get("fill") or declarations(part.get("style") or "").get("fill")
        if fill and fill != "none" and colour(fill) != WHITE:
            return True
    return False
