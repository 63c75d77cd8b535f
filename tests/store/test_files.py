"""Files are written whole or not at all."""

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import digest
from digest.errors import OutputError
from digest.store import clean_temporaries, sha256, write_atomic, write_many

_SOURCE = Path(digest.__file__).parents[1]


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_writes_text_and_makes_the_folders(tmp_path: Path) -> None:
    """A new file is there with its missing folders, text as UTF-8, and nothing beside it."""
    assert write_atomic(tmp_path / "a/b/页.md", "一\n") is True
    assert (tmp_path / "a/b/页.md").read_bytes() == "一\n".encode()
    assert everything(tmp_path) == ["a/b/页.md"]


def test_same_bytes_are_not_written(tmp_path: Path) -> None:
    """A file that already holds the bytes keeps its inode and times."""
    path = tmp_path / "page.html"
    write_atomic(path, b"one")
    before = path.stat()
    assert write_atomic(path, "one") is False
    assert path.stat() == before
    assert write_atomic(path, b"two") is True
    assert path.read_bytes() == b"two"


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_mode_follows_the_umask(tmp_path: Path, umask: int, mode: int) -> None:
    """A file has the mode that open() would give it."""
    old = os.umask(umask)
    try:
        write_atomic(tmp_path / "page.html", b"one")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "page.html").stat().st_mode) == mode


def test_many_tells_what_changed(tmp_path: Path) -> None:
    """Of many files, the changed ones are returned, in the order given."""
    files = {tmp_path / f"{number}/index.html": b"%d" % number for number in range(300)}
    assert write_many(files) == list(files)
    assert write_many(files) == []
    files[tmp_path / "7/index.html"] = b"new"
    assert write_many(files) == [tmp_path / "7/index.html"]
    assert len(everything(tmp_path)) == 300


def test_longest_name(tmp_path: Path) -> None:
    """A name as long as the file system takes can be written."""
    path = tmp_path / ("页" * 85)
    write_atomic(path, b"one")
    assert path.read_bytes() == b"one"


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "no permission"), (errno.EIO, "error")],
)
def test_failure_before_the_first_rename_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    """A full disk on the last of three files: an OutputError that says so, the old files, no temporaries."""
    old = {tmp_path / name: b"old" for name in "abc"}
    write_many(old)
    calls = iter([None, None, OSError(number, os.strerror(number))])

    def fsync(_descriptor: int) -> None:
        if error := next(calls, None):
            raise error

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OutputError, match=words) as caught:
        write_many(dict.fromkeys(old, b"new"))
    assert str(tmp_path / "c") in str(caught.value)
    assert [path.read_bytes() for path in old] == [b"old"] * 3
    assert everything(tmp_path) == ["a", "b", "c"]


def test_real_full_disk(tmp_path: Path) -> None:
    """A file system that takes no more bytes leaves the old file and no temporary."""
    script = """
import resource, signal, sys
from pathlib import Path
from digest.errors import OutputError
from digest.store import write_atomic
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    write_atomic(Path(sys.argv[1]), bytes(1000))
except OutputError as error:
    print(error)
"""
    path = tmp_path / "page.html"
    path.write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", script, str(path)], env=_environment(), capture_output=True, text=True)
    assert str(path) in done.stdout and "File too large" in done.stdout
    assert path.read_bytes() == b"old"
    assert everything(tmp_path) == ["page.html"]


def test_folder_and_file_in_the_way(tmp_path: Path) -> None:
    """A folder with the file's name, or a file with the folder's, is an OutputError with a hint."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="a folder has the file's name"):
        write_atomic(tmp_path / "folder", b"one")
    with pytest.raises(OutputError, match="a file has the folder's name"):
        write_atomic(tmp_path / "file/page.html", b"one")
    assert everything(tmp_path) == ["file"]


def test_half_a_character(tmp_path: Path) -> None:
    """Text that is no Unicode is an OutputError, not a UnicodeEncodeError."""
    with pytest.raises(OutputError, match=r"page\.html"):
        write_atomic(tmp_path / "page.html", "\ud800")


def test_cleaning_takes_only_our_temporaries(tmp_path: Path) -> None:
    """Temporaries in all folders below go; other hidden and .tmp files stay."""
    for name in (".a.html.0123456789abcdef.tmp", "deep/er/.b.0123456789abcdef.tmp"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for name in (".hidden", "x.tmp", ".a.tmp", ".a.0123.tmp", "a.0123456789abcdef.tmp"):
        (tmp_path / name).touch()
    assert clean_temporaries(tmp_path) == 2
    assert clean_temporaries(tmp_path) == 0
    assert clean_temporaries(tmp_path / "missing") == 0
    assert len(everything(tmp_path)) == 5


_WRITER = """
import sys
from pathlib import Path
from digest.store import write_many
folder, blocks = Path(sys.argv[1]), [letter * 300_000 for letter in (b"a", b"b", b"c")]
print("ready", flush=True)
while True:
    for block in blocks:
        write_many({folder / name: block for name in ("one", "two", "three")})
"""


def test_killed_writers_leave_no_torn_file(tmp_path: Path) -> None:
    """kill -9 at any moment leaves each file with one version's bytes; cleaning leaves only the files."""
    versions = {letter * 300_000 for letter in (b"a", b"b", b"c")}
    names = ["one", "three", "two"]
    for name in names:
        (tmp_path / name).write_bytes(b"a" * 300_000)
    for kill in range(30):
        command = [sys.executable, "-S", "-c", _WRITER, str(tmp_path)]
        with subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.0013 * kill)
            writer.send_signal(signal.SIGKILL)
        assert {(tmp_path / name).read_bytes() for name in names} <= versions
    clean_temporaries(tmp_path)
    assert everything(tmp_path) == names


def test_sha256() -> None:
    """The digest is in hexadecimal."""
    assert sha256(b"").startswith("e3b0c44298fc1c14")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(_SOURCE)}
