"""A model for tests that answers as a function says, and remembers what it was asked."""

from collections.abc import Callable
from threading import Lock
from typing import Any

from digest.llm import Answer, ModelError, Question
from digest.models import TokenUsage


class ScriptedModel:
    """Answers a question with `script(question)`: the fields of its shape, or a ModelError to raise.

    An answer that the question complains about is asked for once more, as an endpoint's model would.
    """

    name = "scripted"

    def __init__(self, script: Callable[[Question[Any]], Any]) -> None:
        self.script = script
        self.asked: list[Question[Any]] = []
        self.complaints: list[str] = []
        self._lock = Lock()

    def ask(self, question: Question[Any]) -> Answer[Any]:
        value = self._answered(question)
        if complaints := list(question.complaints(value)):
            self.complaints += complaints
            value = self._answered(question)
            if still := list(question.complaints(value)):
                raise ModelError("language" if still[0].startswith("language:") else "invalid", where=question.about)
        return Answer(value, TokenUsage(calls=1))

    def _answered(self, question: Question[Any]) -> Any:
        with self._lock:
            self.asked.append(question)
            answer = self.script(question)
        if isinstance(answer, ModelError):
            raise answer
        return question.shape.model_validate(answer)
