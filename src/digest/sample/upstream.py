"""The five services of the sample day as one function: url in, answer out.

    Hugging Face   /api/daily_papers?date=&limit=&p=
    arXiv feeds    /atom/CATEGORY  /rss/CATEGORY
    arXiv lists    /list/CATEGORY/new
    arXiv API      /api/query?search_query=&id_list=&start=&max_results=&sortBy=&sortOrder=
    arXiv HTML     /html/IDvN   of the papers that have a sample text
    GitHub         /repos/OWNER/NAME

The paths tell the services apart; the host is ignored, so that the same object serves a transport and a
loopback server. Everything else, PDFs and most full texts among it, is a 404.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from digest.sample import _api, _latexml, _rss

DATE = date(2026, 2, 16)
CATEGORIES = ("cs.AI", "cs.LG", "cs.CL")

_DATA = files("digest.sample") / "data"
_JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service sent back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class SampleUpstream:
    """Hugging Face, arXiv and GitHub as they could have answered on the sample day."""

    def respond(self, url: str, today: date | None = None) -> Answer:
        """The answer to a GET.

        Args:
            url: absolute, or a path with its query.
            today: the services' own date, by default the sample's. On another day the feeds are empty; the
                list pages, like the real ones, still show the last batch.
        """
        parts = urlsplit(url)
        query = {key: values[-1] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
        match unquote(parts.path).strip("/").split("/"):
            case ["api", "daily_papers"]:
                return self._daily_papers(query, today)
            case ["api", "query"]:
                return self._query(query, today or DATE)
            case ["atom" | "rss" as kind, category]:
                return self._feed(kind, category, today or DATE)
            case ["list", category, "new"] if category in CATEGORIES:
                return _answer(_text(f"list-{category}.html"), "text/html; charset=utf-8")
            case ["html", name]:
                return self._page(name)
            case ["repos", owner, name]:
                return self._repository(f"{owner}/{name}")
        return _answer("not found", "text/plain; charset=utf-8", 404)

    def _daily_papers(self, query: Mapping[str, str], today: date | None) -> Answer:
        try:
            day = date.fromisoformat(query.get("date") or (today or DATE).isoformat())
            limit, page = int(query.get("limit", "50")), int(query.get("p", "0"))
        except ValueError:
            return _json({"error": "Invalid parameter"}, 400)
        if today and day > today:
            return _json({"error": "Invalid date"}, 400)
        if limit < 1 or page < 0:
            return _json({"error": "Invalid parameter"}, 400)
        limit = min(limit, 100)
        rows = _papers() if day == DATE else []
        return _json(rows[page * limit : (page + 1) * limit], headers={"RateLimit": '"api";r=499;t=281'})

    def _query(self, query: Mapping[str, str], today: date) -> Answer:
        status, feed = _api.answer(self._entries, query, today)
        return _answer(feed, "application/atom+xml; charset=utf-8", status)

    def _feed(self, kind: str, category: str, today: date) -> Answer:
        if not re.fullmatch(r"[a-z-]+(\.[A-Za-z-]+)?", category):
            return _answer("not found", "text/plain; charset=utf-8", 404)
        known = category in CATEGORIES and today == DATE
        atom = _text(f"feed-{category}.xml") if known else _empty_feed(category, today)
        feed = atom if kind == "atom" else _rss.from_atom(atom, category, today)
        built = f"{today:%a, %d %b %Y} 05:00:00 GMT"
        return _answer(feed, f"application/{kind}+xml; charset=utf-8", headers={"Last-Modified": built})

    def _page(self, name: str) -> Answer:
        """The full text of a paper, in the version that has one."""
        entry = next((e for e in self._entries if name == f"{e.id}v{e.version}"), None)
        file = _DATA / "texts" / f"{name}.md"
        if entry is None or not file.is_file():
            return _answer("not found", "text/plain; charset=utf-8", 404)
        page = _latexml.page(name, entry.title, entry.abstract, file.read_text(encoding="utf-8"))
        return _answer(page, "text/html; charset=utf-8")

    def _repository(self, name: str) -> Answer:
        # GitHub does not mind the case of a name.
        found = {key.lower(): (key, stars) for key, stars in _stars().items()}.get(name.lower())
        if found is None:
            return _json({"message": "Not Found", "status": "404"}, 404)
        full_name, stars = found
        page = f"https://github.com/{full_name}"
        about = {"full_name": full_name, "html_url": page, "stargazers_count": stars}
        return _json(about, headers={"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "59"})

    @cached_property
    def _entries(self) -> tuple[_api.Entry, ...]:
        return _api.entries(_text("api.xml"))


def _answer(text: str, content_type: str, status: int = 200, headers: Mapping[str, str] = MappingProxyType({})) -> Answer:
    return Answer(status, {"Content-Type": content_type, **headers}, text.encode())


def _json(value: object, status: int = 200, headers: Mapping[str, str] = MappingProxyType({})) -> Answer:
    return _answer(json.dumps(value, ensure_ascii=False), _JSON, status, headers)


@cache
def _text(name: str) -> str:
    return (_DATA / name).read_text(encoding="utf-8")


@cache
def _papers() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(_text("hf.json"))
    return rows


@cache
def _stars() -> dict[str, int]:
    stars: dict[str, int] = json.loads(_text("github.json"))
    return stars


def _empty_feed(category: str, today: date) -> str:
    """A feed without entries, as on weekends and holidays, or of a category that the sample does not have."""
    head, _, _ = _text("feed-cs.AI.xml").partition("  <entry>")
    return head.replace("cs.AI", category).replace(DATE.isoformat(), today.isoformat()) + "</feed>\n"
