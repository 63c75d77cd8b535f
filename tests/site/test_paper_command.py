"""`digest paper ID`: a card in the terminal."""

from pathlib import Path

import pytest

from conftest import run_digest
from digest import config as configuration
from digest import digests
from digest.config import Config
from digest.models import NamedClaim, Usage
from fakes import claim, covered, digest, reading, sample_day


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "config.yaml").write_text("site: {language: en}\n", encoding="utf-8")
    return configuration.load(tmp_path / "config.yaml", {})


def shown(config: Config, paper_id: str) -> list[str]:
    done = run_digest("paper", paper_id, "--config", str(config.root / "config.yaml"))
    assert (done.status, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_it_says_what_was_read_in_the_words_of_the_posts_and_where(config: Config) -> None:
    full = covered(
        "2602.00001", reading=reading(source="html", version=2, sentences=90, url="https://arxiv.org/html/2602.00001v2")
    )
    digests.write(config.path("records"), digest(full, covered("2602.00002")))
    assert "Based on: the full text (HTML, v2), 90 sentences  https://arxiv.org/html/2602.00001v2" in shown(config, "2602.00001")
    assert any(line.startswith("Based on: the abstract only, ") for line in shown(config, "2602.00002"))


def test_how_to_use_a_work_has_the_labels_of_the_posts(config: Config) -> None:
    paper = sample_day("en").digest.papers[0]
    usage = Usage(
        inputs=(claim("A towel", 2),), procedure=(claim("Fold it", 3),), other=(NamedClaim(text="Wash it", evidence=(4,)),)
    )
    filled = paper.cards["en"]
    method = filled.method.model_copy(update={"usage": usage})
    cards = {"en": filled.model_copy(update={"method": method})}
    digests.write(config.path("records"), digest(paper.model_copy(update={"cards": cards})))
    assert [line for line in shown(config, paper.paper.id) if line in ("  Input", "  Procedure", "  Other")] == [
        "  Input",
        "  Procedure",
        "  Other",
    ]
