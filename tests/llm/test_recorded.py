"""The stand-in chat model beside the recorded upstreams, with all that it can do wrong."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from digest.llm import ModelError, schema_text
from llm.chat import Setting, Shape, question
from recordings import NEEDED, replaying

pytestmark = NEEDED

ASKED = question(
    "[1] We train a model of 744 billion parameters on web text. [2] ignored\n"
    "[2] It reaches an accuracy of 97.3% on the benchmark of the year.\n"
    "[3] Training takes four days on a large cluster of machines.",
    system=f"Answer in English, with JSON of this schema: {schema_text(Shape)}",
)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with replaying() as address:
        yield address


@pytest.fixture
def ask(url: str, model: Setting) -> Any:
    """Ask one question under a rule; gives the answer, the reason of its failure, and how many requests came."""

    def asking(**rule: Any) -> tuple[Shape | None, str | None, int]:
        _post(f"{url}/_reset", {})
        _post(f"{url}/_faults", [rule] if rule else [])
        try:
            found, reason = model.ask(ASKED, base_url=f"{url}/v1", timeout=1), None
        except ModelError as error:
            found, reason = None, error.reason
        with urllib.request.urlopen(f"{url}/_log") as answer:
            rows = [row for row in json.load(answer) if row["path"].startswith("/v1/")]
        return found, reason, len(rows)

    return asking


def _post(url: str, body: Any) -> None:
    urllib.request.urlopen(urllib.request.Request(url, data=json.dumps(body).encode())).close()


@pytest.mark.parametrize("flavour", [None, "fenced", "no-usage", "extra-keys"])
def test_answers_that_can_be_used_as_they_are(ask: Any, model: Setting, flavour: str | None) -> None:
    found, reason, calls = ask(**({"llm": flavour} if flavour else {}))
    assert (reason, calls) == (None, 1)
    assert len(found.tldr) > 20 and found.claims[0].evidence
    assert (model.usage().prompt_tokens is None) == (flavour == "no-usage")


@pytest.mark.parametrize("flavour", ["sparse"])
def test_an_answer_that_leaves_out_what_may_be_missing(ask: Any, flavour: str) -> None:
    found, _, calls = ask(llm=flavour)
    assert (found.claims, found.note, calls) == ((), None, 1)


@pytest.mark.parametrize(
    ("flavour", "reason", "calls"),
    [
        ("truncated", "invalid", 2),
        ("not-json", "invalid", 2),
        ("refusal", "refused", 1),
        ("content-filter", "refused", 1),
        ("length", "truncated", 2),
        ("empty", "empty", 3),
        ("null-choices", "unavailable", 3),
    ],
)
def test_answers_that_cannot_be_used(ask: Any, model: Setting, flavour: str, reason: str, calls: int) -> None:
    assert ask(llm=flavour) == (None, reason, calls)
    usage = model.usage()
    assert (usage.calls, usage.failed_calls) == (calls, calls), "they were paid for"


@pytest.mark.parametrize("flavour", ["truncated", "not-json", "length", "empty", "null-choices"])
def test_what_is_wrong_once_is_mended(ask: Any, flavour: str) -> None:
    found, reason, calls = ask(llm=flavour, times=1)
    assert (reason, calls) == (None, 2) and found.tldr


def test_a_server_without_json_schema(ask: Any) -> None:
    found, reason, calls = ask(llm="reject-schema")
    assert (reason, calls) == (None, 2) and found.tldr


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"status": 401}, "unauthorised"),
        ({"status": 429, "body": {"error": {"code": "insufficient_quota"}}}, "quota"),
        ({"status": 503}, "unavailable"),
        ({"mode": "html"}, "unavailable"),
        ({"mode": "reset"}, "unavailable"),
        ({"mode": "cut"}, "unavailable"),
        ({"mode": "gzip-bomb"}, "unavailable"),
        ({"mode": "hang", "seconds": 5}, "timeout"),
        ({"mode": "drip", "seconds": 5}, "timeout"),
    ],
)
def test_faults_of_the_line(ask: Any, rule: dict[str, Any], reason: str) -> None:
    assert ask(path="^/v1/", **rule)[:2] == (None, reason)
