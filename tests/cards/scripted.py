"""A model that says what a test tells it to, and a small paper to ask it about."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from digest.cards import CardPrompts
from digest.cards.answers import CardAnswer
from digest.llm import Answer, ModelError, Question
from digest.models import Document, Language, Reading, Sentence, TokenUsage
from fakes import paper, reading

T = TypeVar("T", bound=BaseModel)

PAPER = "2602.00001"
TITLE = "TOWEL: Folding What Is Wet"
SENTENCES = (
    "Robots that fold laundry have become more common in recent years.",
    "However, existing robots struggle with wet towels, which limits their use at home.",
    "We propose TOWEL, a folding policy that predicts how cloth sticks.",
    "TOWEL first encodes the cloth as a graph and then plans a fold by message passing.",
    "Experiments on FoldBench show that TOWEL improves success from 41.2% to 63.5%.",
    "Training takes 12 hours on 8 H100 GPUs.",
    "A limitation of our work is that tables must be dry.",
)
TLDR = "TOWEL, a folding policy, predicts how cloth sticks"
RESULT = "On FoldBench, TOWEL improves success from 41.2% to 63.5%"
_COUNTS = {"prompt_tokens": 100, "cached_tokens": 0, "completion_tokens": 50}
COST: dict[str, Any] = {"calls": 1, **_COUNTS, "cost": 0.01, "currency": "USD"}
"""What every question costs."""

Reply = dict[str, Any] | ModelError | Callable[[Question[Any]], dict[str, Any]]


class ScriptedModel:
    """Answers by purpose, in order; the last one again when they are used up. A `digest.llm.Model`.

    It refuses an answer that the question complains of, as the real one does after its repair turn.
    """

    name = "scripted"

    def __init__(self, **replies: Reply | list[Reply]) -> None:
        self._replies = {purpose: reply if isinstance(reply, list) else [reply] for purpose, reply in replies.items()}
        self._count: defaultdict[str, int] = defaultdict(int)
        self.asked: list[Question[Any]] = []

    def ask(self, question: Question[T]) -> Answer[T]:
        self.asked.append(question)
        replies = self._replies[question.purpose]
        reply = replies[min(self._count[question.purpose], len(replies) - 1)]
        self._count[question.purpose] += 1
        if isinstance(reply, ModelError):
            raise reply
        value = question.shape.model_validate(reply(question) if callable(reply) else reply)
        if lines := list(question.complaints(value)):
            kind = lines[0].partition(":")[0]
            raise ModelError("mismatch" if kind == "mismatch" else "language" if kind == "language" else "invalid", why=lines[0])
        return Answer(value, TokenUsage(**COST))

    def prompts(self, purpose: str) -> list[str]:
        """The user parts of the questions asked for this purpose."""
        return [question.user for question in self.asked if question.purpose == purpose]


def document(*sentences: str, title: str = TITLE, source: str = "abstract") -> Document:
    """A paper of these sentences, by default the seven about towels."""
    numbered = tuple(Sentence(number=n, text=text) for n, text in enumerate(sentences or SENTENCES, 1))
    read: Reading = reading(source=source, sentences=len(numbered))
    return Document(paper=paper(PAPER, title=title), reading=read, sentences=numbered)


def said(text: str, *evidence: int, **fields: str) -> dict[str, Any]:
    """A claim as a model writes it."""
    return {"text": text, "evidence": list(evidence), **fields}


def answer(**fields: Any) -> dict[str, Any]:
    """A card's answer with a TL;DR that holds."""
    return {"paper": PAPER, "tldr": said(TLDR, 3), **fields}


def card_answer(**fields: Any) -> CardAnswer:
    return CardAnswer.model_validate(answer(**fields))


def prompts(language: Language = "en") -> CardPrompts:
    """The shipped prompts."""
    return CardPrompts.load(language, Path("no-templates-of-its-own"))
