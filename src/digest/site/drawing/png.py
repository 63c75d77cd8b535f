"""PNG of pictures with few colours (w3.org/TR/png). Pillow's writer brings the readers of five formats with it, which takes
longer than to draw the picture."""

import struct
import zlib
from collections.abc import Iterable, Sequence

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INDEXED, _DEPTH = 3, 8
_UNFILTERED = b"\0"
"""Before each row. Filters help photographs; rows of a few shades are best as they are."""


def indexed(pixels: bytes, width: int, height: int, palette: Sequence[int]) -> bytes:
    """A picture as a PNG.

    Args:
        pixels: a byte each, its place in the palette; row by row from the top.
        palette: red, green and blue of each colour, 256 colours at most.
    """
    rows = _UNFILTERED + _UNFILTERED.join(pixels[start : start + width] for start in range(0, width * height, width))
    header = struct.pack(">IIBBBBB", width, height, _DEPTH, _INDEXED, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", bytes(palette)), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunks(chunks))


def _chunks(chunks: Iterable[tuple[bytes, bytes]]) -> Iterable[bytes]:
    for kind, data in chunks:
        yield struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
