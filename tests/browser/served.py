"""The sites that are looked at: built once, served by this machine below a path as a project page is, their pages by kind."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from browser import extremes

PREFIX = "/papers/"
"""Where the site's address says that it stands, below whatever host."""

_DIGEST = re.compile(r"\d{4}-\d{2}-\d{2}(-[a-z0-9-]+?)?(\.[a-z]{2})?/index\.html")


@dataclass
class Served:
    """A site that a browser can open.

    Attributes:
        name: demo or extremes.
        folder: the built site.
        origin: of the server, `http://127.0.0.1:8000`.
        asked: the paths that were asked for and are not there.
    """

    name: str
    folder: Path
    origin: str = ""
    asked: list[str] = field(default_factory=list)

    @cached_property
    def pages(self) -> dict[str, list[str]]:
        """The HTML files of each kind, the largest first."""
        found: dict[str, list[str]] = {}
        names = {path.relative_to(self.folder).as_posix(): path.stat().st_size for path in self.folder.rglob("*.html")}
        for name in sorted(names, key=lambda name: (-names[name], name)):
            found.setdefault(kind(name), []).append(name)
        return found

    @property
    def shown(self) -> list[str]:
        """The files to look at: the largest and the smallest of each kind."""
        return [name for files in self.pages.values() for name in dict.fromkeys((files[0], files[-1]))]

    def first(self, wanted: str) -> str | None:
        """The largest page of a kind, or None where the site has none."""
        return next(iter(self.pages.get(wanted, ())), None)

    def address(self, name: str, fragment: str = "") -> str:
        """Where a file is to be had; a page in the short form that feeds and search engines have."""
        route = re.sub(r"(^|/)index\.html$", r"\1", name)
        return f"{self.origin}{PREFIX}{quote(route)}" + (f"#{fragment}" if fragment else "")


def kind(name: str) -> str:
    """What kind of page an HTML file is, by its place: what is numbered or named alike is of one kind, new kinds included.

    `papers/2602.15763/index.html` is "papers *", `archive/2026-02/index.html` "archive N-N", a digest "digest" with its
    edition and language.
    """
    if digest := _DIGEST.fullmatch(name):
        return "digest" + "".join(f" {part.strip('-.')}" for part in digest.groups() if part)
    if name == "index.html":
        return "home"
    first, *others = name.removesuffix("/index.html").removesuffix(".html").split("/")
    return " ".join([first, *(re.sub(r"\d+", "N", part) if re.fullmatch(r"[\d-]+", part) else "*" for part in others)])


def demo(folder: Path) -> Path:
    """The bundled sample day: four editions in two languages."""
    from conftest import run_digest

    done = run_digest("demo", str(folder), "--quiet")
    assert done.status == 0, done.stderr
    return Path(done.stdout.strip()).parent


def strained(folder: Path) -> Path:
    """Days that strain a page."""
    return extremes.build(folder).path("output")


@contextmanager
def serving(name: str, folder: Path) -> Iterator[Served]:
    """Serve a built site below PREFIX until the block ends."""
    site = Served(name, folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    site.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(site: Served) -> type[SimpleHTTPRequestHandler]:
    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        extensions_map = SimpleHTTPRequestHandler.extensions_map | {
            ".md": "text/markdown; charset=utf-8",
            ".wasm": "application/wasm",
        }

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            name = path.removeprefix(PREFIX)
            name += "index.html" if not name or name.endswith("/") else ""
            # What a disk that ignores case would find, most servers do not.
            if path.startswith(PREFIX) and name in self._names:
                self._send(200, name)
            else:
                site.asked.append(path)
                self._send(404, "404.html")

        def _send(self, status: int, name: str) -> None:
            body = (site.folder / name).read_bytes()
            if name == "404.html":  # it is made for one address, at which this server stands in
                body = body.replace(extremes.SITE_URL.encode(), f"{site.origin}{PREFIX}".encode())
            self.send_response(status)
            self.send_header("Content-Type", self.guess_type(name))
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        _names = frozenset(path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*") if path.is_file())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler
