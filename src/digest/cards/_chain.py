"""A linear-chain conditional random field: the probability of each role of each sentence, given all sentences.

Lafferty, McCallum and Pereira, "Conditional Random Fields" (ICML 2001). A row is one sentence, a column one role; all
scores are logarithms. `forward` and `backward` are apart because training needs both.
"""

from collections.abc import Mapping, Sequence
from math import exp, log

Row = Sequence[float]


def log_sum_exp(row: Row) -> float:
    """The logarithm of the sum of the exponentials, safe from overflow."""
    top = max(row)
    return top + log(sum(exp(x - top) for x in row))


def add(left: Row, right: Row) -> list[float]:
    """Two rows, element by element."""
    return [x + y for x, y in zip(left, right, strict=True)]


def emissions(features: Sequence[set[str]], weights: Mapping[str, Row], size: int) -> list[list[float]]:
    """Each sentence's score for each of `size` roles: the sum of its features' weights."""
    rows = [[weights[name] for name in names if name in weights] for names in features]
    return [[sum(column) for column in zip(*row, strict=True)] if row else [0.0] * size for row in rows]


def forward(scores: Sequence[Row], transitions: Sequence[Row]) -> list[list[float]]:
    """Score of all paths that end in each role of each sentence."""
    columns = list(zip(*transitions, strict=True))
    rows = [list(scores[0])]
    for score in scores[1:]:
        rows.append(add(score, [log_sum_exp(add(rows[-1], column)) for column in columns]))
    return rows


def backward(scores: Sequence[Row], transitions: Sequence[Row]) -> list[list[float]]:
    """Score of all paths that go on from each role of each sentence."""
    rows = [[0.0] * len(transitions)]
    for score in reversed(scores[1:]):
        onward = add(score, rows[-1])
        rows.append([log_sum_exp(add(row, onward)) for row in transitions])
    return rows[::-1]


def marginals(scores: Sequence[Row], transitions: Sequence[Row]) -> list[list[float]]:
    """The probability of each role of each sentence; every row sums to 1."""
    if not scores:
        return []
    ahead, behind = forward(scores, transitions), backward(scores, transitions)
    total = log_sum_exp(ahead[-1])
    return [[exp(x - total) for x in add(*pair)] for pair in zip(ahead, behind, strict=True)]
