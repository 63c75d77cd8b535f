"""What a reader of HTML or PDF gives: a paper's sentences, before they are numbered."""

from __future__ import annotations

from collections.abc import Sequence

from digest.models import Flag, Model
from digest.reading._inline import Page
from digest.reading._latexml import Passage
from digest.reading.flags import flags_of

_SHOWN = 60
_MOST = 2_000_000
"""Characters; a thousand pages."""


class Line(Model):
    """A sentence of a paper, with the title of its section and where it stands in the page."""

    text: str
    section: str | None = None
    anchor: str | None = None


class Text(Model):
    """A paper's full text as it was read.

    Attributes:
        abstract: the page's own, for a paper whose metadata have none.
        body: the rest, in the page's order.
        version: that the page tells.
        flags: what was left out, or looks as if it were meant for a machine.
        hidden: the beginnings of passages that nobody can see, for the run report; no more than 60 characters each.
        cut: whether the end was not read.
    """

    abstract: tuple[Line, ...] = ()
    body: tuple[Line, ...] = ()
    version: int | None = None
    flags: tuple[Flag, ...] = ()
    hidden: tuple[str, ...] = ()
    cut: bool = False


def text_from(passages: Sequence[Passage], page: Page, version: int | None) -> Text:
    """The sentences of passages, and what was found on the way."""
    abstract: list[Line] = []
    body: list[Line] = []
    left = _MOST
    for passage in passages:
        left -= len(passage.run.text)
        if left < 0:
            break
        sentences = [passage.run.text] if passage.whole else passage.run.sentences()
        lines = [Line(text=text, section=passage.section, anchor=passage.anchor) for text in sentences]
        (abstract if passage.is_abstract else body).extend(lines)
    flags: set[Flag] = set(flags_of([*(passage.run.text for passage in passages), *page.hidden]))
    flags |= {"hidden_text"} if page.hidden else set()
    flags |= {"invisible_characters"} if page.invisible else set()
    return Text(
        abstract=tuple(abstract),
        body=tuple(body),
        version=version,
        flags=tuple(sorted(flags)),
        hidden=tuple(shortened(passage) for passage in page.hidden),
        cut=left < 0,
    )


def shortened(text: str) -> str:
    """At most 60 characters of a passage: enough to find it, too few to obey."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
