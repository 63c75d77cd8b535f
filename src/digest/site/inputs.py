"""What the site is made from, found without reading it: the files of content/, by the page or day that they belong to.

A *unit* is what is read together: everything of one date (its record, its edits, the posts that bear the date), or one
post or page by hand with its translations.
"""

import hashlib
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from digest import __version__
from digest.config import Config
from digest.labels import shipped
from digest.models import Language

Kind = Literal["record", "edits", "post", "page"]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[-.])")
_LANGUAGES = tuple(f".{language}" for language in get_args(Language))
_TICK = 50_000_000
"""Nanoseconds. A file that is younger than this may change again within the same tick of the file system's clock."""


class Source(NamedTuple):
    """A file, and how it looks: size, time and number, which change with its content.

    Attributes:
        name: its place below the folder of its kind.
    """

    kind: Kind
    name: str
    path: str
    look: str


def scan(config: Config) -> dict[str, tuple[Source, ...]]:
    """All units by their names: a date, `post:NAME` or `page:NAME`; the files of each in a fixed order.

    Raises:
        OSError: a folder cannot be listed.
    """
    found: dict[str, list[Source]] = {}
    for kind, folder, suffix in _folders(config):
        for name, path, look in _files(folder, suffix):
            if unit := _unit(kind, name):
                found.setdefault(unit, []).append(Source(kind, name, path, look))
    return {unit: tuple(sorted(sources)) for unit, sources in found.items()}


def settings_hash(config: Config) -> str:
    """A hash of all that every page depends on: configuration, templates and labels, the code and what it is built on."""
    made = hashlib.sha256(f"{_program()}\n{config.model_dump_json()}\n".encode())
    for folder in (config.path("templates"), shipped("templates")):
        for name, path, _ in sorted(_files(str(folder), "")):
            if not name.startswith(("prompts/", "init/")):
                made.update(f"{name}\n".encode() + Path(path).read_bytes())
    return made.hexdigest()


@cache
def _program() -> str:
    """A hash of the code and what it is built on, as this process has loaded it: a preview that runs on does not become newer."""
    made = hashlib.sha256(f"{__version__}\n".encode())
    for name, _, look in sorted(_files(str(Path(__file__).parents[1]), ".py")):
        made.update(f"{name} {look}\n".encode())
    # Whatever is installed, upgraded or removed beside us changes the time of the folder.
    library = Path(sys.modules["pydantic"].__path__[0]).parent
    made.update(f"{sys.version} {library} {os.stat(library).st_mtime_ns}\n".encode())  # noqa: PTH116
    return made.hexdigest()


def content_hashes(sources: Iterable[Source]) -> list[str]:
    """The hash of each file's content.

    Raises:
        OSError: a file cannot be read.
    """
    return [hashlib.sha256(Path(source.path).read_bytes()).hexdigest() for source in sources]


def _folders(config: Config) -> Iterator[tuple[Kind, str, str]]:
    yield "record", str(config.path("records")), ".json"
    yield "edits", str(config.path("edits")), ".yaml"
    yield "post", str(config.path("posts")), ".md"
    yield "page", str(config.path("content") / "pages"), ".md"


def _files(folder: str, suffix: str, above: str = "") -> Iterator[tuple[str, str, str]]:
    """Name, path and look of the files below a folder, hidden ones left out; nothing where there is no folder."""
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    now = time.time_ns()
    with entries:
        for entry in entries:
            if entry.name.startswith((".", "__pycache__")):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, suffix, f"{above}{entry.name}/")
            elif entry.name.endswith(suffix) and entry.is_file():
                stat = entry.stat()
                young = "?" if now - stat.st_mtime_ns < _TICK else ""
                yield above + entry.name, entry.path, f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino}{young and f' {now}'}"


def _unit(kind: Kind, name: str) -> str | None:
    base = name.rpartition("/")[2]
    dated = _DATE.match(base)
    if kind in ("record", "edits"):
        return dated[0] if dated and len(base.partition(".")[0]) == len(dated[0]) else None
    if kind == "post" and dated:
        return dated[0]
    stem = base.removesuffix(".md")
    for language in _LANGUAGES:
        stem = stem.removesuffix(language)
    return f"{kind}:{stem}"
