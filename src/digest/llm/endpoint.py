"""The endpoint of a run: one client, one set of books a date, and what was said before."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import BaseModel

from digest.clock import Clock
from digest.config import ModelConfig
from digest.llm.address import base_url, key
from digest.llm.base import Answer, FailureReason, ModelError, Question
from digest.llm.calls import Calls
from digest.llm.completion import Completion
from digest.llm.conversation import Conversation, Unusable
from digest.llm.dialect import Dialects, has_cap
from digest.llm.faults import Failed
from digest.llm.ledger import Entry, Ledger, total
from digest.llm.pool import Pool
from digest.llm.tapes import Taped, Tapes, Turn
from digest.llm.wire import Wire
from digest.models import TokenUsage
from digest.store import Cache

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T", bound=BaseModel)

Mode = Literal["normal", "replay", "cached", "refresh"]
"""normal: what is kept, else a call; what an earlier run asked in vain is asked anew. replay: likewise, but what was
asked in vain stays so. cached: no call at all. refresh: as normal, and what the endpoint accepts is tried out anew."""


@contextmanager
def open_models(
    settings: ModelConfig,
    environ: Mapping[str, str],
    cache: Cache,
    clock: Clock,
    *,
    say: Callable[[str], None] = lambda line: None,
    mode: Mode = "normal",
    transport: httpx2.BaseTransport | None = None,
) -> Iterator[Endpoint]:
    """Open the configured endpoint. Nothing is imported or connected before the first call.

    At the end of a run without an exception, what was asked in vain is left to the next run; after an exception, a
    signal's too, calls under way are cut and everything stays for the run to be repeated.

    Args:
        environ: where the key is found, under the name in `key_env`, and OPENAI_BASE_URL.
        say: told, from any thread, what a person should know.
        transport: in place of the network.

    Raises:
        ConfigError: the address or the key cannot be.
    """
    endpoint = Endpoint(settings, environ, cache, clock, say=say, mode=mode, transport=transport)
    try:
        yield endpoint
        endpoint.drop_failed()
    except BaseException:
        endpoint.stop()
        raise
    finally:
        endpoint.close()


class Endpoint:
    """What all dates of a run share; see `open_models`.

    Attributes:
        pool: runs what asks. Closed with the endpoint.
    """

    def __init__(
        self,
        settings: ModelConfig,
        environ: Mapping[str, str],
        cache: Cache,
        clock: Clock,
        *,
        say: Callable[[str], None],
        mode: Mode,
        transport: httpx2.BaseTransport | None,
    ) -> None:
        self.settings, self.mode, self.cache = settings, mode, cache
        self.base_url = base_url(settings, environ)
        started = clock.monotonic()
        self._wire = Wire(
            self.base_url,
            key(settings, environ),
            lambda: clock.now + timedelta(seconds=clock.monotonic() - started),
            transport,
        )
        dialects = Dialects(self.base_url, settings.extra, cache, say, remembered=mode != "refresh")
        self.calls = Calls(
            self._wire,
            dialects,
            clock,
            concurrency=settings.concurrency,
            timeout=settings.timeout,
            extra=settings.extra,
            say=say,
        )
        self.pool = Pool(settings.concurrency)
        self.tapes = Tapes(cache, replay_failed=mode in ("cached", "replay"))
        self._lock = threading.Lock()
        self._ledgers: dict[date, Ledger] = {}
        self._under_way: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._used: defaultdict[str, set[str]] = defaultdict(set)
        self._failed: set[str] = set()

    # --- what a run tells

    def facts(self) -> dict[str, int | float]:
        """What the run has done here so far.

        Returns:
            `live_calls`: calls made. `lost_calls`: those without a completion (time-outs, 5xx, 429, pages).
            `retries`: those that were a second or third try. `seconds_waited`: between tries, summed over all threads.
        """
        calls = self.calls
        seconds = round(calls.seconds_waited, 3)
        return {"live_calls": calls.live, "lost_calls": calls.lost, "retries": calls.retries, "seconds_waited": seconds}

    @property
    def closed(self) -> FailureReason | None:
        """Why no further call will be made in this run; None while calls may be made, and offline.

        What was said before is replayed all the same.
        """
        failed = self.calls.closed
        return failed.reason if failed is not None else None

    # --- for the stages

    def on(self, day: date, carried: TokenUsage) -> DayModel:
        """The model for one digest date.

        Args:
            carried: what the date's record says it has cost so far.
        """
        with self._lock:
            if day not in self._ledgers:
                self._ledgers[day] = Ledger(day, self.cache, self.settings.price, self.settings.budget, carried)
            return DayModel(self, self._ledgers[day])

    def warm(self) -> None:
        """Import and make the client in a thread of its own: half a second that a night has while it fetches."""
        if self.mode != "cached":
            self._wire.warm()

    def forget(self, about: str) -> None:
        """Let the next run ask anew whatever was asked about this in this run.

        For answers that are valid and turn out to be of no use. A question that got no usable answer is forgotten
        without being named.
        """
        with self._lock:
            self._failed |= self._used[about]

    def drop_failed(self) -> None:
        """Make that so. Called at the end of a run; one that is killed before repeats no call when started again."""
        with self._lock:
            failed, self._failed = self._failed, set()
        if self.mode in ("normal", "refresh"):
            self.tapes.mark_failed(failed)

    def stop(self) -> None:
        """Cut the calls that are under way and let no other begin."""
        self.calls.close(Failed("unavailable", "the run was stopped"))
        self._wire.stop()
        self.pool.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Wait for the pool's threads and close the connections."""
        self.pool.shutdown()
        self._wire.close()

    # --- for DayModel

    @contextmanager
    def alone(self, question: str) -> Iterator[None]:
        """Nobody else asks the same meanwhile: whoever does waits for the answer."""
        with self._lock:
            lock = self._under_way[question]
        with self.pool.waiting():  # who is asking needs its turn to come to an end
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def note(self, about: str, used: set[str], *, failed: bool) -> None:
        """Remember which completions a question has used."""
        with self._lock:
            self._used[about] |= used
            if failed:
                self._failed |= used


class DayModel:
    """The model as it works on one date. A `digest.llm.Model`."""

    def __init__(self, endpoint: Endpoint, ledger: Ledger) -> None:
        self._endpoint, self._ledger = endpoint, ledger

    @property
    def name(self) -> str:
        """The model's name, as the endpoint knows it."""
        return self._endpoint.settings.name or ""

    @property
    def usage(self) -> TokenUsage:
        """What the date has cost, whichever run paid."""
        return self._ledger.usage

    def ask(self, question: Question[T]) -> Answer[T]:
        """See `digest.llm.Model.ask`."""
        asked = _Asked(self._endpoint, self._ledger)
        settings = self._endpoint.settings
        name = (settings.triage if question.purpose == "triage" else None) or self.name
        conversation = Conversation(question, name, asked.exchange, asked.settle, capped_by_user=has_cap(settings.extra))
        with self._endpoint.alone(conversation.key(settings.extra)):
            try:
                answer = Answer(conversation.run(), asked.usage)
            except Failed as failed:
                self._endpoint.note(question.about, asked.keys, failed=isinstance(failed, Unusable))
                raise ModelError(failed.reason, where=question.about, why=failed.why, usage=asked.usage) from None
            self._endpoint.note(question.about, asked.keys, failed=False)
            return answer


class _Asked:
    """The calls of one question: replayed while there is something kept, then made; entered in the books either way."""

    def __init__(self, endpoint: Endpoint, ledger: Ledger) -> None:
        self._endpoint, self._ledger = endpoint, ledger
        self._patience = endpoint.calls.patience()
        self._taken: list[tuple[Taped, Turn, Entry]] = []

    @property
    def keys(self) -> set[str]:
        return {taped.key for taped, _, _ in self._taken}

    @property
    def usage(self) -> TokenUsage:
        return total(entry for _, _, entry in self._taken)

    def exchange(self, turn: Turn, attempt: int) -> Completion:
        key = turn.key(self._endpoint.settings.extra)
        taped = self._endpoint.tapes.get(key, attempt)
        if taped is None:
            if self._endpoint.mode == "cached":
                raise Failed("not_cached", "no call may be made")
            with self._endpoint.pool.waiting():
                taped = self._endpoint.calls.make(turn, partial(self._booked, turn, key, attempt), self._patience)
        self._taken.append((taped, turn, self._ledger.enter(taped, turn)))
        return taped.completion

    def _booked(self, turn: Turn, key: str, attempt: int, call: Callable[[], Completion]) -> Taped:
        """A call, its completion kept and entered before its reservation ends."""
        with self._ledger.reserve(turn):
            taped = self._endpoint.tapes.keep(key, attempt, call())
            self._ledger.enter(taped, turn)
            return taped

    def settle(self, usable: bool) -> None:
        taped, turn, _ = self._taken[-1]
        self._taken[-1] = (taped, turn, self._ledger.enter(taped, turn, failed=not usable))
