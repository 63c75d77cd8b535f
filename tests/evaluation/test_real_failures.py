"""What real models really got wrong in others' paper digests, answered to our own questions: none of it reaches a card.

Each case is a paper and what a model, or the program around it, made of it. A server answers our question with the same
texts, over the wire; a card either comes out without them, or not at all, and then the page has an extractive one.
"""

import gzip
import json
import re
import time
from collections import Counter
from typing import Any

import pytest

from digest.cards import CardPrompts, fill_card
from digest.cards.answers import CardAnswer
from digest.cards.paths import claims_at
from digest.clock import Clock
from digest.labels import shipped
from digest.llm import ModelError
from digest.models import Candidate, Card, Document, TokenUsage
from digest.reading import read_abstract
from digest.store import Cache
from evaluation.conftest import UPSTREAM
from fakes import paper
from llm.chat import DAY, NOW, ChatServer, Setting, completion, refusal_of
from server import Answer

FAILURES = UPSTREAM / "llm-failures.jsonl.gz"

pytestmark = [
    pytest.mark.upstream,
    pytest.mark.skipif(not FAILURES.is_file(), reason="the recorded failures are not on this machine"),
]

Case = dict[str, Any]
Asked = tuple[Card | None, str | None]
CHINESE = re.compile(r"[\u4e00-\u9fff]{3}")
ABSENT = re.compile(r"(?:论文|摘要|本文)[^，。；,]{0,10}(?:未|没有)|摘要中?未|未在摘要")
"""A reader's own test, apart from the program's: the text says what the text does not say."""


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    with gzip.open(FAILURES, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def outcomes(cases: list[Case], tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, Card | None, str | None]]:
    """What becomes of each case: a card, or the reason why there is none."""
    slept: list[float] = []
    clock = Clock(now=NOW, monotonic=lambda: time.monotonic() + sum(slept), sleep=slept.append)
    prompts = CardPrompts.load("zh", shipped("templates"))
    found = []
    with ChatServer() as server, Cache(tmp_path_factory.mktemp("state")) as cache:
        setting = Setting(server, cache, clock, slept)
        for case in cases:
            document = document_of(case)
            server.answers(answer_of(case, document))
            with setting.open() as endpoint:  # one a case, for after 402 a run asks no more
                try:
                    found.append((case, fill_card(document, endpoint.on(DAY, TokenUsage()), prompts).card, None))
                except ModelError as error:
                    found.append((case, None, error.reason))
    return found


def document_of(case: Case) -> Document:
    return read_abstract(Candidate(paper=paper(case["id"], title=case["title"]), abstract=case["abstract"]))


def answer_of(case: Case, document: Document) -> Answer:
    """The endpoint's answer: the case's texts in the fields of our card, or what the program got instead of any."""
    told = case.get("analysis_error", "")
    if "402" in told:
        return refusal_of("Insufficient Balance", status=402)
    if told:
        return completion(told.partition("Invalid json output: ")[2] or told)
    return completion(json.dumps(as_our_answer(case, document), ensure_ascii=False))


def as_our_answer(case: Case, document: Document) -> dict[str, Any]:
    """The case's card in our shape, every claim resting on all that it may."""
    own, numbers = case["card"], [s.number for s in document.sentences][:6]
    blank: dict[str, Any] = {name: "" if name in TEXTS else [] for name in CardAnswer.model_fields}

    def claim(name: str) -> dict[str, Any]:
        return {"text": own.get(name, ""), "evidence": numbers}

    filled = {
        "paper": case["id"],
        "tldr": claim("tldr" if "tldr" in own else "task"),
        "gaps": [claim("motivation")],
        "pipeline": [claim("method")],
        "results": [{**claim("result"), "name": "", "dataset": "", "metric": "", "value": "", "baseline": ""}],
        "findings": [claim("conclusion")],
    }
    return {**blank, **filled}


TEXTS = ("paper", "short_name", "title_translated", "next_action")


def of_kind(outcomes: list[tuple[Case, Card | None, str | None]], *kinds: str) -> list[tuple[Case, Card | None, str | None]]:
    found = [outcome for outcome in outcomes if outcome[0]["kind"] in kinds]
    assert found
    return found


def texts_of(card: Card | None) -> list[str]:
    return [claim.text for _, claim in claims_at(card)] if card else []


def test_every_recorded_failure_is_of_a_known_kind(cases: list[Case]) -> None:
    assert Counter(case["kind"] for case in cases) == {
        "wrong_language_all_english": 20,
        "all_fields_Error": 18,
        "fallback_placeholder_full": 18,
        "says_not_stated_or_refusal": 14,
        "request_timeout": 6,
        "invalid_json_output": 4,
        "mixed_language_field": 2,
        "very_long_field": 1,
        "provider_402_insufficient_balance": 1,
    }


def test_a_card_of_placeholders_is_none(outcomes: list[tuple[Case, Card | None, str | None]]) -> None:
    """`Error` in every field, `Summary generation failed`: the paper gets its extractive card."""
    found = of_kind(outcomes, "all_fields_Error", "fallback_placeholder_full")
    assert [texts_of(card) for _, card, _ in found] == [[]] * 36
    assert {reason for _, _, reason in found} == {"invalid"}


def test_a_card_in_the_wrong_language_is_none(outcomes: list[tuple[Case, Card | None, str | None]]) -> None:
    found = of_kind(outcomes, "wrong_language_all_english")
    assert [(card, reason) for _, card, reason in found] == [(None, "language")] * 20


def test_no_card_says_what_its_paper_does_not_say(outcomes: list[tuple[Case, Card | None, str | None]]) -> None:
    """An abstract was read; that the paper gives no figures is not known."""
    found = of_kind(outcomes, "says_not_stated_or_refusal")
    said = [text for case, _, _ in found for text in case["card"].values() if ABSENT.search(text)]
    assert len(said) >= 13
    assert [text for _, card, _ in found for text in texts_of(card) if ABSENT.search(text)] == []


def test_a_field_in_another_language_is_left_out_of_a_card(outcomes: list[tuple[Case, Card | None, str | None]]) -> None:
    for case, card, _ in of_kind(outcomes, "mixed_language_field"):
        assert [text for text in case["card"].values() if not CHINESE.search(text)]
        assert all(CHINESE.search(text) for text in texts_of(card))


def test_characters_that_were_never_decoded_reach_no_card(outcomes: list[tuple[Case, Card | None, str | None]]) -> None:
    for case, card, _ in of_kind(outcomes, "very_long_field"):
        assert any("\\u" in text for text in case["card"].values())
        assert not any("\\u" in text for text in texts_of(card))


def test_broken_json_and_messages_in_place_of_an_answer_make_no_card(
    outcomes: list[tuple[Case, Card | None, str | None]],
) -> None:
    found = of_kind(outcomes, "invalid_json_output", "request_timeout")
    assert [(card, reason) for _, card, reason in found] == [(None, "invalid")] * 10


def test_an_account_without_money_ends_the_asking(outcomes: list[tuple[Case, Card | None, str | None]]) -> None:
    ((_, card, reason),) = of_kind(outcomes, "provider_402_insufficient_balance")
    assert (card, reason) == (None, "quota")


def test_what_remains_is_supported_by_the_abstract_or_marked(outcomes: list[tuple[Case, Card | None, str | None]]) -> None:
    for _, card, _ in outcomes:
        for _, claim in claims_at(card) if card else ():
            assert claim.status in ("supported", "partly")
