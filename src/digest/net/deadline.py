"""The end of what an upstream may take, and the means to keep to it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from digest.clock import Clock


class Deadline:
    """The seconds that all requests to an upstream may take together; use it as a context around each.

    Time without a request does not count, and requests at the same time count once.
    """

    def __init__(self, seconds: float, clock: Clock) -> None:
        self.seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._spent = 0.0
        self._running = 0
        self._since = 0.0

    def left(self) -> float:
        """The seconds left, negative beyond the end."""
        with self._lock:
            now = self._clock.monotonic()
            return self.seconds - self._spent - (now - self._since if self._running else 0.0)

    def restart(self, seconds: float | None = None) -> None:
        """Begin anew with all seconds, or with another number of them."""
        with self._lock:
            self.seconds = self.seconds if seconds is None else seconds
            self._spent, self._since = 0.0, self._clock.monotonic()

    def __enter__(self) -> Self:
        with self._lock:
            if not self._running:
                self._since = self._clock.monotonic()
            self._running += 1
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            self._running -= 1
            if not self._running:
                self._spent += self._clock.monotonic() - self._since


class Cut:
    """Cuts the connection of one request when its time is over; a context around the request.

    httpx limits the time of each read, so a server that sends a byte of its headers now and then would hold
    us for hours. `trace` is httpcore's extension of that name.

    Args:
        seconds: until the cut.
        sent: called when the request's headers go out.
    """

    def __init__(self, seconds: float, sent: Callable[[], None]) -> None:
        self.made = False
        self._sent = sent
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), self._make)
        self._timer.daemon = True

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Learn which connection this request goes over, and when it is sent."""
        if event.endswith(".connect_tcp.complete"):
            self._watch(info["return_value"].get_extra_info("socket"))
        elif event.endswith(".send_request_headers.started"):
            self._sent()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._timer.cancel()
        with self._lock:
            if self._socket is not None:
                self._socket.close()
                self._socket = None

    def _watch(self, connected: socket.socket) -> None:
        with self._lock:
            # A duplicate: TLS takes the first descriptor over; shutdown(2) ends the connection beneath both.
            self._socket = connected.dup()
        if self.made:
            self._make()

    def _make(self) -> None:
        with self._lock:
            self.made = True
            if self._socket is not None:
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)
