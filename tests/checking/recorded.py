"""Recorded abstracts as grounds, and the files of true claims about them."""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from digest.checking import Ground
from digest.reading import split_sentences
from recordings import UPSTREAM


@cache
def papers() -> dict[str, tuple[tuple[str, ...], Ground]]:
    """Sentences and ground of every recorded paper."""
    found = {}
    for file in sorted((UPSTREAM / "data" / "arxiv").glob("2026-02-*.jsonl.gz")):
        for line in gzip.decompress(file.read_bytes()).splitlines():
            paper = json.loads(line)
            sentences = tuple(split_sentences(paper["abstract"]))
            found[paper["id"]] = sentences, Ground.of_texts(sentences, paper["title"])
    return found


def claims_in(file: str) -> Iterator[tuple[str, tuple[int, ...], str]]:
    """Paper, cited sentences and text of each claim of a file beside this one, `PAPER|1,2|text` a line."""
    for line in Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            paper, evidence, text = line.split("|", 2)
            yield paper, tuple(map(int, evidence.split(","))), text
