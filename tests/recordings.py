"""The recorded upstreams and their stand-in model, where they are at hand: beside a checkout, in `shared/upstream`."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

UPSTREAM = Path(__file__).resolve().parents[2] / "shared" / "upstream"
SERVER = UPSTREAM / "serve.py"

NEEDED = [
    pytest.mark.upstream,
    pytest.mark.skipif(not SERVER.is_file(), reason="the recorded upstreams are not on this machine"),
]
"""`pytestmark` of the modules that replay them."""


@contextmanager
def replaying(*options: str) -> Iterator[str]:
    """A replay server as a process of its own; gives its address."""
    command = [sys.executable, str(SERVER), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()
