"""A little arXiv and Hugging Face, written by the test that needs them.

    arxiv = LittleArxiv(server)
    arxiv.announce(WEDNESDAY, {"cs.AI": rows(WEDNESDAY, 6)})         # feed, list page and API, in agreement
    arxiv.feed("cs.AI", rows(TUESDAY, 6), bears=WEDNESDAY)           # then one of them goes wrong
    daily_papers(server, [hf_row("2602.15763", upvotes=7)])

The shapes are those of the recorded answers: https://info.arxiv.org/help/rss, /help/api/user-manual.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any
from xml.sax.saxutils import escape

from server import Answer, Request, ScriptedServer

TUESDAY, WEDNESDAY, THURSDAY, SATURDAY = (date(2026, 2, n) for n in (17, 18, 19, 21))
FEED = "http://www.w3.org/2005/Atom"
HTML = "<!DOCTYPE html><html><head><title>Sorry</title></head><body>We will be back soon.</body></html>"


@dataclass(frozen=True)
class Row:
    """A paper as arXiv announces it; `submitted` is v1's time in UTC."""

    id: str
    submitted: str
    kind: str = "new"
    version: int = 1
    categories: tuple[str, ...] = ("cs.AI",)
    title: str = "A Title"
    authors: tuple[str, ...] = ("Ada Example", "Ben Beispiel")
    abstract: str = "We show that it works."
    comment: str | None = None


def rows(day: date, count: int, **fields: Any) -> list[Row]:
    """Papers of the batch of a day, submitted on the weekday before at 10:00 Eastern; later days have higher ids."""
    eve = day - timedelta(days=3 if day.weekday() == 0 else 1)
    first = int(fields.pop("first", 1))
    return [
        Row(**{"id": f"{day:%y%m}.{day.day * 1000 + n:05d}", "submitted": f"{eve}T15:00:00Z", **fields})
        for n in range(first, first + count)
    ]


def ids(entries: Iterable[Any]) -> list[str]:
    return [entry.paper.id for entry in entries]


# --- arXiv ---------------------------------------------------------------------------------------


def feed_xml(batch: Iterable[Row], bears: date | None, category: str = "cs.AI") -> str:
    """The Atom form of a category's feed."""
    built = f"<updated>{bears}T05:00:17.402113+00:00</updated>" if bears else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="{FEED}" xmlns:arxiv="http://arxiv.org/schemas/atom" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">\n<title>{category} updates on arXiv.org</title>{built}\n'
        + "".join(map(_feed_entry, batch))
        + "</feed>\n"
    )


def _feed_entry(row: Row) -> str:
    categories = "".join(f'<category term="{c}"/>' for c in row.categories)
    summary = f"arXiv:{row.id}v{row.version} Announce Type: {row.kind} \nAbstract: {row.abstract}"
    return (
        f"<entry><id>oai:arXiv.org:{row.id}v{row.version}</id><title>{escape(row.title)}</title>"
        f"<summary>{escape(summary)}</summary>{categories}<arxiv:announce_type>{row.kind}</arxiv:announce_type>"
        f"<dc:creator>{escape(', '.join(row.authors))}</dc:creator></entry>\n"
    )


def list_html(batch: Sequence[Row], bears: date, **headings: int) -> str:
    """A category's list page; `New=130` makes a heading promise another number."""
    page = f"<!DOCTYPE html><html><body><h3>Showing new listings for {bears:%A}, {bears.day} {bears:%B %Y}</h3>"
    sections = {"New": ("new",), "Cross": ("cross",), "Replacement": ("replace", "replace-cross")}
    for name, kinds in sections.items():
        found = [row for row in batch if row.kind in kinds]
        count = headings.get(name, len(found))
        if count:
            page += f"<h3>{name} submissions (showing {count} of {count} entries)</h3>\n<dl>"
            page += "".join(map(_list_entry, found)) + "</dl>"
    return page + "</body></html>"


def _list_entry(row: Row) -> str:
    crossed = "(cross-list from cs.CV)" if row.kind in ("cross", "replace-cross") else ""
    comment = f"<div class='list-comments'><span class='descriptor'>Comments:</span> {row.comment}</div>" if row.comment else ""
    primary, *others = (f"A Name ({category})" for category in row.categories)
    return (
        f'<dt><a href ="/abs/{row.id}" title="Abstract" id="{row.id}">\n arXiv:{row.id}\n </a> {crossed}'
        f'[<a href="/pdf/{row.id}" title="Download PDF">pdf</a>, '
        f'<a href="https://arxiv.org/html/{row.id}v{row.version}" title="View HTML">html</a>]</dt>'
        f"<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span> {escape(row.title)}</div>"
        f"<div class='list-authors'>{', '.join(f'<a href=#>{escape(a)}</a>' for a in row.authors)}</div>{comment}"
        f"<div class='list-subjects'><span class='descriptor'>Subjects:</span> "
        f'<span class="primary-subject">{primary}</span>{"".join(f"; {o}" for o in others)}</div>'
        f"<p class='mathjax'> {escape(row.abstract)} </p></div></dd>\n"
    )


def api_xml(found: Iterable[Row | str], total: int | str | None = None) -> str:
    """An answer of the API; a text stands for an entry as it is. `total` is by default what is there."""
    entries = [row if isinstance(row, str) else api_entry(row) for row in found]
    total = len(entries) if total is None else total
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="{FEED}" xmlns:arxiv="http://arxiv.org/schemas/atom" '
        f'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">\n<title>arXiv Query</title>'
        f"<opensearch:totalResults>{total}</opensearch:totalResults>\n" + "".join(entries) + "</feed>\n"
    )


def api_entry(row: Row) -> str:
    authors = "".join(f"<author><name>{escape(a)}</name></author>" for a in row.authors)
    categories = "".join(f'<category term="{c}"/>' for c in row.categories)
    comment = f"<arxiv:comment>{escape(row.comment)}</arxiv:comment>" if row.comment else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{row.id}v{row.version}</id><title>{escape(row.title)}</title>"
        f"<updated>{row.submitted}</updated><published>{row.submitted}</published><summary>{escape(row.abstract)}</summary>"
        f'{authors}{categories}{comment}<arxiv:primary_category term="{row.categories[0]}"/></entry>\n'
    )


class LittleArxiv:
    """arXiv on a ScriptedServer: feeds, list pages and an API that knows the same papers.

    Attributes:
        papers: what the API knows, by id.
        per_page: results that the API gives at most, as a real one gives 2,000.
        unsorted: the API ignores the order that is asked for.
    """

    def __init__(self, server: ScriptedServer) -> None:
        self.papers: dict[str, Row] = {}
        self.per_page, self.unsorted = 2000, False
        self._server = server
        server.on("/api/query", self.query)

    def announce(self, day: date, batches: Mapping[str, Sequence[Row]]) -> None:
        """A day on which all three ways agree."""
        for category, batch in batches.items():
            self.feed(category, batch, day)
            self.page(category, batch, day)

    def feed(self, category: str, batch: Sequence[Row], bears: date | None) -> None:
        self.knows(batch)
        self._server.on(f"/atom/{category}", Answer(feed_xml(batch, bears, category)))

    def page(self, category: str, batch: Sequence[Row], bears: date, **headings: int) -> None:
        self.knows(batch)
        self._server.on(f"/list/{category}/new", Answer(list_html(batch, bears, **headings)))

    def knows(self, batch: Iterable[Row]) -> None:
        self.papers |= {row.id: row for row in batch}

    def query(self, request: Request) -> Answer:
        """Like the real one: minutes, both ends included; ten results without max_results, also for id_list."""
        asked = {key: values[0] for key, values in request.params.items()}
        found = sorted(self.papers.values(), key=lambda row: (row.submitted, row.id), reverse=self.unsorted)
        if wanted := [i for i in asked.get("id_list", "").split(",") if i]:
            found = [self.papers[i] for i in wanted if i in self.papers]
        else:
            found = [row for row in found if _matches(row, asked["search_query"])]
        start, count = int(asked.get("start", 0)), min(int(asked.get("max_results", 10)), self.per_page)
        return Answer(api_xml(found[start : start + count], len(found)))


def _matches(row: Row, query: str) -> bool:
    patterns = re.findall(r"cat:([\w.*-]+)", query)
    (window,) = re.findall(r"submittedDate:\[(\d{12}) TO (\d{12})\]", query)
    minute = re.sub(r"\D", "", row.submitted)[:12]
    in_one = any(fnmatchcase(category, pattern) for category in row.categories for pattern in patterns)
    return in_one and window[0] <= minute <= window[1]


# --- Hugging Face --------------------------------------------------------------------------------


def hf_row(paper_id: Any, **fields: Any) -> dict[str, Any]:
    """A row of Daily Papers."""
    paper = {
        "id": paper_id,
        "title": "A Title",
        "summary": "We show that it works.",
        "authors": [{"name": "Ada Example", "hidden": False}],
        "publishedAt": "2026-02-17T18:00:00.000Z",
        "upvotes": 3,
    }
    return {"paper": paper | fields, "title": "A Title"}


def daily_papers(server: ScriptedServer, found: Sequence[Any], *, most: int = 100, step: int | None = None) -> None:
    """Serve a list in pages of `most` rows that begin `step` rows apart (less than `most`: they overlap)."""

    def page(request: Request) -> Answer:
        count = min(int(request.params["limit"][0]), most)
        start = int(request.params["p"][0]) * (step or count)
        return Answer(json.dumps(found[start : start + count]))

    server.on("/api/daily_papers", page)


def later(row: Row, **fields: Any) -> Row:
    """The same paper with something changed."""
    return replace(row, **fields)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


TEN = rows(WEDNESDAY, 10)
WHOLE = api_xml(TEN)
SEVEN_OF_TEN = WHOLE[: WHOLE.index("<entry>", WHOLE.index(TEN[6].id))]
ERROR = (
    "<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id><title>Error</title>"
    "<updated>2026-02-18T00:00:00Z</updated><published>2026-02-18T00:00:00Z</published>"
    "<summary>incorrect id format for abc</summary><author><name>arXiv api core</name></author></entry>"
)


def without(row: Row, tag: str) -> str:
    return re.sub(f"<{tag}>.*?</{tag}>", "", api_entry(row), flags=re.DOTALL)
