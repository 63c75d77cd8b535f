"""How often cards without a model take the right sentence, how good the TL;DR is, and what a paper costs.

    python benchmarks/extractive.py --roles dev.jsonl --tldr dev.jsonl

`--roles` is a file of CSAbstruct, `--tldr` one of SciTLDR; docs/extractive.md says where both are found.
"""

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from digest.cards.roles import RoleScores, Slots, choose, role_scores

PARTS = {"problem": "background", "contribution": "objective", "method": "method", "evidence": "result"}
"""A card's part, and the label that its sentence should carry."""

Row = dict[str, Any]


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSON lines file, gzipped or not."""
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def slot_rates(scored: Iterable[tuple[Row, Sequence[RoleScores]]]) -> dict[str, float]:
    """Per part: among abstracts with a sentence of its label, the share whose chosen sentence carries it.

    An empty part counts as a miss.
    """
    asked, hit = Counter[str](), Counter[str]()
    for row, scores in scored:
        slots = choose(row["sentences"], scores)
        for part, label in PARTS.items():
            if label in row["labels"]:
                index: int | None = getattr(slots, part)
                asked[part] += 1
                hit[part] += index is not None and row["labels"][index] == label
    return {part: hit[part] / asked[part] for part in PARTS}


def role_accuracy(rows: Sequence[Row]) -> dict[str, float]:
    """`slot_rates` of the packaged weights."""
    return slot_rates((row, role_scores(row["sentences"])) for row in rows)


def proposals(rows: Sequence[Row]) -> float:
    """The contribution, judged less narrowly: the share whose sentence is labelled objective or method.

    Over the same abstracts as `slot_rates`. CSAbstruct labels "we propose X" method more often than objective.
    """
    asked = [row for row in rows if "objective" in row["labels"]]
    chosen = [(row, choose(row["sentences"]).contribution) for row in asked]
    return sum(i is not None and row["labels"][i] in ("objective", "method") for row, i in chosen) / len(asked)


def rouge_1(candidate: str, reference: str) -> float:
    """ROUGE-1 F1 in per cent over lower-cased word tokens, without stemming (Lin 2004)."""
    left, right = (Counter(re.findall(r"[a-z0-9]+", text.lower())) for text in (candidate, reference))
    shared = (left & right).total()
    return 200 * shared / (left.total() + right.total()) if shared else 0.0


def tldr_rouge(rows: Sequence[Row]) -> float:
    """Mean over papers of the best ROUGE-1 F1 against any gold TL;DR; an empty TL;DR scores 0."""
    return sum(_best_rouge(row, choose(row["source"])) for row in rows) / len(rows)


def _best_rouge(row: Row, slots: Slots) -> float:
    text = row["source"][slots.tldr] if slots.tldr is not None else ""
    return max(rouge_1(text, gold) for gold in row["target"])


def milliseconds(abstracts: Sequence[Sequence[str]]) -> float:
    """Mean time to choose a paper's sentences, weights already loaded."""
    choose(abstracts[0])
    start = time.perf_counter()
    for sentences in abstracts:
        choose(sentences)
    return 1000 * (time.perf_counter() - start) / len(abstracts)


def print_rates(rates: dict[str, float]) -> None:
    for part, rate in rates.items():
        print(f"{part:<13} {rate:6.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--roles", type=Path, help="CSAbstruct: dev.jsonl or another of its files")
    parser.add_argument("--tldr", type=Path, help="SciTLDR, SciTLDR-A: dev.jsonl or another of its files")
    arguments = parser.parse_args()
    if arguments.roles:
        rows = read_rows(arguments.roles)
        print_rates(role_accuracy(rows) | {"  or method": proposals(rows)})
        print(f"{'ms a paper':<13} {milliseconds([row['sentences'] for row in rows]):6.2f}")
    if arguments.tldr:
        print(f"{'TL;DR ROUGE-1':<13} {tldr_rouge(read_rows(arguments.tldr)):6.1f}")


if __name__ == "__main__":
    main()
