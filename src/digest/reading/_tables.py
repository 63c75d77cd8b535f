"""Tables as sentences: one a row, every cell beside its head.

    Table 2, row GPT-4: MMLU = 88.5; MATH = 76.6

LaTeXML guesses which cells are heads (`ltx_th_column`, `ltx_th_row`) and often does not: then the rows at the top that
hold hardly a number are heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.reading._inline import Page, classes, text_of
from digest.reading._look import Look

if TYPE_CHECKING:
    from lxml.etree import _Element

_WIDEST = 60
_LONGEST_CELL = 400
"""Characters; a table of longer cells is a layout of texts."""
_LONGEST_ROW = 700
_EMPTY = frozenset(["", "-", "–", "—", "−", "--", "/"])
_NUMBER = re.compile(r"[\s$(~<>≤≥±+\-–−]*\d[\d.,]*(?!\w{3})")


@dataclass(frozen=True)
class Cell:
    """A cell; one that spans several places stands in all of them."""

    text: str
    head: str = ""
    """`column`, `row`, `both` or nothing: what LaTeXML takes it to be the head of."""
    height: int = 1


@dataclass(frozen=True)
class Row:
    """A row, its cells at their places."""

    cells: tuple[Cell | None, ...]
    is_head: bool
    anchor: str | None

    @property
    def texts(self) -> list[str]:
        return [cell.text if cell else "" for cell in self.cells]


@dataclass(frozen=True)
class Line:
    """What becomes a sentence, or several where `prose` is set."""

    text: str
    anchor: str | None
    prose: bool = False


def lines(table: _Element, look: Look, page: Page, name: str) -> Iterator[Line]:
    """The rows of a table as sentences.

    Args:
        table: LaTeXML's `ltx_tabular`, a table or spans that act as one.
        look: inside it.
        name: "Table 2"; "Table" where it has no number.
    """
    rows = _grid(table, look, page)
    rows = [row for row in rows if any(text not in _EMPTY for text in row.texts)]
    if _is_layout(rows):
        for row in rows:
            yield from (Line(cell.text, row.anchor, prose=True) for cell in _different(row.cells) if cell.text not in _EMPTY)
        return
    width = max((len(row.cells) for row in rows), default=0)
    heads = [""] * width
    group, fresh = "", True
    rows = _with_heads(rows)
    words = [
        _is_of_words([row.texts[column] for row in rows if not row.is_head and column < len(row.cells)])
        for column in range(width)
    ]
    for row in rows:
        if row.is_head:
            heads = _joined([""] * width if not fresh else heads, row)
            fresh = True
        elif (label := _spanning(row, width)) is not None:
            group = label
        else:
            fresh = False
            yield from (Line(text, row.anchor) for text in _sentences(name, group, heads, row, words))


def _is_layout(rows: list[Row]) -> bool:
    """Whether a table only puts texts side by side."""
    cells = [cell for row in rows for cell in _different(row.cells)]
    if not rows or max(len(row.cells) for row in rows) < 2 or len(rows) < 2:
        return True
    return any(len(cell.text) > _LONGEST_CELL for cell in cells)


# --- the grid ------------------------------------------------------------------------------------


def _grid(table: _Element, look: Look, page: Page) -> list[Row]:
    rows: list[Row] = []
    below: dict[int, tuple[Cell, int]] = {}
    """By column: a cell that reaches down, and over how many more rows."""
    for element, around, is_head in _rows(table, look, page, False):
        cells: list[Cell | None] = []
        for cell, columns in _cells(element, page.styles.look(element, around), page):
            _reach_down(cells, below)
            for _ in range(min(columns, _WIDEST - len(cells))):
                if cell.height > 1:
                    below[len(cells)] = (cell, cell.height - 1)
                cells.append(cell)
        _reach_down(cells, below)
        made = [cell for cell in cells if cell and cell.text not in _EMPTY]
        only_heads = bool(made) and all(cell.head in ("column", "both") for cell in made)
        rows.append(Row(tuple(cells), is_head or only_heads, element.get("id")))
    return rows


def _reach_down(cells: list[Cell | None], below: dict[int, tuple[Cell, int]]) -> None:
    while len(cells) in below and len(cells) < _WIDEST:
        cell, more = below.pop(len(cells))
        if more > 1:
            below[len(cells)] = (cell, more - 1)
        cells.append(cell)


def _rows(element: _Element, look: Look, page: Page, is_head: bool) -> Iterator[tuple[_Element, Look, bool]]:
    for child in element:
        names = classes(child)
        if child.tag == "tr" or "ltx_tr" in names:
            yield child, look, is_head
        elif child.tag in ("thead", "tbody", "tfoot") or names & {"ltx_thead", "ltx_tbody", "ltx_tfoot"}:
            inside = page.styles.look(child, look)
            yield from _rows(child, inside, page, is_head or child.tag == "thead" or "ltx_thead" in names)


def _cells(row: _Element, look: Look, page: Page) -> Iterator[tuple[Cell, int]]:
    """The cells of a row with the columns that each takes."""
    for element in row:
        names = classes(element)
        if element.tag not in ("td", "th") and "ltx_td" not in names:
            continue
        column, leads = "ltx_th_column" in names, "ltx_th_row" in names
        head = "both" if column and leads else "column" if column else "row" if leads else ""
        text = text_of(element, look, page)
        yield Cell(text, head, _span(element, "rowspan", names)), _span(element, "colspan", names)


def _span(element: _Element, name: str, names: frozenset[str]) -> int:
    value = element.get(name) or next((n.rsplit("_", 1)[1] for n in names if n.startswith(f"ltx_{name}_")), "1")
    return max(1, min(int(value[:9]), _WIDEST)) if value.isascii() and value.isdigit() else 1  # int() refuses 5,000 digits


# --- heads ---------------------------------------------------------------------------------------


def _with_heads(rows: list[Row]) -> list[Row]:
    """The rows, those at the top marked as heads where LaTeXML marked none, or all."""
    if any(row.is_head for row in rows[:1]) and not all(row.is_head for row in rows):
        return rows
    top = 0
    while top < len(rows) - 1 and not _has_values(rows[top]):
        top += 1
    if top == len(rows) - 1 or top > 4:  # a table of words: its first row is its head
        top = 1
    while 0 < top < len(rows) - 1 and _reaches(rows[top - 1], rows[top]):
        top += 1
    return [Row(row.cells, place < top, row.anchor) for place, row in enumerate(rows)]


def _has_values(row: Row) -> bool:
    """Whether a row has as many numbers, right of its first cell, as a row of results would."""
    texts = [text for text in row.texts[1:] if text not in _EMPTY]
    return bool(texts) and sum(bool(_NUMBER.match(text)) for text in texts) * 3 >= len(texts)


def _reaches(head: Row, below: Row) -> bool:
    """Whether a head spans the row below too, which is then one of heads; the names of groups reach further."""
    return any(a is not None and a is b and a.height <= 3 for a, b in zip(head.cells, below.cells, strict=False))


def _joined(heads: list[str], row: Row) -> list[str]:
    """The heads with one more row of them below."""
    texts = row.texts + [""] * (len(heads) - len(row.cells))
    return [
        above if text in _EMPTY or text == above or above.endswith(f" {text}") else _below(above, text)
        for above, text in zip(heads, texts, strict=True)
    ]


def _below(above: str, text: str) -> str:
    return above + text if above.endswith("-") else f"{above} {text}".strip()


def _spanning(row: Row, width: int) -> str | None:
    """The text of a row that says what the rows below it have in common."""
    different = [cell for cell in _different(row.cells) if cell.text not in _EMPTY]
    if len(different) != 1 or _NUMBER.match(different[0].text):
        return None
    places = sum(cell is different[0] for cell in row.cells)
    return different[0].text if places == width or row.cells[0] is different[0] else None


# --- sentences -----------------------------------------------------------------------------------


def _sentences(name: str, group: str, heads: list[str], row: Row, words: list[bool]) -> Iterator[str]:
    leads = _leading(row, heads, words)
    label = " / ".join(dict.fromkeys(text for text in [group, *row.texts[:leads]] if text not in _EMPTY))
    start = f"{name}, row {label}:" if label else f"{name}:"
    values = _values(row, heads, leads)
    if not values:
        yield f"{start[:-1]}."
    while values:
        text, values = values[0], values[1:]
        while values and len(text) + len(values[0]) < _LONGEST_ROW:
            text, values = f"{text}; {values[0]}", values[1:]
        yield f"{start} {text}"


def _leading(row: Row, heads: list[str], words: list[bool]) -> int:
    """How many cells at the left name the row: those marked so, else the first; and columns of words that go on there."""
    last = len(row.cells) - 1
    leads = 0
    while leads < last and (cell := row.cells[leads]) and cell.head in ("row", "both"):
        leads += 1
    if leads == 0 and _NUMBER.match(row.texts[0]) and heads[0]:
        return 0
    leads = max(leads, 1)
    while leads < min(last, 3) and words[leads] and not all(words[leads:]):
        leads += 1
    return leads


def _is_of_words(column: list[str]) -> bool:
    """Whether a column of the table holds names rather than figures."""
    texts = [text for text in column if text not in _EMPTY]
    return not any(_NUMBER.match(text) or text.startswith("$") for text in texts)


def _values(row: Row, heads: list[str], leads: int) -> list[str]:
    """`MMLU = 88.5` for every cell; one that spans several columns names all of them."""
    values: list[tuple[list[str], Cell]] = []
    for head, cell in list(zip(heads, row.cells, strict=False))[leads:]:
        if cell is None or cell.text in _EMPTY:
            continue
        if values and values[-1][1] is cell:
            values[-1][0].append(head)
        else:
            values.append(([head], cell))
    named = [(" / ".join(dict.fromkeys(filter(None, heads))), cell.text) for heads, cell in values]
    return [f"{head} = {text}" if head else text for head, text in named]


def _different(cells: tuple[Cell | None, ...]) -> list[Cell]:
    return list({id(cell): cell for cell in cells if cell}.values())
