"""Threads that wait side by side and work one at a time."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class Pool(ThreadPoolExecutor):
    """As many threads as there may be calls at a time; of those that do not wait for an answer, one works.

    Python runs one thread at a time in any case. Left to itself it would share that time among twenty threads with a card
    to check and the one whose answer has just arrived, and the answer would be kept a tenth of a second later: a run that
    is killed in between would pay for it twice.
    """

    def __init__(self, threads: int) -> None:
        super().__init__(threads, thread_name_prefix="model")
        self._turn = threading.Lock()
        self._mine = threading.local()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """See `concurrent.futures.Executor.submit`."""
        return super().submit(self._in_turn, fn, args, kwargs)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """While a thread of the pool waits for something, another may work; whatever is done in here is not waited for."""
        if not getattr(self._mine, "working", False):
            yield
            return
        self._turn.release()
        try:
            yield
        finally:
            self._turn.acquire()

    def _in_turn(self, work: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        with self._turn:
            self._mine.working = True
            try:
                return work(*args, **kwargs)
            finally:
                self._mine.working = False
