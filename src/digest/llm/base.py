"""What the rest of the program knows of a model: it is asked a `Question` and gives an `Answer`, or fails with a reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel

from digest.errors import DigestError
from digest.models import TokenUsage

T = TypeVar("T", bound=BaseModel)

Purpose = Literal["triage", "card", "repair", "translation", "overview"]
FailureReason = Literal[
    "timeout",  # no answer in time, in all tries
    "unavailable",  # no connection, or 5xx to every try
    "rate_limited",  # 429 to every try, or a wait that we do not take
    "unauthorised",  # 401 or 403: no further call in this run
    "quota",  # insufficient_quota: no further call in this run
    "rejected",  # another 4xx
    "refused",  # a refusal or a content filter
    "truncated",  # cut off by its length, also with the higher cap
    "empty",  # nothing but white space
    "invalid",  # no JSON of the right shape, also after the repair turn
    "language",  # not in the language that was asked for, also after a second try
    "mismatch",  # about another paper
    "unsupported",  # no claim is left after the checks
    "budget",  # the day's budget is used up
    "not_cached",  # --offline, and this call was never completed
    "internal",  # our own code failed on this paper: a bug to report
]
"""Why a model gave nothing that can be used. A card keeps it as its `reason`; pages word it."""


class ModelError(DigestError):
    """A question that got no usable answer. Never ends a night.

    Args:
        reason: one of `FailureReason`.
        usage: what the attempts cost all the same.
    """

    def __init__(self, reason: FailureReason, *, where: str = "", why: str = "", usage: TokenUsage | None = None) -> None:
        super().__init__(f"the model gave no usable answer ({reason})", where=where, why=why)
        self.reason: FailureReason = reason
        self.usage = usage or TokenUsage()


def _nothing(answer: object) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Question(Generic[T]):
    """One thing that is asked of a model.

    Attributes:
        purpose: what for; decides which model is asked (triage may have a cheaper one).
        about: the paper or the edition, for messages: `2602.15763`.
        system: the stable part of the prompt: instructions, the JSON schema and an example.
        user: what differs from paper to paper, the numbered sentences last.
        shape: the pydantic model of the answer. Its JSON schema goes with the request, and the answer is validated by it.
        max_tokens: of the answer.
        complaints: what else is wrong with an answer of the right shape, a line each; they make the repair turn.
    """

    purpose: Purpose
    about: str
    system: str
    user: str
    shape: type[T]
    max_tokens: int = 4000
    complaints: Callable[[T], Sequence[str]] = field(default=_nothing, compare=False)


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A valid answer, and what all its attempts cost."""

    value: T
    usage: TokenUsage


class Model(Protocol):
    """A model that can be asked, from any thread."""

    @property
    def name(self) -> str:
        """The model's name, as the endpoint knows it."""

    def ask(self, question: Question[T]) -> Answer[T]:
        """Ask once, with all retries and the one repair turn.

        Raises:
            ModelError: no usable answer; `reason` says why.
        """
