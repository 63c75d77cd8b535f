"""Recorded days of the real upstreams, where the recording is at hand, with the faults that its server can make."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from digest import config
from digest.clock import Clock
from digest.errors import SourceError
from digest.net import Response
from digest.sources import Collected, collect, merge
from digest.sources.arxiv_api import _whole_page
from digest.sources.arxiv_feed import parse_feed
from digest.sources.arxiv_list import parse_list
from digest.tools import open_tools
from recordings import NEEDED, UPSTREAM, replaying
from sources.conftest import Naps, Wire, environ_of

RECORDED = UPSTREAM / "data" / "recorded"

pytestmark = NEEDED

DAY, WEEK_LATER = "2026-02-18", "2026-02-25"
Collect = Callable[..., tuple[Collected, list[str]]]


@pytest.fixture(scope="module")
def replay() -> Iterator[str]:
    """The address of a running replay server."""
    with replaying("--today", DAY) as address:
        yield address


def control(address: str, value: Any = None) -> Any:
    data = None if value is None else json.dumps(value).encode()
    with urllib.request.urlopen(urllib.request.Request(address, data=data)) as answer:
        return json.load(answer)


@pytest.fixture
def collected(replay: str, tmp_path: Path, wire: Wire) -> Collect:
    """Collect a day at nine in the morning of what the upstreams take for today; what was found, and the paths asked for."""

    def run(day: str = DAY, today: str = DAY, *faults: dict[str, Any], upstreams: str = "") -> tuple[Collected, list[str]]:
        control(f"{replay}/_reset", {"today": upstreams or today})
        control(f"{replay}/_faults", list(faults))
        parsed = config.parse("", path=tmp_path / "config.yaml", environ=environ_of(replay))
        clock = Clock(now=datetime.fromisoformat(f"{today}T09:00:00+00:00"), sleep=Naps())
        with open_tools(parsed, clock, {}, transport=wire) as tools:
            found = collect(date.fromisoformat(day), tools.sources, tools.cache, clock)
        return found, [row["path"].split("?")[0] for row in control(f"{replay}/_log")]

    return run


def seen(found: Collected) -> dict[str, tuple[str, str | None, int]]:
    return {each.name: (each.status, each.via, len(each.entries)) for each in found.listings}


@pytest.mark.parametrize("day", ["2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"])
def test_a_recorded_day_is_announced_by_feed_and_agrees_with_the_list_page(collected: Collect, day: str) -> None:
    found, paths = collected(day, day)
    assert {(status, via) for status, via, _ in seen(found).values()} == {("announced", "feed"), ("announced", "daily")}
    assert found.provisional and found.notes == ()
    assert len(paths) == len(set(paths)) + paths.count("/api/daily_papers") - 1, "no address is asked twice"


def test_feed_and_api_agree_on_the_papers_of_a_day(collected: Collect, tmp_path: Path) -> None:
    by_feed, _ = collected()
    (tmp_path / ".digest" / "cache.sqlite").unlink()
    by_api, _ = collected(DAY, WEEK_LATER)
    assert {each.via for each in by_api.listings} == {"api", "daily"} and not by_api.provisional
    new = [{e.paper.id for e in each.entries if e.announce_type == "new"} for each in by_feed.listings]
    api = [{e.paper.id for e in each.entries} for each in by_api.listings]
    assert all(len(a & n) >= 0.6 * len(n) for a, n in zip(api, new, strict=True))


def test_every_paper_of_a_day_is_one_candidate(collected: Collect) -> None:
    found, _ = collected()
    candidates = merge(found.listings)
    listed = {e.paper.id for each in found.listings for e in each.entries}
    assert len(candidates) == len(listed) and {c.paper.id for c in candidates} == listed


@pytest.mark.parametrize(
    ("fault", "statuses", "via"),
    [
        ({"path": "^/atom/cs.AI", "mode": "stale", "day": "2026-02-17"}, {"announced"}, "list"),
        ({"path": "^/(atom|list)/cs.AI", "mode": "stale", "day": "2026-02-17"}, {"announced", "stale"}, None),
        ({"path": "^/atom/cs.AI", "mode": "truncate"}, {"announced"}, "list"),
        ({"path": "^/atom/cs.AI", "mode": "cut"}, {"announced"}, "list"),
        ({"path": "^/atom/cs.AI", "mode": "html"}, {"announced"}, "list"),
        ({"path": "^/atom/cs.AI", "mode": "empty"}, {"announced"}, "list"),
        ({"path": "^/atom/cs.AI", "mode": "no-entries"}, {"announced"}, "list"),
        ({"path": "^/atom/cs.AI", "mode": "reset"}, {"announced"}, "list"),
        ({"path": "^/atom/cs.AI", "mode": "gzip-bomb"}, {"announced"}, "list"),
        ({"path": "^/atom/cs.AI", "status": 503, "times": 1}, {"announced"}, "feed"),
        ({"path": "^/list/cs.AI", "mode": "html"}, {"announced"}, "feed"),
        ({"path": "^/api/query", "status": 503}, {"announced"}, "feed"),
        ({"path": "^/(atom|list|api/query)", "status": 429, "body": "Rate exceeded."}, {"announced", "failed"}, None),
        ({"path": "^/(atom|list|api/query)", "status": 403}, {"announced", "failed"}, None),
    ],
    ids=lambda value: f"{value.get('mode') or value['status']} {value['path']}" if isinstance(value, dict) else None,
)
def test_a_fault_is_gone_round_or_named(collected: Collect, fault: dict[str, Any], statuses: set[str], via: str | None) -> None:
    found, _ = collected(DAY, DAY, fault)
    cs_ai = seen(found)["cs.AI"]
    assert {status for status, _, _ in seen(found).values()} == statuses
    assert cs_ai[1] == via
    assert (cs_ai[2] == 53) if via else (cs_ai[2] == 0)


@pytest.mark.parametrize("mode", ["truncate", "cut", "html", "empty", "no-entries"])
def test_an_api_that_answers_badly_for_a_past_day_fails_and_is_never_an_empty_day(collected: Collect, mode: str) -> None:
    found, _ = collected(DAY, WEEK_LATER, {"path": "^/api/query", "mode": mode})
    assert {seen(found)[name][0] for name in ("cs.AI", "cs.LG", "cs.CL")} == {"failed"}
    assert seen(found)["daily_papers"][0] == "announced"


def test_a_day_that_is_not_out_yet_is_stale(collected: Collect) -> None:
    found, _ = collected("2026-02-19", "2026-02-19", upstreams=DAY)
    assert {status for status, _, _ in seen(found).values()} == {"stale"}


def test_a_saturday_is_quiet_without_a_request(collected: Collect) -> None:
    found, paths = collected("2026-02-21", "2026-02-21")
    assert {status for status, _, _ in seen(found).values()} == {"quiet"} and paths == []


# --- recorded answers, as they came --------------------------------------------------------------


def recorded(pattern: str) -> list[Path]:
    return sorted(RECORDED.glob(pattern))


def response(file: Path, url: str = "https://arxiv.org/x") -> Response:
    return Response(url, 200, {}, file.read_bytes())


@pytest.mark.parametrize("file", recorded("feed_atom_*.xml") or [None], ids=lambda file: file and file.name)
def test_a_recorded_feed_is_read_whole(file: Path) -> None:
    batch = parse_feed(response(file))
    assert len(batch.rows) == file.read_text(encoding="utf-8").count("<entry>") and batch.notes == ()
    assert batch.bears and batch.bears.isoformat() in file.name
    assert all(e.abstract and e.paper.authors and e.paper.version for e in batch.rows)
    assert not any("Announce Type" in e.abstract for e in batch.rows)


@pytest.mark.parametrize("file", recorded("feed_rss_*.xml") or [None], ids=lambda file: file and file.name)
def test_a_recorded_feed_in_its_rss_form_is_read_whole_too(file: Path) -> None:
    batch = parse_feed(response(file))
    assert len(batch.rows) == file.read_text(encoding="utf-8").count("<item>") and batch.notes == ()


@pytest.mark.parametrize("file", recorded("list_new_*.html") or [None], ids=lambda file: file and file.name)
def test_a_recorded_list_page_is_read_whole(file: Path) -> None:
    batch = parse_list(response(file))
    assert len(batch.rows) == file.read_text(encoding="utf-8").count("<dt>")
    assert batch.bears and batch.bears.isoformat() in file.name
    assert all(e.abstract and e.paper.authors and e.paper.primary_category for e in batch.rows)


@pytest.mark.parametrize("file", recorded("api_200_id_*.xml") or [None], ids=lambda file: file and file.name)
def test_a_recorded_answer_of_the_api_is_whole(file: Path) -> None:
    page = _whole_page(response(file, "https://export.arxiv.org/api/query?max_results=100"))
    assert page.total == page.entries == page.parsed and page.dropped == frozenset()


@pytest.mark.parametrize("file", recorded("api_400_*.xml") or [None], ids=lambda file: file and file.name)
def test_a_recorded_error_of_the_api_is_an_error(file: Path) -> None:
    with pytest.raises(SourceError, match="arXiv's API answers an error: incorrect id format"):
        _whole_page(response(file))
