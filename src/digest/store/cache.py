"""What was fetched and computed before, so that a second run asks nobody again.

The cache is never needed for a right result, only for a cheap one: whatever is wrong with it goes to the log,
and the run goes on without it.
"""

from __future__ import annotations

import logging
import threading
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    import sqlite3

_log = logging.getLogger(__name__)
T = TypeVar("T")

_TABLE = "CREATE TABLE IF NOT EXISTS entries (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key))"
_AT_ONCE = 500  # keys in one query; SQLite before 3.32 takes 999 parameters
_BUSY_SECONDS = 5.0


class Cache:
    """Texts by kind and key, in `cache.sqlite` in the state folder.

    Nothing is opened or imported before the first use. Threads may share one.

    Args:
        state: the blog's state folder; made at the first use.
    """

    def __init__(self, state: Path) -> None:
        self.path = state / "cache.sqlite"
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._warnings: set[str] = set()

    def get(self, kind: str, key: str) -> str | None:
        """The text that was put there, or None."""
        return self.get_many(kind, [key]).get(key)

    def put(self, kind: str, key: str, value: str) -> None:
        """Keep a text, in place of an earlier one."""
        self.put_many(kind, {key: value})

    def get_many(self, kind: str, keys: Iterable[str]) -> dict[str, str]:
        """Those of the keys that are there, with their texts."""
        wanted = list(dict.fromkeys(keys))
        nothing: list[tuple[str, object]] = []
        found = self._with_database(lambda db: _select(db, kind, wanted), nothing)
        texts = {key: self._unpack(value, f"{kind} {key}") for key, value in found}
        return {key: text for key, text in texts.items() if text is not None}

    def put_many(self, kind: str, values: Mapping[str, str]) -> None:
        """Keep many texts in one transaction."""
        rows = [(kind, key, _pack(value)) for key, value in values.items()]

        def insert(db: sqlite3.Connection) -> None:
            with db:
                db.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)

        self._with_database(insert, None)

    def close(self) -> None:
        """Close the database. The next use would open it again."""
        with self._lock:
            if self._connection is not None:
                connection, self._connection = self._connection, None
                connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _with_database(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Do some work, a second time on a new database if the old one turns out to be corrupt."""
        import sqlite3

        with self._lock:
            for _ in range(2):
                try:
                    return work(self._open())
                except (sqlite3.OperationalError, OSError, UnicodeError) as error:
                    self._warn(f"{self.path}: going on without the cache: {error}")
                    return otherwise
                except sqlite3.DatabaseError as error:
                    self._quarantine(error)
        return otherwise

    def _open(self) -> sqlite3.Connection:
        import sqlite3

        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, check_same_thread=False)
            # Losing the last entries in a power cut costs a request; syncing after each one costs every run.
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute(_TABLE)
        return self._connection

    def _quarantine(self, error: Exception) -> None:
        """Put a corrupt database aside, for whoever wants to know what happened to it."""
        self.close()
        aside = self.path.with_name(self.path.name + ".corrupt")
        self._warn(f"{self.path}: corrupt ({error}): put aside as {aside.name}, starting an empty one")
        with suppress(OSError):
            self.path.replace(aside)
        for suffix in ("-journal", "-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink()

    def _unpack(self, value: object, name: str) -> str | None:
        try:
            return zlib.decompress(value).decode("utf-8", "surrogatepass")  # type: ignore[arg-type]
        except (zlib.error, TypeError, UnicodeError) as error:
            self._warn(f"{self.path}: ignoring a corrupt entry: {name}: {error}")
            return None

    def _warn(self, message: str) -> None:
        """Say it once: what is wrong with one entry is wrong with the next hundred."""
        if message not in self._warnings:
            self._warnings.add(message)
            _log.warning(message)


def _pack(text: str) -> bytes:
    # An upstream's JSON can hold half a surrogate pair, which strict UTF-8 refuses.
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def _select(db: sqlite3.Connection, kind: str, keys: list[str]) -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = []
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        query = f"SELECT key, value FROM entries WHERE kind = ? AND key IN ({marks})"  # noqa: S608 (question marks only)
        rows += db.execute(query, [kind, *part])
    return rows
