"""The picture of a digest: a small PNG of one size, whatever its words are, or none where they cannot be written."""

import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from digest.site.drawing import images
from digest.site.drawing.images import Fonts, find_fonts, fingerprint

Image = pytest.importorskip("PIL.Image", reason="needs the extra `images`")

FOUND = find_fonts()
SOURCE = str(Path(images.__file__).parents[3])
BUNDLED = Fonts()
"""Pillow's own."""
needs_chinese = pytest.mark.skipif(not FOUND.chinese, reason="needs a font with Chinese on this machine")

ENGLISH = ("Daily AI Papers", "Monday, 16 February 2026", "Fewer patches, fewer samples, no zoom", [("FAC", 3), ("OneVision", 2)])
CHINESE = (
    "AI 论文日报",
    "2026 年 2 月 16 日",
    "模型不放大也能看清细节，" * 25,
    [("区域到图像蒸馏", 3), ("FAC", 3), ("三", 3), ("四", 3)],
)
HOSTILE = (
    "<script>\x00\x1b[31m",
    "\u202e2026",
    "$O(n^2)$ \ud800 \U0001f389 " + "x" * 300,
    [("\u200b\n\r\t", 3), ("y" * 999, 3), ("", 0)] * 5,
)


def opened(png: bytes | None):  # type: ignore[no-untyped-def]
    from io import BytesIO

    assert png
    return Image.open(BytesIO(png))


def ink(png: bytes | None, box: tuple[int, int, int, int]) -> int:
    """Dark pixels in a part of a picture."""
    return sum(opened(png).convert("L").crop(box).histogram()[:140])


WORDS = [
    pytest.param(ENGLISH, FOUND, id="english"),
    pytest.param(ENGLISH, BUNDLED, id="bundled font"),
    pytest.param(CHINESE, FOUND, id="chinese", marks=needs_chinese),
    pytest.param(HOSTILE, FOUND, id="hostile"),
    pytest.param(HOSTILE, BUNDLED, id="hostile in the bundled font"),
    pytest.param(("", "", "", []), FOUND, id="nothing"),
    pytest.param(("T" * 300, "D", "Long words and short ones, " * 12, []), FOUND, id="long"),
]


@pytest.mark.parametrize(("words", "fonts"), WORDS)
def test_a_picture_is_a_small_png_of_1200_by_630(words: tuple, fonts: Fonts) -> None:  # type: ignore[type-arg]
    png = images.picture(*words, fonts)
    assert png and len(png) < 40_000
    found = opened(png)
    assert (found.format, found.size, found.mode) == ("PNG", (1200, 630), "P")


@pytest.mark.parametrize(("words", "fonts"), WORDS)
def test_words_stay_within_the_margins(words: tuple, fonts: Fonts) -> None:  # type: ignore[type-arg]
    found = opened(images.picture(*words, fonts)).convert("RGB")
    paper = found.getpixel((0, 0))
    for box in ((0, 0, 76, 630), (1125, 0, 1200, 630), (0, 0, 1200, 60), (0, 590, 1200, 630)):
        assert found.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), paper)]


@pytest.mark.parametrize(("words", "fonts"), WORDS)
def test_headline_and_names_do_not_meet(words: tuple, fonts: Fonts) -> None:  # type: ignore[type-arg]
    names = min(len(words[3]), 4)
    if names:
        first = 630 - 70 - (names - 1) * 48
        assert ink(images.picture(*words, fonts), (80, first - 34, 1120, first - 29)) == 0


def test_the_same_words_make_the_same_bytes_in_another_process() -> None:
    code = f"import sys; from digest.site.drawing.images import *; sys.stdout.buffer.write(picture(*{ENGLISH!r}, find_fonts()))"
    made = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env={"PYTHONPATH": SOURCE})
    assert made.stdout == images.picture(*ENGLISH, FOUND)


def test_a_png_holds_no_time_and_no_name_of_a_program() -> None:
    png = images.picture(*ENGLISH, FOUND)
    assert png
    kinds, place = [], 8
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        assert (
            zlib.crc32(png[place + 4 : place + 8 + length])
            == struct.unpack(">I", png[place + 8 + length : place + 12 + length])[0]
        )
        kinds.append(kind)
        place += length + 12
    assert set(kinds) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


@pytest.mark.parametrize("place", range(4))
def test_chinese_without_a_font_for_it_makes_no_picture(place: int) -> None:
    words = list(ENGLISH)
    words[place] = CHINESE[place]
    assert images.picture(*words, BUNDLED) is None  # type: ignore[arg-type]


def test_characters_that_a_font_lacks_are_left_out() -> None:
    with_emoji = ("Daily \U0001f389 Papers", *ENGLISH[1:])
    assert images.picture(*with_emoji, BUNDLED) == images.picture("Daily Papers", *ENGLISH[1:], BUNDLED)


def test_formulas_lose_their_dollars() -> None:
    assert images.picture("T", "D", "In $O(n)$", [], BUNDLED) == images.picture("T", "D", "In O(n)", [], BUNDLED)


def test_a_short_headline_is_larger_than_a_long_one() -> None:
    short, long = (images.picture("T", "D", text, [], BUNDLED) for text in ("Hx", "Hx " + "words that go on " * 18))
    assert ink(short, (80, 130, 130, 230)) > ink(long, (80, 130, 130, 185))


def test_stars_are_as_many_as_the_paper_has() -> None:
    star = [ink(images.picture("T", "D", "H", [("A", stars)], BUNDLED), (70, 530, 200, 600)) for stars in (0, 1, 3)]
    assert star[0] < star[1] < star[2]


# --- fonts ---------------------------------------------------------------------------------------


def test_a_machine_without_fonts_uses_the_bundled_one(tmp_path: Path) -> None:
    assert find_fonts([tmp_path, tmp_path / "missing"]) == BUNDLED


def test_a_font_with_chinese_is_taken_before_any_other(tmp_path: Path) -> None:
    for name in ("truetype/dejavu/DejaVuSans.ttf", "truetype/dejavu/DejaVuSans-Bold.ttf", "noto-cjk/NotoSansCJK-Regular.ttc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert find_fonts([tmp_path]).regular.endswith("DejaVuSans.ttf")
    (tmp_path / "noto-cjk/NotoSansCJK-Bold.ttc").touch()
    found = find_fonts([tmp_path])
    assert found.chinese and found.face == 2 and found.bold.endswith("NotoSansCJK-Bold.ttc")


@needs_chinese
def test_the_font_that_is_found_has_the_simplified_characters() -> None:
    assert images._Face(FOUND, 20).known("模型骨直门 ABC") == "模型骨直门 ABC"


@pytest.mark.parametrize("fonts", [FOUND, BUNDLED], ids=["found", "bundled"])
@pytest.mark.parametrize("text", ["AVATAR, To. Yo LTA", "“VAULT”…—é", "模型，AV。", ""])
def test_a_line_is_as_wide_as_its_font_says(fonts: Fonts, text: str) -> None:
    face = images._Face(fonts, 31, bold=True)
    assert face.width(text) == face.font.getlength(text)


def test_another_font_has_another_fingerprint(tmp_path: Path) -> None:
    fonts = Fonts(str(tmp_path / "a.ttf"), str(tmp_path / "a.ttf"))
    (tmp_path / "a.ttf").write_bytes(b"1")
    before = fingerprint(fonts)
    (tmp_path / "a.ttf").write_bytes(b"12")
    assert before != fingerprint(fonts) != fingerprint(BUNDLED)


def test_pillow_is_loaded_only_to_draw() -> None:
    code = (
        "import sys; from digest.site.drawing import images; fonts = images.find_fonts(); assert images.available(); "
        "images.fingerprint(fonts); assert not any(m.split('.')[0] == 'PIL' for m in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": SOURCE})
