"""What a preview watches: the files that a site is made from, looked at every now and then without being read."""

import os
import time
from collections.abc import Iterable
from heapq import nlargest
from pathlib import Path
from stat import S_ISDIR

from digest.config import Config
from digest.labels import shipped

Look = tuple[int, int, int]
"""Time in nanoseconds, size and number of a file, which change with its content."""
Looks = dict[str, Look]
"""The look of every watched file by its path."""

_PAUSE = 0.2
_SHARE = 80
"""Looking at all files may take an eightieth of the time: in a blog of many years the pauses are longer."""
_LATEST = 32
"""Files that are looked at in long pauses as well."""
_SETTLING = 0.02
"""Seconds. An editor that empties a file before it writes it takes less."""


def watched(config: Config, config_file: Path) -> list[str]:
    """The folders and the file to look at, none of which is inside another."""
    names = ("content", "posts", "records", "edits", "templates")
    folders = {path.resolve() for path in (*map(config.path, names), shipped("templates"))}
    outer = sorted(path for path in folders if not folders.intersection(path.parents))
    return [str(config_file), *map(str, outer)]


def looks(paths: Iterable[str]) -> Looks:
    """How the files look that stand at or below these paths; hidden ones are left out."""
    found: Looks = {}
    for path in paths:
        try:
            stat = os.stat(path)  # noqa: PTH116
        except OSError:
            continue
        if S_ISDIR(stat.st_mode):
            _look_below(path, found)
        else:
            found[path] = stat.st_mtime_ns, stat.st_size, stat.st_ino
    return found


def _look_below(folder: str, found: Looks) -> None:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name[0] == ".":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    _look_below(entry.path, found)
                else:
                    stat = entry.stat()
                    found[entry.path] = stat.st_mtime_ns, stat.st_size, stat.st_ino
    except OSError:  # gone since it was listed
        return


def changed(paths: Iterable[str], before: Looks) -> Looks:
    """Wait until something looks otherwise than before, and no longer changes; how all of it looks then."""
    paths = tuple(paths)
    latest = {path: before[path] for path in nlargest(_LATEST, before, key=before.__getitem__)}
    while True:
        began = time.thread_time()
        now = looks(paths)
        if now != before:
            return _settled(paths, now)
        _pause(_SHARE * (time.thread_time() - began), latest)


def _pause(seconds: float, latest: Looks) -> None:
    """Wait, at least for a moment. The files that changed last are the likeliest to change again."""
    end = time.monotonic() + max(_PAUSE, seconds)
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(_PAUSE, left))
        if looks(latest) != latest:
            return


def _settled(paths: tuple[str, ...], now: Looks) -> Looks:
    for _ in range(50):
        time.sleep(_SETTLING)
        before, now = now, looks(paths)
        if now == before:
            break
    return now
