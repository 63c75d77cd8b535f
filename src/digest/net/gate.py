"""One request at a time to an upstream, a given number of seconds apart, for all processes of a user.

arXiv's terms of use of its API: "make no more than one request every three seconds, and limit requests to a
single connection at a time", for all machines under one's control. Two blogs on one machine are one user.
"""

import contextlib
import fcntl
import os
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from digest.clock import Clock
from digest.errors import DeadlineExceeded

_POLL = 0.02  # seconds; flock(2) has no time limit of its own
_NEVER = float("-inf")

Stamp = Callable[[], None]


class Gate:
    """The line at which requests to one upstream wait their turn.

    The file `{name}.gate` holds the time of the last request; whoever has the turn holds a lock (flock(2)) on
    it. Where there can be no such file, the threads of this process still wait for each other.

    Args:
        name: the upstream, as a file name.
        interval: seconds from the start of a request to the start of the next; 0 is no gate at all.
        clock: its monotonic time must be the machine's (CLOCK_MONOTONIC counts from boot, for all processes).
        folder: where the file is; by default a folder of this user under the system's temporary one.
    """

    def __init__(self, name: str, interval: float, clock: Clock, folder: Path | None = None) -> None:
        self.name, self.interval = name, interval
        self._clock = clock
        self._folder = folder
        self._threads = threading.Lock()
        self._last = _NEVER

    @contextlib.contextmanager
    def turn(self, time_left: float) -> Iterator[Stamp]:
        """Wait for the turn and keep it.

        Args:
            time_left: seconds to wait at most.

        Yields:
            A function to call when the request is really sent: finding and greeting the server takes time,
            and the server counts from what it sees.

        Raises:
            DeadlineExceeded: the turn did not come in time.
        """
        if self.interval <= 0:
            yield lambda: None
            return
        end = self._clock.monotonic() + time_left
        with self._alone_here(end), self._alone_on_this_machine(end) as file:
            self._rest(file, end)
            self._stamp(file)
            yield lambda: self._stamp(file)

    @contextlib.contextmanager
    def _alone_here(self, end: float) -> Iterator[None]:
        self._poll(lambda: self._threads.acquire(blocking=False), end)
        try:
            yield
        finally:
            self._threads.release()

    @contextlib.contextmanager
    def _alone_on_this_machine(self, end: float) -> Iterator[int | None]:
        file = self._open()
        if file is None:
            yield None
            return
        try:
            self._poll(lambda: _locked(file), end)
            yield file
        finally:
            os.close(file)

    def _open(self) -> int | None:
        """The file, or None where it cannot be used or is in somebody else's hands."""
        with contextlib.suppress(OSError):
            folder = self._folder or Path(tempfile.gettempdir(), f"paper-digest-{os.getuid()}")
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            status = folder.lstat()
            if stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid():
                path = folder / f"{self.name}.gate"
                return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        return None

    def _rest(self, file: int | None, end: float) -> None:
        """Wait until the interval since the last request is over."""
        now = self._clock.monotonic()
        # A time to come was written before the machine was started anew.
        starts = [start for start in (self._last, _read(file)) if start <= now]
        wait = max(starts, default=_NEVER) + self.interval - now
        if wait > end - now:
            raise self._too_late()
        if wait > 0:
            self._clock.sleep(wait)

    def _stamp(self, file: int | None) -> None:
        self._last = self._clock.monotonic()
        if file is not None:
            with contextlib.suppress(OSError):  # a full disk: the threads of this process still keep apart
                os.ftruncate(file, os.pwrite(file, f"{self._last:.6f}\n".encode(), 0))

    def _poll(self, attempt: Callable[[], bool], end: float) -> None:
        while not attempt():
            if self._clock.monotonic() + _POLL > end:
                raise self._too_late()
            self._clock.sleep(_POLL)

    def _too_late(self) -> DeadlineExceeded:
        return DeadlineExceeded(
            "no turn to ask in the time left",
            where=self.name,
            why=f"one request every {self.interval:g} s, also for other runs on this machine",
        )


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks; the time in the file still spaces most requests
    return True


def _read(file: int | None) -> float:
    """The time of the last request, -inf if none is known."""
    try:
        return float(os.pread(file, 40, 0)) if file is not None else _NEVER
    except (OSError, ValueError):
        return _NEVER
