"""What a date's cards cost, whichever run paid; and the budget that a date has.

Every completion is entered once, under its id, by whichever run meets it first: made, or found among what is kept. Sums
therefore depend neither on the order of calls nor on how often a run was killed. Calls without a completion (time-outs,
5xx, 429) cost nothing that we know of and are counted by the endpoint alone.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from digest.config import Budget, Price
from digest.llm.completion import Completion
from digest.llm.faults import Failed
from digest.llm.tapes import Taped, Turn
from digest.models import TokenUsage
from digest.store import Cache
from digest.tokens import estimated_tokens

KIND = "ledger"
"""Of cache entries."""

_TYPICAL = 1000  # tokens of an answer, reserved while it is not known
_CARRIED = "carried"


def cost(completion: Completion, price: Price) -> float | None:
    """What a completion cost, None where a price or a count is unknown."""
    prompt, cached, written = completion.prompt_tokens, completion.cached_tokens, completion.completion_tokens
    if price.input is None or price.output is None or prompt is None or written is None:
        return None
    if price.cached_input is None:
        cached = 0  # no price of its own: they cost what the others cost
    elif cached is None:
        return None
    cached = min(cached, prompt)
    paid = (prompt - cached) * price.input + cached * (price.cached_input or 0.0) + written * price.output
    return paid / price.per


class Entry(BaseModel):
    """A completion in the books.

    Attributes:
        failed: it could not be used.
        estimate: prompt and answer as we estimate them, for the budget where the server does not count.
    """

    model_config = ConfigDict(frozen=True)

    prompt_tokens: int | None
    cached_tokens: int | None
    completion_tokens: int | None
    cost: float | None
    currency: str | None
    estimate: int
    failed: bool = False

    @property
    def spent(self) -> int:
        """Tokens that count against the budget."""
        if self.prompt_tokens is None or self.completion_tokens is None:
            return self.estimate
        return self.prompt_tokens + self.completion_tokens


def booked(completion: Completion, turn: Turn, price: Price) -> Entry:
    """The entry of a completion."""
    paid = cost(completion, price)
    return Entry(
        prompt_tokens=completion.prompt_tokens,
        cached_tokens=completion.cached_tokens,
        completion_tokens=completion.completion_tokens,
        cost=paid,
        currency=None if paid is None else price.currency,
        estimate=_prompt(turn) + estimated_tokens(completion.content),
    )


def total(entries: Iterable[Entry], carried: TokenUsage | None = None) -> TokenUsage:
    """The sum over the books."""
    return TokenUsage.total([*map(_usage, entries), *([carried] if carried else [])])


class Ledger:
    """The books of one date.

    Args:
        carried: what the date's record says so far; counts where the cache has been lost.
    """

    def __init__(self, day: date, cache: Cache, price: Price, budget: Budget, carried: TokenUsage) -> None:
        self._key, self._cache, self._price, self._budget = day.isoformat(), cache, price, budget
        self._lock = threading.Lock()
        self._entries, self._carried = self._read(carried)
        self._reserved: dict[object, tuple[int, float]] = {}

    @property
    def usage(self) -> TokenUsage:
        """The sum of the date."""
        with self._lock:
            return total(self._entries.values(), self._carried)

    def enter(self, taped: Taped, turn: Turn, *, failed: bool | None = None) -> Entry:
        """Enter a completion, once; later, whether it could be used."""
        with self._lock:
            old = self._entries.get(taped.id)
            new = old or booked(taped.completion, turn, self._price)
            if failed is not None:
                new = new.model_copy(update={"failed": failed})
            if new != old:
                self._entries[taped.id] = new
                self._cache.put(KIND, self._key, self._written())
            return new

    @contextmanager
    def reserve(self, turn: Turn) -> Iterator[None]:
        """Set a call's likely cost aside while it is under way.

        Raises:
            Failed: the budget is used up.
        """
        answer = min(turn.max_tokens, _TYPICAL)
        tokens, ticket = _prompt(turn) + answer, object()
        likely = Completion(prompt_tokens=tokens - answer, cached_tokens=0, completion_tokens=answer)
        with self._lock:
            self._check(tokens, paid := cost(likely, self._price) or 0.0)
            self._reserved[ticket] = (tokens, paid)
        try:
            yield
        finally:
            with self._lock:
                del self._reserved[ticket]

    def _check(self, tokens: int, paid: float) -> None:
        entries, reserved, carried = self._entries.values(), self._reserved.values(), self._carried or TokenUsage()
        used = sum(e.spent for e in entries) + sum(t for t, _ in reserved)
        used += (carried.prompt_tokens or 0) + (carried.completion_tokens or 0)
        if self._budget.tokens is not None and used + tokens > self._budget.tokens:
            raise Failed("budget", f"{used:,} of {self._budget.tokens:,} tokens are used, {tokens:,} more would be")
        spent = sum(e.cost or 0.0 for e in entries) + sum(p for _, p in reserved) + (carried.cost or 0.0)
        if self._budget.cost is not None and spent + paid > self._budget.cost:
            raise Failed("budget", f"{spent:.4f} of {self._budget.cost:g} {self._price.currency} are spent")

    def _read(self, carried: TokenUsage) -> tuple[dict[str, Entry], TokenUsage | None]:
        text = self._cache.get(KIND, self._key)
        try:
            book = _BOOK.validate_json(text) if text else {}
        except ValidationError:
            book = {}
        entries = {key: entry for key, entry in book.items() if isinstance(entry, Entry)}
        kept = book.get(_CARRIED)
        return entries, kept if isinstance(kept, TokenUsage) else None if entries else carried

    def _written(self) -> str:
        book: dict[str, Entry | TokenUsage] = dict(self._entries)
        if self._carried is not None and self._carried.calls:
            book[_CARRIED] = self._carried
        return _BOOK.dump_json(book).decode()


_BOOK: TypeAdapter[dict[str, Entry | TokenUsage]] = TypeAdapter(dict[str, Entry | TokenUsage])


def _prompt(turn: Turn) -> int:
    return sum(estimated_tokens(message["content"]) for message in turn.messages)


def _usage(entry: Entry) -> TokenUsage:
    counts = entry.model_dump(include={"prompt_tokens", "cached_tokens", "completion_tokens", "cost", "currency"})
    return TokenUsage(calls=1, failed_calls=int(entry.failed), **counts)
