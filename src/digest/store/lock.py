"""One run at a time works on a blog."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from digest.errors import LockHeld, OutputError


@contextlib.contextmanager
def blog_lock(state: Path) -> Iterator[None]:
    """Hold the blog's lock, the file `lock` in its state folder.

    The system keeps the lock (flock(2)) for as long as the process lives, so one that was killed leaves none.
    The file itself stays: removing it would let two runs hold locks on two files of the same name.

    Raises:
        LockHeld: another process holds it.
        OutputError: the state folder cannot be written.
    """
    path = state / "lock"
    descriptor = _open(path)
    try:
        _lock(descriptor, path)
        _note(descriptor, f"{os.getpid()}\n")
        yield
        _note(descriptor, "")
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise _unlockable(path, error) from error


def _lock(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LockHeld(
            "another run works on this blog",
            where=str(path),
            why=_holder(descriptor),
            hint="wait until it has finished, or end it; then run again",
        ) from None
    except OSError as error:
        raise _unlockable(path, error) from error


def _holder(descriptor: int) -> str:
    # Between its locking and its writing the number, the other process has no name yet.
    number = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
    return f"process {number}" if number.isdecimal() else ""


def _note(descriptor: int, text: str) -> None:
    """Leave the process number for the message of the next run; a full disk is no reason to stop here."""
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, text.encode(), 0)


def _unlockable(path: Path, error: OSError) -> OutputError:
    return OutputError(
        "cannot be locked",
        where=str(path),
        why=error.strerror or type(error).__name__,
        hint="the state folder must be writable and on a file system with flock",
    )
