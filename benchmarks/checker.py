"""How good the checker of claims is: the table of docs/trust.md.

    python benchmarks/checker.py FOLDER [FOLDER …]

Below the folders stand abstracts: `*.jsonl.gz` with rows of arXiv's metadata, `*.json` with Daily Papers lists. The
papers that `tests/data/claims` cites must be among them. What is measured stands in `digest.evaluation`.
"""

import sys
from pathlib import Path

from digest.evaluation import Measurement, Share, measure, of_abstracts, of_files, read_abstracts

CLAIMS = Path(__file__).resolve().parents[1] / "tests" / "data" / "claims"
DAYS = ("2026-02-18.jsonl.gz", "2026-02-19.jsonl.gz")
"""Whose sentences are claims by themselves."""
WANTED = {"numbers": ("**numbers changed**", "≥ 99 %"), "names": ("**names swapped**", "≥ 90 %")}
ROWS = (
    "numbers", "names", "version", "acronym", "first", "state of the art", "open source", "moved", "negation", "direction",
    "numbers exchanged",
)  # fmt: skip


def main(folders: list[str]) -> None:
    """Measure and print."""
    paths = sorted(path for folder in folders for path in Path(folder).iterdir() if path.name.endswith((".jsonl.gz", ".json")))
    shelf, days = read_abstracts(paths), read_abstracts([path for path in paths if path.name in DAYS])
    extracted = measure(of_abstracts(days), days)
    written = measure(of_files(sorted(CLAIMS.glob("*.jsonl")), shelf), shelf)
    print(f"{len(extracted.true):,} claims of extractive cards about {len(days.documents)} papers\n")
    for line in table(extracted, written):
        print(line)


def table(extracted: Measurement, written: Measurement) -> list[str]:
    """The rows in Markdown."""
    alarms = (extracted.false_alarms(), written.false_alarms("zh"), written.false_alarms("en"))
    lines = ["| | wanted | abstracts | written, Chinese | written, English |", "|---|---|---|---|---|"]
    lines.append(_row("**true claims flagged**", "≤ 3 %", alarms))
    for group in ROWS:
        shares = (extracted.caught(group), written.caught(group, language="zh"), written.caught(group, language="en"))
        lines.append(_row(*WANTED.get(group, (group, "")), shares))
    return lines


def _row(name: str, wanted: str, shares: tuple[Share, ...]) -> str:
    return f"| {name} | {wanted} | {' | '.join(map(_cell, shares))} |"


def _cell(share: Share) -> str:
    if share.value is None:
        return "–"
    low, high = share.interval
    return f"{share.hits} of {share.of}: {100 * share.value:.1f} % [{100 * low:.1f}–{100 * high:.1f}]"


if __name__ == "__main__":
    main(sys.argv[1:])
