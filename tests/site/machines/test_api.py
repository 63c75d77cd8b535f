"""The API has the shapes that its documentation shows, and the same bytes for the same rows in any order."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from digest.site.engine import clean
from digest.site.facts import SourceRow
from digest.site.machines import api
from digest.site.machines.api import Term
from machine_values import FEEDS, HOSTILE, SITE, day_row, info, paper_row, post_row

DOCS = Path(__file__).parents[3] / "docs"
SCHEMA = json.loads((DOCS / "api.schema.json").read_text(encoding="utf-8"))
QUIET: dict[str, Any] = {"state": "quiet", "status": "quiet", "listed": 0, "also": 0, "headline": "", "posts": (), "papers": ()}
TERMS = {"tags": [Term("b", "tags/b/", 2), Term("a", "tags/a/", 2), Term("c", "tags/c/", 9)], "directions": [Term("RL", "d/", 1)]}
MADE = {
    "index": api.index(info(), {"2025": 200, "2026": 30}, {"2026-01": 90, "2026-02": 99}, FEEDS, "2026-02-18"),
    "days": api.days(2026, [day_row(), day_row(day="2026-02-14", **QUIET), day_row(day="2026-02-19", tokens=9000, cost=0.2)]),
    "papers": api.papers("2026-02", [paper_row(), paper_row(id="cs/0112017", organisation="", code=False, code_stars=None)]),
    "tags": api.tags(TERMS),
}


def check(kind: str, value: Any) -> None:
    jsonschema.Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": SCHEMA["$defs"]}).validate(value)


def documented(kind: str) -> Any:
    """The example of a file in docs/api.md."""
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    part = text.split(f"\n## `{kind}", 1)[1].split("\n## ", 1)[0]
    (example,) = re.findall(r"```json\n(.*?)```", part, re.DOTALL)
    return json.loads(example)


def shape(value: Any) -> Any:
    """The keys of a value, and those of the first in each list."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


@pytest.mark.parametrize("kind", MADE)
def test_a_file_has_its_shape(kind: str) -> None:
    check(kind, json.loads(MADE[kind]))


@pytest.mark.parametrize("kind", MADE)
def test_a_file_is_one_line_with_sorted_keys(kind: str) -> None:
    text = MADE[kind].decode()
    assert text.endswith("}\n") and text.count("\n") == 1 and '": ' not in text
    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


@pytest.mark.parametrize(
    ("kind", "name"), [("index", "api/index.json"), ("days", "api/days"), ("papers", "api/papers"), ("tags", "api/tags")]
)
def test_the_documented_example_is_what_is_made(kind: str, name: str) -> None:
    example = documented(name)
    check(kind, example)
    wanted, found = shape(json.loads(MADE[kind])), shape(example)
    if kind == "tags":
        wanted, found = set(wanted), set(found)
    assert found == wanted


@pytest.mark.parametrize(
    ("kind", "broken"),
    [
        ("days", {"schema": 2}),
        ("papers", {"month": "2026"}),
        ("tags", {"tags": [{"name": "x"}]}),
        ("index", {"newest": "today"}),
        ("index", {"tags": {"route": "/api/tags.json"}}),
    ],
)
def test_the_schema_finds_what_is_wrong(kind: str, broken: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        check(kind, {**json.loads(MADE[kind]), **broken})


def test_the_index_leads_to_every_file() -> None:
    found = json.loads(MADE["index"])
    assert [one["route"] for one in found["days"]] == ["api/days/2026.json", "api/days/2025.json"]
    assert [one["route"] for one in found["papers"]] == ["api/papers/2026-02.json", "api/papers/2026-01.json"]
    assert found["tags"]["route"] == api.TAGS and found["newest"] == "2026-02-18" and found["site"]["url"] == SITE
    assert found["feeds"][1] == {"title": "Agentic RL", "language": "en", "atom": "directions/agentic-rl/feed.xml"}
    assert "CC0" in found["licences"]["metadata"]["licence"]


def test_a_site_without_days_has_an_index() -> None:
    found = json.loads(api.index(info(), {}, {}, (), None))
    check("index", found)
    assert found["newest"] is None and found["days"] == []


def test_days_stand_newest_first_whatever_the_order_they_come_in() -> None:
    rows = [day_row(), day_row(day="2026-02-14", **QUIET), day_row(day="2026-02-19")]
    assert api.days(2026, rows) == api.days(2026, reversed(rows))
    assert [day["date"] for day in json.loads(api.days(2026, rows))["days"]] == ["2026-02-19", "2026-02-18", "2026-02-14"]


def test_a_day_tells_what_was_listed_and_what_became_of_it() -> None:
    source = SourceRow("cs.LG", "stale", 0, None, "secret: timeout at 10.0.0.1")
    second = post_row(edition="arxiv-daily", route="2026-02-18-arxiv-daily/")
    row = day_row(papers=(paper_row(), paper_row(id="2602.00002")), posts=(post_row(), second), sources=(source,))
    (day,) = json.loads(api.days(2026, [row]))["days"]
    assert day["counts"] == {"listed": 300, "picked": 2, "also": 10, "checked": 48, "removed": 2}
    assert day["papers"] == ["2602.15763", "2602.00002"]
    assert [one["edition"] for one in day["digests"]] == ["daily-papers", "arxiv-daily"]
    assert day["sources"] == [{"listing": "cs.LG", "status": "stale", "entries": 0, "via": None}]


def test_what_a_day_cost_is_unknown_or_a_number_and_never_zero_for_unknown() -> None:
    newest, known, _ = json.loads(MADE["days"])["days"]
    assert newest["usage"] == {"tokens": 9000, "cost": 0.2, "currency": None}
    assert known["usage"] == {"tokens": None, "cost": None, "currency": None}


def test_papers_keep_the_order_of_their_day() -> None:
    rows = [paper_row(id=f"2602.0000{n}") for n in (3, 1, 2)]
    later = paper_row(id="2602.00009", day="2026-02-19")
    found = json.loads(api.papers("2026-02", [*rows, later]))["papers"]
    assert [paper["id"][-1] for paper in found] == ["9", "3", "1", "2"]


def test_terms_stand_by_kind_the_commonest_first() -> None:
    found = json.loads(MADE["tags"])
    assert [term["name"] for term in found["tags"]] == ["c", "a", "b"]
    assert found["directions"] == [{"name": "RL", "route": "d/", "count": 1}]
    assert found["categories"] == found["organisations"] == []


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    (paper,) = json.loads(api.papers("2026-02", [paper_row(title=text, blurb=text, tags=(text,))]))["papers"]
    assert clean(paper["title"]) == clean(paper["blurb"]) == clean(paper["tags"][0]) == clean(text)
    (day,) = json.loads(api.days(2026, [day_row(headline=text)]))["days"]
    assert clean(day["headline"]) == clean(text)
    (term,) = json.loads(api.tags({"tags": [Term(text, "t/", 1)]}))["tags"]
    assert clean(term["name"]) == clean(text)
