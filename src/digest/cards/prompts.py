"""The prompts of cards in one language, and how a paper stands in them."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from digest.llm import Prompt, load_prompt, schema_text
from digest.models import Language, Sentence
from digest.sources.clean import text as one_line

_HEADINGS, _HEADING_CAP = 8, 24
"""Enough to tell a paper's method from its related work; they come out of the tokens that are left for instructions."""
_BELOW = re.compile(r"[0-9A-Z]+\.[0-9]")
"""A heading of a lower level: `3.1 Data`."""
_PRUNED = ("required", "additionalProperties")
LANGUAGES: dict[Language, str] = {"zh": "Chinese (中文)", "en": "English"}
"""What a language is called when a model is told that its answer is in another."""


@dataclass(frozen=True)
class CardPrompts:
    """What a model is told to fill a card, to mend claims and to translate."""

    card: Prompt
    repair: Prompt
    translation: Prompt

    @classmethod
    def load(cls, language: Language, templates: Path) -> "CardPrompts":
        """The prompts that write in a language, a blog's own over the shipped ones. Raises RenderError."""
        return cls(*(load_prompt(name, language, templates) for name in ("card", "repair", "translation")))

    @property
    def language(self) -> Language:
        """What the model writes in."""
        return self.card.language

    @property
    def hashes(self) -> dict[str, str]:
        """Which texts these are, by name: `card.zh`."""
        return {f"{p.name}.{p.language}": p.hash for p in (self.card, self.repair, self.translation)}


def schema_hint(shape: type[BaseModel]) -> str:
    """The schema for the prompt. What only a validator needs is left out; the schema beside the prompt has it."""

    def pruned(node: Any) -> Any:
        if isinstance(node, list):
            return [pruned(item) for item in node]
        if not isinstance(node, dict):
            return node
        kept = {key: pruned(value) for key, value in node.items() if key not in _PRUNED}
        if "properties" in kept and node is not schema:
            del kept["type"]
        return kept

    schema = json.loads(schema_text(shape))
    return json.dumps(pruned(schema), ensure_ascii=False, separators=(",", ":"))


def line(text: str) -> str:
    """A text on one line, without what a reader cannot see: it can neither begin a line of the prompt nor hide in one."""
    return one_line(text)


def numbered(sentences: Iterable[Sentence]) -> str:
    """`[12] text`, one a line, and sparsely the sections that they stand in."""
    return "\n".join(_lines(sentences))


def _lines(sentences: Iterable[Sentence]) -> Iterator[str]:
    headings = [""]
    for sentence in sentences:
        heading = _heading(sentence.section or "")
        if heading not in headings and len(headings) <= _HEADINGS and not _BELOW.match(heading):
            headings.append(heading)
            yield f"## {heading}"
        yield f"[{sentence.number}] {line(sentence.text)}"


def _heading(section: str) -> str:
    """The outermost title of "3 Method › 3.1 Data"; in ASCII, for other characters are dear."""
    return line(section.partition("›")[0].encode("ascii", "ignore").decode())[:_HEADING_CAP].rstrip()
