"""A model's text as one line of prose, or nothing: for what stands outside cards, where nobody would miss it."""

import re
from collections.abc import Sequence

from digest.checking import Ground, check_text
from digest.sources import clean
from digest.typography import spaced

_MARKUP = re.compile(
    r"https?:|www\.|javascript:|data:|\]\(|!\[|</?[a-z!]|```|\{\{|\{%|\|.*\||^\s*(?:#{1,6}\s|[-*>]\s)", re.IGNORECASE
)
"""Links, images, tags, code, templates, tables: a sentence has none, and the model has no say in any of them."""


def prose(text: str, cap: int) -> str | None:
    """One spaced line without its closing stop; None for nothing, for markup, or for more than `cap` characters."""
    line = clean.text(text).rstrip("。.；; ")
    return spaced(line) if line and len(line) <= cap and not _MARKUP.search(line) else None


def holds(text: str, texts: Sequence[str], title: str) -> bool:
    """Whether what a text says of a paper stands in its title or in these texts."""
    return check_text(text, [Ground.of_texts(texts, title=title)]).status != "unsupported"
