"""The bundled day is well-formed, agrees with itself, and contains every case that it is meant to show."""

import json
import re
import subprocess
import sys
from datetime import date
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx
import pytest

from digest.sample import CATEGORIES, DATE, Answer, SampleTransport, SampleUpstream

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
# Submitted from Thursday to Friday, 14:00 US Eastern, announced for Monday.
WINDOW = "submittedDate:[202602121900 TO 202602131900]"
SECTIONS = {"New": ("new",), "Cross": ("cross",), "Replacement": ("replace", "replace-cross")}

upstream = SampleUpstream()


def ask(path: str, today: date | None = None, **query: Any) -> Answer:
    return upstream.respond(f"https://host.test{path}?{urlencode(query)}", today)


def atom(answer: Answer) -> list[ElementTree.Element]:
    return ElementTree.fromstring(answer.body).findall(f"{ATOM}entry")


def api(**query: Any) -> list[ElementTree.Element]:
    return atom(ask("/api/query", **query))


def totals(**query: Any) -> tuple[int, int, int]:
    """totalResults, startIndex and itemsPerPage of an API answer."""
    feed = ElementTree.fromstring(ask("/api/query", **query).body)
    names = ("totalResults", "startIndex", "itemsPerPage")
    total, start, count = (int(feed.findtext(f"{OPENSEARCH}{name}", "-1")) for name in names)
    return total, start, count


def text(element: ElementTree.Element, tag: str) -> str:
    return element.findtext(tag, "")


def announced(category: str) -> dict[str, str]:
    """Id with version -> announce type."""
    rows = atom(ask(f"/atom/{category}"))
    return {text(row, f"{ATOM}id").split(":")[-1]: text(row, f"{ARXIV}announce_type") for row in rows}


def listed(category: str) -> dict[str, list[str]]:
    """Section -> ids, in the order of the page."""
    page = ask(f"/list/{category}/new").body.decode()
    sections = re.split(r"<h3>(\w+) submissions", page)
    pairs = zip(sections[1::2], sections[2::2], strict=True)
    return {name: re.findall(r'href ="/abs/([^"]+)"', part) for name, part in pairs}


def papers() -> dict[str, dict[str, Any]]:
    return {row["paper"]["id"]: row["paper"] for row in json.loads(ask("/api/daily_papers").body) if "paper" in row}


def paper_of_api(identifier: str) -> ElementTree.Element:
    (entry,) = api(id_list=identifier)
    return entry


def bare(identifier: str) -> str:
    return re.sub(r"v\d+$", "", identifier)


KNOWN = {bare(text(row, f"{ATOM}id").split("/abs/")[1]): row for row in api(search_query="cat:*", max_results=100)}


# --- the files agree -----------------------------------------------------------------------------


def test_the_sample_is_a_monday_with_fifteen_to_twenty_papers() -> None:
    assert DATE.isoformat() == "2026-02-16"
    assert f"{DATE:%A}" == "Monday"
    assert 15 <= len(KNOWN) <= 20


def test_it_stays_small() -> None:
    data = files("digest.sample") / "data"
    assert sum(len(file.read_bytes()) for file in data.iterdir() if file.is_file()) < 200_000
    for folder in ("answers", "texts"):
        assert sum(len(file.read_bytes()) for file in (data / folder).iterdir()) < 200_000


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_section_of_a_list_page_counts_what_it_shows(category: str) -> None:
    page = ask(f"/list/{category}/new").body.decode()
    assert "Showing new listings for Monday, 16 February 2026" in page
    counts = re.findall(r"<h3>(\w+) submissions \(showing (\d+) of (\d+) entries\)</h3>", page)
    assert {name: int(shown) for name, shown, _ in counts} == {n: len(ids) for n, ids in listed(category).items()}
    assert all(shown == total for _, shown, total in counts)


@pytest.mark.parametrize("category", CATEGORIES)
def test_feed_and_list_page_announce_the_same(category: str) -> None:
    feed = announced(category)
    in_feed = {name: [bare(i) for i, kind in feed.items() if kind in kinds] for name, kinds in SECTIONS.items()}
    assert listed(category) == in_feed


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_api_finds_what_the_feed_calls_new_or_cross(category: str) -> None:
    found = api(search_query=f"cat:{category} AND {WINDOW}", max_results=100)
    fresh = {i for i, kind in announced(category).items() if kind in ("new", "cross")}
    assert {text(row, f"{ATOM}id").split("/abs/")[1] for row in found} == fresh


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_announce_type_follows_from_the_primary_category(category: str) -> None:
    for row in atom(ask(f"/atom/{category}")):
        categories = [element.get("term") for element in row.findall(f"{ATOM}category")]
        kind = text(row, f"{ARXIV}announce_type")
        assert category in categories
        assert (kind in ("new", "replace")) == (categories[0] == category)
        assert f"Announce Type: {kind} \nAbstract: " in text(row, f"{ATOM}summary")


def test_every_id_is_there_once_and_known_to_the_api() -> None:
    rows = api(search_query="cat:*", max_results=100)
    assert len(rows) == len(KNOWN)
    daily = [row["paper"]["id"] for row in json.loads(ask("/api/daily_papers").body) if "paper" in row]
    assert len(daily) == len(set(daily))
    for category in CATEGORIES:
        ids = [bare(i) for i in announced(category)]
        assert len(ids) == len(set(ids))
        assert KNOWN.keys() >= {*ids, *daily}


def test_the_sources_tell_the_same_title() -> None:
    titles = {identifier: text(row, f"{ATOM}title") for identifier, row in KNOWN.items()}
    assert all(paper["title"] == titles[identifier] for identifier, paper in papers().items())
    for category in CATEGORIES:
        for row in atom(ask(f"/atom/{category}")):
            assert text(row, f"{ATOM}title") == titles[bare(text(row, f"{ATOM}id").split(":")[-1])]


# --- every case is present -----------------------------------------------------------------------


def test_some_papers_are_in_one_source_and_some_in_both() -> None:
    arxiv = {bare(i) for category in CATEGORIES for i, kind in announced(category).items() if kind in ("new", "cross")}
    daily = papers().keys()
    assert len(daily & arxiv) == 6
    assert len(daily - arxiv) == 5
    assert len(arxiv - daily) == 6


def test_one_paper_is_cross_listed_over_the_three_categories() -> None:
    assert [announced(category)["2602.12984v1"] for category in CATEGORIES] == ["cross", "cross", "new"]


def test_papers_are_replaced_at_home_and_across() -> None:
    assert announced("cs.LG")["2602.04163v2"] == "replace"
    assert announced("cs.CL")["2602.04163v2"] == "replace-cross"
    assert announced("cs.AI")["2602.04315v2"] == "replace-cross"
    assert "2602.04163" in listed("cs.LG")["Replacement"]


def test_a_legacy_id_is_replaced() -> None:
    assert announced("cs.CL")["cs/0205070v2"] == "replace"
    assert text(paper_of_api("cs/0205070"), f"{ATOM}published").startswith("2002-05-28")


def test_an_abstract_is_missing_everywhere() -> None:
    assert papers()["2602.11769"]["summary"] == ""
    assert text(paper_of_api("2602.11769"), f"{ATOM}summary") == ""
    assert all("2602.11769v1" not in announced(category) for category in CATEGORIES)


def test_titles_and_abstracts_carry_latex() -> None:
    paper = papers()["2602.12829"]
    assert paper["title"].startswith(r"$\texttt{FLAC}$")
    assert "$E<E_0$" in paper["summary"] and "E > $E_0$" in paper["summary"]
    assert r"Schr\"odinger" in paper["summary"]
    assert r"\emph{" in papers()["2602.12628"]["summary"]


def test_one_paper_is_in_chinese() -> None:
    entry = paper_of_api("2602.12617")
    assert all(re.search("[\u4e00-\u9fff]", text(entry, f"{ATOM}{tag}")) for tag in ("title", "summary"))


def test_the_feed_writes_accents_in_tex_and_the_api_in_unicode() -> None:
    creators = [text(row, f"{DC}creator") for row in atom(ask("/atom/cs.LG"))]
    assert any(r"{\L}ukasz" in creator for creator in creators)
    assert text(paper_of_api("2602.11910"), f"{ATOM}author/{ATOM}name") == "Łukasz Staniszewski"


def test_a_colon_stands_among_the_authors() -> None:
    row = next(row for row in atom(ask("/atom/cs.AI")) if "2602.12684" in text(row, f"{ATOM}id"))
    assert text(row, f"{DC}creator").startswith("Xiaomi Robotics Team, :, Rui Cai")
    authors = [text(author, f"{ATOM}name") for author in paper_of_api("2602.12684").findall(f"{ATOM}author")]
    assert authors[:3] == ["Xiaomi Robotics Team", ":", "Rui Cai"]


def test_links_that_users_typed_are_not_to_be_trusted() -> None:
    daily = papers()
    assert daily["2602.12506"]["githubRepo"].startswith("javascript:")
    assert daily["2602.11858"]["githubRepo"].endswith("Zooming-without-Zooming.")
    assert daily["2602.12628"]["projectPage"] == "http://169.254.169.254/"


def test_hugging_face_leaves_out_what_it_likes() -> None:
    rows = json.loads(ask("/api/daily_papers").body)
    assert sum("paper" not in row for row in rows) == 1
    daily = papers()
    assert daily["2602.11865"]["upvotes"] is None
    assert any(author["hidden"] for author in daily["2602.08683"]["authors"])


def test_a_withdrawn_paper_is_only_on_arxiv() -> None:
    assert announced("cs.AI")["2602.99001v2"] == "new"
    assert "withdrawn by the authors" in text(paper_of_api("2602.99001"), f"{ARXIV}comment")
    assert "This paper has been withdrawn" in ask("/list/cs.AI/new").body.decode()
    assert "2602.99001" not in papers()


# --- the services answer like the real ones ------------------------------------------------------


def test_daily_papers_come_in_pages() -> None:
    rows = json.loads(ask("/api/daily_papers").body)
    pages = [json.loads(ask("/api/daily_papers", date=DATE, limit=5, p=page).body) for page in range(4)]
    assert [len(page) for page in pages] == [5, 5, 2, 0]
    assert [row for page in pages for row in page] == rows


def test_daily_papers_of_another_day_are_none() -> None:
    assert ask("/api/daily_papers", date="2026-02-15").body == b"[]"
    assert ask("/api/daily_papers", date="2026-02-17").body == b"[]"


def test_daily_papers_refuse_what_the_real_service_refuses() -> None:
    assert ask("/api/daily_papers", date="tomorrow").status == 400
    assert ask("/api/daily_papers", date="2026-02-17", today=DATE).status == 400


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_feeds_are_empty_on_a_day_without_a_batch(kind: str) -> None:
    answer = ask(f"/{kind}/cs.CL", today=date(2026, 2, 15))
    assert answer.status == 200
    assert answer.headers["Last-Modified"] == "Sun, 15 Feb 2026 05:00:00 GMT"
    assert b"<entry>" not in answer.body and b"<item>" not in answer.body
    ElementTree.fromstring(answer.body)


def test_rss_has_the_rows_of_atom() -> None:
    items = ElementTree.fromstring(ask("/rss/cs.LG").body).findall("channel/item")
    assert {text(item, "guid").split(":")[-1]: text(item, f"{ARXIV}announce_type") for item in items} == announced("cs.LG")
    assert [text(item, "description") for item in items] == [text(r, f"{ATOM}summary") for r in atom(ask("/atom/cs.LG"))]


def test_the_api_gives_ten_results_unless_asked_for_more() -> None:
    assert len(api(search_query="cat:cs.AI")) == 10
    assert len(api(id_list=",".join(KNOWN))) == 10
    assert totals(id_list=",".join(KNOWN)) == (len(KNOWN), 0, 10)


def test_the_pages_of_the_api_add_up() -> None:
    query = f"(cat:cs.AI OR cat:cs.LG OR cat:cs.CL) AND {WINDOW}"
    pages = [api(search_query=query, start=start, max_results=5) for start in (0, 5, 10, 15)]
    assert [len(page) for page in pages] == [5, 5, 2, 0]
    assert totals(search_query=query, start=5, max_results=5) == (12, 5, 5)
    assert len({text(row, f"{ATOM}id") for page in pages for row in page}) == 12


def test_search_results_are_the_newest_first() -> None:
    dates = [text(row, f"{ATOM}published") for row in api(search_query="cat:cs.*", max_results=100)]
    assert dates == sorted(dates, reverse=True)
    upward = {"sortBy": "lastUpdatedDate", "sortOrder": "ascending"}
    updates = [text(row, f"{ATOM}updated") for row in api(search_query="cat:cs.*", max_results=100, **upward)]
    assert updates == sorted(updates)


def test_ids_are_answered_in_their_order_and_unknown_ones_are_absent() -> None:
    rows = api(id_list="2602.12984,9901.00001,cs/0205070,2602.10388,2602.12984")
    found = [text(row, f"{ATOM}id").split("/abs/")[1] for row in rows]
    assert found == ["2602.12984v1", "cs/0205070v2", "2602.10388v1"]


def test_a_version_can_be_asked_for() -> None:
    first = paper_of_api("2602.04163v1")
    assert text(first, f"{ATOM}id").endswith("2602.04163v1")
    assert text(first, f"{ATOM}updated") == text(first, f"{ATOM}published")
    assert api(id_list="2602.04163v3") == []
    assert text(paper_of_api("2602.99001v1"), f"{ARXIV}comment") == ""


@pytest.mark.parametrize(
    "query",
    [
        {"id_list": "abc"},
        {"search_query": "ti:planning"},
        {"search_query": "cat:cs.AI", "max_results": "many"},
        {"search_query": "cat:cs.AI", "start": -1},
        {"search_query": "cat:cs.AI", "max_results": 30001},
    ],
)
def test_the_api_refuses_with_an_error_entry(query: dict[str, Any]) -> None:
    answer = ask("/api/query", **query)
    assert answer.status == 400
    assert [text(row, f"{ATOM}title") for row in atom(answer)] == ["Error"]


def test_github_knows_a_repository_in_any_case() -> None:
    answer = ask("/repos/cmarsrover/sciagentgym")
    assert json.loads(answer.body)["stargazers_count"] == 1
    assert json.loads(answer.body)["full_name"] == "CMarsRover/SciAgentGYM"
    assert ask("/repos/nobody/nothing").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/html/2602.12984",
        "/html/2602.12984v2",
        "/html/2602.12395v1",
        "/html/..",
        "/pdf/2602.12984v1",
        "/list/cs.CV/new",
        "/repos/one",
        "/atom/../cs.AI",
    ],
)
def test_everything_else_is_not_found(path: str) -> None:
    assert ask(path).status == 404


def test_the_transport_answers_an_httpx_client() -> None:
    with httpx.Client(transport=SampleTransport()) as client:
        assert client.get("https://huggingface.co/api/daily_papers", params={"date": str(DATE)}).json()
        search = {"search_query": f"cat:cs.AI AND {WINDOW}"}
        assert "totalResults>10<" in client.get("https://export.arxiv.org/api/query", params=search).text
        assert client.head("https://rss.arxiv.org/atom/cs.AI").content == b""
        assert client.post("https://api.github.com/repos/deadlykitten4/DICE").status_code == 405


def test_the_answers_do_not_need_httpx() -> None:
    code = "import sys, digest.sample; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, env={"PYTHONPATH": ":".join(sys.path)}).returncode == 0
