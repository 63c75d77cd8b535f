"""Threads that wait side by side and work one at a time."""

import threading
import time

from digest.llm.pool import Pool
from digest.models import TokenUsage
from llm.chat import CHAT, DAY, Bursts, ChatServer, Setting, completion, question


class Meter:
    """How many are within at the same time."""

    def __init__(self) -> None:
        self.within = self.most = 0
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            self.within += 1
            self.most = max(self.most, self.within)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self.within -= 1


def test_one_works_while_the_others_wait_together() -> None:
    pool, working, waiting = Pool(8), Meter(), Meter()

    def task(n: int) -> int:
        with working:
            time.sleep(0.005)
        with pool.waiting(), waiting:
            time.sleep(0.1)
        with working:
            time.sleep(0.005)
        return n

    with pool:
        assert list(pool.map(task, range(8))) == list(range(8))
    assert working.most == 1
    assert waiting.most > 4


def test_an_error_hands_the_turn_on() -> None:
    def fails(n: int) -> int:
        if n % 2:
            raise ValueError(n)
        return n

    with Pool(2) as pool:
        futures = [pool.submit(fails, n) for n in range(6)]
        assert [f.result() for f in futures[::2]] == [0, 2, 4]
        assert all(isinstance(f.exception(), ValueError) for f in futures[1::2])


def test_waiting_outside_of_a_pool_is_nothing() -> None:
    with Pool(1) as pool, pool.waiting():
        pass


def test_the_same_question_from_many_threads_of_the_pool_is_one_call(server: ChatServer, model: Setting) -> None:
    """Whoever waits for the others' answer must not keep its turn from them."""
    server.on(CHAT, Bursts(lambda asked: completion()))
    with model.open(concurrency=8) as endpoint:
        day = endpoint.on(DAY, TokenUsage())
        found = list(endpoint.pool.map(lambda _: day.ask(question("the same")), range(8), timeout=20))
    assert len(found) == 8
    assert server.calls == 1
