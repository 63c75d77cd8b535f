"""One request and its answer: a single try."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from digest.clock import Clock
from digest.errors import DeadlineExceeded, DigestError, FetchError, Unreachable
from digest.net.addresses import redirected, shown
from digest.net.body import Body
from digest.net.deadline import Cut, Deadline
from digest.net.gate import Gate
from digest.net.response import Response

if TYPE_CHECKING:
    import httpx

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 3


class PassingError(Exception):
    """A try that failed in a way in which the next may not.

    Attributes:
        error: what to tell if there is no next try.
        wait: seconds that the server asks us to wait.
    """

    def __init__(self, error: DigestError, wait: float = 0.0) -> None:
        super().__init__(str(error))
        self.error, self.wait = error, wait


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask.

    Attributes:
        address: where.
        headers: beside those of every request.
        cap: bytes that the decoded body may have.
        absent: statuses beyond 2xx that are an answer.
    """

    address: httpx.URL
    headers: Mapping[str, str]
    cap: int
    absent: frozenset[int]

    @property
    def url(self) -> str:
        """The address for a message."""
        return shown(str(self.address))

    def answered_by(self, status: int) -> bool:
        """Whether an answer of this status is what was asked for."""
        return 200 <= status < 300 or status in self.absent


@dataclass(frozen=True, slots=True)
class Exchange:
    """Asks, within a deadline and at its turn.

    Attributes:
        http: the connection pool, made when first needed.
        ready: called with the seconds waited when the turn has come; may raise, and nothing is asked.
    """

    name: str
    http: Callable[[], httpx.Client]
    gate: Gate
    deadline: Deadline
    timeout: float
    clock: Clock
    ready: Callable[[float], None]

    def ask(self, question: Question) -> Response:
        """The answer, after redirects; without a body if its status is not one that was asked for.

        Raises:
            PassingError: another try may succeed.
            FetchError: none will.
        """
        address = question.address
        for _ in range(_MOST_REDIRECTS + 1):
            response = self._once(address, question)
            location = response.headers.get("location")
            if location is None or response.status in question.absent or response.status not in _REDIRECTS:
                return response
            address = redirected(address, location)
        raise FetchError(f"redirected more than {_MOST_REDIRECTS} times", where=question.url)

    def _once(self, address: httpx.URL, question: Question) -> Response:
        client = self.http()
        since = self.clock.monotonic()
        with self.gate.turn(self._left(question)) as sent:
            self.ready(self.clock.monotonic() - since)
            left = self._left(question)
            with Cut(left, sent) as cut, self._explained(question, left, cut):
                request = self._request(client, address, question, left, cut)
                return self._read(client.send(request, stream=True), question, cut)

    def _request(self, client: httpx.Client, address: httpx.URL, question: Question, left: float, cut: Cut) -> httpx.Request:
        try:
            return client.build_request(
                "GET",
                address,
                headers={**question.headers, "Accept-Encoding": "gzip"},
                timeout=min(self.timeout, left),
                extensions={"trace": cut.trace},
            )
        except (ValueError, TypeError):
            # The reason would quote the header, and a header may be a key.
            raise FetchError("a request header that cannot be sent", where=question.url) from None

    def _read(self, answer: httpx.Response, question: Question, cut: Cut) -> Response:
        url, headers = str(answer.request.url), dict(answer.headers.items())
        with closing(answer):
            content = b""
            if question.answered_by(answer.status_code):
                content = self._content(answer, question, headers.get("content-encoding", ""))
            if cut.made:  # without a Content-Length, the cut looks like the end of the body
                raise self._too_late(question)
        return Response(url, answer.status_code, headers, content)

    def _content(self, answer: httpx.Response, question: Question, encoding: str) -> bytes:
        body = Body(question.url, encoding, question.cap)
        # The stream beneath iter_raw(), which refuses the ready-made answers of httpx.MockTransport.
        for piece in cast("httpx.SyncByteStream", answer.stream):
            body.add(piece)
            self._left(question)
        return body.whole()

    @contextmanager
    def _explained(self, question: Question, left: float, cut: Cut) -> Iterator[None]:
        """Turn what goes wrong on the line into our errors, at the end of our time into DeadlineExceeded."""
        import httpx

        try:
            yield
        except httpx.LocalProtocolError:
            raise FetchError("a request header that cannot be sent", where=question.url) from None
        except (httpx.RequestError, zlib.error, EOFError) as error:
            at_the_end = isinstance(error, httpx.TimeoutException) and left <= self.timeout
            if cut.made or at_the_end or self.deadline.left() <= 0:
                raise self._too_late(question) from error
            why = f"{type(error).__name__}: {error}".rstrip(": ")
            kind = Unreachable if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout)) else FetchError
            raise PassingError(kind("no answer", where=question.url, why=why)) from error

    def _left(self, question: Question) -> float:
        left = self.deadline.left()
        if left <= 0:
            raise self._too_late(question)
        return left

    def _too_late(self, question: Question) -> DeadlineExceeded:
        why = f"the {self.deadline.seconds:g} s for {self.name} are used up"
        return DeadlineExceeded("no answer in time", where=question.url, why=why)
