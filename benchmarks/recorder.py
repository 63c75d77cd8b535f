"""A proxy on loopback that keeps what a build asks of a model, and when each answer had left."""

import hashlib
import http.client
import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Call:
    """One chat call.

    Attributes:
        body: the request as it came.
        began: `time.monotonic()` when the request was read.
        ended: when the whole answer had been handed to the system; None while it is under way, or if that failed.
        status: of the answer; 0 while there is none.
    """

    body: bytes
    began: float
    ended: float | None = None
    status: int = 0

    @property
    def key(self) -> str:
        """Equal for equal requests."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def request(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def is_repair(self) -> bool:
        """Whether it shows the model an answer of its own."""
        return any(message["role"] == "assistant" for message in self.request["messages"])

    @property
    def prompt_tokens(self) -> float:
        """An estimate that is the same everywhere: ASCII characters / 4 + other characters, the schema included."""
        texts = [message["content"] for message in self.request["messages"]]
        schema = self.request.get("response_format")
        if schema:
            texts.append(json.dumps(schema, ensure_ascii=False))
        return sum(0.25 if character.isascii() else 1.0 for text in texts for character in text)


@contextmanager
def recording(upstream: str) -> Iterator[tuple[str, list[Call]]]:
    """Pass chat calls on to a server: the address to ask instead of it, and the calls in order of arrival.

    Args:
        upstream: `http://127.0.0.1:PORT`; paths stay as they are.
    """
    calls: list[Call] = []
    host = urlsplit(upstream).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # headers and body leave together
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            call = Call(body, time.monotonic())
            calls.append(call)
            status, answer = forward(host, self.path, body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
            self.wfile.flush()
            call.status, call.ended = status, time.monotonic()

        def log_message(self, *_: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", calls
    finally:
        server.shutdown()
        server.server_close()


def forward(host: str, path: str, body: bytes) -> tuple[int, bytes]:
    """Ask the server behind."""
    connection = http.client.HTTPConnection(host, timeout=600)
    try:
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def rounds(spans: Sequence[tuple[float, float]]) -> int:
    """The longest chain of calls each of which began after the one before had ended.

    Args:
        spans: when each call began and ended.
    """
    longest = 0
    last_end = float("-inf")
    for began, ended in sorted(spans, key=lambda span: span[1]):
        if began >= last_end:
            longest, last_end = longest + 1, ended
    return longest


def gaps(spans: Sequence[tuple[float, float]], began: float, ended: float) -> list[float]:
    """Seconds in which no call was in flight: before the first, between rounds, after the last.

    Args:
        began: when the build began, by the clock of the spans.
        ended: when it had ended.
    """
    found, busy_until = [], began
    for start, end in sorted(spans):
        if start > busy_until:
            found.append(start - busy_until)
        busy_until = max(busy_until, end)
    return [*found, ended - busy_until]


def most_at_once(spans: Sequence[tuple[float, float]]) -> int:
    """How many calls were in flight at the busiest moment."""
    steps = sorted([(began, 1) for began, _ in spans] + [(ended, -1) for _, ended in spans])
    now = most = 0
    for _, step in steps:
        now += step
        most = max(most, now)
    return most


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Builds are killed in the middle of an answer here; that is what is measured."""
