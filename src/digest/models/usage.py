"""What asking a model costs."""

import math
from collections.abc import Iterable
from typing import Self

from digest.models.base import Model


class TokenUsage(Model):
    """What questions cost, whichever run paid. Unknown is None, never 0."""

    calls: int = 0
    failed_calls: int = 0
    prompt_tokens: int | None = None
    cached_tokens: int | None = None
    completion_tokens: int | None = None
    cost: float | None = None
    currency: str | None = None

    @property
    def tokens(self) -> int | None:
        """Prompt and completion together, None where one is unknown."""
        return _whole([self.prompt_tokens, self.completion_tokens])

    @classmethod
    def total(cls, usages: Iterable["TokenUsage"]) -> Self:
        """The sum. A count that one part does not know is unknown in all: part of a total is none. No calls count for nothing."""
        parts = [usage for usage in usages if usage.calls]
        currencies = {part.currency for part in parts}
        costs = [part.cost for part in parts if part.cost is not None]
        paid = math.fsum(costs) if parts and len(costs) == len(parts) and len(currencies) == 1 else None
        return cls(
            calls=sum(part.calls for part in parts),
            failed_calls=sum(part.failed_calls for part in parts),
            prompt_tokens=_whole([part.prompt_tokens for part in parts]),
            cached_tokens=_whole([part.cached_tokens for part in parts]),
            completion_tokens=_whole([part.completion_tokens for part in parts]),
            cost=None if paid is None else round(paid, 6),
            currency=None if paid is None else currencies.pop(),
        )


def _whole(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if counts and len(known) == len(counts) else None
