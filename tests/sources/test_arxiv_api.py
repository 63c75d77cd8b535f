"""arXiv's API: a complete answer or an error, over real HTTP."""

import logging
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from digest.announcements import submission_window
from digest.clock import Clock
from digest.errors import Denied, DigestError, FetchError, RateLimited, SourceError
from digest.models import Entry
from digest.net import Client
from digest.sources import arxiv_api
from digest.sources.arxiv_api import ArxivApi
from digest.tools import Tools
from server import Answer, ScriptedServer
from sources.conftest import Naps, OpenTools
from sources.world import (
    ERROR,
    FEED,
    HTML,
    SEVEN_OF_TEN,
    TEN,
    WEDNESDAY,
    WHOLE,
    LittleArxiv,
    Row,
    api_entry,
    api_xml,
    ids,
    later,
    list_html,
    moment,
    rows,
    without,
)

START, END = submission_window(WEDNESDAY)

Query = Callable[..., list[Entry]]


def api_of(tools: Tools, url: str) -> ArxivApi:
    return ArxivApi(f"{url}/api/query", tools.upstreams["arxiv"])


@pytest.fixture
def api(at: OpenTools, server: ScriptedServer) -> ArxivApi:
    return api_of(at("2026-02-18T09:00"), server.url)


@pytest.fixture
def query(api: ArxivApi) -> Query:
    """What cs.AI has of a Wednesday."""
    return lambda *categories: api.submitted_between(categories or ["cs.AI"], START, END)


def starts(server: ScriptedServer) -> list[int]:
    return [int(request.params["start"][0]) for request in server.log]


# --- a good answer -------------------------------------------------------------------------------


def test_an_entry_becomes_a_paper(arxiv: LittleArxiv, query: Query) -> None:
    arxiv.knows(
        [
            Row(
                "2602.15763",
                "2026-02-17T15:00:27Z",
                version=2,
                title="Some\n  Title",
                categories=("cs.CV", "cs.AI"),
                abstract="Line one\nline two.",
                comment="Accepted at ICLR 2026. Code: https://github.com/owner/name",
            )
        ]
    )
    (entry,) = query()
    paper = entry.paper
    assert (paper.id, paper.version, paper.title, entry.abstract) == ("2602.15763", 2, "Some Title", "Line one line two.")
    assert (paper.categories, paper.primary_category) == (("cs.CV", "cs.AI"), "cs.CV")
    assert paper.published == datetime(2026, 2, 17, 15, 0, 27, tzinfo=UTC)
    assert (paper.venue, paper.links.code) == ("ICLR 2026", "https://github.com/owner/name")
    assert paper.links.html == "https://arxiv.org/html/2602.15763v2"


@pytest.mark.parametrize("abstract", ["$a<b$ and c > d", r"$\tau_p$ & \alpha <b>x</b> &lt;", "中文 🤖"])
def test_an_abstract_is_the_same_after_parsing(arxiv: LittleArxiv, query: Query, abstract: str) -> None:
    arxiv.knows([later(TEN[0], abstract=abstract)])
    assert query()[0].abstract == abstract


def test_a_collaboration_is_an_author_and_its_colon_is_none(arxiv: LittleArxiv, query: Query) -> None:
    arxiv.knows([later(TEN[0], authors=("GLM-5 Team", ":", "Aohan Zeng"))])
    assert query()[0].paper.authors == ("GLM-5 Team", "Aohan Zeng")


def test_affiliations_are_read(server: ScriptedServer, query: Query) -> None:
    ns = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
    affiliated = f"<name>Ada Example</name><arxiv:affiliation {ns}>University of X</arxiv:affiliation>"
    server.on("/api/query", Answer(api_xml([api_entry(TEN[0]).replace("<name>Ada Example</name>", affiliated)])))
    assert query()[0].paper.affiliations == ("University of X",)


def test_papers_in_any_of_the_categories_come_once(arxiv: LittleArxiv, query: Query) -> None:
    both = later(TEN[0], categories=("cs.AI", "cs.LG"))
    arxiv.knows([both, later(TEN[1], categories=("cs.LG",)), later(TEN[2], categories=("cs.CV",))])
    assert ids(query("cs.AI", "cs.LG")) == [TEN[0].id, TEN[1].id]


def test_results_in_the_wrong_order_are_put_in_order(arxiv: LittleArxiv, query: Query) -> None:
    """Sorting was ignored by the server for days in 2025."""
    mixed = [later(row, submitted=f"2026-02-17T15:00:{59 - n:02d}Z") for n, row in enumerate(TEN)]
    arxiv.knows(mixed)
    in_order = ids(query())
    arxiv.unsorted = True
    assert ids(query()) == in_order == [row.id for row in reversed(mixed)]


# --- the window ----------------------------------------------------------------------------------

BORDERS = [
    # the listing, the first and the last second of its window, both 14:00 Eastern
    ("2026-02-20", "2026-02-18T19:00:00Z", "2026-02-19T18:59:59Z"),  # Friday
    ("2026-02-23", "2026-02-19T19:00:00Z", "2026-02-20T18:59:59Z"),  # Monday
    ("2026-02-24", "2026-02-20T19:00:00Z", "2026-02-23T18:59:59Z"),  # Tuesday, over the weekend
    ("2026-03-10", "2026-03-06T19:00:00Z", "2026-03-09T17:59:59Z"),  # clocks go forward
    ("2026-11-03", "2026-10-30T18:00:00Z", "2026-11-02T18:59:59Z"),  # and back
    ("2026-01-02", "2025-12-30T19:00:00Z", "2026-01-01T18:59:59Z"),  # New Year's Day was deferred
    ("2027-01-01", "2026-12-29T19:00:00Z", "2026-12-31T18:59:59Z"),
    ("2028-03-01", "2028-02-28T19:00:00Z", "2028-02-29T18:59:59Z"),
]


@pytest.mark.parametrize(("day", "first", "last"), BORDERS)
def test_a_window_holds_its_first_and_last_second_and_nothing_beyond(
    api: ArxivApi, arxiv: LittleArxiv, day: str, first: str, last: str
) -> None:
    """The API's own window ends with its last minute: of 14:00:00 to 14:00:59 it gives what belongs to the next day."""
    second = timedelta(seconds=1)
    moments = [moment(first) - second, moment(first), moment(last), moment(last) + second, moment(last) + 60 * second]
    arxiv.knows(Row(f"2602.0000{n}", f"{at:%Y-%m-%dT%H:%M:%SZ}") for n, at in enumerate(moments))
    found = api.submitted_between(["cs.AI"], *submission_window(moment(day).date()))
    assert ids(found) == ["2602.00001", "2602.00002"]


# --- pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "size", "expected"), [(7, 3, [0, 3, 6]), (6, 3, [0, 3]), (1, 3, [0]), (3, 3, [0])])
def test_every_page_is_read_and_none_twice(
    arxiv: LittleArxiv,
    query: Query,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
    count: int,
    size: int,
    expected: list[int],
) -> None:
    monkeypatch.setattr(arxiv_api, "PAGE", size)
    arxiv.knows(rows(WEDNESDAY, count))
    assert ids(query()) == [row.id for row in rows(WEDNESDAY, count)]
    assert starts(server) == expected


def test_a_page_says_how_many_results_it_wants(arxiv: LittleArxiv, query: Query, server: ScriptedServer) -> None:
    """The API gives ten results to whoever does not say."""
    arxiv.knows(rows(WEDNESDAY, 40))
    assert len(query()) == 40
    assert server.log[0].params["max_results"] == [str(arxiv_api.PAGE)]


INCOMPLETE = {"empty": api_xml([], 6), "short": api_xml(TEN[3:5], 6), "empty, of none": api_xml([], 0)}


@pytest.mark.parametrize("second", INCOMPLETE.values(), ids=INCOMPLETE)
def test_a_second_page_that_is_not_what_was_promised_is_asked_for_again(
    server: ScriptedServer, query: Query, monkeypatch: pytest.MonkeyPatch, second: str
) -> None:
    monkeypatch.setattr(arxiv_api, "PAGE", 3)
    server.on("/api/query", [Answer(api_xml(TEN[:3], 6)), Answer(second), Answer(api_xml(TEN[3:6], 6))])
    assert ids(query()) == [row.id for row in TEN[:6]]
    assert starts(server) == [0, 3, 3]


@pytest.mark.parametrize("second", INCOMPLETE.values(), ids=INCOMPLETE)
def test_a_second_page_that_stays_incomplete_fails_the_query(
    server: ScriptedServer, query: Query, monkeypatch: pytest.MonkeyPatch, second: str
) -> None:
    monkeypatch.setattr(arxiv_api, "PAGE", 3)
    server.on("/api/query", [Answer(api_xml(TEN[:3], 6)), Answer(second)])
    with pytest.raises(SourceError, match="an incomplete answer"):
        query()
    assert starts(server) == [0, 3, 3, 3]


# --- by id ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "chunks"), [(0, []), (1, [1]), (60, [60]), (100, [100]), (160, [100, 60])])
def test_every_id_is_found_however_many(
    api: ArxivApi, arxiv: LittleArxiv, server: ScriptedServer, count: int, chunks: list[int]
) -> None:
    """The API gives ten results to whoever does not say, also for a list of ids."""
    known = rows(WEDNESDAY, count)
    arxiv.knows(known)
    assert set(api.by_id(row.id for row in known)) == {row.id for row in known}
    assert [len(request.params["id_list"][0].split(",")) for request in server.log] == chunks


def test_an_unknown_id_is_absent_and_the_others_are_there(api: ArxivApi, arxiv: LittleArxiv) -> None:
    arxiv.knows([*TEN, Row("cs/0112017", "2001-12-10T00:00:00Z")])
    assert set(api.by_id([TEN[0].id, "2602.99999", "cs/0112017", TEN[0].id])) == {TEN[0].id, "cs/0112017"}


# --- entries that are not whole ------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["published", "updated", "summary"])
@pytest.mark.parametrize("place", [0, 2, 3, 6], ids=["first", "last of a page", "first of the second", "last"])
def test_an_entry_that_lacks_something_is_left_out_with_a_reason_and_shifts_nothing(
    server: ScriptedServer,
    query: Query,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tag: str,
    place: int,
) -> None:
    monkeypatch.setattr(arxiv_api, "PAGE", 3)
    entries: list[str] = [api_entry(row) for row in TEN[:7]]
    entries[place] = without(TEN[place], tag)

    def page(request: Any) -> Answer:
        start = int(request.params["start"][0])
        return Answer(api_xml(entries[start : start + 3], 7))

    server.on("/api/query", page)
    with caplog.at_level(logging.WARNING, logger=arxiv_api.__name__):
        found = ids(query())
    assert found == [row.id for n, row in enumerate(TEN[:7]) if n != place]
    assert starts(server) == [0, 3, 6]
    assert "left out" in caplog.text


def test_a_page_of_nothing_but_incomplete_entries_does_not_end_the_reading(
    server: ScriptedServer, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arxiv_api, "PAGE", 2)
    first, second = [without(row, "published") for row in TEN[:2]], TEN[2:4]
    server.on("/api/query", [Answer(api_xml(first, 4)), Answer(api_xml(second, 4))])
    assert ids(query()) == [row.id for row in second]


def test_an_entry_without_id_and_abstract_is_left_out(server: ScriptedServer, query: Query) -> None:
    bare = re.sub(r"<id>.*?</id>", "", without(TEN[0], "summary"))
    server.on("/api/query", Answer(api_xml([bare, TEN[1]])))
    assert ids(query()) == [TEN[1].id]


# --- what is no answer ---------------------------------------------------------------------------


BAD = [
    ("", "not a feed"),
    (HTML, "not a feed"),
    ("<html xmlns='http://www.w3.org/1999/xhtml'><body>Rate exceeded.</body></html>", "not a feed: the document is a <html>"),
    ("Rate exceeded.", "not a feed"),
    ('{"entries": []}', "not a feed"),
    (list_html(TEN, WEDNESDAY), "not a feed"),
    (SEVEN_OF_TEN, "not a feed"),
    (WHOLE[: len(WHOLE) * 7 // 10], "not a feed"),
    (SEVEN_OF_TEN + "</feed>", "7 entries of 10 that it promises"),
    (api_xml([], 10), "0 entries of 10 that it promises"),
    (api_xml([*TEN, TEN[0]], 10), "11 entries of 10"),
    (api_xml([], ""), "number of results"),
    (api_xml(TEN, "many"), "number of results"),
    (api_xml(TEN, -10), "number of results"),
    (f'<feed xmlns="{FEED}"><title>x</title></feed>', "number of results"),
    (api_xml([ERROR]), "arXiv's API answers an error: incorrect id format for abc"),
    (api_xml([TEN[0], ERROR]), "arXiv's API answers an error"),
    (WHOLE.replace("2026-02-17T15:00:00Z", "yesterday", 1), "a date that is none"),
    (WHOLE.replace("2026-02-17T15:00:00Z", "0001-01-01T00:00:00+14:00", 1), "a date that is none"),
    (WHOLE.replace("2026-02-17T15:00:00Z", " ", 1), "a date that is none"),
    (WHOLE.replace("<feed", "<!DOCTYPE feed [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><feed", 1), "not a feed"),
    (WHOLE.replace("<feed", "<!DOCTYPE feed [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><feed", 1), "not a feed"),
]


@pytest.mark.parametrize(
    ("body", "why"),
    BAD,
    ids=[
        "empty body",
        "HTML",
        "XHTML",
        "text",
        "JSON",
        "a list page",
        "cut after 7 of 10",
        "cut in an entry",
        "7 of 10, well-formed",
        "none of 10",
        "too many",
        "no total",
        "total in words",
        "negative total",
        "a bare feed",
        "error entry",
        "error among papers",
        "date in words",
        "date out of range",
        "blank date",
        "external entity",
        "entities",
    ],
)
def test_what_is_no_complete_answer_is_an_error_and_never_no_papers(
    server: ScriptedServer, query: Query, body: str, why: str
) -> None:
    server.on("/api/query", Answer(body))
    with pytest.raises(SourceError, match=re.escape(why)):
        query()
    assert len(server.log) == 3, "each bad answer is asked for again"


@pytest.mark.parametrize(
    "bad",
    [
        Answer(status=503),
        Answer(status=500),
        Answer("Rate exceeded.", status=429),
        Answer(""),
        Answer(HTML),
        Answer(SEVEN_OF_TEN),
        Answer(SEVEN_OF_TEN + "</feed>"),
        Answer(WHOLE, cut=len(WHOLE) // 2),
        Answer(WHOLE, cut=len(WHOLE) // 2, reset=True),
        Answer(reset=True),
    ],
    ids=["503", "500", "429", "empty", "HTML", "cut XML", "7 of 10", "cut body", "reset in the body", "reset"],
)
def test_a_bad_answer_followed_by_a_good_one_is_a_full_result_after_one_retry(
    server: ScriptedServer, query: Query, naps: Naps, bad: Answer
) -> None:
    server.on("/api/query", [bad, Answer(WHOLE)])
    assert ids(query()) == [row.id for row in TEN]
    assert len(server.log) == 2 and len(naps) == 1


def test_an_entry_that_is_no_paper_fails_the_query(server: ScriptedServer, query: Query) -> None:
    server.on("/api/query", Answer(WHOLE.replace(f"abs/{TEN[4].id}v1", "abs/../../etc/passwd")))
    with pytest.raises(SourceError, match="no paper"):
        query()


def test_an_error_with_status_400_is_told_and_not_asked_for_again(server: ScriptedServer, query: Query) -> None:
    server.on("/api/query", Answer(api_xml([ERROR]), status=400))
    with pytest.raises(FetchError, match="400"):
        query()
    assert len(server.log) == 1


# --- politeness ----------------------------------------------------------------------------------


def test_429_three_times_ends_all_requests_of_the_run(server: ScriptedServer, query: Query, naps: Naps) -> None:
    server.on("/api/query", Answer("Rate exceeded.", status=429))
    for _ in range(2):
        with pytest.raises(RateLimited, match="tried 3 times"):
            query()
    assert len(server.log) == 3
    first, second = naps
    assert 0.1 <= first <= 0.125 and 0.2 <= second <= 0.25, "the wait doubles"


def test_403_ends_all_requests_of_the_run_at_once(server: ScriptedServer, query: Query, naps: Naps) -> None:
    server.on("/api/query", Answer("Access denied", status=403))
    for _ in range(2):
        with pytest.raises(Denied, match="not asked again"):
            query()
    assert len(server.log) == 1 and naps == []


def in_an_hour() -> str:
    return format_datetime(datetime(2026, 2, 18, 10, 0, tzinfo=UTC), usegmt=True)


@pytest.mark.parametrize("after", ["3600", in_an_hour()], ids=["seconds", "date"])
def test_an_hour_that_the_server_asks_for_is_not_slept(server: ScriptedServer, query: Query, naps: Naps, after: str) -> None:
    server.on("/api/query", Answer(status=503, headers={"Retry-After": after}))
    with pytest.raises(FetchError, match="too late"):
        query()
    assert naps == [] and len(server.log) == 1


@pytest.mark.parametrize(
    ("after", "least", "most"),
    [
        ("7", 7, 7),
        (format_datetime(datetime(2026, 2, 18, 9, 0, 20, tzinfo=UTC), usegmt=True), 15, 20),
        (format_datetime(datetime(2020, 1, 1, tzinfo=UTC), usegmt=True), 0.1, 0.125),
        ("-5", 0.1, 0.125),
        ("soon", 0.1, 0.125),
        ("", 0.1, 0.125),
        ("1e9", 0.1, 0.125),
        ("Wed, 99 Feb 2026 99:99:99 GMT", 0.1, 0.125),
    ],
    ids=["seconds", "date", "past date", "negative", "word", "empty", "exponent", "no date"],
)
def test_retry_after_is_kept_to_where_it_makes_sense(
    server: ScriptedServer, query: Query, naps: Naps, after: str, least: float, most: float
) -> None:
    server.on("/api/query", [Answer(status=503, headers={"Retry-After": after}), Answer(WHOLE)])
    assert len(query()) == 10
    assert len(naps) == 1 and least <= naps[0] <= most


@pytest.mark.parametrize(
    "answer", [Answer(hang=30), Answer(WHOLE, drip=1.0), Answer(WHOLE, drip_head=1.0)], ids=["hangs", "drips", "drips its head"]
)
def test_a_server_that_takes_for_ever_is_left_within_the_deadline(at: OpenTools, server: ScriptedServer, answer: Answer) -> None:
    tools = at("2026-02-18T09:00", HTTP__TIMEOUT="5", HTTP__SOURCE_DEADLINE="0.4")
    server.on("/api/query", answer)
    before = datetime.now(UTC)
    with pytest.raises(DigestError, match=r"0\.4 s for arxiv are used up"):
        api_of(tools, server.url).submitted_between(["cs.AI"], START, END)
    assert datetime.now(UTC) - before < timedelta(seconds=3)


def test_two_requests_are_an_interval_apart_as_the_server_sees_them(
    server: ScriptedServer, arxiv: LittleArxiv, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    arxiv.knows(rows(WEDNESDAY, 4))
    monkeypatch.setattr(arxiv_api, "PAGE", 2)
    clock = Clock(now=datetime(2026, 2, 18, 9, tzinfo=UTC), sleep=time.sleep)
    with Client(user_agent="test", timeout=5, retries=1, clock=clock, gate_folder=tmp_path) as client:
        upstream = client.upstream("arxiv", interval=0.3)
        assert len(ArxivApi(f"{server.url}/api/query", upstream).submitted_between(["cs.AI"], START, END)) == 4
        assert len(ArxivApi(f"{server.url}/api/query", upstream).by_id([TEN[0].id])) == 1
    assert len(server.log) == 3
    assert all(gap >= 0.29 for gap in server.gaps())
