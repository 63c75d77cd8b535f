"""A parsed post, written again as Markdown for a generator."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from digest.posts.dialects import formulas
from digest.posts.dialects.flavour import Flavour, entity
from digest.posts.dialects.inline import inline

RULE = "***"
"""A thematic break. Three hyphens would make a heading of a paragraph before them, and metadata in Pandoc."""
_MARKS = re.compile(r"[!-/:-@\[-`{-~]")
_LISTS = ("bullet_list_open", "ordered_list_open")
_LANGUAGE = re.compile(r"[\w+#.-]+(?=\s|$)")
_FENCES = re.compile(r"`{3,}")
_ALIGNMENTS = {"text-align:left": ":---", "text-align:right": "---:", "text-align:center": ":---:"}


@dataclass(frozen=True)
class Block:
    """A block of the post's outermost level, as it is written.

    Attributes:
        kind: the type of its first token, such as `heading_open`.
        tag: such as h2.
    """

    kind: str
    tag: str
    written: str


def blocks(tokens: Sequence[Token], flavour: Flavour) -> list[Block]:
    """The blocks of a post, to be joined by blank lines."""
    return _Writer(tokens, flavour).blocks()


class _Writer:
    """Goes over the tokens once, a block at a time."""

    def __init__(self, tokens: Sequence[Token], flavour: Flavour) -> None:
        self._tokens, self._next, self._flavour = tokens, 0, flavour
        self._write: dict[str, Callable[[Token], str]] = {
            "heading_open": self._heading,
            "paragraph_open": lambda token: self._inline(),
            "bullet_list_open": self._list,
            "ordered_list_open": self._list,
            "blockquote_open": self._quotation,
            "hr": lambda token: RULE,
            "fence": self._code,
            "code_block": self._code,
            "math_block": lambda token: formulas.block(token.content, flavour),
            "table_open": self._table,
        }

    def blocks(self) -> list[Block]:
        """The blocks up to the end of what they stand in."""
        made: list[Block] = []
        while token := self._within():
            written = self._write[token.type](token)
            if made and made[-1].kind in _LISTS and token.type in _LISTS:
                written = self._apart(written, made[-1], token)
            if written or token.type != "paragraph_open":
                made.append(Block(token.type, token.tag, written))
        return made

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _within(self) -> Token | None:
        """The next token, or None, at the end of what it stands in, whose last token is taken, too."""
        token = self._take() if self._next < len(self._tokens) else None
        return token if token and token.nesting >= 0 else None

    def _inline(self, *, in_cell: bool = False, one_line: bool = False) -> str:
        """The text of a block that holds nothing else; its end is taken, too."""
        written = inline(self._take().children or [], self._flavour, in_cell=in_cell, one_line=one_line)
        self._take()
        return written

    def _heading(self, token: Token) -> str:
        return f"{'#' * int(token.tag[1])} {self._inline(one_line=True).strip(' ')}".rstrip(" ")

    def _quotation(self, token: Token) -> str:
        lines = "\n\n".join(block.written for block in self.blocks()).split("\n")
        return "\n".join(f"> {line}" if line else ">" for line in lines)

    def _list(self, token: Token) -> str:
        gap = "\n" if self._is_tight(token) else "\n\n"
        number = int(token.attrs.get("start", 1))
        items: list[str] = []
        while self._within():
            marker = f"{number + len(items)}." if token.type == "ordered_list_open" else "-"
            items.append(self._item(marker, gap))
        return gap.join(items)

    def _is_tight(self, opening: Token) -> bool:
        """Whether no blank lines stand between the blocks of a list: then its paragraphs are hidden."""
        for token in self._tokens[self._next :]:
            if token.level <= opening.level:
                break
            if token.type == "paragraph_open" and token.level == opening.level + 2:
                return token.hidden
        return False  # there are none: blank lines show nowhere, and keep its blocks apart

    def _item(self, marker: str, gap: str) -> str:
        marker = f"{marker} ".ljust(self._flavour.indent)
        lines = gap.join(block.written for block in self.blocks()).split("\n")
        if lines[0].strip("-+ ") == "":  # with the marker before it, `- -` would be a rule
            lines = ["", *lines] if lines[0] else lines
        first = f"{marker}{lines[0]}" if lines[0] else marker.rstrip()
        return "\n".join([first, *(f"{' ' * len(marker)}{line}" if line else "" for line in lines[1:])])

    def _apart(self, written: str, before: Block, token: Token) -> str:
        """A list right after another: of the same kind it has another marker, else they would be one."""
        if self._flavour.list_break:
            return f"{self._flavour.list_break}\n\n{written}"
        if before.kind == token.type and before.written.startswith("-"):
            return re.sub(r"^-", "+", written, flags=re.MULTILINE)
        if before.kind == token.type and self._flavour.escape == "backslash":
            return re.sub(r"^([0-9]+)\.", r"\1)", written, flags=re.MULTILINE)
        return written

    def _code(self, token: Token) -> str:
        content = token.content.removesuffix("\n")
        trigger = self._flavour.code_trigger
        if trigger and trigger.search(content):
            return self._shown_code(content)
        if token.level and not self._flavour.nested_fences:
            return "\n".join(f"    {line}" if line else "" for line in content.split("\n"))
        fence = "`" * (1 + max([2, *(len(run) for run in _FENCES.findall(content))]))
        language = _LANGUAGE.match(token.info)
        return "\n".join([f"{fence}{language[0] if language else ''}", *([content] if token.content else []), fence])

    def _shown_code(self, content: str) -> str:
        """Code that would be interpreted: in HTML its marks stand by their numbers, without HTML it is text."""
        if self._flavour.html:
            marked = _MARKS.sub(lambda match: entity(match[0]), content)
            return f"<pre><code>{marked}</code></pre>"
        return "  \n".join(self._flavour.literal(line.strip(), line_start=True) for line in content.split("\n") if line.strip())

    def _table(self, token: Token) -> str:
        rows: list[str] = []
        while part := self._within():  # thead, tbody
            while self._within():  # tr
                cells: list[str] = []
                alignments: list[str] = []
                while cell := self._within():
                    alignments.append(_ALIGNMENTS.get(str(cell.attrs.get("style", "")), "---"))
                    cells.append(self._inline(in_cell=True))
                rows.append(_row(cells))
                if part.type == "thead_open":
                    rows.append(_row(alignments))
        return "\n".join(rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
