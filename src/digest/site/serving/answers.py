"""What a preview answers to a path: a file of the site, with a script in its pages, or what is wrong."""

import hashlib
import os
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from digest.config import Config
from digest.errors import DigestError
from digest.site import routes

LIVE, SCRIPT, ERROR_STYLE = "_live", "_live.js", "_error.css"
"""What the preview has beside the site, below the site's path."""
HTML = "text/html; charset=utf-8"
_JSON_FEED = "application/feed+json"
_TYPES = {
    ".html": HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".rss": "application/rss+xml",
    ".ris": "application/x-research-info-systems",
    ".bib": "application/x-bibtex; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}
_ROOTS = {b"<feed": "application/atom+xml", b"<rss": "application/rss+xml", b"<Open": "application/opensearchdescription+xml"}
_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"


class Answer(NamedTuple):
    """What is sent.

    Attributes:
        location: where to go instead; empty if nowhere.
        policy: a Content-Security-Policy for what is not a page of the site, which has its own.
    """

    status: int
    media_type: str
    body: bytes
    location: str = ""
    policy: str = ""


def site_path(config: Config) -> str:
    """The path below which the site stands, with a slash at both ends."""
    return unquote(urlsplit(config.site.url).path) or "/"


def answer(path: str, config: Config, error: DigestError | None) -> Answer:
    """The answer to a path.

    Args:
        path: as the browser asks for it.
        config: of the blog.
        error: why the site could not be built; it is shown in place of every page.
    """
    prefix, asked = site_path(config), unquote(path)
    if asked in ("/", prefix[:-1]) and prefix != "/":
        return Answer(302, "text/plain", b"", quote(prefix))
    name = asked.removeprefix(prefix) if asked.startswith(prefix) else None
    if name in (SCRIPT, ERROR_STYLE):
        file = Path(__file__).with_name(name.lstrip("_"))
        return Answer(200, _TYPES[file.suffix], file.read_bytes())
    if error and (name is None or _is_page(name)):
        return _failed(error, config, prefix)
    return _from_disk(name, config, prefix)


def mark(found: Answer, config: Config) -> str:
    """Changes with a page, and with the style sheet and the scripts of the site."""
    made = hashlib.sha256(f"{found.status} {found.location}\n".encode() + found.body)
    folder = config.path("output") / "assets"
    try:
        with os.scandir(folder) as entries:
            made.update(repr(sorted((e.name, e.stat().st_size, e.stat().st_mtime_ns) for e in entries)).encode())
    except OSError:
        pass
    return made.hexdigest()[:20]


def lively(found: Answer, config: Config, *, is_error: bool) -> Answer:
    """A page with the script that loads it again; the one on the disk has none."""
    if found.media_type != HTML:
        return found
    source, error = escape(quote(site_path(config) + SCRIPT)), ' data-error="1"' if is_error else ""
    tag = f'<script src="{source}" data-mark="{mark(found, config)}"{error} defer></script>\n'.encode()
    before, end, after = found.body.partition(b"</head>")
    return found._replace(body=before + tag + end + after)


def _is_page(name: str) -> bool:
    base = name.rpartition("/")[2]
    return "." not in base or base.endswith(".html")


def _failed(error: DigestError, config: Config, prefix: str) -> Answer:
    from digest.site.serving.error_page import error_page

    html = error_page(error, config, quote(prefix + ERROR_STYLE))
    return Answer(500, HTML, html.encode("utf-8", "replace"), policy=_POLICY)


def _from_disk(name: str | None, config: Config, prefix: str) -> Answer:
    folder = config.path("output")
    if name is not None and (file := _file(folder, routes.file_of(name))):
        try:
            return Answer(200, media_type(file.name, name, body := file.read_bytes()), body)
        except OSError:
            pass
    if name and _file(folder, f"{name}/index.html"):
        return Answer(302, "text/plain", b"", quote(f"{prefix}{name}/"))
    try:
        return Answer(404, HTML, (folder / routes.NOT_FOUND).read_bytes())
    except OSError:
        return Answer(404, "text/plain; charset=utf-8", b"There is no such page.\n")


def _file(folder: Path, name: str) -> Path | None:
    """A file of the output folder; None for what is hidden, outside of it, or not there."""
    if any(not part or part.startswith(".") or "\\" in part or "\0" in part for part in name.split("/")):
        return None
    try:
        path = (folder / name).resolve()
        return path if path.is_file() and path.is_relative_to(folder.resolve()) else None
    except OSError:
        return None


def media_type(name: str, route: str, data: bytes) -> str:
    """What a file is, as a web server should say it: feeds and descriptions are named alike and differ in their content.

    Sources: RFC 4287 and 7763, www.jsonfeed.org/version/1.1, IANA's list; RIS and BibTeX have types in use, but none there.
    """
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122
    if suffix == ".xml":
        start = data[:400]
        return next((found for root, found in _ROOTS.items() if root in start), "application/xml")
    if suffix == ".json" and (name == "feed.json" or route.startswith("feeds/")):
        return _JSON_FEED
    return _TYPES.get(suffix, "application/octet-stream")
