"""One question from the first call to the answer: asked again, with more room, or told what was wrong with it, once."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from digest.llm.base import FailureReason, Question
from digest.llm.completion import Completion
from digest.llm.faults import Failed
from digest.llm.json_text import without_thinking
from digest.llm.parse import parse_answer
from digest.llm.schema import strict_schema
from digest.llm.tapes import Message, Turn

T = TypeVar("T", bound=BaseModel)
_log = logging.getLogger(__name__)

_BLANKS = 3  # calls that may come to nothing
_LINES = 20
_LINE = 300  # characters
_OWN_ANSWER = 12_000  # characters of it that are shown to the model again
_NO_ANSWER = 500  # ... where it was no JSON at all
_REPAIR = """Your answer cannot be used as it is:
{lines}
Answer once more with the whole JSON object, corrected. Change nothing else, and write nothing but the JSON."""
_REFUSAL = re.compile(
    r"(?:\bI\W?m|\bI am|\bI) (?:(?:very |so )?sorry|unable|not able|can(?:no|['’])t|cannot|won['’]t)\b.{0,60}?"
    r"\b(?:help|assist|comply|fulfil|discuss|engage|continue|support)|"
    r"against my (?:guidelines|policy|policies)|"
    r"(?:抱歉|对不起|很遗憾|我)[^。]{0,20}(?:无法|不能|不便)[^。]{0,12}(?:帮助|协助|回答|提供|满足|处理|讨论)",
    re.IGNORECASE | re.DOTALL,
)

Exchange = Callable[[Turn, int], Completion]
"""Gives the completion of a turn that is asked for the nth time, from 0, or raises Failed."""


class Unusable(Failed):
    """The model's own words came to nothing, so they need not be read again by a later run."""


@dataclass(frozen=True)
class Judged(Generic[T]):
    """What a completion is worth.

    Attributes:
        value: None if it cannot be used.
        reason: why not.
        lines: what is wrong with it.
    """

    value: T | None = None
    reason: FailureReason = "invalid"
    lines: Sequence[str] = ()


def judge(question: Question[T], completion: Completion) -> Judged[T]:
    """Look at a completion; nothing that was cut off is ever taken for an answer."""
    if not completion.answered:
        return Judged(reason="unavailable", lines=["an answer without a choice"])
    if completion.refusal.strip() or completion.finish == "content_filter":
        return Judged(reason="refused", lines=[completion.refusal or "a content filter"])
    if completion.finish in ("length", "max_tokens"):
        return Judged(reason="truncated", lines=["cut off at its length"])
    text = without_thinking(completion.content)
    if not text:
        return Judged(reason="empty", lines=["nothing but white space"])
    parsed = parse_answer(text, question.shape)
    if parsed.dropped:
        _log.info("%s: dropped keys that were not asked for: %s", question.about, ascii(parsed.dropped[:5]))
    if parsed.value is None:
        refused = "{" not in text and _REFUSAL.search(text[:300])
        return Judged(reason="refused" if refused else "invalid", lines=parsed.problems)
    lines = list(question.complaints(parsed.value))
    return Judged(reason=_complained(lines), lines=lines) if lines else Judged(parsed.value)


class Conversation(Generic[T]):
    """A question, and what has been said so far.

    Args:
        exchange: makes or replays the calls.
        settle: told of each turn whether its completion could be used.
        capped_by_user: whether the configuration says how long an answer may be; more room cannot be asked for then.
    """

    def __init__(
        self,
        question: Question[T],
        model: str,
        exchange: Exchange,
        settle: Callable[[bool], None],
        *,
        capped_by_user: bool = False,
    ) -> None:
        self._question, self._exchange, self._settle = question, exchange, settle
        messages = [_message("system", question.system), _message("user", question.user)]
        self._turn = Turn(model, messages, strict_schema(question.shape), question.max_tokens)
        self._asked: dict[tuple[int, int], int] = {}
        self._blanks = 0
        self._capped = capped_by_user
        self._longer = self._repaired = False

    def key(self, extra: Mapping[str, Any]) -> str:
        """The hash of the question."""
        return self._turn.key(extra)

    def run(self) -> T:
        """The answer.

        Raises:
            Unusable: what the model said comes to nothing.
            Failed: it could not be asked.
        """
        while True:
            completion = self._next()
            judged = judge(self._question, completion)
            self._settle(judged.value is not None)
            if judged.value is not None:
                return judged.value
            if not self._again(judged, completion):
                raise Unusable(judged.reason, _shown(judged.lines))

    def _next(self) -> Completion:
        place = (len(self._turn.messages), self._turn.max_tokens)
        attempt = self._asked.get(place, 0)
        self._asked[place] = attempt + 1
        try:
            return self._exchange(self._turn, attempt)
        except Failed as failed:
            if self._longer and failed.reason == "rejected":  # the server has no room for twice as much
                raise Unusable("truncated", failed.why) from None
            raise

    def _again(self, judged: Judged[T], completion: Completion) -> bool:
        """Whether to go on, and how."""
        if judged.reason in ("empty", "unavailable"):
            self._blanks += 1
            return self._blanks < _BLANKS
        if judged.reason == "truncated" and not (self._longer or self._capped):
            self._longer = True
            self._turn = replace(self._turn, max_tokens=2 * self._turn.max_tokens)
            return True
        if judged.reason in ("invalid", "language", "mismatch") and not self._repaired:
            self._repaired = True
            self._turn = replace(self._turn, messages=[*self._turn.messages, *_repair(judged.lines, completion.content)])
            return True
        return False


def _complained(lines: Sequence[str]) -> FailureReason:
    if any(line.startswith("mismatch:") for line in lines):
        return "mismatch"
    return "language" if any(line.startswith("language:") for line in lines) else "invalid"


def _repair(lines: Sequence[str], answer: str) -> list[Message]:
    text = without_thinking(answer)
    most = _OWN_ANSWER if "{" in text else _NO_ANSWER
    wrong = "\n".join(f"- {' '.join(line.split())[:_LINE]}" for line in lines[:_LINES])
    return [_message("assistant", text[:most] or "…"), _message("user", _REPAIR.format(lines=wrong))]


def _message(role: str, text: str) -> Message:
    # Half a surrogate pair cannot be sent.
    return {"role": role, "content": text.encode("utf-8", "replace").decode()}


def _shown(lines: Sequence[str]) -> str:
    text = "; ".join(lines[:3])
    return "".join(c if c.isprintable() else " " for c in text)[:_LINE]
