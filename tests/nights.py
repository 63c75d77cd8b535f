"""What the tests of whole nights share: looking at a blog, breaking its upstreams, running it as a process."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from digest.sample import DATE
from server import Answer

DAY = str(DATE)
WITHDRAWN, EMPTY, CHINESE, LATE_VERSION = "2602.99001", "2602.11769", "2602.12617", "2602.04163"
DATA = Path(__file__).resolve().parents[1] / "src" / "digest" / "sample" / "data"

DOWN = Answer(status=503, body="out of order")


def record(blog, day=DAY):
    return json.loads((blog.folder / f"content/records/{day[:4]}/{day}.json").read_text(encoding="utf-8"))


def tree(folder):
    """Every file below a folder and its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def published(blog):
    return tree(blog.folder / "content"), tree(blog.folder / "public")


def impatient(blog):
    """Give up soon, so that a test of a failure does not take its time."""
    blog.environ |= {"DIGEST__HTTP__RETRIES": "1"}
    return blog


def claims(card):
    """The claims of a card, as they stand in the record."""
    if isinstance(card, dict):
        if "evidence" in card and "text" in card:
            yield card
        for value in card.values():
            yield from claims(value)
    elif isinstance(card, list):
        for value in card:
            yield from claims(value)


def edit(blog, text, day=DAY):
    file = blog.folder / f"content/edits/{day}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def start(blog, *args):
    """The command as a process of its own."""
    command = [sys.executable, "-m", "digest", "build", "--date", DAY, "--config", str(blog.config_file), *args]
    environ = {**os.environ, **blog.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1] / "src")}
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_a_request(blog):
    deadline = time.monotonic() + 10
    while not blog.server.log and time.monotonic() < deadline:
        time.sleep(0.02)
    assert blog.server.log
