"""A preview of a small blog on a port of its own, for tests."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from digest.config import Config
from digest.site.serving import Preview, PreviewServer, bound

POST = "content/posts/2026/2026-02-18-daily-papers.md"
PAGE = "/papers/2026-02-18/"


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media_type(self) -> str | None:
        return self.headers["Content-Type"]


class Served:
    """A preview that answers; it builds when it is told to, or watches in a thread of its own."""

    def __init__(self, config: Config) -> None:
        self.config, self.file = config, config.root / "config.yaml"
        self.said: list[str] = []
        self.warned: list[str] = []
        self.preview = Preview(self.file, {}, self.said.append, self.warned.append)
        self.server: PreviewServer = bound(self.preview, "127.0.0.1", 0)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=10)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        try:
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    @contextmanager
    def listening(self, path: str) -> Iterator[Callable[[], bytes]]:
        """What a page hears that was loaded just now: a function that waits for the next event or sign of life."""
        mark = re.search(r'_live\.js" data-mark="(\w+)"', self.get(path).text)
        assert mark
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=10)
        connection.request("GET", "/papers/_live?" + urlencode({"page": path, "mark": mark[1]}))
        answer = connection.getresponse()
        assert answer.headers["Content-Type"] == "text/event-stream"
        assert answer.fp.readline().startswith(b"retry") and answer.fp.readline() == b"\n"
        try:
            yield answer.fp.readline
        finally:
            connection.close()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Builds come by themselves; the last one that the block waits for ends it."""
        thread = threading.Thread(target=self.preview.watch, daemon=True)
        thread.start()
        self.until(lambda: self.preview.builds > 0)
        yield

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + 10
        while not holds():
            assert time.monotonic() < end, "nothing happens"
            time.sleep(0.02)


def append(path: Path, more: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
