"""The picture of a digest that other sites show beside a link to it (OpenGraph): 1200 x 630, PNG.

It needs Pillow, an optional extra, and a font of this machine; neither is shipped. Pillow's own font has Latin letters
only, so a digest with Chinese text has a picture only where a font with Chinese is found. A picture with holes in
place of words would say less than none. Other characters that the font lacks, such as emoji, are left out.

The same words, font and Pillow make the same bytes. `fingerprint` tells whether font and Pillow are still the same.
"""

import os
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from digest.patterns import lazy

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630

FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
"""Where fonts are looked for: Linux, macOS, Windows."""

_NOTO_FOLDERS = ("opentype/noto", "noto-cjk", "noto", "google-noto-cjk", "google-noto-sans-cjk-fonts", "truetype/noto", "")
_CHINESE = (
    *((f"{folder}/NotoSansCJK-Regular.ttc", f"{folder}/NotoSansCJK-Bold.ttc", 2) for folder in _NOTO_FOLDERS),
    *((f"{folder}/NotoSansCJKsc-Regular.otf", f"{folder}/NotoSansCJKsc-Bold.otf", 0) for folder in _NOTO_FOLDERS),
    ("adobe-source-han-sans/SourceHanSansCN-Regular.otf", "adobe-source-han-sans/SourceHanSansCN-Bold.otf", 0),
    ("truetype/wqy/wqy-microhei.ttc", "truetype/wqy/wqy-microhei.ttc", 0),
    ("truetype/wqy/wqy-zenhei.ttc", "truetype/wqy/wqy-zenhei.ttc", 0),
    ("truetype/droid/DroidSansFallbackFull.ttf", "truetype/droid/DroidSansFallbackFull.ttf", 0),
    ("Hiragino Sans GB.ttc", "Hiragino Sans GB.ttc", 0),
    ("STHeiti Light.ttc", "STHeiti Medium.ttc", 0),
    ("msyh.ttc", "msyhbd.ttc", 0),
)
"""Fonts with Chinese: regular, bold, and the place of the simplified forms in a collection (Noto's are JP, KR, SC, TC, HK)."""
_LATIN = (
    ("truetype/noto/NotoSans-Regular.ttf", "truetype/noto/NotoSans-Bold.ttf", 0),
    ("noto/NotoSans-Regular.ttf", "noto/NotoSans-Bold.ttf", 0),
    ("truetype/liberation/LiberationSans-Regular.ttf", "truetype/liberation/LiberationSans-Bold.ttf", 0),
    ("liberation-sans/LiberationSans-Regular.ttf", "liberation-sans/LiberationSans-Bold.ttf", 0),
    ("liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Bold.ttf", 0),
    ("truetype/dejavu/DejaVuSans.ttf", "truetype/dejavu/DejaVuSans-Bold.ttf", 0),
    ("dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf", 0),
    ("Supplemental/Arial.ttf", "Supplemental/Arial Bold.ttf", 0),
    ("arial.ttf", "arialbd.ttf", 0),
)

_PAPER = (0xFC, 0xFB, 0xF9)
_COLOURS = {"ink": (0x23, 0x26, 0x2B), "soft": (0x60, 0x65, 0x6D), "star": (0xA3, 0x6A, 0x08), "rule": (0xE3, 0xE0, 0xD9)}
"""The site's colours on its paper (the style sheet's :root), light: other sites show pictures on white."""
_LEVELS = 12
"""Shades of each colour between paper and full: enough for smooth letters, few enough for a small file."""

_MARGIN, _TOP, _BOTTOM = 80, 100, 70
"""Room at the sides; base lines of the first line and of the last."""
_SMALL, _NAME, _NAME_STEP, NAMES = 31, 32, 48, 4
_HEADLINE, _LINES, _LEADING = (66, 58, 50, 42), 4, 1.32
"""Sizes of the headline: the first in which all of it fits between what is above and below, else the last, cut."""
_COLUMN = 32
"""From star to star."""

_CHARACTERS = "[\u1100-\u11ff\u2e80-\u303f\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af]"
_CJK = lazy(_CHARACTERS)
_CLOSING = "，。、；：？！）》」』】〉”’…·,.;:?!)]}%"
_OPENING = "（《「『【〈"
_UNIT = lazy(rf"[{_OPENING}“‘]*(?:{_CHARACTERS}|[^\s{_CHARACTERS[1:-1]}{_OPENING}]+|.)[{re.escape(_CLOSING)}]*\s*")
"""What stays together at the end of a line: a word, or a Chinese character, with the marks that belong to it."""


class Fonts(NamedTuple):
    """Font files.

    Attributes:
        regular, bold: empty for Pillow's own font.
        face: its place in a collection.
        chinese: whether they have Chinese characters.
    """

    regular: str = ""
    bold: str = ""
    face: int = 0
    chinese: bool = False


def available() -> bool:
    """Whether Pillow is installed."""
    from importlib.util import find_spec

    return find_spec("PIL") is not None


def find_fonts(folders: Iterable[str | os.PathLike[str]] = FOLDERS) -> Fonts:
    """The first font of this machine that is known to have Chinese, else one with Latin letters, else Pillow's own."""
    places = [Path(folder) for folder in folders]
    for known, chinese in ((_CHINESE, True), (_LATIN, False)):
        for regular, bold, face in known:
            for place in places:
                if (place / regular).is_file() and (place / bold).is_file():
                    return Fonts(str(place / regular), str(place / bold), face, chinese)
    return Fonts()


def fingerprint(fonts: Fonts) -> str:
    """What changes when pictures of the same words come out differently: Pillow's version, names and sizes of the fonts."""
    sizes = [Path(name).stat().st_size if name else 0 for name in (fonts.regular, fonts.bold)]
    return f"{_pillow()} {fonts} {sizes}"


def _pillow() -> str:
    """Pillow's version as its file has it: to import Pillow, or to look through all packages, takes longer than a build may."""
    from importlib.util import find_spec

    spec = find_spec("PIL")
    file = Path(spec.origin).with_name("_version.py") if spec and spec.origin else None
    return file.read_text(encoding="utf-8") if file and file.is_file() else ""


def can_show(words: Iterable[str], fonts: Fonts) -> bool:
    """Whether a picture of these words can be drawn: not where they need Chinese and the font has none."""
    return fonts.chinese or not any(_CJK.search(text) for text in words)


def picture(site: str, date: str, headline: str, papers: Sequence[tuple[str, int]], fonts: Fonts) -> bytes | None:
    """The picture of a digest as a PNG; None where its words need Chinese and the font has none.

    Args:
        date: as readers of the site's language write it.
        headline: may be long; what does not fit in four lines is left out.
        papers: names and stars of the must-reads; four at most are shown.
    """
    from PIL import Image, ImageDraw

    shown = [(_clean(name), stars) for name, stars in papers[:NAMES]]
    site, date, headline = _clean(site), _clean(date), _clean(headline)
    if not can_show((site, date, headline, *(name for name, _ in shown)), fonts):
        return None
    layers = {colour: Image.new("L", (WIDTH, HEIGHT)) for colour in _COLOURS}
    pens = {colour: ImageDraw.Draw(layer) for colour, layer in layers.items()}

    def write(colour: str, at: tuple[float, float], text: str, face: "_Face", anchor: str = "ls") -> None:
        pens[colour].text(at, text, fill=255, font=face.font, anchor=anchor)

    small, plain = _Face(fonts, _SMALL), _Face(fonts, _NAME)
    right, inner, top = WIDTH - _MARGIN, WIDTH - 2 * _MARGIN, _TOP + 28
    write("soft", (right, _TOP), small.known(date), small, "rs")
    write("soft", (_MARGIN, _TOP), small.cut(site, inner - small.width(date) - 60), small)
    pens["rule"].rectangle((_MARGIN, top - 2, right, top), fill=255)
    first = HEIGHT - _BOTTOM - (len(shown) - 1) * _NAME_STEP
    face, lines = _headline(headline, fonts, inner, first - 66 - top)
    for number, line in enumerate(lines):
        write("ink", (_MARGIN, top + 30 + round(face.size * (1 + _LEADING * number))), line, face)
    start = _MARGIN + _COLUMN * max((stars for _, stars in shown), default=0) + 18
    for number, (name, stars) in enumerate(shown):
        base = first + number * _NAME_STEP
        for place in range(stars):
            layers["star"].paste(_star(), (_MARGIN + _COLUMN * place, base - 26))
        write("ink", (start, base), plain.cut(name, right - start), plain)
    return _png(layers)


# --- words ---------------------------------------------------------------------------------------


class _Face:
    """A font in a size, with what it can write."""

    def __init__(self, fonts: Fonts, size: int, *, bold: bool = False) -> None:
        self.size = size
        self._file = fonts.bold if bold else fonts.regular, fonts.face
        self.font = _font(*self._file, size)

    def known(self, text: str) -> str:
        """The text without the characters that the font lacks."""
        return " ".join("".join(one for one in text if one.isascii() or _has(*self._file, one)).split())

    def width(self, text: str) -> float:
        """How wide a text is: a line is measured again with every word, so each pair of characters is measured once."""
        return sum(_advance(*self._file, self.size, one, after) for one, after in zip_longest(text, text[1:], fillvalue=""))

    def cut(self, text: str, width: float) -> str:
        """The beginning of a text in one line."""
        return self.lines(text, width, 1)[0]

    def lines(self, text: str, width: float, most: int) -> list[str]:
        """The text in lines; where it does not fit, the last one ends with dots."""
        lines = [""]
        for unit in self._units(self.known(text), width):
            if self.width((lines[-1] + unit).rstrip()) <= width:
                lines[-1] += unit
            elif len(lines) < most:
                lines.append(unit)
            else:
                lines[-1] = self._with_dots(lines[-1], width)
                break
        return [line.rstrip() for line in lines]

    def _units(self, text: str, width: float) -> Iterator[str]:
        """What may end a line; a word that is longer than a line, in pieces."""
        for match in _UNIT.finditer(text):
            unit = match[0]
            while self.width(unit.rstrip()) > width:
                fits = max(1, bisect_right(range(len(unit)), width, key=lambda end: self.width(unit[:end])) - 1)
                yield unit[:fits]
                unit = unit[fits:]
            yield unit

    def _with_dots(self, line: str, width: float) -> str:
        """A line with dots, shortened by what may end it as far as they need."""
        units = [match[0] for match in _UNIT.finditer(line)]
        while True:
            begun = "".join(units).rstrip(_CLOSING + _OPENING + " -–—")
            dotted = begun + ("…" if _CJK.match(begun[-1:]) else "...")  # Chinese fonts raise "…" to the middle
            if self.width(dotted) <= width or not begun:
                return dotted
            units = units[:-1] or [begun[:-1]]


@cache
def _font(path: str, face: int, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    if path:
        return ImageFont.truetype(path, size, face, layout_engine=ImageFont.Layout.BASIC)
    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont)
    return found


@lru_cache(maxsize=16384)
def _advance(path: str, face: int, size: int, one: str, after: str) -> float:
    """How far a character leads to the one after it: its width, and what brings the two closer in fonts with kerning."""
    font = _font(path, face, size)
    return font.getlength(one + after) - font.getlength(after) if after else font.getlength(one)


@cache
def _has(path: str, face: int, character: str) -> bool:
    """Whether a font has a character: else it draws the box that it draws for one that does not exist."""
    font = _font(path, face, 12)
    return bytes(font.getmask(character)) != bytes(font.getmask("\U0010fffe"))


def _headline(text: str, fonts: Fonts, width: float, height: float) -> tuple[_Face, list[str]]:
    """The headline in its lines, about equally long ones where all of it fits."""
    for size in _HEADLINE:
        face = _Face(fonts, size, bold=True)
        lines = face.lines(text, width, min(_LINES, int(height // (size * _LEADING))))
        if not lines[-1].endswith(("...", "…")):
            return face, _balanced(face, text, width, lines)
    return face, lines


def _balanced(face: _Face, text: str, width: float, lines: list[str]) -> list[str]:
    for part in (0.55, 0.65, 0.75, 0.85, 0.95):
        narrower = face.lines(text, part * width, len(lines) + 1)
        if len(narrower) <= len(lines):
            return narrower
    return lines


def _clean(text: str) -> str:
    """A text in one line without control characters and the dollars of formulas."""
    visible = "".join(" " if one.isspace() else one for one in text if one.isspace() or unicodedata.category(one)[0] != "C")
    return " ".join(re.sub(r"\$([^$]*)\$", r"\1", visible).split())


# --- pixels --------------------------------------------------------------------------------------

_POINTS = ((0, -100), (23, -32), (95, -31), (38, 12), (59, 81), (0, 40), (-59, 81), (-38, 12), (-95, -31), (-23, -32))
"""A five-pointed star, in hundredths of its radius."""


@cache
def _star() -> "Image":
    """A star with smooth edges: drawn four times as large."""
    from PIL import Image, ImageDraw

    large = Image.new("L", (120, 120))
    ImageDraw.Draw(large).polygon([(60 + across * 0.58, 62 + down * 0.58) for across, down in _POINTS], fill=255)
    return large.reduce(4)


def _png(layers: dict[str, "Image"]) -> bytes:
    """The layers on paper, as a PNG with a palette: its few shades are ours, so that nothing has to be estimated."""
    from PIL import Image

    from digest.site.drawing import png

    picture, palette = Image.new("L", (WIDTH, HEIGHT)), list(_PAPER)
    for number, (colour, layer) in enumerate(layers.items()):
        first = number * _LEVELS
        palette += [
            p + (c - p) * level // _LEVELS
            for level in range(1, _LEVELS + 1)
            for p, c in zip(_PAPER, _COLOURS[colour], strict=True)
        ]
        if box := layer.getbbox():  # most of a layer is empty
            drawn = layer.crop(box)
            shades = drawn.point([first + (value * _LEVELS + 127) // 255 for value in range(256)])
            picture.paste(shades, box, drawn.point([255 if value * _LEVELS + 127 >= 255 else 0 for value in range(256)]))
    return png.indexed(picture.tobytes(), WIDTH, HEIGHT, palette)
