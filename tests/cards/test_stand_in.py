"""Cards through the real wire, by the stand-in model: it proves the protocol, its prose proves nothing."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cards.scripted import document, prompts
from digest.cards import claims_of, fill_card, translate_card
from digest.clock import Clock
from digest.config import ModelConfig
from digest.llm import Model, ModelError, open_models
from digest.models import Card, Document, Language, TokenUsage
from digest.store import Cache
from recordings import NEEDED, replaying

NUMBERLESS = ("The policy predicts how the wet cloth sticks to itself.", "The robot then plans a fold by message passing.")

pytestmark = NEEDED

Fill = Callable[..., Card]


@pytest.fixture(scope="module")
def upstream() -> Iterator[str]:
    with replaying() as address:
        yield address


@pytest.fixture
def ask_with(upstream: str, tmp_path: Path) -> Iterator[Callable[[str | None, int], Model]]:
    """A model in one of the stand-in's flavours, for so many calls."""
    clock = Clock(now=datetime(2026, 2, 18, 9, tzinfo=UTC), sleep=lambda seconds: None)
    settings = ModelConfig(provider="openai", base_url=f"{upstream}/v1", name="stand-in")
    with Cache(tmp_path / "state") as cache, open_models(settings, {"OPENAI_API_KEY": "key"}, cache, clock) as models:

        def flavoured(flavour: str | None, times: int = 100) -> Model:
            rules = [{"path": "chat", "llm": flavour, "times": times}] if flavour else []
            request = urllib.request.Request(f"{upstream}/_faults", data=json.dumps(rules).encode())
            urllib.request.urlopen(request).close()
            return models.on(date(2026, 2, 18), TokenUsage())

        yield flavoured


def filled(model: Model, language: Language, paper: Document | None = None) -> Card:
    return fill_card(paper or document(), model, prompts(language)).card


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("flavour", [None, "fenced", "extra-keys", "no-usage", "reject-schema"])
def test_a_card_comes_out_of_every_rung(ask_with: Any, flavour: str | None, language: Language) -> None:
    card = filled(ask_with(flavour), language)
    assert card.meta.tldr
    assert card.evidence.results
    assert card.support.claims > 10
    assert "unexpected" not in card.model_dump_json()


def test_numbers_that_no_sentence_has_never_stay(ask_with: Any) -> None:
    try:
        card = filled(ask_with("wrong-numbers"), "en")
    except ModelError as error:
        assert error.reason == "unsupported"
    else:
        assert card.support.removed > 0
        assert "97.31" not in card.model_dump_json()


def test_wrong_numbers_in_the_first_answer_are_mended(ask_with: Any) -> None:
    card = filled(ask_with("wrong-numbers", 1), "en")
    assert card.support.claims > 10
    assert "97.31" not in card.model_dump_json()


@pytest.mark.parametrize(
    ("flavour", "language", "reason"),
    [
        ("wrong-language", "zh", "language"),
        ("wrong-language", "en", "language"),
        ("chinese", "en", "language"),
        ("invented-ids", "en", "mismatch"),
        ("sparse", "en", "unsupported"),
        ("refusal", "zh", "refused"),
        ("not-json", "en", "invalid"),
    ],
)
def test_an_answer_that_is_no_card_fails_with_its_reason(ask_with: Any, flavour: str, language: Language, reason: str) -> None:
    with pytest.raises(ModelError) as failed:
        filled(ask_with(flavour), language)
    assert failed.value.reason == reason
    assert failed.value.usage.calls > 0


def test_a_wrong_language_is_asked_for_again_once(ask_with: Any) -> None:
    assert filled(ask_with("wrong-language", 1), "zh").support.claims > 0


def test_injected_links_and_scripts_are_refused_for_what_no_sentence_says(ask_with: Any) -> None:
    with pytest.raises(ModelError) as failed:
        filled(ask_with("injected"), "en", document(*NUMBERLESS))
    assert failed.value.reason == "unsupported"


@pytest.mark.parametrize(("language", "other"), [("zh", "en"), ("en", "zh")])
def test_a_translated_card_has_claims_of_the_first_with_their_evidence(
    ask_with: Any, language: Language, other: Language
) -> None:
    model = ask_with(None)
    card = filled(model, language)
    translated = translate_card(card, document(), model, prompts(other)).card
    assert {claim.evidence for claim in claims_of(translated)} <= {claim.evidence for claim in claims_of(card)}
    assert translated.support.claims + translated.support.removed == card.support.claims + card.support.removed
