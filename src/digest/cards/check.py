"""A card against the sentences that it cites, claim by claim."""

from dataclasses import dataclass

from digest.cards.paths import map_claims
from digest.checking import Complaint, Ground, check_claim
from digest.checking.languages import speaks
from digest.models import Card, Claim, Language

FIELDS = ("name", "dataset", "metric", "value", "baseline")
"""What a claim may have beside its text; checked together with it."""


@dataclass(frozen=True)
class Refused:
    """A claim that its sentences do not bear out.

    Attributes:
        path: where it stands, `evidence.results[1]`.
        complaints: what is wrong with it.
        wrong_language: its text is not in the card's language.
    """

    path: str
    claim: Claim
    complaints: tuple[Complaint, ...] = ()
    wrong_language: bool = False


def check_card(card: Card, ground: Ground, language: Language | None = None) -> tuple[Card, tuple[Refused, ...]]:
    """The card with the status of every claim as the checks see it, and the claims that they refuse.

    A claim whose text holds loses those of its fields (name, dataset, …) that do not, instead of being refused for them.

    Args:
        language: what the claims should be in; None where that was settled before.
    """
    problems: list[Refused] = []

    def judged(path: str, claim: Claim) -> Claim:
        checked, problem = check_at(path, claim, ground, language)
        problems.extend([problem] if problem else [])
        return checked

    return map_claims(card, judged), tuple(problems)


def check_at(path: str, claim: Claim, ground: Ground, language: Language | None = None) -> tuple[Claim, Refused | None]:
    """One claim with its status, without the fields that do not hold; and what is wrong with it, if it is refused."""
    problem = _problem(path, claim, ground, language)
    bare = _without_fields(claim)
    if problem and bare != claim and not _problem(path, bare, ground, language):
        claim, problem = _refilled(bare, claim, ground), None
    status = "unsupported" if problem else check_claim(claim, ground).status
    return claim.model_copy(update={"status": status}), problem


def _problem(path: str, claim: Claim, ground: Ground, language: Language | None) -> Refused | None:
    verdict = check_claim(claim, ground)
    wrong_language = language is not None and not speaks(claim.text, language)
    if verdict.status != "unsupported" and not wrong_language:
        return None
    return Refused(path, claim, verdict.complaints, wrong_language)


def _without_fields(claim: Claim) -> Claim:
    return claim.model_copy(update={field: None for field in FIELDS if field in type(claim).model_fields})


def _refilled(bare: Claim, full: Claim, ground: Ground) -> Claim:
    """The claim with those of its fields that hold."""
    for field in FIELDS:
        value = getattr(full, field, None)
        if value is None:
            continue
        candidate = bare.model_copy(update={field: value})
        if check_claim(candidate, ground).status != "unsupported":
            bare = candidate
    return bare
