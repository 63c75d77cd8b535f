"""Train the weights of `digest.cards.roles` on CSAbstruct, or measure them by cross-validation.

    python benchmarks/train_roles.py train.jsonl                  # writes src/digest/cards/data/roles.json
    python benchmarks/train_roles.py train.jsonl --folds 5        # prints the slots' hit rates, writes nothing

A linear-chain CRF over named binary features, fitted by AdaGrad with an L1 penalty (which keeps the file small).
The order of the abstracts and of the features is fixed, so the same data give the same file.
"""

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from extractive import print_rates, read_rows, slot_rates

from digest.cards._chain import backward, emissions, forward, log_sum_exp, marginals
from digest.cards._cues import features
from digest.cards.roles import ROLES, WEIGHTS, RoleScores

EPOCHS, RATE, L1 = 10, 0.02, 0.04
RARE = 20
"""A feature in fewer sentences than this is left out: on 1,668 abstracts it only learns the annotators' noise."""
SCALE = 100
"""Weights are stored as whole hundredths."""

SIZE = range(len(ROLES))
Example = tuple[list[list[str]], list[int]]


class Fit:
    """Weights in training: the sum of squared gradients beside each weight, as AdaGrad needs."""

    def __init__(self) -> None:
        self.weights: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(ROLES))
        self.transitions = [[0.0] * len(ROLES) for _ in ROLES]
        self._seen: dict[str, list[float]] = defaultdict(lambda: [1e-6] * len(ROLES))
        self._pairs_seen = [[1e-6] * len(ROLES) for _ in ROLES]

    def learn(self, example: Example) -> None:
        """One step of stochastic gradient descent on one abstract."""
        rows, roles = example
        scores = emissions([set(row) for row in rows], self.weights, len(ROLES))
        ahead, behind = forward(scores, self.transitions), backward(scores, self.transitions)
        total = log_sum_exp(ahead[-1])
        self._learn_transitions(roles, scores, ahead, behind, total)
        for i, row in enumerate(rows):
            gradient = [math.exp(ahead[i][k] + behind[i][k] - total) - (roles[i] == k) for k in SIZE]
            for name in row:
                step(self.weights[name], self._seen[name], gradient, L1)

    def _learn_transitions(
        self,
        roles: list[int],
        scores: list[list[float]],
        ahead: list[list[float]],
        behind: list[list[float]],
        total: float,
    ) -> None:
        pair = [[0.0] * len(ROLES) for _ in ROLES]
        for i in range(1, len(roles)):
            for j in SIZE:
                for k in SIZE:
                    path = ahead[i - 1][j] + self.transitions[j][k] + scores[i][k] + behind[i][k]
                    pair[j][k] += math.exp(path - total) - ((roles[i - 1], roles[i]) == (j, k))
        for j in SIZE:
            step(self.transitions[j], self._pairs_seen[j], pair[j], 0.0)


def step(weights: list[float], seen: list[float], gradient: list[float], l1: float) -> None:
    """AdaGrad with a proximal L1 step (Duchi, Hazan and Singer, JMLR 2011), in place."""
    for k, slope in enumerate(gradient):
        if abs(slope) > 1e-3:
            seen[k] += slope * slope
            rate = RATE / math.sqrt(seen[k])
            moved = weights[k] - rate * slope
            weights[k] = math.copysign(max(0.0, abs(moved) - rate * l1), moved)


def fit(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The contents of the weights file, learnt from rows of `sentences` and `labels`."""
    found = [features(row["sentences"]) for row in rows]
    count = Counter(name for abstract in found for names in abstract for name in names)
    kept = {name for name, n in count.items() if n >= RARE}
    examples: list[Example] = [
        ([sorted(names & kept) for names in abstract], [ROLES.index(label) for label in row["labels"]])
        for abstract, row in zip(found, rows, strict=True)
    ]
    model, shuffled = Fit(), random.Random(1)
    for _ in range(EPOCHS):
        shuffled.shuffle(examples)
        for example in examples:
            model.learn(example)
    return rounded(model)


def rounded(model: Fit) -> dict[str, Any]:
    """Weights in hundredths, without the features that came out at nought."""
    whole = {name: [round(SCALE * x) for x in row] for name, row in sorted(model.weights.items())}
    return {
        "roles": list(ROLES),
        "scale": SCALE,
        "transitions": [[round(SCALE * x) for x in row] for row in model.transitions],
        "weights": {name: row for name, row in whole.items() if any(abs(x) > 2 for x in row)},
    }


def scorer(model: dict[str, Any]) -> Callable[[Sequence[str]], list[RoleScores]]:
    """`role_scores` with these weights instead of the packaged ones."""
    weights = {name: [x / SCALE for x in row] for name, row in model["weights"].items()}
    transitions = [[x / SCALE for x in row] for row in model["transitions"]]

    def scores(sentences: Sequence[str]) -> list[RoleScores]:
        rows = emissions(features(sentences), weights, len(ROLES))
        return [RoleScores(*row) for row in marginals(rows, transitions)]

    return scores


def cross_validate(rows: list[dict[str, Any]], folds: int) -> Iterable[tuple[dict[str, Any], list[RoleScores]]]:
    """Every row with the scores of a model that has not seen it."""
    for fold in range(folds):
        scores = scorer(fit([row for i, row in enumerate(rows) if i % folds != fold]))
        yield from ((row, scores(row["sentences"])) for row in rows[fold::folds])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path, help="CSAbstruct's train.jsonl, gzipped or not")
    parser.add_argument("--folds", type=int, help="cross-validate with so many folds instead of writing")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    rows = read_rows(arguments.train)
    if arguments.folds:
        print_rates(slot_rates(cross_validate(rows, arguments.folds)))
        return
    text = json.dumps(fit(rows), ensure_ascii=False, separators=(",", ":"))
    arguments.out.write_text(text.replace('],"', '],\n"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
