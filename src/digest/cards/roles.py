"""The rhetorical role of each sentence of an abstract, and the sentence that fits each part of a card best.

Two steps, kept apart. `role_scores` is a small statistical model of how abstracts are built (a linear-chain CRF
trained on CSAbstruct; `benchmarks/train_roles.py` writes its weights). `choose` puts sentences into a card's parts by
those scores and by rules for a reader: what stands under "Problem" must name one, a link to the code is no result.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
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
"""Candidates looked at for each of the four parts."""


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
    limitations: tuple[int, ...] = field(default=())


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
    fits = [_fit(*pair) for pair in zip(scores or role_scores(sentences), found, strict=True)]
    problem, contribution, method, evidence = parts = _assign(fits)
    spare = [i for i in range(len(sentences)) if i not in parts]
    lists = _lists(spare, fits, found)
    return Slots(problem, contribution, method, evidence, _tldr(contribution, found), *lists)


class Fit(NamedTuple):
    """How well one sentence would stand in each of the four parts; 0 where it must not."""

    problem: float
    contribution: float
    method: float
    evidence: float


def _fit(score: RoleScores, trait: Traits) -> Fit:
    """The model's opinion, corrected where a reader would object."""
    if trait.link or trait.boilerplate:
        return Fit(0.0, 0.0, 0.0, 0.0)
    return Fit(
        problem=0.0 if trait.proposes else score.background * (1.3 if trait.gap else 1.0),
        contribution=score.objective + (0.3 if trait.proposes else 0.0),
        method=score.method * (0.5 if trait.outcome else 1.0),
        evidence=score.result * (1.2 if trait.measured else 1.0),
    )


def _assign(fits: Sequence[Fit]) -> tuple[int | None, ...]:
    """The best different sentences for the four parts taken together."""
    columns = [_candidates([fit[part] for fit in fits]) for part in range(len(Fit._fields))]
    best, chosen = -1.0, (None,) * len(columns)
    for combination in product(*columns):
        used = [i for i in combination if i is not None]
        total = sum(fits[i][part] for part, i in enumerate(combination) if i is not None)
        if total > best and len(set(used)) == len(used):
            best, chosen = total, combination
    return chosen


def _candidates(column: Sequence[float]) -> list[int | None]:
    """The few sentences that fit a part best, and none at all."""
    order = sorted(range(len(column)), key=lambda i: -column[i])[:WIDTH]
    return [*(i for i in order if column[i] >= PLAUSIBLE), None]


def _tldr(contribution: int | None, found: Sequence[Traits]) -> int | None:
    """The first sentence that says what is proposed, else the contribution."""
    proposals = (i for i, trait in enumerate(found) if trait.proposes and not trait.link)
    return next(proposals, contribution)


def _lists(spare: Sequence[int], fits: Sequence[Fit], found: Sequence[Traits]) -> tuple[tuple[int, ...], ...]:
    """Background, contributions, methods, results and limitations among the sentences that no part has taken."""
    lists: list[list[int]] = [[], [], [], [], []]
    for i in spare:
        likeliest = max(range(len(Fit._fields)), key=lambda part: fits[i][part])
        if found[i].limitation:
            lists[-1].append(i)
        elif fits[i][likeliest] >= 0.4:
            lists[likeliest].append(i)
    return tuple(map(tuple, lists))


@cache
def _model() -> tuple[dict[str, list[float]], list[list[float]]]:
    """Weights of the features and of the transitions between roles."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    scale = stored["scale"]
    weights = {name: [x / scale for x in row] for name, row in stored["weights"].items()}
    return weights, [[x / scale for x in row] for row in stored["transitions"]]
