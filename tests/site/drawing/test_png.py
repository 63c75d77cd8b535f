"""PNG files as another program reads them."""

from io import BytesIO

import pytest

from digest.site.drawing import png


def test_another_program_reads_the_same_pixels() -> None:
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    pixels = bytes((across * down) % 5 for down in range(7) for across in range(11))
    palette = [255, 255, 255, 200, 10, 20, 30, 200, 40, 50, 60, 200, 0, 0, 0]
    found = image.open(BytesIO(png.indexed(pixels, 11, 7, palette)))
    found.load()
    assert (found.format, found.mode, found.size) == ("PNG", "P", (11, 7))
    assert found.tobytes() == pixels
    assert found.getpalette()[:15] == palette
