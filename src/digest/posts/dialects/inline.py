"""The text of a paragraph, heading or cell, written again for a generator."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal
from urllib.parse import quote

from markdown_it.token import Token

from digest.posts.dialects.flavour import Flavour, entity
from digest.posts.dialects.formulas import formula

_KEPT_IN_ADDRESSES = ":/?#@!&+,=%-._~"
"""No semicolon, so that no ampersand begins an entity: `&amp;` would be escaped a second time by Hugo's hook for links."""
_FORMULAS = ("math_inline", "math_inline_double")
_BREAKS = ("softbreak", "hardbreak")
_BACKTICKS = re.compile(r"`+")


@dataclass
class _Piece:
    """What one token is written as."""

    kind: Literal["text", "open", "close", "break", "other"]
    written: str


def inline(tokens: Sequence[Token], flavour: Flavour, *, in_cell: bool = False, one_line: bool = False) -> str:
    """Inline Markdown; on several lines where it has line breaks, unless all must stand in one."""
    writer = _Writer(flavour, in_cell)
    shown = [token for token in tokens if not _is_empty(token)]
    while shown and shown[-1].type in _BREAKS:
        shown.pop()  # at the end it is no break
    if one_line:
        shown = [token.copy(type="text", content=" ") if token.type in _BREAKS else token for token in shown]
    for token, following in zip_longest(shown, shown[1:]):
        writer.add(token, ends_line=following is not None and following.type in _BREAKS)
    return writer.text()


def code(content: str, flavour: Flavour, *, in_cell: bool = False, line_start: bool = False) -> str:
    """A code span, or what shows its content where code is not safe from being interpreted."""
    interpreted = flavour.code_trigger and flavour.code_trigger.search(content)
    if interpreted or (in_cell and "|" in content and flavour.escape == "entity"):
        text = flavour.literal(content, line_start=line_start and not flavour.html)
        return f"<code>{text}</code>" if flavour.html else text
    runs = {len(run) for run in _BACKTICKS.findall(content)}
    fence = "`" * next(n for n in range(1, len(runs) + 2) if n not in runs)
    padding = " " if content.strip(" ") and (content[0] in "` " or content[-1] in "` ") else ""
    span = f"{fence}{padding}{content}{padding}{fence}"
    return span.replace("|", r"\|") if in_cell else span


class _Writer:
    """Tokens of a line, one after the other, to pieces of Markdown."""

    def __init__(self, flavour: Flavour, in_cell: bool) -> None:
        self._pieces: list[_Piece] = []
        self._flavour, self._in_cell = flavour, in_cell
        self._open: list[str] = []
        self._make: dict[str, Callable[[Token], _Piece]] = {
            "softbreak": lambda token: _Piece("break", flavour.soft_break),
            "hardbreak": lambda token: _Piece("break", flavour.hard_break),
            "code_inline": self._code,
            "math_inline": self._formula,
            "math_inline_double": self._formula,
            "em_open": self._emphasis,
            "em_close": self._end_of_emphasis,
            "strong_open": self._emphasis,
            "strong_close": self._end_of_emphasis,
            "s_open": lambda token: _Piece("open", flavour.strike[0]),
            "s_close": lambda token: _Piece("close", flavour.strike[1]),
            "link_open": self._link,
            "link_close": lambda token: _Piece("other", self._open.pop()),
        }

    def add(self, token: Token, *, ends_line: bool = False) -> None:
        if token.type == "softbreak" and (self._line_start or ends_line):
            return  # what stood in this line is not shown, and an empty line would end the paragraph
        if ends_line and token.type == "text":
            token = token.copy(content=token.content.rstrip(" "))  # two blanks would be another break
        self._pieces.append(self._make.get(token.type, self._text)(token))

    def text(self) -> str:
        for place, piece in enumerate(self._pieces):
            if piece.written and piece.kind in ("open", "close"):
                _set_apart(self._pieces, place)
        return "".join(piece.written for piece in self._pieces)

    @property
    def _line_start(self) -> bool:
        return not self._pieces or self._pieces[-1].kind == "break"

    def _text(self, token: Token) -> _Piece:
        """Text; an image is its alternative text, as on our own site."""
        content = "".join(map(_words, token.children)) if token.children else token.content
        if self._line_start:
            content = content.lstrip(" ")
        return _Piece("text", self._flavour.literal(content, line_start=self._line_start))

    def _code(self, token: Token) -> _Piece:
        return _Piece("other", code(token.content, self._flavour, in_cell=self._in_cell, line_start=self._line_start))

    def _formula(self, token: Token) -> _Piece:
        display = token.type == "math_inline_double"
        start, cell = self._line_start, self._in_cell
        return _Piece("other", formula(token.content, self._flavour, display=display, in_cell=cell, line_start=start))

    def _emphasis(self, token: Token) -> _Piece:
        """Asterisks, but underscores beside other asterisks, with which they would be counted together.

        Within emphasis of the same kind it shows nowhere, and is left out.
        """
        length = 2 if token.type == "strong_open" else 1
        beside = bool(self._pieces) and self._pieces[-1].written.endswith("*")
        repeated = any(len(mark) == length for mark in self._open if mark.strip("*_") == "")
        self._open.append("" if repeated else ("_" if beside else "*") * length)
        return _Piece("open", self._open[-1])

    def _end_of_emphasis(self, token: Token) -> _Piece:
        return _Piece("close", self._open.pop())

    def _link(self, token: Token) -> _Piece:
        address = quote(str(token.attrs.get("href", "")), safe=_KEPT_IN_ADDRESSES)
        title = self._flavour.literal(str(token.attrs.get("title", ""))).replace('"', "&quot;")
        said = f' "{title}"' if title else ""
        self._open.append(f"]({address}{said})")
        return _Piece("other", "[")


def _is_empty(token: Token) -> bool:
    return (token.type == "text" and not token.content) or (token.type in _FORMULAS and not token.content.strip())


def _words(token: Token) -> str:
    if token.children:
        return "".join(map(_words, token.children))
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _set_apart(pieces: Sequence[_Piece], place: int) -> None:
    """Make a mark of emphasis work between a letter and a punctuation mark.

    There CommonMark takes it for a mere asterisk (commonmark-spec issue 650). The letter is written by its number, which
    begins and ends with a punctuation mark: `**强调：**&#21518;面`.
    """
    mark = pieces[place]
    inward, outward = (1, -1) if mark.kind == "open" else (-1, 1)
    inside, outside = _at(pieces, place + inward), _at(pieces, place + outward)
    if outside is None or outside.kind != "text" or not outside.written:
        return
    last = 0 if mark.kind == "close" else len(outside.written) - 1
    inner = inside.written[-1 if mark.kind == "close" else 0] if inside and inside.written else " "
    letter = outside.written[last]
    if _is_letter(letter) and (mark.written[0] == "_" or not _is_letter(inner)):
        ahead = outside.written[:last]
        if (len(ahead) - len(ahead.rstrip("\\"))) % 2:
            ahead += "\\"  # before a letter it was itself
        outside.written = ahead + entity(letter) + outside.written[last + 1 :]


def _at(pieces: Sequence[_Piece], place: int) -> _Piece | None:
    return pieces[place] if 0 <= place < len(pieces) else None


def _is_letter(character: str) -> bool:
    """Whether a character is neither white space nor, to CommonMark, punctuation."""
    return not character.isspace() and unicodedata.category(character)[0] not in "PS"
