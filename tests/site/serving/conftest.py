"""A preview for each test."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from blogs import add, blog
from fakes import covered, digest
from previews import Served


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    config = blog(tmp_path / "blog")
    add(config, digest(covered("2602.15763", title="GLM-5"), covered("2602.15620", title="Other")))
    served = Served(config)
    thread = threading.Thread(target=served.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield served
    served.preview.close()
    served.server.shutdown()
    served.server.server_close()
    thread.join()
