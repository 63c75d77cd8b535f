"""The one HTTP client."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from digest.clock import Clock
from digest.net.gate import Gate
from digest.net.upstream import Upstream

if TYPE_CHECKING:
    import httpx

_CAP = 16 * 2**20


class Client:
    """Makes all requests; a context that closes its connections at the end.

    httpx is imported and connections are made at the first request: a run from the cache has neither.

    Args:
        user_agent: who we are, with an address to write to.
        timeout: seconds to connect, and between two pieces of an answer.
        retries: how often a request is tried in all.
        clock: for waits, deadlines and the dates in Retry-After.
        transport: the network; another one for tests.
        gate_folder: where the processes of a user wait for each other, see `digest.net.gate.Gate`.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        timeout: float,
        retries: int,
        clock: Clock,
        transport: httpx.BaseTransport | None = None,
        gate_folder: Path | None = None,
    ) -> None:
        self._user_agent, self._timeout, self._retries = user_agent, timeout, retries
        self._clock, self._transport, self._gate_folder = clock, transport, gate_folder
        self._started = clock.monotonic()
        self._lock = threading.Lock()
        self._gates: dict[tuple[str, float], Gate] = {}
        self._http: httpx.Client | None = None

    def upstream(self, name: str, *, interval: float = 0.0, deadline: float = 60.0, cap: int = _CAP) -> Upstream:
        """A new upstream.

        Args:
            name: for messages, and of the line to wait in: upstreams of the same name wait for each other.
            interval: seconds from one request to the next; 0 for no line.
            deadline: seconds that all its requests may take together, see `Upstream.restart_deadline`.
            cap: bytes that a decoded body may have.
        """
        with self._lock:
            new = Gate(name, interval, self._clock, self._gate_folder)
            gate = self._gates.setdefault((name, interval), new)
        return Upstream(
            name,
            http=self._connections,
            gate=gate,
            deadline=deadline,
            cap=cap,
            timeout=self._timeout,
            retries=self._retries,
            clock=self._clock,
            moment=self._moment,
        )

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._http is not None:
                self._http.close()
                self._http = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _moment(self) -> datetime:
        """What time it is by now; `clock.now` is that of the start."""
        return self._clock.now + timedelta(seconds=self._clock.monotonic() - self._started)

    def _connections(self) -> httpx.Client:
        import httpx

        with self._lock:
            if self._http is None:
                self._http = httpx.Client(
                    headers=[(b"User-Agent", self._user_agent.encode("ascii", "replace"))],
                    transport=self._transport,
                    # Each request has its own connection, so that the one to cut at the deadline is known;
                    # requests that are seconds apart gain little from an old one.
                    limits=httpx.Limits(max_keepalive_connections=0),
                    # http is for servers on this machine: a proxy cannot see them.
                    mounts={"http://": None},
                    follow_redirects=False,
                )
            return self._http
