"""One run at a time works on a blog."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import digest
from digest.errors import LockHeld, OutputError
from digest.store import blog_lock

_HOLDER = """
import sys, time
from pathlib import Path
from digest.store import blog_lock
with blog_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(30)
"""


@contextmanager
def holder(state: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock."""
    environment = {**os.environ, "PYTHONPATH": str(Path(digest.__file__).parents[1])}
    command = [sys.executable, "-c", _HOLDER, str(state)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        try:
            yield process
        finally:
            process.kill()


def test_second_process_is_turned_away(tmp_path: Path) -> None:
    """While another process holds the lock, LockHeld comes at once and names it."""
    with holder(tmp_path) as process:
        start = time.monotonic()
        with pytest.raises(LockHeld, match=f"process {process.pid}") as caught, blog_lock(tmp_path):
            raise AssertionError("two holders")
        assert time.monotonic() - start < 1
    assert str(tmp_path / "lock") in str(caught.value)
    assert caught.value.exit_status == 75


def test_dead_process_does_not_block(tmp_path: Path) -> None:
    """A process that was killed leaves its number behind but no lock."""
    with holder(tmp_path) as process:
        process.kill()
        process.wait()
    assert (tmp_path / "lock").read_text().strip() == str(process.pid)
    with blog_lock(tmp_path):
        assert (tmp_path / "lock").read_text().strip() == str(os.getpid())


def test_same_process_is_turned_away_too(tmp_path: Path) -> None:
    """A lock is not taken twice, not even by its holder, and is free again after an error."""
    with pytest.raises(LockHeld), blog_lock(tmp_path), blog_lock(tmp_path):
        raise AssertionError("two holders")
    with pytest.raises(KeyboardInterrupt), blog_lock(tmp_path):
        raise KeyboardInterrupt
    with blog_lock(tmp_path):
        pass


def test_garbage_in_the_file(tmp_path: Path) -> None:
    """What the file holds does not matter."""
    (tmp_path / "lock").write_bytes(b"\xff\x00garbage")
    with blog_lock(tmp_path), pytest.raises(LockHeld), blog_lock(tmp_path):
        raise AssertionError("two holders")


def test_no_place_for_a_lock(tmp_path: Path) -> None:
    """A state folder that cannot be is an OutputError with a hint."""
    (tmp_path / "state").touch()
    with pytest.raises(OutputError, match="must be writable"), blog_lock(tmp_path / "state"):
        raise AssertionError("no lock")
