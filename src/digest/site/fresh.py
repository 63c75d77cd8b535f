"""Whether the site that stands is the one that a build would make: by the sizes and times of all that it is made of."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from digest import __version__
from digest.config import Config
from digest.labels import shipped
from digest.site.build import MANIFEST
from digest.store import looks, write_atomic


def is_fresh(config: Config) -> bool:
    """Whether nothing has changed since `remember` was called: content, configuration, templates, the site itself."""
    try:
        return _note(config).read_bytes() == _fingerprint(config).encode()
    except OSError:
        return False


def remember(config: Config) -> None:
    """Note the state of everything after a build. Raises OutputError."""
    write_atomic(_note(config), _fingerprint(config))


def _note(config: Config) -> Path:
    return config.path("state") / "site-built-from"


def _fingerprint(config: Config) -> str:
    found = hashlib.sha256(f"{__version__}\n{config.model_dump_json()}\n".encode())
    folders = [*(config.path(name) for name in ("posts", "records", "edits", "templates")), shipped("templates")]
    files = [file for folder in folders for file in sorted(_files(folder))]
    output = config.path("output")
    for file in (*files, output / MANIFEST, output / "index.html"):
        found.update(f"{file} {looks(file)}\n".encode())
    return found.hexdigest() + "\n"


def _files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        yield from (Path(base) / name for name in names)
