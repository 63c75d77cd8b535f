"""The contract with the package `arxiv`, which has our transport under it.

Our transport stands where the package keeps its session. If one of these fails after an upgrade, look at
`arxiv_api._entries` and `_one_page` before anything else.
"""

import inspect
import re
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import arxiv as package
import pytest

from sources.world import (
    ERROR,
    HTML,
    SEVEN_OF_TEN,
    TEN,
    api_xml,
    later,
    without,
)


class Recorder:
    """Stands where the package has its session."""

    def __init__(self, *bodies: str) -> None:
        self.bodies = list(bodies)
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def get(self, url: str, **options: Any) -> SimpleNamespace:
        self.calls.append((url, options))
        return SimpleNamespace(status_code=200, content=self.bodies.pop(0).encode())


def contracted(*bodies: str, size: int = 3) -> tuple[package.Client, Recorder]:
    client, recorder = package.Client(page_size=size, delay_seconds=0, num_retries=0), Recorder(*bodies)
    client.query_url_format = "http://127.0.0.1:1/api/query?{}"
    client._session = recorder  # type: ignore[assignment]
    return client, recorder


SEARCH = package.Search(query="cat:cs.AI", sort_by=package.SortCriterion.SubmittedDate, sort_order=package.SortOrder.Ascending)


def test_contract_the_client_keeps_a_session_of_its_own() -> None:
    assert hasattr(package.Client(), "_session")
    assert "offset" in inspect.signature(package.Client.results).parameters


def test_contract_the_session_is_asked_by_get_with_the_whole_address() -> None:
    client, recorder = contracted(api_xml(TEN[:2]))
    list(client.results(SEARCH))
    ((url, options),) = recorder.calls
    assert url.startswith("http://127.0.0.1:1/api/query?")
    assert {"search_query=cat%3Acs.AI", "start=0", "max_results=3", "sortBy=submittedDate", "sortOrder=ascending"} <= set(
        re.split("[?&]", url)
    )
    assert set(options) <= {"headers"}, "an option that our session does not heed"


def test_contract_a_list_of_ids_is_asked_for_as_id_list() -> None:
    client, recorder = contracted(api_xml(TEN[:2]))
    list(client.results(package.Search(id_list=["2602.18001", "cs/0112017"])))
    assert "id_list=2602.18001%2Ccs%2F0112017" in recorder.calls[0][0]


def test_contract_results_come_in_the_order_of_the_feed_page_by_page() -> None:
    client, recorder = contracted(api_xml(reversed(TEN[:3]), 5), api_xml(TEN[3:5], 5))
    found = [result.entry_id for result in client.results(SEARCH)]
    assert found == [f"http://arxiv.org/abs/{row.id}v1" for row in (*reversed(TEN[:3]), *TEN[3:5])]
    assert [re.findall(r"start=(\d+)", url) for url, _ in recorder.calls] == [["0"], ["3"]]


def test_contract_a_page_is_given_out_before_the_next_is_asked_for() -> None:
    client, recorder = contracted(api_xml(TEN[:3], 5), api_xml(TEN[3:5], 5))
    results = client.results(SEARCH)
    for _ in range(3):
        next(results)
    assert len(recorder.calls) == 1


def test_contract_an_offset_is_where_the_reading_begins() -> None:
    client, recorder = contracted(api_xml(TEN[3:5], 5))
    assert len(list(client.results(SEARCH, offset=3))) == 2
    assert "start=3" in recorder.calls[0][0]


def test_contract_results_have_the_fields_that_we_read() -> None:
    client, _ = contracted(api_xml([later(TEN[0], comment="A comment")]))
    (result,) = client.results(SEARCH)
    assert (result.title, result.summary, result.comment) == ("A Title", "We show that it works.", "A comment")
    assert (result.primary_category, result.categories) == ("cs.AI", ["cs.AI"])
    assert [(a.name, a.affiliation) for a in result.authors] == [("Ada Example", []), ("Ben Beispiel", [])]
    assert result.published == datetime(2026, 2, 17, 15, tzinfo=UTC)


@pytest.mark.parametrize("tag", ["id", "published", "updated"])
def test_contract_an_entry_without_id_or_dates_is_no_result(tag: str) -> None:
    client, _ = contracted(api_xml([without(TEN[0], tag), TEN[1]], 1))
    assert [result.entry_id for result in client.results(SEARCH)] == [f"http://arxiv.org/abs/{TEN[1].id}v1"]


def test_contract_an_entry_that_is_left_out_shifts_the_packages_own_offset() -> None:
    """Why we read page by page: the package would ask for 2.. after three entries of which one was left out."""
    client, recorder = contracted(api_xml([without(TEN[0], "published"), *TEN[1:3]], 5), api_xml(TEN[3:5], 5))
    results = client.results(SEARCH)
    for _ in range(3):
        next(results)
    assert "start=2" in recorder.calls[1][0]


@pytest.mark.parametrize(
    ("body", "count"),
    [(SEVEN_OF_TEN.replace(">10<", ">7<"), 7), (HTML, 0), ("", 0), (api_xml([ERROR]), 1)],
    ids=["cut", "HTML", "empty", "error"],
)
def test_contract_the_package_takes_damaged_answers_without_a_complaint(body: str, count: int) -> None:
    """Why we look at every page ourselves; should this fail one day, there is less to do."""
    client, _ = contracted(body, size=10)
    assert len(list(client.results(SEARCH))) == count
