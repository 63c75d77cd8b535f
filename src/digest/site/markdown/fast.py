"""Posts read line by line: what our own templates write, many times faster than a parser of all Markdown.

A block is read here only where nothing in it or after it could make it something else: headings with `#`, paragraphs,
rules, lists of `-` and numbers with their items on one line each, one-paragraph quotes, tables. Everything else is read
by the reference: a passage, a block, or, where one place has a meaning for others (definitions of addresses, tabs), the
whole post. So every text has the same tree and the same HTML both ways.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from digest.patterns import lazy
from digest.site.cjk import JOINER
from digest.site.markdown import reference
from digest.site.markdown.builder import Builder, Cell, finished, label_of, name, visible
from digest.site.markdown.spans import BOLD, PLAIN, Doubt, Spans, evidence
from digest.site.markdown.tree import RAISED, Block, Body, Item, cleaned, escaped, unescaped

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
_SIGN = r"(?:[-+*]|[0-9]{1,9}[.)])"
_MARKER = re.compile(rf" *{_SIGN}(?: |$)")
_ITEM = lazy(rf"(\ *)(-|[0-9]{{1,9}}[.)])\ (?={_TEXT})(.*\S)$", re.VERBOSE)
# A list without room between its items, with lists of the same kind in it at most, that ends there whatever follows.
_LINE = rf"\ (?={_TEXT})[^\n]*(?<=\S)\n"
_INNER = rf"(?:(?:\ \ -{_LINE})++|\ \ 1\.{_LINE}(?:\ \ [0-9]{{1,9}}\.{_LINE})*+)"
_TIGHT = lazy(
    rf"(?:(?:-{_LINE}{_INNER}?+)++|(?:[0-9]{{1,9}}\.{_LINE})++)(?=\n++(?!\ |{_SIGN}[ \n])|\Z)",
    re.VERBOSE,
)
_DELIMITERS = re.compile(r"\|(?: *:?-+:? *\|)+")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = Block("rule", "<hr />\n")
_DEFINITION = re.compile(r"(?<!\\)\]:|\\\\\]:")
_AROUND = "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""What CommonMark's parsers take off the ends of a table's cell."""
_AROUND_TITLE = f"#\x85{_AROUND}"
_ALIGNMENTS = {(False, False): "", (True, False): "left", (False, True): "right", (True, True): "center"}

Next = tuple[int, re.Match[str] | None, bool]
"""The next line that is not blank, that line as an item of a list if it is one, and whether a blank one came before it."""
_NONE: list[Block] = []


@lru_cache(maxsize=4)
def _parts(site_url: str) -> re.Pattern[str]:
    """The items of a tight list: indent, sign, and bold words, plain text and an evidence, or the text where it is another."""
    return re.compile(rf"(\ *)(-|[0-9]+\.)\ (?:(?:{BOLD})?({PLAIN})(?:(?<!!){evidence(site_url)})?\n|(.*)\n)", re.VERBOSE)


def _start(marker: str) -> int | None:
    """The first number of a list."""
    return None if marker == "-" else int(marker[:-1])


class _Whole(Exception):
    """One place in the post has a meaning for others, which only the reference knows."""


class Scanner:
    """Reads one post.

    Attributes:
        doubts: how many passages and blocks were left to the reference.
    """

    def __init__(self, text: str, title: str, builder: Builder) -> None:
        self._source, self._title, self._builder = cleaned(text), title, builder
        self._escaped = escaped(self._source) + "\n"  # so that every line has one after it
        self._lines = self._escaped.split("\n")
        self._starts = list(accumulate(map(len, self._lines), initial=0))
        self._spans, self._links = Spans(builder.links), builder.links
        self._session: reference.Session | None = None
        self._item_of, self._is_text = _ITEM.match, _IS_TEXT.match
        self._tight_of, self._parts_of = _TIGHT.match, _parts(builder.links.site_url).findall
        self._own_is_ascii = builder.language == "en"
        self.doubts = 0

    def body(self) -> Body:
        """The whole post."""
        try:
            return self._builder.body(self._all())
        except _Whole:
            self.doubts += 1
            return reference.parse(self._source, self._title, Builder(self._builder.links, self._builder.language))

    def _all(self) -> list[Block]:
        if "\t" in self._source:
            raise _Whole
        blocks: list[Block] = []
        lines, at, first = self._lines, 0, True
        end = len(lines) - 1
        while at < end:
            line = lines[at]
            if not line or (line[0] == " " and self._ends(at)):
                at += 1
                continue
            found, at = self._blocks(at, first)
            blocks += found
            first = False
        return blocks

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
            # A bracket that begins a definition, and one that uses it, is a doubt to all that reads here.
            if _DEFINITION.search(self._source):
                raise _Whole
            self._session = reference.Session(self._source, self._title, self._builder)
        return self._session

    def _passage(self, text: str) -> str:
        """The HTML of a passage."""
        try:
            html = self._spans.html(text)
            return finished(html) if RAISED in html else html
        except Doubt:
            self.doubts += 1
            return self._reference.inline(unescaped(text))

    def _mark(self, source: str, html: str) -> str:
        """What `language_mark` says of a passage; on an English page nothing of one without Chinese characters."""
        return "" if self._own_is_ascii and source.isascii() else self._builder.language_mark(html)

    def _ends(self, at: int) -> bool:
        """Whether a line is blank, as the one behind the last is."""
        line = self._lines[at]
        return not line or (line[0] == " " and not line.strip(" "))

    # --- blocks of one line ---

    def _heading(self, at: int) -> tuple[Block, int]:
        signs, _, written = self._lines[at].partition(" ")
        if len(signs) > 6 or signs.strip("#") or not written or written != written.strip() or written[-1] == "#":
            raise Doubt
        if "|" in written and self._lines[at + 1].lstrip(" ").startswith(("-", ":", "|")):
            raise Doubt  # perhaps the head of a table
        html, text, title = self._title_of(written)
        return self._builder.heading(len(signs), html, self._mark(written, html), text, title), at + 1

    def _title_of(self, written: str) -> tuple[str, str, str]:
        """The HTML of a heading, its plain text, and that without formulas."""
        if written.isalnum():  # most are a single word
            return written, written, written
        try:
            html = text = title = self._spans.html(written)
            if RAISED in html:
                raise Doubt
        except Doubt:
            self.doubts += 1
            return self._reference.heading(unescaped(written))
        for made, formula in self._spans.formulas:
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
            html = self._passage(self._lines[start])
            return self._builder.paragraph(html, self._mark(self._lines[start], html)), at
        html = self._passages(self._lines[start:at])
        return self._builder.paragraph(html, self._builder.language_mark(html)), at

    def _passages(self, lines: Sequence[str]) -> str:
        """Lines of one paragraph. Each can be read by itself, since what is open at a line's end is a doubt."""
        parts = []
        for line in lines:
            text = line.rstrip(" ")
            if text[-1] == "\\":
                raise Doubt  # the reference can take it for one before the first character
            parts += [self._spans.html(text), "<br />\n" if len(line) - len(text) > 1 else "\n"]
        return finished("".join(parts[:-1]))

    # --- lists ---

    def _tight(self, at: int) -> tuple[Block, int] | None:
        """A list as our templates write most of them; None for any other."""
        found = self._tight_of(self._escaped, self._starts[at] + at)
        if not found:
            return None
        parts = self._parts_of(found[0])
        items = self._taken(parts, is_ascii=self._own_is_ascii and found[0].isascii())
        return self._builder.list(items, _start(parts[0][1])), at + len(parts)

    def _taken(self, parts: Sequence[Sequence[str]], *, is_ascii: bool) -> list[Item]:
        """The items of a tight list out of what `_parts` finds, the last first: what is below an item is there before it."""
        items: list[Item] = []
        inner: list[Item] = []
        start = ""
        for indent, sign, bold, plain, number, path, anchor, other in reversed(parts):
            html = f"<strong>{bold}</strong>{plain}" if bold else self._passage(other) if other else plain
            if number:
                html = self._told(html, number, path, anchor)
            label = name(bold) if bold else label_of(html)
            mark = "" if is_ascii else self._mark(bold + plain + other, html)
            if indent:
                inner.append(Item(html, label, (), mark))
                start = sign
            elif inner:
                items.append(Item(html, label, (self._builder.list(inner[::-1], _start(start)),)))
                inner = []
            else:
                items.append(Item(html, label, (), mark))
        return items[::-1]

    def _told(self, html: str, number: str, path: str, anchor: str) -> str:
        """A claim with its evidence."""
        tag = self._links.evidence(path, anchor)
        return f"{html.rstrip(' ')}{JOINER if html else ''}{tag[1:]}{number}</a>" if tag else f"{html}[{number}]"

    def _number(self, at: int) -> tuple[Block, int]:
        """A list, or a paragraph that begins with a number or a dash."""
        if tight := self._tight(at):
            return tight
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
        kind, start = marker[-1], _start(marker)
        if depth > DEPTH or column - base > 3:
            raise Doubt
        loose, read = False, []
        while True:
            width = found.end(2) + 1
            html, after = self._passage(found[3]), at + 1
            mark = self._mark(found[3], html)
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
        line = self._lines[at]
        if not self._is_text(line, width) or line[-1].isspace():
            raise Doubt
        html = self._passage(line[width:])
        return self._builder.paragraph(html, self._mark(line, html))

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
        line = self._lines[at]
        return [(html, self._mark(line, html), alignment) for html, alignment in zip(cells, alignments, strict=True)]

    def _cells(self, at: int) -> list[str]:
        """The HTML of the cells in a row."""
        line = self._lines[at]
        if len(line) < 2 or line[0] != "|" or line[-1] != "|" or line[-2] == "\\":
            raise Doubt
        cells = line[1:-1].split("|") if "\\|" not in line else [c.replace("\\|", "|") for c in _BAR.split(line[1:-1])]
        return [self._passage(cell.strip(_AROUND)) for cell in cells]


_READERS = {"#": Scanner._heading, "-": Scanner._dash, "|": Scanner._table, "&": Scanner._quote}
_READERS |= dict.fromkeys("0123456789", Scanner._number)
"""What may begin with a character; anything else is a paragraph."""
