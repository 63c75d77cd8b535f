"""Files that are listed by their names below a folder, and how a file looks without being read."""

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from digest.errors import OutputError


def is_below(name: str) -> bool:
    """Whether a name in a list leads to something below the list's folder, without leaving it on the way."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and name not in ("", ".")


def refuse_links(folder: Path, names: Iterable[str]) -> None:
    """A link inside a folder would carry a file out of it.

    Args:
        names: files below the folder, there or yet to be written.

    Raises:
        OutputError: one of the folders on the way to them is a symbolic link.
    """
    around = {file.rpartition("/")[0] for file in names}
    for name in sorted({str(parent) for inner in around for parent in (inner, *PurePosixPath(inner).parents)} - {"", "."}):
        if os.path.islink(f"{folder}/{name}"):  # noqa: PTH114 - of ten thousands
            raise OutputError("is a symbolic link", where=str(folder / name), hint="put a folder in its place")


def looks(file: Path | str) -> str:
    """The size and time of a file, which tell whether it has changed since they were last asked for."""
    try:
        stat = os.stat(file)  # noqa: PTH116 - of ten thousands, without a Path for each
    except OSError:
        return "is not there"
    return f"{stat.st_size} {stat.st_mtime_ns}"
