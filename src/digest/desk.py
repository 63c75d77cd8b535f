"""The model as it works on one date, and the prompts that it is given."""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date as Date

from digest.cards import CardPrompts
from digest.llm import DayModel, Prompt, load_prompt
from digest.models import Digest, Language, TokenUsage
from digest.tools import Tools


@dataclass(frozen=True)
class Desk:
    """What a day's stages ask the model with.

    Attributes:
        pool: runs as many questions at a time as the endpoint may have.
        language: that cards are written in; those in other languages are translations.
        cards: prompts by language, as `overviews`.
        triage: in the site's language.
    """

    model: DayModel
    pool: Executor
    language: Language
    cards: Mapping[Language, CardPrompts]
    triage: Prompt
    overviews: Mapping[Language, Prompt]

    @property
    def hashes(self) -> dict[str, str]:
        """The version of every prompt, by its file's name."""
        others = {f"{prompt.name}.{prompt.language}": prompt.hash for prompt in (self.triage, *self.overviews.values())}
        return others | {name: value for cards in self.cards.values() for name, value in cards.hashes.items()}


def open_desk(day: Date, before: Digest | None, tools: Tools) -> Desk | None:
    """The desk of a date; None where no model is configured.

    Args:
        before: the day's record so far; what it cost counts.

    Raises:
        RenderError: a prompt of the blog's own is no template.
    """
    if tools.endpoint is None:
        return None
    templates, languages = tools.config.path("templates"), tools.config.languages
    return Desk(
        model=tools.endpoint.on(day, before.usage if before else TokenUsage()),
        pool=tools.endpoint.pool,
        language=languages[0],
        cards={language: CardPrompts.load(language, templates) for language in languages},
        triage=load_prompt("triage", languages[0], templates),
        overviews={language: load_prompt("overview", language, templates) for language in languages},
    )
