"""The cache gives back what it got, and is never in the way."""

import logging
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import digest
from digest.store import Cache


def test_gives_back_what_it_got(tmp_path: Path) -> None:
    """Texts come back by kind and key, also for the next one to open the cache."""
    with Cache(tmp_path) as cache:
        cache.put("card", "2602.15763v1", "一 \ud83d ' \0 text")
        cache.put("card", "2602.15763v1", "newer")
        cache.put("page", "2602.15763v1", "")
        assert cache.get("card", "other") is None
    with Cache(tmp_path) as cache:
        assert cache.get("card", "2602.15763v1") == "newer"
        assert cache.get("page", "2602.15763v1") == ""


@pytest.mark.parametrize("text", ["一 text", "\ud83d half an emoji", "nul \0", "x" * 1_000_000])
def test_any_text(tmp_path: Path, text: str) -> None:
    """Every str can be kept, also half a surrogate pair from an upstream's JSON."""
    with Cache(tmp_path) as cache:
        cache.put("kind", "key", text)
        assert cache.get("kind", "key") == text


def test_many(tmp_path: Path) -> None:
    """Any number of keys can be put and asked for at once; those that are missing are left out."""
    values = {f"key {number}": str(number) for number in range(2500)}
    with Cache(tmp_path) as cache:
        cache.put_many("kind", values)
        assert cache.get_many("kind", [*values, "missing"]) == values
        assert cache.get_many("other", values) == {}
        assert cache.get_many("kind", []) == {}


def test_nothing_happens_before_the_first_use(tmp_path: Path) -> None:
    """Neither importing nor opening it costs SQLite or a file."""
    script = (
        "import sys; from pathlib import Path; from digest.store import Cache\n"
        "with Cache(Path(sys.argv[1])): print('sqlite3' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(digest.__file__).parents[1])}
    command = [sys.executable, "-c", script, str(tmp_path / "state")]
    assert subprocess.check_output(command, env=environment, text=True) == "False\n"
    assert not (tmp_path / "state").exists()


def test_threads_share_it(tmp_path: Path) -> None:
    """Eight threads put and get at once."""
    with Cache(tmp_path) as cache, ThreadPoolExecutor(8) as threads:

        def work(number: int) -> str | None:
            cache.put("kind", str(number), f"value {number}")
            return cache.get("kind", str(number))

        assert list(threads.map(work, range(50))) == [f"value {number}" for number in range(50)]


@pytest.mark.parametrize("damage", ["garbage", "half", "middle"])
def test_corrupt_file_is_put_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: str) -> None:
    """A damaged database is renamed with a warning, and an empty one works in its place."""
    path = tmp_path / "cache.sqlite"
    with Cache(tmp_path) as cache:
        cache.put_many("kind", {str(number): os.urandom(500).hex() for number in range(200)})
    whole = path.read_bytes()
    damaged = {
        "garbage": b"\x80garbage" * 1000,
        "half": whole[: len(whole) // 2],
        "middle": whole[:100] + b"\xff" * (len(whole) - 200) + whole[-100:],
    }
    path.write_bytes(damaged[damage])
    with Cache(tmp_path) as cache:
        assert cache.get_many("kind", [str(number) for number in range(200)]) == {}
        cache.put("kind", "key", "value")
        assert cache.get("kind", "key") == "value"
    assert (tmp_path / "cache.sqlite.corrupt").read_bytes() == damaged[damage]
    assert "cache.sqlite.corrupt" in caplog.text
    assert len(caplog.records) == 1


def test_corrupt_row_is_ignored(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A damaged entry is a missing one, with a warning; the others are there."""
    with Cache(tmp_path) as cache:
        cache.put_many("kind", dict.fromkeys("abcd", "text"))
    with sqlite3.connect(tmp_path / "cache.sqlite") as db:
        db.execute("UPDATE entries SET value = x'0102' WHERE key = 'a'")
        db.execute("UPDATE entries SET value = NULL WHERE key = 'b'")
        db.execute("UPDATE entries SET value = substr(value, 1, length(value) - 2) WHERE key = 'c'")
    db.close()
    with Cache(tmp_path) as cache:
        assert cache.get_many("kind", "abcd") == {"d": "text"}
        assert cache.get("kind", "a") is None
        cache.put("kind", "a", "new")
        assert cache.get("kind", "a") == "new"
    assert {record.levelno for record in caplog.records} == {logging.WARNING}


def test_no_place_for_a_cache(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Where there can be no database, nothing is found, nothing is kept, and one warning says so."""
    (tmp_path / "state").touch()
    with Cache(tmp_path / "state") as cache:
        for number in range(10):
            cache.put("kind", str(number), "value")
            assert cache.get("kind", str(number)) is None
    assert len(caplog.records) == 1
    assert "going on without the cache" in caplog.text


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_folder(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A cache that cannot be written can still be read."""
    with Cache(tmp_path) as cache:
        cache.put("kind", "key", "value")
    (tmp_path / "cache.sqlite").chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with Cache(tmp_path) as cache:
            assert cache.get("kind", "key") == "value"
            cache.put("kind", "key", "new")
            assert cache.get("kind", "key") == "value"
    finally:
        tmp_path.chmod(0o755)
    assert "going on without the cache" in caplog.text


def test_another_process_is_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that stays locked costs the entry, not the run."""
    monkeypatch.setattr("digest.store.cache._BUSY_SECONDS", 0.05)
    with Cache(tmp_path) as cache:
        cache.put("kind", "key", "value")
        other = sqlite3.connect(tmp_path / "cache.sqlite")
        other.execute("BEGIN EXCLUSIVE")
        cache.put("kind", "key", "new")
        assert cache.get("kind", "key") == "value"
        other.rollback()
        other.close()
        cache.put("kind", "key", "newer")
        assert cache.get("kind", "key") == "newer"
