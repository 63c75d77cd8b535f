"""A rating in a post: how many stars, in words, and why."""

import re
from typing import NamedTuple

from digest.site.arranged.pieces import is_whole
from digest.site.arranged.wording import Wording

_STARS = re.compile("⭐{1,3}")


class Rated(NamedTuple):
    """A rating; its texts are HTML.

    Attributes:
        html: the stars as the page shows them.
        word: what the stars say.
        why: the reasons, without parentheses around them.
        about: what stands before the stars, such as the paper's direction.
    """

    stars: int
    html: str
    word: str
    why: str
    about: str


def rated(value: str, wording: Wording) -> Rated | None:
    """The rating in a line of a post; None where there is none."""
    found = _found(value, wording)
    if found is None:
        return None
    stars, about, rest = found
    word = wording.stars[stars] if rest.startswith(wording.stars[stars]) else ""
    return Rated(stars, wording.shown[stars], word, _unwrapped(rest[len(word) :].strip(), wording), about)


def _found(value: str, wording: Wording) -> tuple[int, str, str] | None:
    """The stars, what stands before them and what after; words of a blog's own may have no symbol."""
    if found := _STARS.search(value):
        start, end = found.span()
        if not start or is_whole(value[:start]):
            return end - start, value[:start].strip(), value[end:].strip()
    said = next((n for n, word in wording.stars.items() if word and value.startswith(word)), 0)
    return (said, "", value) if said else None


def _unwrapped(text: str, wording: Wording) -> str:
    """A text without the parentheses around all of it."""
    before, after = wording.parentheses
    if not (before and after and text.startswith(before) and text.endswith(after)):
        return text
    inner = text[len(before) : -len(after)]
    opened, closed = inner.find(before), inner.find(after)
    return text if closed >= 0 and (opened < 0 or closed < opened) else inner
