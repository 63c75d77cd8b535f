"""What the last build read and made: .digest/site.sqlite. It may be lost at any time; then everything is made anew."""

import contextlib
import json
import logging
import marshal
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

SCHEMA = "2"
"""Raise it when a table or what stands in it changes its shape."""
_TABLES = """
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS units (name TEXT PRIMARY KEY, looks TEXT, plan BLOB, rows BLOB, terms BLOB);
CREATE TABLE IF NOT EXISTS kin (unit TEXT PRIMARY KEY, chain TEXT, plan BLOB, related BLOB);
CREATE TABLE IF NOT EXISTS bodies (name TEXT PRIMARY KEY, html TEXT);
CREATE TABLE IF NOT EXISTS parts (name TEXT PRIMARY KEY, key TEXT, files TEXT);
CREATE TABLE IF NOT EXISTS folders (name TEXT PRIMARY KEY, time INTEGER);
"""


class Damaged(Exception):
    """What was remembered could not be read, and is now forgotten: begin again."""


class State:
    """Open for one build. Nothing is kept before `commit`.

    Args:
        folder: the blog's state folder; for None nothing is known, and nothing kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self.path = folder / "site.sqlite" if folder else Path(":memory:")
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        try:
            self._db = self._open()
        except sqlite3.DatabaseError as error:
            self._remove(error)
            self._db = self._open()

    def _remove(self, error: sqlite3.DatabaseError) -> None:
        _log.warning("%s: %s: starting an empty one", self.path, error)
        for suffix in ("", "-journal", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, isolation_level=None)
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("BEGIN IMMEDIATE")
        for statement in _TABLES.split(";"):
            db.execute(statement)
        found = db.execute("SELECT value FROM notes WHERE name = 'schema'").fetchone()
        if found != (SCHEMA,):
            for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                db.execute(f"DROP TABLE {table}")
            for statement in _TABLES.split(";"):
                db.execute(statement)
            db.execute("INSERT INTO notes VALUES ('schema', ?)", (SCHEMA,))
        return db

    def commit(self) -> None:
        """Keep what was noted."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Forget what was not committed."""
        with contextlib.suppress(sqlite3.Error):
            self._db.execute("ROLLBACK")
        self._db.close()

    def __enter__(self) -> "State":
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self.close()
        # An operational error is the moment's (a full disk, another process), any other the file's.
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            self._remove(error)
            raise Damaged(str(self.path)) from error

    def note(self, name: str) -> str:
        """A remembered word; empty where there is none."""
        found = self._db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def remember(self, name: str, value: str) -> None:
        """Note a word."""
        self._db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def forget(self) -> None:
        """Forget all that was read and by what it was made, but not which files were made."""
        for table in ("units", "kin", "bodies"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608  # our own names
        self._db.execute("UPDATE parts SET key = ''")

    # --- units -----------------------------------------------------------------------------------

    def units(self) -> dict[str, tuple[str, Any]]:
        """Of every unit, by its name, how its files looked, and what the planning of pages needs of it."""
        found = self._db.execute("SELECT name, looks, plan FROM units")
        return {name: (looks, _unpacked(plan)) for name, looks, plan in found}

    def rows(self, unit: str) -> Any:
        """What lists show of a unit."""
        found = self._db.execute("SELECT rows FROM units WHERE name = ?", (unit,)).fetchone()
        return _unpacked(found[0])

    def terms(self) -> dict[str, Any]:
        """The telling words of every unit's papers, by its name."""
        return {name: _unpacked(terms) for name, terms in self._db.execute("SELECT name, terms FROM units")}

    def put_unit(self, name: str, looks: str, plan: object, rows: object, terms: object) -> None:
        """Remember a unit."""
        packed = (_packed(value) for value in (plan, rows, terms))
        self._db.execute("INSERT OR REPLACE INTO units VALUES (?, ?, ?, ?, ?)", (name, looks, *packed))

    def put_looks(self, name: str, looks: str) -> None:
        """Remember how the files of a unit look, of which all else is known."""
        self._db.execute("UPDATE units SET looks = ? WHERE name = ?", (looks, name))

    def drop_units(self, names: Iterable[str]) -> None:
        """Forget units."""
        self._db.executemany("DELETE FROM units WHERE name = ?", [(name,) for name in names])

    # --- related papers --------------------------------------------------------------------------

    def kin(self) -> dict[str, tuple[str, Any]]:
        """For every unit, what its related papers were found from, and what the planning of pages needs of them."""
        return {unit: (chain, _unpacked(plan)) for unit, chain, plan in self._db.execute("SELECT unit, chain, plan FROM kin")}

    def related(self, unit: str) -> Any:
        """The related papers of each paper of a unit, nearest first, with what they share."""
        found = self._db.execute("SELECT related FROM kin WHERE unit = ?", (unit,)).fetchone()
        return _unpacked(found[0]) if found else {}

    def put_kin(self, unit: str, chain: str, plan: object, related: object) -> None:
        """Remember the related papers of a unit's papers."""
        self._db.execute("INSERT OR REPLACE INTO kin VALUES (?, ?, ?, ?)", (unit, chain, _packed(plan), _packed(related)))

    def drop_kin(self, units: Iterable[str]) -> None:
        """Forget the related papers of units."""
        self._db.executemany("DELETE FROM kin WHERE unit = ?", [(unit,) for unit in units])

    # --- HTML that several files share -----------------------------------------------------------

    def body(self, name: str) -> str | None:
        """A piece of HTML that was remembered under a name."""
        found = self._db.execute("SELECT html FROM bodies WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def put_body(self, name: str, html: str) -> None:
        """Remember a piece of HTML."""
        self._db.execute("INSERT OR REPLACE INTO bodies VALUES (?, ?)", (name, html))

    def keep_bodies(self, names: Iterable[str]) -> None:
        """Forget the pieces of HTML with other names."""
        gone = {name for (name,) in self._db.execute("SELECT name FROM bodies")}.difference(names)
        self._db.executemany("DELETE FROM bodies WHERE name = ?", [(name,) for name in gone])

    # --- parts -----------------------------------------------------------------------------------

    def keys(self) -> dict[str, str]:
        """The key of every part that was made; empty where it must be made again."""
        return dict(self._db.execute("SELECT name, key FROM parts"))

    def files(self, part: str) -> list[str]:
        """The files that a part consists of."""
        found = self._db.execute("SELECT files FROM parts WHERE name = ?", (part,)).fetchone()
        return list(json.loads(found[0])) if found else []

    def all_files(self) -> dict[str, list[str]]:
        """The files of every part."""
        return {name: json.loads(files) for name, files in self._db.execute("SELECT name, files FROM parts")}

    def doubt(self, parts: Iterable[str]) -> None:
        """Have parts made again."""
        self._db.executemany("UPDATE parts SET key = '' WHERE name = ?", [(name,) for name in parts])

    def manifest(self, more: Iterable[str]) -> bytes:
        """The list of all files of the site, and some more, as JSON."""
        rows = self._db.execute("SELECT files FROM parts ORDER BY name").fetchall()
        lists = [*(files[1:-1] for (files,) in rows if files != "[]"), *(_text(name) for name in sorted(more))]
        return ('{"files":[\n' + ",\n".join(lists) + "\n]}\n").encode()

    def put_part(self, name: str, key: str, files: Iterable[str]) -> None:
        """Remember a part as made."""
        self._db.execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?)", (name, key, _text(list(files))))

    def drop_parts(self, names: Iterable[str]) -> None:
        """Forget parts."""
        self._db.executemany("DELETE FROM parts WHERE name = ?", [(name,) for name in names])

    def folders(self) -> dict[str, int]:
        """When each folder of the output changed last, in nanoseconds."""
        return dict(self._db.execute("SELECT name, time FROM folders"))

    @property
    def has_folders(self) -> bool:
        """Whether it is known of any folder of the output when it changed last."""
        return self._db.execute("SELECT 1 FROM folders LIMIT 1").fetchone() is not None

    def put_folders(self, folders: Mapping[str, int]) -> None:
        """Remember when folders changed last; those that are gone (0) are forgotten."""
        self._db.executemany("INSERT OR REPLACE INTO folders VALUES (?, ?)", [(n, t) for n, t in folders.items() if t])
        self._db.executemany("DELETE FROM folders WHERE name = ?", [(n,) for n, t in folders.items() if not t])


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _packed(value: object) -> bytes:
    """A value as `marshal` writes it, several times as fast to read as JSON. No other Python, whose marshal may differ,
    reads it: the version is among the settings of the site."""
    return marshal.dumps(_plain(value))


def _plain(value: Any) -> Any:
    """A value of tuples, dictionaries and plain values."""
    if isinstance(value, tuple | list):
        return tuple(map(_plain, value))
    return {name: _plain(one) for name, one in value.items()} if isinstance(value, dict) else value


def _unpacked(data: bytes) -> Any:
    try:
        return marshal.loads(data)  # noqa: S302  # our own, in a folder that also keeps compiled templates
    except (EOFError, ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(f"a value cannot be read: {error}") from None
