"""Which posts get a second copy for another blog (`posts.dialect`, `posts.export_to`): those of some days, and round-ups."""

from collections.abc import Iterable, Iterator
from datetime import date as Date
from pathlib import Path

from digest import digests
from digest.config import Config
from digest.posts.dialects import DIALECTS, Copied, copy_posts
from digest.posts.dialects.copies import export_folder
from digest.roundups.files import read_written


def copy_days(config: Config, days: Iterable[Date], *, overwrite: bool = False) -> Copied:
    """Copy the posts of these days, as they stand, and all round-ups; take away copies of posts that are gone.

    Args:
        overwrite: replace copies that were edited by hand, too.

    Raises:
        RecordError: a record cannot be read.
        OutputError: the folder of the other blog cannot be written to.
        RenderError: a post cannot be read, or two want the same file there.
    """
    return copy_posts(config, list(_posts(config, days)), overwrite=overwrite)


def check_folder(config: Config) -> None:
    """Raises OutputError where the folder for copies is not one that may be written to."""
    export_folder(config, DIALECTS[config.posts.dialect])


def lines(copied: Copied) -> Iterator[str]:
    """What became of the copies, for the log."""
    if copied.written or copied.removed:
        yield f"copies: {len(copied.written)} written, {len(copied.removed)} removed"
    yield from (f"copy left alone, edited by hand: {path} (--overwrite replaces it)" for path in copied.kept)


def _posts(config: Config, days: Iterable[Date]) -> Iterator[Path]:
    for day in days:
        if digest := digests.read(config.path("records"), day):
            yield from (config.root / name for name in digest.posts)
    yield from (config.root / name for name in read_written(config).posts)
