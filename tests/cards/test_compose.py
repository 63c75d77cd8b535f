"""An answer becomes a card: capped, cleaned, each field in its part."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.scripted import PAPER, answer, card_answer, said
from digest.cards import claims_of
from digest.cards.answers import C, CardAnswer, N, R
from digest.cards.compose import ADVICE, CLAIM, MOST, NAME, TAG, TLDR, compose
from digest.cards.paths import claims_at, map_claims
from digest.models import Card, CardProvenance, Claim, NamedClaim, Result

PROVENANCE = CardProvenance(provider="openai")
ONCE = ("background", "core_idea", "insight")
NAMED = ("contributions", "key_designs", "other")


def card_of(**fields: Any) -> Card:
    return compose(card_answer(**fields), "en", PROVENANCE)


def filled() -> Card:
    """A card with something in every field."""
    fields: dict[str, Any] = {name: [said(f"{name} is so", 1)] for name in MOST}
    fields |= {name: [said(f"{name} is so", 1, name=name)] for name in NAMED}
    fields["results"] = [said("a result", 1, dataset="D", metric="M", value="1", baseline="B")]
    return card_of(**fields, transfers=["Try it"], risks=["Take care"], next_action="Read it", tags=["Tag"], short_name="It")


def test_every_field_of_an_answer_lands_in_the_card() -> None:
    card = filled()
    assert {claim.text for claim in claims_of(card)} >= {f"{name} is so" for name in MOST if name != "results"}
    assert card.evidence.results == (Result(text="a result", evidence=(1,), dataset="D", metric="M", value="1", baseline="B"),)
    assert card.problem.contributions == (NamedClaim(text="contributions is so", evidence=(1,), name="contributions"),)
    assert [advice.text for advice in (*card.takeaways.transfers, *card.takeaways.risks)] == ["Try it", "Take care"]
    assert card.takeaways.next_action and card.takeaways.next_action.text == "Read it"
    assert (card.meta.tags, card.meta.short_name) == (("Tag",), "It")


def test_a_model_has_no_place_for_what_it_must_not_supply() -> None:
    names = {name for shape in (CardAnswer, C, N, R) for name in shape.model_fields}
    assert not names & set("url link links authors date stars rating rank upvotes code venue status id".split())


def test_keys_that_nobody_asked_for_never_reach_a_card() -> None:
    card = card_of(html="<script>", tldr={**said("It helps", 1), "status": "edited", "link": "https://example.org"})
    assert card.meta.tldr == Claim(text="It helps", evidence=(1,))


@pytest.mark.parametrize("field", list(MOST))
def test_no_field_has_more_claims_than_its_cap(field: str) -> None:
    card = card_of(**{field: [said(f"claim number {n} of many", 1) for n in range(200)]})
    texts = [claim.text for claim in claims_of(card)][1:]
    assert texts == [f"claim number {n} of many" for n in range(MOST[field])]


def test_long_texts_and_long_lists_are_cut() -> None:
    long = " ".join(f"word{n}" for n in range(150))
    card = card_of(
        tldr=said(long[:600], *range(1, 60)),
        gaps=[said(long, 1), said("x" * 30_000, 1)],
        contributions=[said("It is new", 1, name="n" * 200)],
        tags=["t" * 200, *(f"tag {n}" for n in range(200))],
        transfers=[long[:600], *(f"more {n}" for n in range(50))],
    )
    assert card.meta.tldr and len(card.meta.tldr.text) <= TLDR and len(card.meta.tldr.evidence) == 6
    [gap] = card.problem.gaps
    assert len(gap.text) <= CLAIM and gap.text.endswith("…")
    assert card.problem.contributions[0].name is None
    assert card.meta.tags == tuple(f"tag {n}" for n in range(6))
    assert all(len(advice.text) <= ADVICE for advice in card.takeaways.transfers)


def test_placeholders_are_nothing() -> None:
    nothing = [said("N/A", 1), said("not mentioned", 1), said("", 1)]
    card = card_of(gaps=nothing, results=nothing, risks=["None"], next_action="n/a", short_name="N/A", tags=["unknown"])
    assert [claim.text for claim in claims_of(card)] == [card.meta.tldr.text if card.meta.tldr else ""]
    assert (card.takeaways.risks, card.takeaways.next_action, card.meta.short_name, card.meta.tags) == ((), None, None, ())


def test_markup_stays_the_text_that_it_is() -> None:
    hostile = "<script>alert(1)</script> [x](javascript:y) ![i](https://e.test/p) | --- {{7*7}}"
    assert card_of(gaps=[said(hostile, 1)]).problem.gaps[0].text == hostile


_claim = st.fixed_dictionaries({"text": st.text(max_size=60), "evidence": st.lists(st.integers())})
_fields = st.fixed_dictionaries(dict.fromkeys(("gaps", "core_idea", "pipeline", "results"), st.lists(_claim)))


@given(_fields, st.text(), st.lists(st.text()))
def test_any_valid_answer_makes_a_valid_card(claims: dict[str, Any], text: str, labels: list[str]) -> None:
    wild = answer(**claims, short_name=text, tags=labels, application_areas=labels, next_action=text, title_translated=text)
    card = compose(CardAnswer.model_validate(wild), "en", PROVENANCE)
    assert Card.model_validate_json(card.model_dump_json()) == card
    assert all("\n" not in claim.text for claim in claims_of(card))
    assert all(len(tag) <= TAG for tag in card.meta.tags) and len(card.meta.short_name or "") <= NAME


# --- places --------------------------------------------------------------------------------------


def test_claims_have_the_paths_that_an_editor_uses() -> None:
    paths = [path for path, _ in claims_at(filled())]
    assert {"meta.tldr", "problem.core_idea", "evidence.results[0]", "method.usage.other[0]", "takeaways.insight"} <= set(paths)
    assert len(paths) == len(set(paths)) == len(list(claims_of(filled())))


def test_claims_are_replaced_and_removed_by_their_paths() -> None:
    card = card_of(gaps=[said(f"gap {n}", 1) for n in range(3)])
    gone = {"problem.gaps[0]", "meta.tldr"}
    changed = map_claims(card, lambda path, claim: None if path in gone else claim.model_copy(update={"text": path}))
    assert changed.meta.tldr is None
    assert [claim.text for claim in changed.problem.gaps] == ["problem.gaps[1]", "problem.gaps[2]"]


def test_an_answer_survives_json() -> None:
    assert CardAnswer.model_validate_json(json.dumps(answer())).paper == PAPER
