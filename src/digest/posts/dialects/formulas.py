r"""Formulas, spelled so that a generator leaves them whole."""

import re

from digest.posts.dialects.flavour import Flavour

# TeX has a word for most marks that CommonMark would take a backslash off, or take as its own.
_WORDS = {
    "\\{": r"\lbrace ",
    "\\}": r"\rbrace ",
    "\\|": r"\Vert ",
    "\\,": r"\thinspace ",
    "\\:": r"\medspace ",
    "\\;": r"\thickspace ",
    "\\!": r"\negthinspace ",
    "\\\\": r"\cr ",
    "*": r"\ast ",
    "<": r"\lt ",
    "~": r"\nobreakspace ",
    "](": "] (",
}
_MARK = re.compile(r"\\.|\]\(|[*<~]", re.DOTALL)
_OPENING_UNDERSCORE = re.compile(r"(?<![A-Za-z0-9\\])_")
_CLOSING_UNDERSCORE = re.compile(r"(?<!\\)_(?![A-Za-z0-9])")
_BAR = re.compile(r"\\.|\|", re.DOTALL)


def formula(tex: str, flavour: Flavour, *, display: bool = False, in_cell: bool = False, line_start: bool = False) -> str:
    """A formula within a line.

    Args:
        display: it stands between two dollars on each side.
        in_cell: in a cell of a table, where a bar ends the cell.
        line_start: it begins a line.
    """
    source = " ".join(tex.split())
    if not source:
        return ""
    if flavour.formulas == "text":
        left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
        return _classed(flavour.literal(f"{left}{source}{right}", line_start=line_start), flavour)
    if flavour.formulas == "neutral":
        source = neutral(source)
    if in_cell:
        source = _BAR.sub(_named_bar, source).strip()
    dollars = "$$" if display else "$"
    if (len(source) - len(source.rstrip("\\"))) % 2:
        source += " "  # a backslash would take the dollar's meaning
    return f"{dollars}{source}{dollars}"


def block(tex: str, flavour: Flavour) -> str:
    """A displayed formula on lines of its own."""
    lines = [line.strip() for line in tex.splitlines() if line.strip()]
    if flavour.formulas == "text":
        return _classed("\n".join(flavour.literal(line, line_start=True) for line in [r"\[", *lines, r"\]"]), flavour)
    if flavour.formulas == "neutral":
        lines = [neutral(line) for line in lines]
    return "\n".join(["$$", *lines, "$$"])


def _classed(written: str, flavour: Flavour) -> str:
    return f'<span class="{flavour.formula_class}">{written}</span>' if flavour.formula_class else written


def neutral(tex: str) -> str:
    r"""A formula without what CommonMark would change, for a generator that may or may not have a plugin for formulas.

    An underscore with a blank before it can begin emphasis and never end one; to TeX the blank is nothing. What stays:
    without a plugin the backslash of `\%`, `\&`, `\#`, `\_` and `\$` is lost.
    """
    named = _MARK.sub(lambda match: _WORDS.get(match[0], match[0]), tex)
    if _OPENING_UNDERSCORE.search(named):
        named = _CLOSING_UNDERSCORE.sub(" _", named)
    return named.strip()


def _named_bar(match: re.Match[str]) -> str:
    return {"|": r"\vert ", r"\|": r"\Vert "}.get(match[0], match[0])
