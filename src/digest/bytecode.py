"""Compiled templates, kept between runs in the state folder: to compile them takes longer than to fill them."""

import contextlib
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from digest.config import Config


class Bytecode(FileSystemBytecodeCache):
    """What was compiled. A template that has changed is compiled again; what cannot be kept is compiled each time."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def folder(config: Config) -> Path:
    """Where a blog keeps them."""
    return config.path("state") / "templates"


def kept(folder: Path) -> Bytecode | None:
    """What is kept in a folder; None where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return Bytecode(str(folder))
