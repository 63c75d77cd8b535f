"""Facts about single papers: kept under the listing date, harmless when they cannot be had."""

from datetime import date

import pytest

from digest.sources.lookup import Stars
from digest.tools import Tools, open_tools
from server import Answer, Request, ScriptedServer
from sources.conftest import OpenTools
from sources.world import HTML, THURSDAY, WEDNESDAY, LittleArxiv, later, rows

NOW = "2026-02-18T09:00"
FIVE = rows(WEDNESDAY, 5)
IDS = [row.id for row in FIVE]
URL = "https://github.com/owner/name"


# --- papers --------------------------------------------------------------------------------------


def test_papers_are_found_by_id_in_one_request(at: OpenTools, arxiv: LittleArxiv, server: ScriptedServer) -> None:
    arxiv.knows([later(FIVE[0], version=3, comment="Accepted at ICLR 2026"), *FIVE[1:]])
    found = at(NOW).papers(WEDNESDAY, [*IDS, IDS[0]])
    assert list(found) == IDS and len(server.log) == 1
    assert (found[IDS[0]].paper.version, found[IDS[0]].paper.venue) == (3, "ICLR 2026")


def test_160_papers_are_all_found(at: OpenTools, arxiv: LittleArxiv, server: ScriptedServer) -> None:
    many = rows(WEDNESDAY, 160)
    arxiv.knows(many)
    assert len(at(NOW).papers(WEDNESDAY, [row.id for row in many])) == 160
    assert len(server.log) == 2


def test_what_was_looked_up_for_a_day_is_not_asked_for_again(at: OpenTools, arxiv: LittleArxiv, server: ScriptedServer) -> None:
    arxiv.knows(FIVE)
    first = at(NOW).papers(WEDNESDAY, IDS[:3])
    server.log.clear()
    tools = at("2026-03-04T09:00")
    assert tools.papers(WEDNESDAY, IDS[:3]) == first and server.log == []
    tools.papers(WEDNESDAY, IDS)
    assert server.log[0].params["id_list"] == [",".join(IDS[3:])]


def test_another_day_is_looked_up_anew(at: OpenTools, arxiv: LittleArxiv, server: ScriptedServer) -> None:
    """A paper may have a new version by then, and a day is built again from what it was built from."""
    arxiv.knows(FIVE)
    tools = at(NOW)
    tools.papers(WEDNESDAY, IDS[:1])
    arxiv.knows([later(FIVE[0], version=2)])
    assert tools.papers(THURSDAY, IDS[:1])[IDS[0]].paper.version == 2
    assert tools.papers(WEDNESDAY, IDS[:1])[IDS[0]].paper.version == 1


def test_nothing_wanted_is_nothing_asked(at: OpenTools, server: ScriptedServer) -> None:
    assert at(NOW).papers(WEDNESDAY, []) == {} and server.log == []


@pytest.mark.parametrize(
    "answer", [Answer(status=500), Answer(HTML), Answer(""), Answer(status=403)], ids=["500", "HTML", "empty", "403"]
)
def test_a_lookup_that_fails_gives_what_is_known_and_says_why(
    at: OpenTools, arxiv: LittleArxiv, server: ScriptedServer, answer: Answer
) -> None:
    arxiv.knows(FIVE)
    at(NOW).papers(WEDNESDAY, IDS[:2])
    server.on("/api/query", answer)
    tools = at(NOW)
    assert list(tools.papers(WEDNESDAY, IDS)) == IDS[:2]
    assert "/api/query" in str(tools.papers.error)


def test_the_cached_mode_answers_from_the_cache_alone(at: OpenTools, arxiv: LittleArxiv, server: ScriptedServer) -> None:
    arxiv.knows(FIVE)
    at(NOW).papers(WEDNESDAY, IDS[:2])
    server.log.clear()
    tools = at(NOW, mode="cached")
    assert list(tools.papers(WEDNESDAY, IDS)) == IDS[:2]
    assert server.log == [] and tools.papers.error is None


@pytest.mark.parametrize("damage", ["", "null", "{}", '{"paper": {"id": "x"}}', "not JSON"])
def test_a_damaged_entry_of_the_cache_is_looked_up_anew(at: OpenTools, arxiv: LittleArxiv, damage: str) -> None:
    arxiv.knows(FIVE)
    tools = at(NOW)
    tools.cache.put("paper", f"{WEDNESDAY}/{IDS[0]}", damage)
    assert list(tools.papers(WEDNESDAY, IDS[:1])) == IDS[:1]


# --- stars ---------------------------------------------------------------------------------------


def with_token(tools: Tools, token: str) -> dict[str, Stars]:
    """The stars as a run with a token of GitHub finds them."""
    name = tools.config.sources.github.token_env
    with open_tools(tools.config, tools.clock, {name: token}) as own:
        return own.stars(WEDNESDAY, [URL])


def test_stars_are_read_with_the_date_on_which_they_were(at: OpenTools, server: ScriptedServer) -> None:
    server.on("/repos/owner/name", Answer('{"stargazers_count": 42}'))
    assert at(NOW).stars(WEDNESDAY, [URL, URL]) == {URL: Stars(42, date(2026, 2, 18))}
    assert server.paths() == ["/repos/owner/name"]


def test_stars_of_a_day_are_kept_also_those_of_what_is_not_there(at: OpenTools, server: ScriptedServer) -> None:
    gone = "https://github.com/owner/gone"
    server.on("/repos/owner/name", Answer('{"stargazers_count": 42}'))
    assert set(at(NOW).stars(WEDNESDAY, [URL, gone])) == {URL}
    server.log.clear()
    assert at("2026-03-04T09:00").stars(WEDNESDAY, [URL, gone]) == {URL: Stars(42, date(2026, 2, 18))}
    assert server.log == []


@pytest.mark.parametrize(
    "answer",
    [Answer(status=500), Answer(status=403), Answer(HTML), Answer("[]"), Answer("{}"), Answer('{"stargazers_count": "many"}')],
    ids=["500", "403", "HTML", "list", "no count", "words"],
)
def test_stars_that_cannot_be_read_are_absent_with_a_reason_and_not_kept(
    at: OpenTools, server: ScriptedServer, answer: Answer
) -> None:
    server.on("/repos/owner/name", answer)
    tools = at(NOW)
    assert tools.stars(WEDNESDAY, [URL]) == {} and tools.stars.error
    server.on("/repos/owner/name", Answer('{"stargazers_count": 42}'))
    assert at(NOW).stars(WEDNESDAY, [URL])[URL].count == 42


def test_a_token_is_sent_and_appears_nowhere_else(
    at: OpenTools, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str | None] = []

    def answer(request: Request) -> Answer:
        seen.append(request.headers.get("authorization"))
        return Answer(status=404 if len(seen) == 1 else 500)

    server.on("/repos/owner/name", answer)
    assert with_token(at(NOW), "canary-token") == {}
    assert seen == ["Bearer canary-token"]
    assert with_token(at(NOW), "canary-token") == {}
    assert "canary-token" not in caplog.text and all("canary-token" not in path for path in server.paths())


def test_without_a_token_none_is_sent(at: OpenTools, server: ScriptedServer) -> None:
    at(NOW).stars(WEDNESDAY, [URL])
    assert "authorization" not in server.log[0].headers


@pytest.mark.parametrize("options", [{"mode": "cached"}, {"SOURCES__GITHUB__ENABLED": "false"}], ids=["cached", "disabled"])
def test_nothing_is_asked_where_nothing_may_be(at: OpenTools, server: ScriptedServer, options: dict[str, str]) -> None:
    tools = at(NOW, **options)
    assert tools.stars(WEDNESDAY, [URL]) == {} and server.log == [] and tools.stars.error is None
