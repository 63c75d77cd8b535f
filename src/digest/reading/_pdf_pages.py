"""Pages of a PDF as text, in a process of its own: `python _pdf_pages.py MOST_PAGES < paper.pdf > pages.json`.

A PDF is a program of sorts, and pypdf is written in Python: a hostile file can keep it busy for hours or fill the memory.
Here the operating system sets the limits, and whoever started this ends it when its time is up.

Imports nothing of the package, so that it starts at once. Written is one JSON object: `pages` (texts), `total` (pages that
the file has), `hidden` (stretches of text left out because nobody can see them), or `error`.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from math import hypot
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

_MEMORY = 2 * 2**30
_TINY = 2.0
"""Points."""
_SHOWS = (b"Tj", b"TJ", b"'", b'"')
_FILLS = (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")
_ENDS_PATH = (*_FILLS, b"n", b"S", b"s")

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _State:
    """The part of a page's graphics state (ISO 32000, 8.4) that decides whether text is seen."""

    def __init__(self) -> None:
        self.matrix = _IDENTITY
        self.mode = 0
        self.size = 12.0
        self.leading = 0.0
        self.white = self.clear = False
        self.space = "/DeviceGray"

    def copy(self) -> _State:
        other = _State()
        other.__dict__.update(self.__dict__)
        return other


class Sieve:
    """Takes text out of a page's content that is drawn in no mode, in white on nothing, or too small to read.

    White letters count as seen where something was painted beneath them. Forms within the page are not looked into.
    """

    def __init__(self, transparent: Sequence[str] = ()) -> None:
        self._transparent = transparent
        self._state, self._stack = _State(), list[_State]()
        self._line = self._text = _IDENTITY
        self._points: list[tuple[float, float]] = []
        self._painted: list[tuple[float, float, float, float]] = []
        self.hidden = 0
        self._was_hidden = False

    def keeps(self, operator: bytes, operands: Sequence[Any]) -> bool:
        """Whether an operation stays. Ask for all of them, in order."""
        if operator in _SHOWS:
            if operator in (b"'", b'"'):
                self._move(0.0, -self._state.leading)
            seen = self._is_seen()
            self.hidden += not seen and not self._was_hidden
            self._was_hidden = not seen
            return seen
        numbers = [float(o) for o in operands if isinstance(o, (int, float)) or _is_number(o)]
        self._follow(operator, numbers, operands)
        return True

    def _follow(self, operator: bytes, numbers: list[float], operands: Sequence[Any]) -> None:
        state = self._state
        if operator == b"q":
            self._stack.append(state.copy())
        elif operator == b"Q" and self._stack:
            self._state = self._stack.pop()
        elif operator == b"cm" and len(numbers) == 6:
            state.matrix = _times(_matrix(numbers), state.matrix)
        elif operator == b"gs":
            state.clear = bool(operands) and str(operands[0]) in self._transparent
        elif operator in (b"g", b"rg", b"k", b"sc", b"scn", b"cs"):
            self._colour(operator, numbers, operands)
        elif operator == b"Do":
            self._paint([(0, 0), (0, 1), (1, 0), (1, 1)])
        elif operator == b"re" and len(numbers) == 4:
            x, y, width, height = numbers
            self._points += [(x, y), (x + width, y + height)]
        elif operator in (b"m", b"l", b"c", b"v", b"y"):
            self._points += list(zip(numbers[::2], numbers[1::2], strict=False))
        elif operator in _ENDS_PATH:
            if operator in _FILLS and not state.white and not state.clear:
                self._paint(self._points)
            self._points = []
        else:
            self._follow_text(operator, numbers)

    def _follow_text(self, operator: bytes, numbers: list[float]) -> None:
        state = self._state
        if operator == b"BT":
            self._line = self._text = _IDENTITY
        elif operator == b"Tr" and numbers:
            state.mode = int(numbers[0])
        elif operator == b"Tf" and numbers:
            state.size = numbers[-1]
        elif operator == b"TL" and numbers:
            state.leading = numbers[0]
        elif operator == b"Tm" and len(numbers) == 6:
            self._line = self._text = _matrix(numbers)
        elif operator in (b"Td", b"TD") and len(numbers) == 2:
            if operator == b"TD":
                state.leading = -numbers[1]
            self._move(*numbers)
        elif operator == b"T*":
            self._move(0.0, -state.leading)

    def _colour(self, operator: bytes, numbers: list[float], operands: Sequence[Any]) -> None:
        state = self._state
        if operator == b"cs":
            state.space, state.white = str(operands[0]) if operands else "", False
        elif operator == b"k" or (operator in (b"sc", b"scn") and len(numbers) == 4):
            state.white = max(numbers, default=1.0) <= 0.03
        elif operator in (b"g", b"rg") or len(numbers) == 3 or state.space == "/DeviceGray":
            state.white = bool(numbers) and min(numbers) >= 0.94
        else:  # one number in a space of its own may be the amount of any ink
            state.white = False

    def _move(self, x: float, y: float) -> None:
        self._line = self._text = _times((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _is_seen(self) -> bool:
        state = self._state
        place = _times(self._text, state.matrix)
        if state.mode in (3, 7) or state.clear or abs(state.size) * hypot(place[2], place[3]) < _TINY:
            return False
        return not (state.white and state.mode in (0, 4)) or self._is_on_paint(place[4], place[5])

    def _paint(self, points: Sequence[tuple[float, float]]) -> None:
        if points:
            there = [_times((1.0, 0.0, 0.0, 1.0, x, y), self._state.matrix)[4:] for x, y in points]
            xs, ys = [x for x, _ in there], [y for _, y in there]
            self._painted.append((min(xs) - 2, min(ys) - 2, max(xs) + 2, max(ys) + 2))

    def _is_on_paint(self, x: float, y: float) -> bool:
        return any(left <= x <= right and low <= y <= high for left, low, right, high in self._painted)


def _is_number(operand: object) -> bool:
    return type(operand).__name__ in ("FloatObject", "NumberObject")


def _matrix(numbers: Sequence[float]) -> Matrix:
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _times(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + o


def page_text(page: PageObject) -> tuple[str, int]:
    """The text of a page that a reader sees, and how many stretches of it were left out."""
    from pypdf.generic import NameObject

    content = page.get_contents()
    if content is None:
        return "", 0
    sieve = Sieve(_transparent(page))
    content.operations = [(operands, op) for operands, op in content.operations if sieve.keeps(op, operands)]
    if sieve.hidden:
        page[NameObject("/Contents")] = content
    return page.extract_text(), sieve.hidden


def _transparent(page: PageObject) -> list[str]:
    """The names of the page's graphics states that draw nothing one can see."""
    with suppress(Exception):  # a broken resource hides nothing
        resources: Any = page["/Resources"].get_object()
        states = resources["/ExtGState"].get_object()
        return [str(name) for name, state in states.items() if float(state.get_object().get("/ca", 1)) < 0.05]
    return []


def pages(data: bytes, most: int) -> dict[str, Any]:
    """The first pages of a PDF."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"error": "it is encrypted"}
    total = len(reader.pages)
    texts = [page_text(reader.pages[n]) for n in range(min(total, most))]
    return {"pages": [text for text, _ in texts], "total": total, "hidden": sum(hidden for _, hidden in texts)}


def main() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        answer = pages(sys.stdin.buffer.read(), int(sys.argv[1]))
    except Exception as error:  # pypdf lets through whatever a broken file makes it stumble over
        answer = {"error": f"{type(error).__name__}: {error}"[:200]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
