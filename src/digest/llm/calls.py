"""Live calls: so many at a time, tried again where that makes sense, and none once the endpoint says no for good or is dead."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from digest.clock import Clock
from digest.llm.completion import Completion
from digest.llm.dialect import Dialects
from digest.llm.faults import LONGEST_WAIT, Failed, fault_of, told
from digest.llm.tapes import Taped, Turn
from digest.llm.wire import CallFailed, Wire
from digest.net.waits import backoff

TRIES = 3
"""Of one call, where another may succeed."""
_FIRST_WAIT = 0.5  # seconds, doubled with each try
_PIECE = 1.0  # seconds
_PATIENCE = 4  # time limits that the calls of one question may take, a long wait beside them
_DEAD = 4  # questions in a row, in whatever thread, that end without an answer from the endpoint

Booked = Callable[[Callable[[], Completion]], Taped]
"""Makes a call when its turn has come and keeps what it gives, or raises Failed because there is no money left."""


@dataclass
class Patience:
    """The seconds that one question has left."""

    seconds: float


class Calls:
    """All live calls of a run.

    Args:
        timeout: seconds for one call.
        say: told once if the endpoint closes.

    Attributes:
        live: calls made.
        lost: those without a completion.
        retries: tries after the first.
        seconds_waited: between tries, summed over threads.
    """

    def __init__(
        self,
        wire: Wire,
        dialects: Dialects,
        clock: Clock,
        *,
        concurrency: int,
        timeout: float,
        extra: Mapping[str, Any],
        say: Callable[[str], None],
    ) -> None:
        self.live = self.lost = self.retries = 0
        self.seconds_waited = 0.0
        self._wire, self._dialects, self._clock, self._timeout = wire, dialects, clock, timeout
        self._whole = timeout * _PATIENCE + LONGEST_WAIT
        self._extra, self._say = dict(extra), say
        self._slots = threading.BoundedSemaphore(concurrency)
        self._lock = threading.Lock()
        self._closed: Failed | None = None
        self._in_vain = 0
        self._not_before = 0.0

    def patience(self) -> Patience:
        """The time for a new question."""
        return Patience(self._whole)

    def make(self, turn: Turn, booked: Booked, patience: Patience) -> Taped:
        """Call the model.

        Args:
            booked: what to do around the call itself.

        Raises:
            Failed: no completion in all tries, in time, or within the budget.
        """
        try:
            taped = self._answered(turn, booked, patience)
        except Failed as failed:
            self._count(failed)
            raise
        with self._lock:
            self._in_vain = 0
        return taped

    @property
    def closed(self) -> Failed | None:
        """Why no further call can begin; None while one can."""
        return self._closed

    def close(self, failed: Failed) -> bool:
        """Let no further call begin; each fails with this. Tells whether any could until now."""
        with self._lock:
            first, self._closed = self._closed is None, self._closed or failed
        return first

    def _answered(self, turn: Turn, booked: Booked, patience: Patience) -> Taped:
        tries = 0
        while True:
            dialect = self._dialects.of(turn.model)
            try:
                options = dialect.options(turn.schema, turn.max_tokens, self._extra)
                taped = self._in_turn(partial(self._call, turn, options, patience), booked)
            except CallFailed as failed:
                if self._dialects.learn(turn.model, dialect, failed):
                    continue
                tries += 1
                self._wait_or_give_up(failed, tries, patience)
            else:
                self._dialects.confirm(turn.model, dialect)
                return taped

    def _count(self, failed: Failed) -> None:
        """Close a dead endpoint: each question takes minutes to find out, and a card asks several, one after the other."""
        if failed.reason not in ("timeout", "unavailable"):
            return
        with self._lock:
            self._in_vain += 1
            dead = self._in_vain >= _DEAD
        if dead:
            self._close_aloud(Failed(failed.reason, f"{_DEAD} questions in a row without an answer, the last: {failed.why}"))

    def _close_aloud(self, failed: Failed) -> None:
        if self.close(failed):
            self._say(f"no further call to the model in this run: {failed.why}")

    def _in_turn(self, call: Callable[[], Completion], booked: Booked) -> Taped:
        with self._slots:
            self._sleep(self._not_before - self._clock.monotonic())
            if self._closed is not None:
                raise Failed(self._closed.reason, self._closed.why)
            return booked(call)

    def _call(self, turn: Turn, options: Mapping[str, Any], patience: Patience) -> Completion:
        seconds = min(self._timeout, patience.seconds)
        if seconds <= 0:
            raise Failed("timeout", f"the {self._whole:g} s for one question are used up")
        since = self._clock.monotonic()
        with self._lock:
            self.live += 1
        try:
            return self._wire.post(turn.model, list(turn.messages), options, seconds)
        except CallFailed:
            with self._lock:
                self.lost += 1
            raise
        finally:
            patience.seconds -= self._clock.monotonic() - since

    def _wait_or_give_up(self, failed: CallFailed, tries: int, patience: Patience) -> None:
        fault = fault_of(failed)
        if fault.closes:
            self._close_aloud(Failed(fault.reason, told(failed)))
        wait = max(failed.wait, backoff(_FIRST_WAIT, tries))
        if not fault.again or tries >= TRIES or patience.seconds <= wait:
            raise Failed(fault.reason, told(failed) + (f" ({tries} tries)" if tries > 1 else ""))
        if fault.reason == "rate_limited" and failed.wait:
            with self._lock:  # it is meant for all of us
                self._not_before = max(self._not_before, self._clock.monotonic() + min(failed.wait, LONGEST_WAIT))
        with self._lock:
            self.retries += 1
        patience.seconds -= wait
        self._sleep(wait)

    def _sleep(self, seconds: float) -> None:
        """Wait; in short pieces, so that a run that is stopped need not wait for it."""
        while seconds > 0 and self._closed is None:
            piece = min(seconds, _PIECE)
            with self._lock:
                self.seconds_waited += piece
            self._clock.sleep(piece)
            seconds -= piece
