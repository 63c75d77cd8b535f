"""Requests to one upstream are spaced and never overlap, over threads and processes, measured at the server."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

import digest
from digest.clock import Clock
from digest.errors import DeadlineExceeded
from digest.net import Client, Response
from digest.net.gate import Gate
from server import Answer, Request, ScriptedServer

CLOCK = Clock(now=datetime(2026, 2, 18, 9, tzinfo=UTC))
# Seconds that a loaded machine may take from sending to receiving: one gap shrinks by it, their sum does not add up.
LATE = 0.06


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as scripted:
        scripted.on("/.*", Answer("yes"))
        yield scripted


def make_client(folder: Path | None) -> Client:
    return Client(user_agent="test", timeout=5, retries=1, clock=CLOCK, gate_folder=folder)


def text(response: Response) -> str:
    return response.text()


def test_two_code_paths_are_spaced(server: ScriptedServer, tmp_path: Path) -> None:
    """Two upstreams of one name, used by four threads, share one line."""
    with make_client(tmp_path) as client, ThreadPoolExecutor(4) as threads:
        upstreams = [client.upstream("arxiv", interval=0.15) for _ in range(2)]
        list(threads.map(lambda n: upstreams[n % 2].fetch(f"{server.url}/{n}", text), range(5)))
    assert len(server.log) == 5
    assert min(server.gaps()) >= 0.15 - LATE
    assert sum(server.gaps()) >= 4 * 0.15 - LATE
    assert sum(upstream.seconds_waited for upstream in upstreams) > 0.5


def test_one_connection_at_a_time(tmp_path: Path) -> None:
    """The turn is kept while a request is under way, also if that takes longer than the interval."""
    busy, overlaps = threading.Lock(), []

    def slow(_request: Request) -> Answer:
        overlaps.append(not busy.acquire(blocking=False))
        time.sleep(0.1)
        busy.release()
        return Answer("yes")

    with ScriptedServer() as server, make_client(tmp_path) as client, ThreadPoolExecutor(3) as threads:
        server.on("/.*", slow)
        upstream = client.upstream("arxiv", interval=0.02)
        list(threads.map(lambda n: upstream.fetch(f"{server.url}/{n}", text), range(4)))
    assert overlaps == [False] * 4


_PROCESS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from digest.clock import Clock
from digest.net import Client
url, folder = sys.argv[1:]
clock = Clock(now=datetime(2026, 2, 18, tzinfo=UTC))
with Client(user_agent="test", timeout=5, retries=1, clock=clock, gate_folder=Path(folder)) as client:
    upstream = client.upstream("arxiv", interval=0.2)
    for number in range(4):
        upstream.fetch(f"{url}/{number}", lambda response: response)
"""


def test_two_processes_are_spaced(server: ScriptedServer, tmp_path: Path) -> None:
    """Eight requests of two processes arrive one interval apart, the processes' in turn."""
    environment = {**os.environ, "PYTHONPATH": str(Path(digest.__file__).parents[1])}
    command = [sys.executable, "-c", _PROCESS, server.url, str(tmp_path)]
    processes = [subprocess.Popen(command, env=environment) for _ in range(2)]
    assert [process.wait(timeout=20) for process in processes] == [0, 0]
    assert len(server.log) == 8
    assert min(server.gaps()) >= 0.2 - LATE
    assert sum(server.gaps()) >= 7 * 0.2 - LATE


def test_killed_process_frees_the_turn(tmp_path: Path) -> None:
    """A process that dies at its turn does not keep it."""
    script = _PROCESS.replace("range(4)", "range(1)")
    environment = {**os.environ, "PYTHONPATH": str(Path(digest.__file__).parents[1])}
    with ScriptedServer() as server:
        server.on("/.*", [Answer("late", hang=30), Answer("yes")])
        process = subprocess.Popen([sys.executable, "-c", script, server.url, str(tmp_path)], env=environment)
        while not server.log:
            time.sleep(0.01)
        process.kill()
        process.wait()
        with make_client(tmp_path) as client:
            assert client.upstream("arxiv", interval=0.2).fetch(server.url + "/api", text) == "yes"


def test_no_interval_is_no_gate(tmp_path: Path) -> None:
    """With an interval of 0, turns are not taken and no file is made."""
    gate = Gate("model", 0, CLOCK, tmp_path / "gates")
    with gate.turn(0), gate.turn(0):
        pass
    assert not (tmp_path / "gates").exists()


def test_turn_that_comes_too_late(tmp_path: Path) -> None:
    """A wait beyond the time left is DeadlineExceeded: at once if it is known, else when the time is up."""
    gate = Gate("arxiv", 10, CLOCK, tmp_path)
    with gate.turn(1):
        start = time.monotonic()
        with pytest.raises(DeadlineExceeded, match="arxiv"), gate.turn(0.15):
            raise AssertionError("two at once")
        assert 0.05 < time.monotonic() - start < 1
    start = time.monotonic()
    with pytest.raises(DeadlineExceeded, match="one request every 10 s"), gate.turn(5):
        raise AssertionError("too early")
    assert time.monotonic() - start < 0.1


def turn_takes(gate: Gate) -> float:
    start = time.monotonic()
    with gate.turn(5):
        return time.monotonic() - start


@pytest.mark.parametrize("stamp", ["1e15", "garbage", "", "nan", "inf", "-5", "\0"])
def test_stamp_of_another_boot_or_garbage(tmp_path: Path, stamp: str) -> None:
    """A time to come is from before a restart of the machine, garbage from anywhere: no wait."""
    (tmp_path / "arxiv.gate").write_text(stamp)
    gate = Gate("arxiv", 0.1, CLOCK, tmp_path)
    assert turn_takes(gate) < 0.09
    assert 0.03 < turn_takes(gate) < 1


def test_stamp_of_another_process(tmp_path: Path) -> None:
    """Spacing goes by the file, from start to start."""
    first, second = Gate("arxiv", 0.2, CLOCK, tmp_path), Gate("arxiv", 0.2, CLOCK, tmp_path)
    with first.turn(1):
        time.sleep(0.1)
    assert 0.01 < turn_takes(second) < 0.19


def test_stamp_at_sending(tmp_path: Path) -> None:
    """The interval counts from the moment that the request was really sent."""
    gate = Gate("arxiv", 0.2, CLOCK, tmp_path)
    with gate.turn(1) as sent:
        time.sleep(0.1)
        sent()
    assert turn_takes(gate) > 0.15


@pytest.mark.parametrize("place", ["file", "link", "folder in its place"])
def test_without_a_usable_file(tmp_path: Path, place: str) -> None:
    """Where the file cannot be used, the threads of this process are spaced all the same."""
    folder = tmp_path / "gates"
    if place == "file":
        folder.touch()
    elif place == "link":
        folder.symlink_to("/")
    else:
        (folder / "arxiv.gate").mkdir(parents=True)
    gate = Gate("arxiv", 0.15, CLOCK, folder)
    assert turn_takes(gate) < 0.1
    assert 0.05 < turn_takes(gate) < 1


def test_folder_is_ours_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual folder is the user's own in the temporary one, closed to others; a stranger's is not used."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    Gate("arxiv", 0.01, CLOCK).turn(1).__enter__()
    folder = tmp_path / f"paper-digest-{os.getuid()}"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "arxiv.gate").stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    stranger = Gate("arxiv", 0.01, CLOCK, folder)
    before = (folder / "arxiv.gate").read_bytes()
    turn_takes(stranger)
    assert (folder / "arxiv.gate").read_bytes() == before
