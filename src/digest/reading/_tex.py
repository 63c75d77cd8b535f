"""Formulae as TeX: `$…$`, and plain text where a formula is no more than a number, a sign or words."""

import re

from digest.tex import FONTS, worded

_LONGEST = 1500
"""Characters of a formula; a longer one is a table or a proof in disguise, and no sentence."""

_NOISE = re.compile(
    r"(?<!\\)%[^\n]*\n?"  # LaTeXML ends long lines with a comment
    r"|\\(?:displaystyle|textstyle|scriptstyle|scriptscriptstyle|nolimits|limits|boldmath|bm(?=\s))(?![A-Za-z])"
    r"|\\definecolor\s*(?:\[[^\]]*\])?\{[^{}]*\}\{[^{}]*\}\{[^{}]*\}"
    r"|\\color\s*(?:\[[^\]]*\]\{[^{}]*\}|\{[^{}]*\})"
    r"|\\(?:penalty|kern|hskip|hspace\*?|vspace\*?)\s*(?:\{[^{}]*\}|-?[\d.]+(?:[a-z]{2})?)"
    r"|\\(?:phantom|hphantom|vphantom)\s*\{[^{}]*\}"
)
_WRAPPER = re.compile(rf"\\(?:mathbf|boldsymbol|bm|mathrm|mathit|mathsf|{'|'.join(FONTS)})\s*\{{([^{{}}]*)\}}")
_SIGNS = {
    r"\times": "×",
    r"\pm": "±",
    r"\mp": "∓",
    r"\sim": "~",
    r"\approx": "≈",
    r"\leq": "≤",
    r"\le": "≤",
    r"\geq": "≥",
    r"\ge": "≥",
    r"\lt": "<",
    r"\gt": ">",
    r"\uparrow": "↑",
    r"\downarrow": "↓",
    r"\rightarrow": "→",
    r"\to": "→",
    r"\leftarrow": "←",
    r"\checkmark": "✓",
    r"\circ": "°",
    r"\cdot": "·",
    r"\bullet": "•",
    r"\dagger": "†",
    r"\ddagger": "‡",
    r"\ast": "*",
    r"\star": "*",
    r"\dots": "…",
    r"\ldots": "…",
    r"\infty": "∞",
}
_SIGN = re.compile(r"\\[A-Za-z]+")
_PLAIN = re.compile(r"[\d.,:%×±∓~≈≤≥<>+\-–/()\[\] KMBkx°]*\d[\d.,:%×±∓~≈≤≥<>+\-–/()\[\] KMBkx°]*|[×±~≈≤≥<>↑↓→←✓•†‡*·…∞%+=/-]")
_WHITE = re.compile(
    r"\\(?:text)?color\s*(?:\[rgb\]\s*\{\s*1(?:\.0*)?\s*,\s*1(?:\.0*)?\s*,\s*1(?:\.0*)?\s*\}|\{\s*white\s*\})", re.IGNORECASE
)
WORDS = re.compile(r"\\(?:text|mbox|textrm|textit|textbf|mathrm)\s*\{[^{}]*[A-Za-z]{2,}\s+[A-Za-z]{2,}[^{}]*\}")
"""A formula with such a part holds prose."""


def formula(tex: str) -> str:
    """A formula for a sentence: `$x^{2}$`; `28.4`, `3.5×`, `↑` or `FLAC` where it is a mere number, sign or word."""
    tex = " ".join(_NOISE.sub(" ", tex).split()).strip("$ ")
    if not tex:
        return ""
    for simple in (plain(tex), worded(tex)):
        if simple is not None:
            return simple
    return f"${tex}$" if len(tex) <= _LONGEST else "(a long formula)"


def plain(tex: str) -> str | None:
    """The text that a simple formula is, or None: `-1.5\\%` is "-1.5%", `65{,}536` is "65,536"."""
    flat = tex.replace("{,}", ",").replace(r"\%", "%").replace(r"\,", " ").replace(r"\;", " ").replace("~", " ")
    for _ in range(3):
        flat = _WRAPPER.sub(r"\1", flat)
    flat = re.sub(r"\^\{?\\circ\}?", "°", flat)
    flat = _SIGN.sub(lambda sign: _SIGNS.get(sign[0], sign[0]), flat)
    flat = " ".join(flat.replace("{", "").replace("}", "").split()) if not re.search(r"[\^_\\]", flat) else flat
    flat = re.sub(r"(?<=\d) (?=[×%])", "", flat)
    return flat if _PLAIN.fullmatch(flat) else None


def is_white(tex: str) -> bool:
    """Whether a formula sets its letters white."""
    return bool(_WHITE.search(tex))
