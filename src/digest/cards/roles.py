"""The rhetorical role of each sentence of an abstract, and the sentence that fits each part of a card best.

Two steps, kept apart. `role_scores` is a small statistical model of how abstracts are built (a linear-chain CRF
trained on CSAbstruct; `benchmarks/train_roles.py` writes its weights). `choose` puts sentences into a card's parts by
those scores and by rules for a reader: what stands under "Problem" must name one, a link to the code is no result.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from digest.cards._chain import emissions, marginals
from digest.cards._cues import Traits, features, traits

ROLES = ("background", "objective", "method", "result", "other")
"""The labels of CSAbstruct (Cohan et al., EMNLP 2019), in the order of the weights."""

WEIGHTS = Path(__file__).with_name("data") / "roles.json"

PLAUSIBLE = 0.06
"""A sentence that scores less for a part is no candidate: the part stays empty."""
WIDTH = 4
"""Candidates looked at for each part. With four parts, the best four of each always hold the best joint choice."""


class RoleScores(NamedTuple):
    """Probabilities that sum to 1."""

    background: float
    objective: float
    method: float
    result: float
    other: float


@dataclass(frozen=True)
class Slots:
    """Indices into the abstract's sentences; None or empty where nothing plausible is there.

    The four parts `problem`, `contribution`, `method` and `evidence` are different sentences. `tldr` may equal one of
    them. The lists hold further sentences in the abstract's order, none of them in a part or in another list.
    """

    problem: int | None = None
    contribution: int | None = None
    method: int | None = None
    evidence: int | None = None
    tldr: int | None = None
    background: tuple[int, ...] = ()
    contributions: tuple[int, ...] = ()
    methods: tuple[int, ...] = ()
    results: tuple[int, ...] = ()
    limitations: tuple[int, ...] = ()


def role_scores(sentences: Sequence[str]) -> list[RoleScores]:
    """How probable each role is for each sentence, in view of the whole abstract.

    Args:
        sentences: one abstract, in order.

    Returns:
        As many scores as sentences.
    """
    weights, transitions = _model()
    rows = marginals(emissions(features(sentences), weights, len(ROLES)), transitions)
    return [RoleScores(*row) for row in rows]


def choose(sentences: Sequence[str], scores: Sequence[RoleScores] | None = None) -> Slots:
    """The sentences of an abstract that fit a card's parts.

    Args:
        sentences: one abstract, in order.
        scores: of these sentences; `role_scores` when left out.
    """
    found = traits(sentences)
    scores = role_scores(sentences) if scores is None else scores
    parts = _assign(_fits(scores, found))
    spare = [i for i in range(len(sentences)) if i not in parts and not (found[i].link or found[i].boilerplate)]
    limitations = tuple(i for i in spare if found[i].limitation)
    of_role = _further([i for i in spare if i not in limitations], scores, found)
    return Slots(
        *parts,
        tldr=_tldr(parts.contribution, found),
        background=of_role["background"],
        contributions=of_role["objective"],
        methods=of_role["method"],
        results=of_role["result"],
        limitations=limitations,
    )


class Fit(NamedTuple):
    """How well one sentence would stand in each of the four parts; 0 where it must not."""

    problem: float
    contribution: float
    method: float
    evidence: float


class Parts(NamedTuple):
    """The sentence of each of the four parts."""

    problem: int | None
    contribution: int | None
    method: int | None
    evidence: int | None


def _fit(score: RoleScores, trait: Traits, after_proposal: bool) -> Fit:
    """The model's opinion, corrected where a reader would object. The factors were set by cross-validation."""
    if trait.link or trait.boilerplate:
        return Fit(0.0, 0.0, 0.0, 0.0)
    # CSAbstruct calls many a "We present X" background, because it stands first. To a reader it is no problem.
    states_problem = (0.1 if trait.proposes else 0.5 if trait.itself else 1.0) * (1.5 if trait.gap else 1.0)
    others_fail = trait.gap and not trait.itself and not after_proposal
    states_method = 0.3 if trait.measured else 0.4 if others_fail else 0.6 if trait.outcome else 1.0
    # Annotators call a proposal objective or method. Objective is the rarer label: unweighted, method would take them all.
    proposal = 4 * score.objective + score.method + (0.5 if trait.proposes else 0.0)
    return Fit(
        problem=score.background * states_problem * (0.5 if after_proposal and not trait.gap else 1.0),
        contribution=proposal * (1.0 if trait.itself else 0.7),
        method=score.method * states_method,
        evidence=score.result * (1.5 if trait.measured and score.result > 0.5 else 0.7 if trait.moral else 1.0),
    )


def _fits(scores: Sequence[RoleScores], found: Sequence[Traits]) -> list[Fit]:
    """Every sentence's fit."""
    first = next((i for i, trait in enumerate(found) if trait.proposes), len(found))
    return [_fit(score, trait, i > first) for i, (score, trait) in enumerate(zip(scores, found, strict=True))]


def _assign(fits: Sequence[Fit]) -> Parts:
    """The best different sentences for the four parts taken together."""
    columns = [_candidates([fit[part] for fit in fits]) for part in range(len(Fit._fields))]
    favourites = Parts(*(column[0] for column in columns))
    if len(set(favourites)) == len(favourites):
        return favourites
    best, chosen = -1.0, favourites
    for combination in product(*columns):
        used = [i for i in combination if i is not None]
        total = sum(fits[i][part] for part, i in enumerate(combination) if i is not None)
        if total > best and len(set(used)) == len(used):
            best, chosen = total, Parts(*combination)
    return chosen


def _candidates(column: Sequence[float]) -> list[int | None]:
    """The few sentences that fit a part best, and none at all."""
    order = sorted(range(len(column)), key=lambda i: -column[i])[:WIDTH]
    return [*(i for i in order if column[i] >= PLAUSIBLE), None]


def _tldr(contribution: int | None, found: Sequence[Traits]) -> int | None:
    """The first sentence that introduces something, else the first that speaks of the paper, else the contribution."""
    own = [i for i, trait in enumerate(found) if trait.itself and not trait.link]
    return next((i for i in own if found[i].introduces), next(iter(own), contribution))


def _further(spare: Sequence[int], scores: Sequence[RoleScores], found: Sequence[Traits]) -> dict[str, tuple[int, ...]]:
    """The sentences that no part has taken, by role. Before the paper first speaks of itself, all is background."""
    start = next((i for i, trait in enumerate(found) if trait.itself), 0)
    role = {i: _plain_role(scores[i], found[i]) if i >= start else "background" for i in spare}
    return {name: tuple(i for i in spare if role[i] == name) for name in ROLES}


def _plain_role(score: RoleScores, trait: Traits) -> str:
    """The likeliest role, unless the wording settles it."""
    if trait.proposes:
        return "objective"
    return "result" if trait.measured and not trait.gap else ROLES[score.index(max(score))]


@cache
def _model() -> tuple[dict[str, list[float]], list[list[float]]]:
    """Weights of the features and of the transitions between roles."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    scale = stored["scale"]
    weights = {name: [x / scale for x in row] for name, row in stored["weights"].items()}
    return weights, [[x / scale for x in row] for row in stored["transitions"]]
