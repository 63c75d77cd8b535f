r"""How a generator reads Markdown: which characters of a text it would interpret, and how to tell it not to.

Two ways to make a character literal. A backslash is what CommonMark knows, and what a person can read. A decimal entity
(`&#123;`) works where a backslash does not: before template languages, which look at the text before Markdown does
(Liquid, Nunjucks, shortcodes of Hugo, Zola and Nikola), in kramdown and Python-Markdown, which know fewer escapes, and
against typographers, which would make `—` of `--` (measured with Hugo 0.111, Jekyll 4.3, Hexo 8.1, Pelican, Nikola,
MkDocs with Material: every escaped character comes out as itself).
"""

import re
from dataclasses import dataclass
from typing import Literal

_LIST_NUMBER = r"\(?(?:[0-9]{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{2,}|\#)[.)](?=\s|$)"
"""What begins a list: `1.` in CommonMark, `a)` and `(iv)` in Pandoc."""

_BY_BACKSLASH = re.compile(
    r"""
      [`*\[\]$|~]
    | \\ (?= [!-/:-@\[-`{-~] | $ )      # otherwise a backslash is itself: \alpha
    | (?<! [^\W_] ) _ | _ (?! [^\W_] )  # inside a word an underscore is itself
    | < (?= [A-Za-z/!?] | $ )
    | & (?= \# | [A-Za-z] | $ )
    | : (?= [^\W\d_] | : | $ )          # a directive of remark
    | ! (?= \[ | $ )
    | (?<= \s ) \# (?= \#* $ ) | \# (?= \w )  # the end of a heading, a tag of Obsidian
    | % (?= % ) | (?<= % ) %            # a comment of Obsidian
    | = (?= = ) | (?<= = ) =            # a highlight of Obsidian
    """,
    re.VERBOSE,
)
_BY_ENTITY = re.compile(
    r"""
      [\\`*\[\]<>{}|~$^@"']
    | (?<! [^\W_] ) _ | _ (?! [^\W_] )
    | & (?= \# | [A-Za-z] | $ )
    | : (?= [^\W\d_] | [:/] | $ )       # an emoji's name, a bare address
    | ! (?= \[ | $ )
    | \# (?= \#* $ )                    # the end of a heading; elsewhere than in CommonMark without a blank, too
    | [-+=] (?= [-+=/] ) | (?<= [-+=] ) [-+=]
    | \. (?= \. ) | (?<= \. ) \. | (?<= \bwww ) \.
    | % (?= [%}] ) | (?<= [%{] ) %
    | \( (?= (?: c | r | tm | p ) \) )  # a copyright sign of smart symbols
    | (?<= [0-9] ) / (?= [0-9] ) | (?<= \b c ) / (?= o \b )  # their fractions, their "care of"
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LINE_START = re.compile(rf"[-#+=:>~|%!?/.^]|{_LIST_NUMBER}")
"""What a line may not begin with: headings, lists, quotations, rules, definitions, admonitions, blocks."""

# Astro's typographer and GitHub's bare addresses look at the text after all escapes, but not across a comment.
SEAM = "<!-- -->"
_SEAMS = re.compile(r"(?<=-)(?=-)|(?<=\.)(?=\.\.)|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\w)(?=@\w)", re.IGNORECASE)
_TASK = re.compile(r"\A(&\#91;[ xX]&\#93;) ")
_CONTROL = re.compile(r"[\t\n\r]")


@dataclass(frozen=True)
class Flavour:
    """The Markdown of a generator.

    Attributes:
        escape: how a character is made literal.
        formulas: `dollars` as they stand; `text`: as `\\(…\\)`, with every character literal, for MathJax or KaTeX in the
            reader's browser; `neutral`: between dollars, spelled so that a reader without a plugin for formulas sees them.
        formula_class: a class of HTML that a formula in text gets.
        indent: blanks before what belongs to a list item; 0 for the width of its marker.
        list_break: a block that keeps a list apart from another right before it, where the kind of list does not.
        soft_break: what a line's end within a paragraph becomes.
        hard_break: what a forced line's end becomes.
        strike: what stands around text that is struck out.
        nested_fences: whether fenced code may stand in a list or quotation.
        html: whether HTML in a post reaches the page.
        seams: whether a comment keeps characters apart that would grow together.
        tasks: whether `[x] ` begins a task even where its brackets are written by their numbers.
        code_trigger: what is interpreted even in code. Such code is written as HTML, or as text where there is no HTML.
    """

    escape: Literal["backslash", "entity"] = "entity"
    formulas: Literal["dollars", "neutral", "text"] = "text"
    formula_class: str = ""
    indent: int = 4
    list_break: str = ""
    soft_break: str = "\n"
    hard_break: str = "  \n"
    strike: tuple[str, str] = ("~~", "~~")
    html: bool = True
    nested_fences: bool = True
    seams: bool = False
    tasks: bool = False
    code_trigger: re.Pattern[str] | None = None

    def literal(self, text: str, *, line_start: bool = False) -> str:
        """A text, so that it is read as just these characters.

        Args:
            line_start: it begins a line, where more characters have a meaning.
        """
        if not self.seams:
            return self._literal(text, line_start)
        parts = _SEAMS.split(text)
        return SEAM.join(self._literal(part, line_start and not n) for n, part in enumerate(parts))

    def _literal(self, text: str, line_start: bool) -> str:
        special = _BY_ENTITY if self.escape == "entity" else _BY_BACKSLASH
        opening = _LINE_START.match(text) if line_start else None
        written: list[str] = []
        position = 0
        if opening:
            position = opening.end()
            written = [text[: position - 1], self._escaped(text[position - 1])]
        for match in special.finditer(text, position):
            written += [text[position : match.start()], self._escaped(match[0])]
            position = match.end()
        made = _CONTROL.sub(lambda match: entity(match[0]), "".join([*written, text[position:]]))
        if line_start and self.tasks:
            return _TASK.sub(r"\1&#32;", made)
        return made

    def _escaped(self, character: str) -> str:
        return f"\\{character}" if self.escape == "backslash" else entity(character)


def entity(character: str) -> str:
    """A character by its number, which no generator interprets."""
    return f"&#{ord(character)};"
