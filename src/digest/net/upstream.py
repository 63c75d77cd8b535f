"""One upstream, asked politely: few tries, far apart, and none after a clear no."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from digest.clock import Clock
from digest.errors import Denied, DigestError, FetchError, RateLimited, SourceError, Unreachable
from digest.net import waits
from digest.net.addresses import allowed
from digest.net.deadline import Deadline
from digest.net.exchange import Exchange, PassingError, Question
from digest.net.gate import Gate
from digest.net.response import Response

if TYPE_CHECKING:
    import httpx

_log = logging.getLogger(__name__)
_PASSING = frozenset({429, 500, 502, 503, 504})  # statuses that another try may not meet
T = TypeVar("T")


class Upstream:
    """A server, or the servers of one owner, with one deadline and one line to wait in.

    Made by `Client.upstream`.
    Threads may share one.

    Attributes:
        closed: why nothing is asked any more; None as long as something is.
        requests: made so far, redirects and retries included.
        retries: those of them that repeated a failed one.
        seconds_waited: for turns and between tries.
    """

    def __init__(
        self,
        name: str,
        *,
        http: Callable[[], httpx.Client],
        gate: Gate,
        deadline: float,
        cap: int,
        timeout: float,
        retries: int,
        clock: Clock,
        moment: Callable[[], datetime],
    ) -> None:
        self.name = name
        self.closed: FetchError | None = None
        self.requests = self.retries = 0
        self.seconds_waited = 0.0
        self._gate, self._cap, self._tries, self._clock, self._moment = gate, cap, retries, clock, moment
        self._seconds = deadline
        self._deadline = Deadline(deadline, clock)
        self._exchange = Exchange(name, http, gate, self._deadline, timeout, clock, self._ready)
        self._unreachable: dict[bytes, Unreachable] = {}
        self._lock = threading.Lock()

    def fetch(
        self,
        url: str,
        parse: Callable[[Response], T],
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str | int] | None = None,
        cap: int | None = None,
        absent: frozenset[int] = frozenset(),
    ) -> T:
        """Ask for one thing, more than once if need be, and read the answer.

        Args:
            url: https, or http on this machine.
            parse: makes of the answer what is wanted. Its SourceError is a failed try like any other.
            headers: beside User-Agent and Accept-Encoding; they appear in no message.
            params: added to the address as its query.
            cap: bytes that the decoded body may have, if not the upstream's usual number.
            absent: statuses to hand to `parse` like a 200, such as 404.

        Raises:
            Denied: 403; nothing more will be asked.
            RateLimited: 429 to the last try; nothing more will be asked.
            Unreachable: no connection; that host will not be asked again.
            DeadlineExceeded: the time is used up.
            TooLarge: the body is beyond its cap.
            FetchError: no answer, or not one that was asked for.
            SourceError: what `parse` said of the last try.
        """
        address = allowed(url)
        address = address.copy_merge_params(params) if params else address
        question = Question(address, headers or {}, self._cap if cap is None else cap, absent)
        self._exchange.http()  # reading the certificates is neither the upstream's time nor done at our turn
        tries = 0
        if gone := self._unreachable.get(address.netloc):
            raise gone.with_traceback(None)
        with self._deadline:
            while True:
                try:
                    return parse(self._answer(question))
                except SourceError as error:
                    failure = PassingError(error)
                except PassingError as caught:
                    failure = caught
                tries += 1
                self._back_off(failure, tries, address.netloc)

    def restart_deadline(self, seconds: float | None = None) -> None:
        """Give the next requests the whole time again, or another time.

        Args:
            seconds: for all that follows together; None for the upstream's own deadline.
        """
        self._deadline.restart(self._seconds if seconds is None else seconds)

    def _answer(self, question: Question) -> Response:
        self._check_open()
        response = self._exchange.ask(question)
        if question.answered_by(response.status):
            return response
        what = _named(response.status)
        if response.status == HTTPStatus.FORBIDDEN:
            raise self._close(Denied(what, where=question.url, hint=f"{self.name} is not asked again in this run"))
        if response.status not in _PASSING:
            raise FetchError(what, where=question.url)
        kind = RateLimited if response.status == HTTPStatus.TOO_MANY_REQUESTS else FetchError
        raise PassingError(kind(what, where=question.url), waits.asked_for(response.headers, self._moment()))

    def _back_off(self, failure: PassingError, tries: int, host: bytes) -> None:
        """Wait for the next try, or give up; a host that cannot be reached is given up for all that follows."""
        if tries >= self._tries:
            error = self._final(failure.error, f"tried {tries} times" if tries > 1 else "tried once")
            if isinstance(error, Unreachable):
                self._unreachable[host] = error
            raise error
        wait = max(waits.backoff(self._gate.interval, tries), failure.wait)
        if wait >= self._deadline.left():
            raise self._final(failure.error, f"another try in {wait:.3g} s would come too late")
        _log.info("asking again in %.1f s: %s", wait, failure.error)
        self._clock.sleep(wait)
        with self._lock:
            self.retries += 1
            self.seconds_waited += wait

    def _final(self, error: DigestError, note: str) -> DigestError:
        if not isinstance(error, FetchError):
            return error
        told = type(error)(error.what, where=error.where, why=error.why, hint=note)
        return self._close(told) if isinstance(told, RateLimited) else told

    def _ready(self, waited: float) -> None:
        """It is our turn; what other threads heard meanwhile counts for us as well."""
        self._check_open()
        with self._lock:
            self.requests += 1
            self.seconds_waited += waited

    def _check_open(self) -> None:
        if self.closed is not None:
            raise self.closed.with_traceback(None)

    def _close(self, error: FetchError) -> FetchError:
        self.closed = error
        return error


def _named(status: int) -> str:
    try:
        return f"HTTP status {status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return f"HTTP status {status}"
