"""A client with short patience, and a server that does as it is told."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.clock import Clock
from digest.net import Client, Response, Upstream
from server import ScriptedServer

NOW = datetime(2026, 2, 18, 9, tzinfo=UTC)
KEY = "hf_canary_0123456789"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as scripted:
        yield scripted


@pytest.fixture
def slept() -> list[float]:
    """The seconds that the client slept, all of which pass at once."""
    return []


@pytest.fixture
def clock(slept: list[float]) -> Clock:
    def sleep(seconds: float) -> None:
        assert seconds > 0
        slept.append(seconds)

    return Clock(now=NOW, monotonic=lambda: time.monotonic() + sum(slept), sleep=sleep)


@pytest.fixture
def client(clock: Clock, tmp_path: Path) -> Iterator[Client]:
    with Client(
        user_agent="paper-digest/1 (mailto:a@b.example)",
        timeout=5,
        retries=3,
        clock=clock,
        gate_folder=tmp_path,
    ) as made:
        yield made


@pytest.fixture
def upstream(client: Client) -> Upstream:
    return client.upstream("test", deadline=60)


def text(response: Response) -> str:
    return response.text()


def impatient(clock: Clock, timeout: float, retries: int = 2) -> Client:
    return Client(user_agent="test", timeout=timeout, retries=retries, clock=replace(clock, monotonic=time.monotonic))
