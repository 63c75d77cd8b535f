"""A server that plays an endpoint, and a model that asks it."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.clock import Clock
from digest.store import Cache
from llm.chat import NOW, ChatServer, Setting, completion


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer() as running:
        running.answers(completion())
        yield running


@pytest.fixture
def model(server: ChatServer, tmp_path: Path) -> Iterator[Setting]:
    """The model of a blog; waiting takes no time."""
    slept: list[float] = []
    clock = Clock(now=NOW, monotonic=lambda: time.monotonic() + sum(slept), sleep=slept.append)
    with Cache(tmp_path / "state") as cache:
        yield Setting(server, cache, clock, slept)
