"""A web server on this machine that answers what a test tells it to, however badly.

    with ScriptedServer() as server:
        server.on("/api", [Answer(status=503), Answer("<feed/>")])  # in turn; the last one again and again
        server.on(r"/html/(.*)v\\d+", lambda request: Answer(f"paper {request.path}"))
        server.on("/slow", Answer("never seen", hang=30))
        ...
        fetch(server.url + "/api?q=1")
        assert server.log[0].path == "/api" and server.log[0].query == "q=1"

See `Answer` for all that an answer can do wrong, `redirect` and `gzip_bomb` for two that take more words.
"""

import gzip
import os
import re
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Answer:
    """An answer.

    Attributes:
        body: text is sent as UTF-8.
        status: of HTTP.
        headers: beside Date and Content-Length. A Content-Length here replaces the right one, and one of ""
            leaves it out (the body then ends with the connection).
        gzipped: compress the body and say so.
        hang: seconds before anything is sent.
        drip: seconds before each byte of the body.
        drip_head: seconds before each byte of the status line and headers.
        cut: send only so many bytes of the body under the full Content-Length, then close.
        reset: reset the connection (RST) after `cut` bytes of the body; without `cut`, before anything.
    """

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    gzipped: bool = False
    hang: float = 0.0
    drip: float = 0.0
    drip_head: float = 0.0
    cut: int | None = None
    reset: bool = False

    def content(self) -> bytes:
        """The body as it goes over the line."""
        body = self.body.encode() if isinstance(self.body, str) else self.body
        return gzip.compress(body) if self.gzipped else body


def redirect(location: str, status: int = 302) -> Answer:
    """An answer that sends the client elsewhere."""
    return Answer(status=status, headers={"Location": location})


def gzip_bomb(size: int) -> Answer:
    """An answer that is a thousand times larger once decoded: `size` bytes of zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    block = bytes(2**20)
    packed = b"".join(packer.compress(block) for _ in range(size // len(block)))
    return Answer(packed + packer.flush(), headers={"Content-Encoding": "gzip"})


@dataclass(frozen=True)
class Request:
    """A request as it came.

    Attributes:
        path: without the query.
        query: as it stands in the address.
        method: GET, POST, ...
        headers: by lower-case name.
        body: empty for GET.
        at: `time.monotonic()` on arrival.
    """

    path: str
    query: str
    method: str
    headers: Mapping[str, str]
    body: bytes
    at: float

    @property
    def params(self) -> dict[str, list[str]]:
        """The query, decoded."""
        return parse_qs(self.query, keep_blank_values=True)


Handler = Callable[[Request], Answer]


class ScriptedServer:
    """A threaded HTTP/1.1 server on 127.0.0.1, as a context.

    Attributes:
        url: `http://127.0.0.1:PORT`.
        log: every request, in the order of arrival.
    """

    def __init__(self) -> None:
        self.log: list[Request] = []
        self.leaving = threading.Event()
        self._rules: list[tuple[re.Pattern[str], Handler]] = []
        self._lock = threading.Lock()
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.script = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def on(self, path: str, answer: Handler | Answer | Iterable[Answer]) -> None:
        """Answer requests whose path, without its query, matches this regular expression in full.

        Several answers are given in turn, and the last of them from then on. The newest matching rule counts;
        where none matches, the answer is 404.
        """
        if isinstance(answer, Answer):
            handler: Handler = _in_turn([answer])
        elif callable(answer):
            handler = answer
        else:
            handler = _in_turn(list(answer))
        self._rules.insert(0, (re.compile(path), handler))

    def paths(self) -> list[str]:
        """The paths asked for, in the order of arrival."""
        return [request.path for request in self.log]

    def gaps(self) -> list[float]:
        """Seconds between the arrivals of requests."""
        times = [request.at for request in self.log]
        return [later - earlier for earlier, later in pairwise(times)]

    def answer(self, request: Request) -> Answer:
        """Note a request and find its answer."""
        with self._lock:
            self.log.append(request)
        for pattern, handler in self._rules:
            if pattern.fullmatch(request.path):
                return handler(request)
        return Answer("not found", status=404)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.leaving.set()  # ends whatever hangs or drips
        self._http.shutdown()
        self._http.server_close()


def _in_turn(answers: list[Answer]) -> Handler:
    first, last = iter(answers[:-1]), answers[-1]
    return lambda _request: next(first, last)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128  # of 5, more threads at once would wait a second for their connection
    script: ScriptedServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients leave in the middle of an answer here; that is what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _serve(self) -> None:
        arrived = time.monotonic()
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(parts.path, parts.query, self.command, headers, body, arrived)
        self._send(self.server.script.answer(request))

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 (http.server looks for these names)

    def _send(self, answer: Answer) -> None:
        self._pause(answer.hang)
        content = answer.content()
        if not (answer.reset and answer.cut is None):
            self._write(self._head(answer, content), answer.drip_head)
            self._write(content[: answer.cut], answer.drip)
        if answer.reset:
            self._reset()
        if answer.reset or answer.cut is not None or answer.headers.get("Content-Length") is not None:
            self.close_connection = True

    def _head(self, answer: Answer, content: bytes) -> bytes:
        headers = {"Date": self.date_time_string(), "Content-Length": str(len(content))}
        if answer.gzipped:
            headers["Content-Encoding"] = "gzip"
        headers |= answer.headers
        lines = [f"HTTP/1.1 {answer.status} Scripted"]
        lines += [f"{name}: {value}" for name, value in headers.items() if name != "Content-Length" or value]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def _write(self, data: bytes, seconds_each: float) -> None:
        if not seconds_each:
            self.wfile.write(data)
            return
        for index in range(len(data)):
            self._pause(seconds_each)
            self.wfile.write(data[index : index + 1])

    def _pause(self, seconds: float) -> None:
        if seconds and self.server.script.leaving.wait(seconds):
            raise ConnectionAbortedError("the server is closing")

    def _reset(self) -> None:
        # A connection that is closed without any time to linger is reset; detached, because the files around
        # the socket would keep it open.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the terminal."""
