"""The preview's web server: this machine only, GET and HEAD, nothing kept by browsers."""

import errno
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from digest.errors import OutputError, UsageError
from digest.site.serving.answers import LIVE, Answer
from digest.site.serving.preview import Preview

PORT = 8000
_TRIED = 100
"""Ports from 8000 on that are tried."""
_ALIVE = 15.0
"""Seconds after which a page that listens hears that we are still there, so that a closed one is noticed."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class PreviewServer(ThreadingHTTPServer):
    """Answers with a preview.

    Args:
        host: an address of this machine.
        port: 0 for any free one.
        preview: what is shown.

    Raises:
        OSError: the port cannot be had.
    """

    daemon_threads = True

    def __init__(self, host: str, port: int, preview: Preview) -> None:
        import socket

        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.preview = preview
        self.hosts = LOOPBACK if host in LOOPBACK else None
        """The names under which a browser may call us; None for any. A page of another site, whose name suddenly leads to
        this machine, is not to read a blog that is not yet published."""
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Without looking up a name for the address, which may take seconds."""
        import socketserver

        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that has gone away is no error."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def bound(preview: Preview, host: str, port: int | None) -> PreviewServer:
    """A server at a port; at 8000 or the next free one where none is asked for.

    Raises:
        UsageError: the port is in use, or the address not one of this machine.
        OutputError: the port cannot be had.
    """
    for tried in [port] if port is not None else range(PORT, PORT + _TRIED):
        try:
            return PreviewServer(host, tried, preview)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _refused(error, host, tried) from None
    if port is not None:
        raise UsageError(f"port {port} is in use", hint="without --port a free one is taken")
    raise UsageError(f"no port from {PORT} to {PORT + _TRIED - 1} is free", hint="name another with --port")


def _refused(error: OSError, host: str, port: int) -> UsageError | OutputError:
    where = f"{host}:{port}"
    if error.errno == errno.EADDRNOTAVAIL or error.errno is None or error.errno < 0:
        return UsageError("is no address of this machine", where=where, hint="--host 127.0.0.1")
    return OutputError(
        "cannot be listened on", where=where, why=error.strerror or str(error), hint="name another port with --port"
    )


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    timeout = 120

    def do_GET(self) -> None:
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        self._respond(with_body=False)

    def _respond(self, *, with_body: bool) -> None:
        if not self._is_for_us():
            self._send(Answer(421, "text/plain; charset=utf-8", b"This is not the server of that site.\n"), with_body)
            return
        url = urlsplit(self.path)
        if url.path.endswith(f"/{LIVE}") and with_body:
            self._tell(parse_qs(url.query))
        else:
            self._send(self.server.preview.answer(url.path), with_body)

    def _is_for_us(self) -> bool:
        name = urlsplit(f"//{self.headers.get('Host', '127.0.0.1')}").hostname
        return self.server.hosts is None or name in self.server.hosts

    def _send(self, answer: Answer, with_body: bool) -> None:
        self.send_response(answer.status)
        self._describe(answer.media_type)
        if answer.location:
            self.send_header("Location", answer.location)
        if answer.policy:
            self.send_header("Content-Security-Policy", answer.policy)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)

    def _describe(self, media_type: str) -> None:
        self.send_header("Content-Type", media_type)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")

    def _tell(self, query: dict[str, list[str]]) -> None:
        """Tell a page when it is no longer what stands at its address (html.spec.whatwg.org, server-sent events)."""
        page, mark = (query.get(name, [""])[0] for name in ("page", "mark"))
        preview = self.server.preview
        self.close_connection = True
        self.send_response(200)
        self._describe("text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self._write(b"retry: 1000\n\n")
        builds = preview.builds
        while not preview.is_closed:
            if preview.mark(page) != mark:
                self._write(b"event: changed\ndata:\n\n")
                return
            before, builds = builds, preview.wait(builds, _ALIVE)
            if builds == before:
                self._write(b":\n\n")

    def _write(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not told."""
