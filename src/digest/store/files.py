"""Files that are written whole or not at all.

A plain write that is killed half-way leaves a torn file. Here the bytes go to a temporary file beside the
target, are forced to the disk, and take the target's name in one step (rename(2) is atomic within a file
system): a reader, and the next run after a power cut, sees the old bytes or the new ones.
"""

import contextlib
import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from digest.errors import OutputError

_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{16}\.tmp", re.DOTALL)
_HINTS = {
    errno.ENOSPC: "the disk is full: free some space, then run again",
    errno.EDQUOT: "the disk quota is used up: free some space, then run again",
    errno.EACCES: "no permission: make the folder writable for the user who runs this",
    errno.EPERM: "no permission: make the folder writable for the user who runs this",
    errno.EROFS: "the file system is read-only: mount it writable or choose another folder",
    errno.EISDIR: "a folder has the file's name: move it away",
    errno.ENOTDIR: "a file has the folder's name: move it away",
    errno.EEXIST: "a file has the folder's name: move it away",
}


def sha256(data: bytes) -> str:
    """The SHA-256 of these bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_atomic(path: Path, data: bytes | str) -> bool:
    """Write one file whole, its missing folders too; text as UTF-8.

    The file's mode is that of any new file (the umask decides).

    Returns:
        Whether the file changed. A file that already holds exactly these bytes is not written at all.

    Raises:
        OutputError: it could not be written. What stood there still stands.
    """
    try:
        content = data.encode() if isinstance(data, str) else data
    except UnicodeEncodeError as error:
        raise OutputError("cannot be written", where=str(path), why=f"no UTF-8: {error.reason}") from None
    return bool(write_many({path: content}))


def write_many(files: Mapping[Path, bytes]) -> list[Path]:
    """Write many files, each whole, in the order given.

    All bytes are on the disk before the first file takes its name: an error until then changes nothing. They
    are synced in one go, after the last was written: the file system puts hundreds of pages into few commits.

    Returns:
        The files that changed; those that already hold exactly these bytes are not touched.

    Raises:
        OutputError: one of them could not be written.
    """
    changed = [path for path, data in files.items() if not _holds(path, data)]
    pending: dict[Path, Path] = {}
    try:
        for path in changed:
            with explained(path):
                _write_temporary(path, files[path], pending)
        for path, temporary in pending.items():
            with explained(path):
                _sync(temporary)
        for path in changed:
            with explained(path):
                pending[path].replace(path)
            del pending[path]
        _sync_folders(changed)
    finally:
        _remove(pending.values())
    return changed


def clean_temporaries(folder: Path) -> int:
    """Remove the temporary files that killed runs left in a folder and all folders below it.

    Call it while holding the blog's lock: the temporaries of a run at work look the same.

    Returns:
        How many there were.
    """
    return _remove(
        Path(parent, name) for parent, _folders, names in os.walk(folder) for name in names if _TEMPORARY.fullmatch(name)
    )


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False  # missing or unreadable; whether it can be replaced, writing will tell


def _write_temporary(path: Path, data: bytes, pending: dict[Path, Path]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name may have 255 bytes; a long one is shortened so that its temporary name fits as well.
    temporary = path.with_name(f".{path.name[:56]}.{secrets.token_hex(8)}.tmp")
    pending[path] = temporary
    with temporary.open("xb") as file:
        file.write(data)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folders(paths: Iterable[Path]) -> None:
    # The files stand already, and some network file systems cannot sync a folder: no reason to fail.
    for folder in dict.fromkeys(path.parent for path in paths):
        with contextlib.suppress(OSError):
            _sync(folder)


def _remove(paths: Iterable[Path]) -> int:
    removed = 0
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()
            removed += 1
    return removed


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the system's error about a file into ours. Raises OutputError."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            "cannot be written",
            where=str(path),
            why=error.strerror or type(error).__name__,
            hint=_HINTS.get(error.errno or 0, ""),
        ) from error
