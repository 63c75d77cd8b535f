"""Where the preview listens, and how it ends."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from blogs import add, blog
from digest.errors import UsageError
from digest.site.serving import bound
from fakes import covered, digest
from previews import Served


def test_a_port_in_use_is_named(site: Served) -> None:
    port = site.server.server_port
    with pytest.raises(UsageError, match=f"port {port} is in use"):
        bound(site.preview, "127.0.0.1", port)


def test_an_address_of_another_machine_is_refused(site: Served) -> None:
    with pytest.raises(UsageError, match="no address of this machine"):
        bound(site.preview, "192.0.2.1", 0)


def test_without_a_port_a_free_one_is_taken(site: Served) -> None:
    first = bound(site.preview, "127.0.0.1", None)
    second = bound(site.preview, "127.0.0.1", None)
    first.server_close()
    second.server_close()
    assert 8000 <= first.server_port < second.server_port


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_command_quietly(tmp_path: Path, number: signal.Signals) -> None:
    config = blog(tmp_path / "blog")
    add(config, digest(covered("2602.15763", title="GLM-5")))
    command = [sys.executable, "-m", "digest", "serve", "--quiet", "--port", "0", "--config", str(config.root / "config.yaml")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        try:
            address = process.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/papers/", address)
            end = time.monotonic() + 20
            while not (config.path("output") / "index.html").exists():
                assert time.monotonic() < end
                time.sleep(0.05)
            process.send_signal(number)
            assert process.wait(10) == 128 + number
            assert process.stderr.read() == ""
        finally:
            process.kill()
