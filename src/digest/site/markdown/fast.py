"""Posts read line by line: what our own templates write, many times faster than a parser of all Markdown.

A block is read here only where nothing in it or after it could make it something else: headings with `#`, paragraphs,
rules, lists of `-` and numbers with their items on one line each, one-paragraph quotes, tables. Everything else is read
by the reference: a passage, a block, or, where one place has a meaning for others (definitions of addresses, tabs), the
whole post. So every text has the same tree and the same HTML both ways.
"""

import re
from collections.abc import Sequence

from digest.patterns import lazy
from digest.site.cjk import JOINER
from digest.site.markdown import reference
from digest.site.markdown.builder import Builder, Cell, finished, joined, visible
from digest.site.markdown.spans import Spans
from digest.site.markdown.tree import Block, Body, Item, cleaned, escaped, unescaped

DEPTH = 5
"""Lists inside of lists that are read here; at 20 levels of elements the reference gives up."""

# How a line of text begins that is nothing but text, wherever it stands. HTML characters are escaped already.
_TEXT = r"""(?:
    [^\s\#&>+\-*=_|:~`$0-9]
  | \*\*?(?=[^\s*])
  | &(?:amp|lt|quot);
  | [+](?=[^\s+])
  | -(?=[^\s\-|:])
  | [0-9](?![0-9]{0,8}[.)](?:\s|$))
  | `(?!``) | \$(?!\$) | ~(?!~~)
)"""
_IS_TEXT = lazy(_TEXT, re.VERBOSE)
_ITEM = lazy(rf"(\ *)(-|[0-9]{{1,9}}[.)])\ (?={_TEXT})(.*\S)$", re.VERBOSE)
_MARKER = re.compile(r" *(?:[-+*]|[0-9]{1,9}[.)])(?: |$)")
_HEADING = re.compile(r"(#{1,6}) (\S.*)")
_DELIMITERS = re.compile(r"\|(?: *:?-+:? *\|)+")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = Block("rule", "<hr />\n")
_DEFINITION = re.compile(r"(?<!\\)\]:|\\\\\]:")
_AROUND = "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""What CommonMark's parsers take off the ends of a table's cell."""
_AROUND_TITLE = f"#\x85{_AROUND}"
_ACROSS = ("\\|", "$", "`", "*", "[[")
"""What in a row of a table may go across cells, where the whole line is read, or depend on where a cell begins."""
_ALIGNMENTS = {(False, False): "", (True, False): "left", (False, True): "right", (True, True): "center"}

Next = tuple[int, re.Match[str] | None, bool]
"""The next line that is not blank, that line as an item of a list if it is one, and whether a blank one came before it."""
_NONE: list[Block] = []


class Doubt(Exception):
    """What stands here may be another block to the reference parser."""


class Scanner:
    """Reads one post.

    Attributes:
        doubts: how many passages and blocks were left to the reference.
    """

    def __init__(self, text: str, title: str, builder: Builder) -> None:
        self._source, self._title, self._builder = cleaned(text), title, builder
        self._lines: list[str] = []
        self._html: list[str] = []
        self._doubtful: set[int] = set()
        self._session: reference.Session | None = None
        self._item_of, self._is_text = _ITEM.match, _IS_TEXT.match
        self._own_is_ascii = builder.language == "en"
        self.doubts = 0

    def body(self) -> Body:
        """The whole post."""
        if "\t" in self._source or ("]:" in self._source and _DEFINITION.search(self._source)):
            self.doubts += 1
            return reference.parse(self._source, self._title, self._builder)
        self._read_lines()
        blocks: list[Block] = []
        at, end, first = 0, len(self._lines) - 1, True
        while at < end:
            if not self._lines[at] or self._ends(at):
                at += 1
                continue
            found, at = self._blocks(at, first)
            blocks += found
            first = False
        return self._builder.body(blocks)

    def _read_lines(self) -> None:
        """Read the inline Markdown of all lines at once, as if each were a passage; what is no passage is not used.

        The columns of a passage in its HTML are those in its source: before it there are blanks, digits and signs.
        Of an evidence that begins it, nothing is left there: the joiner takes the place of the blank before.
        """
        text = escaped(self._source) + "\n"  # so that every line has one after it
        spans = Spans(self._builder.links)
        self._lines, self._html = text.split("\n"), joined(spans.html(text)).split("\n")
        self._doubtful = {text.count("\n", 0, place) for place in spans.doubtful}
        if "  [[" in text:  # more than one blank goes
            self._doubtful |= {at for at, line in enumerate(self._lines) if "  [[" in line}

    def _blocks(self, at: int, first: bool) -> tuple[list[Block], int]:
        """The block that begins at a line, and the line after it."""
        line = self._lines[at]
        try:
            if first and line[0] == "#" and unescaped(line).strip(_AROUND_TITLE) == self._title.strip(_AROUND_TITLE):
                raise Doubt  # perhaps the title again
            block, after = _READERS.get(line[0], Scanner._paragraph)(self, at)
            return [block], after
        except Doubt:
            self.doubts += 1
            return self._reference.blocks(at, first=first)

    @property
    def _reference(self) -> "reference.Session":
        if self._session is None:
            self._session = reference.Session(self._source, self._title, self._builder)
        return self._session

    def _passage(self, at: int, start: int = 0) -> str:
        """The HTML of a line from a column on, which no inline Markdown goes across."""
        if at in self._doubtful:
            self.doubts += 1
            return self._reference.inline(unescaped(self._lines[at][start:]))
        html = self._html[at][start:]
        return html.removeprefix(JOINER) if not start and self._lines[at][0] == "[" else html

    def _mark(self, at: int, html: str) -> str:
        """What `language_mark` says of a passage on a line; on an English page nothing of one without Chinese characters."""
        return "" if self._own_is_ascii and self._lines[at].isascii() else self._builder.language_mark(html)

    def _ends(self, at: int) -> bool:
        """Whether a line is blank, as the one behind the last is."""
        line = self._lines[at]
        return not line or (line[0] == " " and not line.strip(" "))

    # --- blocks of one line ---

    def _heading(self, at: int) -> tuple[Block, int]:
        match = _HEADING.fullmatch(self._lines[at])
        if not match or match[2][-1] == "#" or match[2][-1].isspace():
            raise Doubt
        if "|" in match[2] and self._lines[at + 1].lstrip(" ").startswith(("-", ":", "|")):
            raise Doubt  # perhaps the head of a table
        html, text, title = self._title_of(at, match.start(2))
        return self._builder.heading(match.end(1), html, self._mark(at, html), text, title), at + 1

    def _title_of(self, at: int, start: int) -> tuple[str, str, str]:
        """The HTML of a heading, its plain text, and that without formulas."""
        source, html = self._lines[at][start:], self._html[at][start:]
        if at in self._doubtful or "[[" in source:
            self.doubts += 1
            return self._reference.heading(unescaped(source))
        if "$" not in source:
            text = visible(html)
            return html, text.strip(), text
        spans = Spans(self._builder.links)
        text = title = spans.html(source)
        for made, formula in spans.formulas:
            text, title = text.replace(made, formula, 1), title.replace(made, "", 1)
        return html, visible(text).strip(), visible(title)

    def _dash(self, at: int) -> tuple[Block, int]:
        return (_RULE, at + 1) if self._lines[at] == "---" else self._number(at)

    def _quote(self, at: int) -> tuple[Block, int]:
        line = self._lines[at]
        if not line.startswith("&gt;"):
            return self._paragraph(at)
        if line[4:5] != " " or not self._ends(at + 1):
            raise Doubt
        return self._builder.quote([self._text(at, 5)]), at + 1

    # --- paragraphs ---

    def _paragraph(self, at: int) -> tuple[Block, int]:
        start = at
        while not self._ends(at):
            if not self._is_text(self._lines[at]):
                raise Doubt
            at += 1
        if self._lines[at - 1][-1].isspace():
            raise Doubt
        if at == start + 1:
            html = self._passage(start)
            return self._builder.paragraph(html, self._mark(start, html)), at
        html = self._passages(start, at)
        return self._builder.paragraph(html, self._builder.language_mark(html)), at

    def _passages(self, start: int, end: int) -> str:
        """Lines of one paragraph. Each can be read by itself, since what is open at a line's end makes it doubtful."""
        if self._lines[end - 1][-1] == "\\":
            raise Doubt  # the reference can take it for one before the first character
        parts = []
        for at in range(start, end):
            line = self._lines[at]
            text = line.rstrip(" ")
            if at in self._doubtful or text[-1] == "\\":
                raise Doubt
            html = self._passage(at) if at == start else self._html[at]
            blanks = len(line) - len(text)
            parts += [html[: len(html) - blanks], "<br />\n" if blanks > 1 else "\n"]
        return "".join(parts[:-1])

    # --- lists ---

    def _number(self, at: int) -> tuple[Block, int]:
        """A list, or a paragraph that begins with a number or a dash."""
        found = self._item_of(self._lines[at])
        if not found:
            if _MARKER.match(self._lines[at]):
                raise Doubt
            return self._paragraph(at)
        block, (after, _, _) = self._list(at, found, 0, 1)
        return block, after

    def _list(self, at: int, found: re.Match[str], base: int, depth: int) -> tuple[Block, Next]:
        """A list.

        Args:
            at: the line of its first item, which is `found`.
            base: the column where the text around it begins.
            depth: how many lists it stands in, itself included.
        """
        column, marker = found.end(1), found[2]
        kind, start = marker[-1], None if marker == "-" else int(marker[:-1])
        if depth > DEPTH or column - base > 3:
            raise Doubt
        loose, read = False, []
        while True:
            width = found.end(2) + 1
            html, after = self._html[at][width:] if at not in self._doubtful else self._passage(at, width), at + 1
            mark = "" if self._own_is_ascii and found.string.isascii() else self._builder.language_mark(html)
            following, blank, children = self._item_of(self._lines[after]), False, _NONE
            if not following or following.end(1) > column:
                children, spaced, (after, following, blank) = self._children(after, width, depth)
                loose = loose or spaced
            read.append((html, mark, children))
            if not following:
                break
            if following.end(1) != column or following[2][-1] != kind:
                if base <= following.end(1) != column:  # perhaps an item of this list, not in line with the others
                    raise Doubt
                break
            at, found, loose = after, following, loose or blank
        return self._builder.list(self._items(read, loose), start), (after, following, blank)

    def _items(self, read: Sequence[tuple[str, str, list[Block]]], loose: bool) -> list[Item]:
        make = self._builder
        if loose:
            return [make.loose_item([make.paragraph(html, mark), *children]) for html, mark, children in read]
        return [make.item(html, mark, children) for html, mark, children in read]

    def _children(self, at: int, width: int, depth: int) -> tuple[list[Block], bool, Next]:
        """The blocks below the text of an item, whose text begins at a column, and whether there is room between them."""
        children: list[Block] = []
        spaced, after_text = False, True
        at, found, blank = self._next(at)
        while at < len(self._lines):
            if found:
                if found.end(1) < width:
                    break
                if after_text and not blank and found[2] != "-" and int(found[2][:-1]) != 1:
                    raise Doubt  # only a list from 1 can interrupt a paragraph
                spaced = spaced or blank
                block, (at, found, blank) = self._list(at, found, width, depth + 1)
                after_text = False
            else:
                line = self._lines[at]
                indent = len(line) - len(line.lstrip(" "))
                if not blank or indent > width or _MARKER.match(line):
                    raise Doubt
                if indent < width:
                    break
                spaced = after_text = True
                block = self._text(at, width)
                at, found, blank = self._next(at + 1)
            children.append(block)
        return children, spaced, (at, found, blank)

    def _text(self, at: int, width: int) -> Block:
        """A paragraph of one line that begins at a column."""
        if not self._is_text(self._lines[at], width) or self._lines[at][-1].isspace():
            raise Doubt
        html = self._passage(at, width)
        return self._builder.paragraph(html, self._mark(at, html))

    def _next(self, at: int) -> Next:
        """The next line that is not blank, from a line on."""
        start, end = at, len(self._lines)
        while at < end and self._ends(at):
            at += 1
        return at, self._item_of(self._lines[at]) if at < end else None, at > start

    # --- tables ---

    def _table(self, at: int) -> tuple[Block, int]:
        if not _DELIMITERS.fullmatch(self._lines[at + 1]):
            raise Doubt
        columns = [column.strip(" ") for column in self._lines[at + 1][1:-1].split("|")]
        alignments = [_ALIGNMENTS[column[0] == ":", column[-1] == ":"] for column in columns]
        head = self._cells(at)
        if len(head) != len(columns):
            raise Doubt
        heads, at, rows = self._row(at, head, alignments), at + 2, []
        while not self._ends(at):
            cells = self._cells(at)
            rows.append(self._row(at, cells[: len(columns)] + [""] * (len(columns) - len(cells)), alignments))
            at += 1
        return self._builder.table(heads, rows), at

    def _row(self, at: int, cells: Sequence[str], alignments: Sequence[str]) -> list[Cell]:
        return [(html, self._mark(at, html), alignment) for html, alignment in zip(cells, alignments, strict=True)]

    def _cells(self, at: int) -> list[str]:
        """The HTML of the cells in a row."""
        line = self._lines[at]
        if len(line) < 2 or line[0] != "|" or line[-1] != "|" or line[-2] == "\\":
            raise Doubt
        if at not in self._doubtful and not any(mark in line for mark in _ACROSS):
            made = [html.strip(_AROUND) for html in self._html[at][1:-1].split("|")]
            if all(html.count("<a ") == html.count("</a>") for html in made):
                return made
        cells = line[1:-1].split("|") if "\\|" not in line else [c.replace("\\|", "|") for c in _BAR.split(line[1:-1])]
        return [self._cell(cell.strip(_AROUND)) for cell in cells]

    def _cell(self, text: str) -> str:
        spans = Spans(self._builder.links)
        html = finished(spans.html(text))
        if not spans.doubtful:
            return html
        self.doubts += 1
        return self._reference.inline(unescaped(text))


_READERS = {"#": Scanner._heading, "-": Scanner._dash, "|": Scanner._table, "&": Scanner._quote}
_READERS |= dict.fromkeys("0123456789", Scanner._number)
"""What may begin with a character; anything else is a paragraph."""
