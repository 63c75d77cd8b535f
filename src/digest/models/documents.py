"""What is read of a paper."""

from typing import Literal

from digest.models.base import Flag, Model
from digest.models.papers import Paper


class Sentence(Model):
    """A numbered sentence of what was read; numbers start at 1."""

    number: int
    text: str
    section: str | None = None
    anchor: str | None = None


class Reading(Model):
    """What a card is based on.

    Attributes:
        sentences: how many were read; the numbers of those that a budget left out are missing among them.
        tokens: of what was read, estimated as ASCII characters / 4 + other characters.
        truncated: whether a budget left something out.
        flags: what was left out of the reading, or looks as if it were meant for a machine; shown to the reader.
    """

    source: Literal["html", "pdf", "abstract"]
    version: int | None = None
    sentences: int
    tokens: int
    truncated: bool = False
    url: str
    sha256: str
    flags: tuple[Flag, ...] = ()


class Document(Model):
    """A paper's text as numbered sentences."""

    paper: Paper
    reading: Reading
    sentences: tuple[Sentence, ...]


class Quote(Model):
    """A sentence that a claim cites, cut at 300 characters."""

    text: str
    section: str | None = None
    anchor: str | None = None
