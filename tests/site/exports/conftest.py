"""A paper as an export gets it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digest.config import Config
from digest.labels import load_labels
from digest.models import CoveredPaper
from digest.site.exports import DigestExport, PaperExport, keys
from fakes import covered, day

Exported = Callable[..., PaperExport]
Shown = Callable[..., DigestExport]


@pytest.fixture
def exported() -> Exported:
    """Make an export of a paper: `exported(title="…")`, or of a covered paper."""

    def make(paper: CoveredPaper | None = None, /, key: str = "lovelace2026title", **fields: Any) -> PaperExport:
        shown = paper or covered(**fields)
        return PaperExport(day(shown), shown, key, Config(), load_labels("en"))

    return make


@pytest.fixture
def shown() -> Shown:
    """Make an export of a digest of these papers, in the first edition and in English."""

    def make(*papers: CoveredPaper, post: str = "", **fields: Any) -> DigestExport:
        whole = day(*papers, **fields)
        found = keys((whole.date, paper) for paper in papers)
        urls = {"zh": "https://example.org/papers/2026-02-18/", "en": "https://example.org/papers/2026-02-18.en/"}
        return DigestExport(whole, "daily-papers", found, post, urls, Config(), load_labels("en"))

    return make


@pytest.fixture
def documented() -> Callable[[str], set[str]]:
    """The keys of a JSON document, `paper` or `digest`, as docs/exports.md lists them."""
    text = (Path(__file__).parents[3] / "docs/exports.md").read_text(encoding="utf-8")

    def keys_of(kind: str) -> set[str]:
        part = text.split(f"### `{kind}`", 1)[1].split("\n#", 1)[0]
        return {key for row in re.findall(r"^\| (`.*?) \|", part, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)}

    return keys_of
