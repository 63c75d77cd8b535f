"""A blog of many days out of a few real ones, for the benchmarks of the site.

    python benchmarks/corpus.py SERVE.PY FOLDER [--days 1000] [--cards 8]

Recorded days are built with a card for every paper. Their papers are then dealt to as many days as wanted, each time
under a new arXiv id, so that every day has its own record, its own post and its own papers. Deals are seeded: the same
days and cards make the same blog.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

from night import environment, replay_server

from digest.config import Config, load
from digest.digests import days, overview, project, read, write
from digest.labels import load_labels
from digest.models import Counts, CoveredPaper, Digest, EditionCounts, Mention
from digest.posts import make_posts

RECORDED = ("2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20")
LAST = Date(2026, 2, 20)
ALSO = 10
CONFIG = """\
site: {language: en, title: A thousand days, url: "https://example.org/papers/"}
posts: {languages: [en]}
reading: {full_text: false}
selection:
  scan: 400
  pick: all
  interests:
  - {name: Agents, terms: [agent, tool use]}
  - {name: Reasoning, terms: [reasoning]}
  - {name: Multimodal, terms: [vision-language, multimodal, video]}
  - {name: Efficiency, terms: [quantization, sparse, efficient]}
  - {name: RL, terms: [reinforcement learning]}
"""


def recorded(serve: Path, folder: Path) -> list[Digest]:
    """The recorded days, with a card for every paper that they list."""
    (folder / "config.yaml").write_text(CONFIG)
    with replay_server(serve, RECORDED[-1], "--settled") as base:
        for day in RECORDED:
            command = [sys.executable, "-m", "digest", "build", "--no-site", "--quiet", "--date", day]
            environ = environment(base, RECORDED[-1]) | {"DIGEST_NOW": "2026-02-21T09:00:00Z"}
            subprocess.run(
                [*command, "--config", str(folder / "config.yaml")], env=environ, check=True, stdout=subprocess.DEVNULL
            )
    records = load(folder / "config.yaml").path("records")
    return [digest for day in days(records) if (digest := read(records, day))]


def make(folder: Path, real: Sequence[Digest], *, count: int, cards: int) -> Config:
    """Write a blog of `count` working days that end on LAST: config.yaml, content/records and content/posts."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.yaml").write_text(CONFIG)
    config = load(folder / "config.yaml")
    labels = load_labels("en", config.path("templates"))
    for number, day in enumerate(_working_days(count)):
        template = real[number % len(real)]
        dealt = random.Random(number).sample(template.papers, cards + ALSO)
        papers = [_renumbered(paper, day, place) for place, paper in enumerate(dealt, 1)]
        digest = _day(template, day, papers[:cards], papers[cards:])
        name, edition = next(iter(digest.editions.items()))
        told = {"en": overview(digest.papers, labels)}
        digest = digest.model_copy(update={"editions": {name: edition.model_copy(update={"overview": told})}})
        made = make_posts(project(config, digest), digest, config)
        write(config.path("records"), digest.model_copy(update={"posts": made.hashes}), made.files)
    return config


def _working_days(count: int) -> Iterator[Date]:
    found, day = [], LAST
    while len(found) < count:
        if day.weekday() < 5:
            found.append(day)
        day -= timedelta(days=1)
    return reversed(found)


def _renumbered(paper: CoveredPaper, day: Date, place: int) -> CoveredPaper:
    old, new = paper.paper.id, f"{day:%y%m}.{day.day * 100 + place:05}"
    text = paper.model_dump_json(by_alias=True).replace(old, new)
    covered = CoveredPaper.model_validate_json(text)
    return covered.model_copy(update={"assessment": covered.assessment.model_copy(update={"rank": place})})


def _day(template: Digest, day: Date, picked: Sequence[CoveredPaper], others: Sequence[CoveredPaper]) -> Digest:
    reason = {"en": "abstract matches an interest"}
    mentions = {c.paper.id: Mention.of(c.paper, "also", reason, None) for c in others}
    listed, shown = template.counts.listed, len(picked)
    counts = {"listed": listed, "scanned": shown + len(others), "picked": shown, "also": len(others)}
    name, edition = next(iter(template.editions.items()))
    ids = {"picked": tuple(c.paper.id for c in picked), "also": tuple(mentions), "excluded": (), "repeated": ()}
    dealt = edition.model_copy(update={"counts": EditionCounts(**counts, excluded=0), **ids})
    return template.model_copy(
        update={
            "date": day,
            "listed_on": day,
            "sources": tuple(source.model_copy(update={"date": day}) for source in template.sources),
            "counts": Counts(**counts, unique=listed, repeated=0, excluded=0, failed=0),
            "papers": tuple(picked),
            "mentions": mentions,
            "updated": (),
            "editions": {name: dealt},
        }
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("serve", type=Path, metavar="SERVE.PY")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--days", type=int, default=1000)
    parser.add_argument("--cards", type=int, default=8)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        real = recorded(arguments.serve, Path(scratch))
    shutil.rmtree(arguments.folder, ignore_errors=True)
    make(arguments.folder, real, count=arguments.days, cards=arguments.cards)
    posts = list(arguments.folder.glob("content/posts/*/*.md"))
    print(f"{len(posts)} posts, {sum(map(os.path.getsize, posts)) / len(posts) / 1000:.1f} kB each")


if __name__ == "__main__":
    main()
