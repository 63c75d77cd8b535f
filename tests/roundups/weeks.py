"""Weeks of records for tests of round-ups: a blog in a folder, days put into it, its round-ups read."""

from collections.abc import Sequence
from datetime import date as Date
from datetime import timedelta
from pathlib import Path
from typing import Any

from digest import digests
from digest.config import Config, parse
from digest.models import Card, CoveredPaper, Digest, Meta, Overview, Quote, Result, Signals, Support, TokenUsage, UpdatedPaper
from digest.posts import read
from digest.roundups import Period, roundup_path
from digest.roundups.periods import named_period
from digest.roundups.write import MadeRoundup, write_roundup
from fakes import card, claim, covered, digest, edition, reading, source

CONFIG = (
    "site: {url: 'https://papers.example.org/'}\n"
    "posts: {languages: [zh, en]}\n"
    "editions: [{name: daily-papers, tags: [Daily-Papers], signature: Curated by a robot 🤖}]\n"
)
TODAY = Date(2026, 3, 2)


def blog(folder: Path, text: str = CONFIG) -> Config:
    """A blog in two languages."""
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    return parse(text, path=folder / "config.yaml", environ={})


def period(name: str) -> Period:
    found = named_period(name)
    assert found
    return found


def pick(paper_id: str, *directions: str, stars: int = 2, upvotes: int | None = None, **fields: Any) -> CoveredPaper:
    """A paper with an extractive card that is about these directions."""
    name = fields.pop("name", None)
    tldr = claim(fields.pop("tldr", f"The method of {paper_id} helps"), 2)
    meta = Meta(tldr=tldr, short_name=name, tags=("Tag",), directions=directions)
    found = covered(paper_id, cards={"en": card(meta=meta)}, stars=stars, **fields)
    signals = Signals(upvotes=upvotes, listed_by=("huggingface/daily_papers",))
    return found.model_copy(update={"assessment": found.assessment.model_copy(update={"signals": signals})})


def model_card(*results: str, tldr: str = "The method helps", **parts: Any) -> Card:
    """A card by a model with these results, each resting on a sentence of its own."""
    said = tuple(Result(text=text, evidence=(n,)) for n, text in enumerate(results, 11))
    defaults = {
        "meta": Meta(tldr=claim(tldr, 1), short_name="STAPO", directions=("Agentic RL",)),
        "evidence": {"results": said},
        "filled_by": "model",
        "support": Support(claims=4, supported=4, removed=1),
    }
    return card(**{**defaults, **parts})


def version(number: int, made: Card, paper_id: str = "2602.15620", **fields: Any) -> CoveredPaper:
    """A version of a paper that a model read whole. The sentence n of version v is `Sentence n of v`."""
    quotes = {n: Quote(text=f"Sentence {n} of v{number}.") for n in range(1, 20)}
    defaults = {"stars": 3, "version": number, "reading": reading(source="html", version=number), "quotes": quotes}
    return covered(paper_id, cards={"en": made, "zh": made}, **{**defaults, **fields})


def day(config: Config, date: str, *papers: CoveredPaper, **fields: Any) -> Digest:
    """Put a day into a blog: announced, with these picks in its first edition, its posts written."""
    on = Date.fromisoformat(date)
    names = [next(iter(p.cards.values())).meta.short_name or p.paper.title for p in papers]
    told = {
        "zh": Overview(headline=f"精选 {len(papers)} 篇：{'、'.join(names)}"),
        "en": Overview(headline=f"{len(papers)} picked: {', '.join(names)}"),
    }
    editions = {"daily-papers": edition(*papers, overview=told if papers else {}, **fields.pop("edition", {}))}
    posts = {f"content/posts/{on.year}/{on}-daily-papers{suffix}.md": "0" * 64 for suffix in ("", ".en")}
    defaults = {"date": on, "editions": editions, "posts": posts, "sources": (source(date=on),)}
    record = digest(*papers, **{**defaults, **fields})
    digests.write(config.path("records"), record)
    return record


def without(config: Config, date: str, status: str = "quiet") -> None:
    """Put a day into a blog on which nothing was announced or read."""
    on = Date.fromisoformat(date)
    sources = (source(date=on, status=status, entries=0),)
    digests.write(config.path("records"), digest(date=on, status=status, editions={}, sources=sources))


def week(config: Config, name: str, directions: Sequence[str], *, days: int = 5, first: int = 0) -> None:
    """Fill a week: these directions, a paper each, spread over its first days."""
    dates = period(name).days[:days]
    for n, date in enumerate(dates):
        ids = range(first + n, first + len(directions), days)
        day(config, str(date), *(pick(f"{date:%y%m}.{date.day:02}{i:03}", directions[i - first]) for i in ids))


def updated(paper_id: str, old: int | None, new: int) -> UpdatedPaper:
    return UpdatedPaper.model_validate({"id": paper_id, "from": old, "to": new})


def edit(config: Config, date: str, text: str) -> Path:
    file = config.path("edits") / f"{date}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def make(config: Config, name: str, today: Date | None = None, **options: Any) -> MadeRoundup:
    """Write a round-up, the week after it is over unless told otherwise."""
    found = period(name)
    return write_roundup(config, found, today or found.last + timedelta(days=7), **options)


def text(config: Config, name: str, language: Any = "zh") -> str:
    return roundup_path(config, period(name), language).read_text(encoding="utf-8")


def made(config: Config, name: str, language: Any = "zh", **options: Any) -> str:
    """Write a round-up and give its Markdown in one language."""
    make(config, name, **options)
    return text(config, name, language)


def fields(markdown: str) -> dict[str, Any]:
    return read(markdown, "roundup.md")[0]


def section(markdown: str, title: str) -> str:
    """The part of a post under a heading."""
    return markdown.partition(f"\n## {title}\n")[2].partition("\n## ")[0].strip()


def realistic_week(config: Config) -> None:
    """2026-W08 and the weeks before it: every part of a round-up has something to tell."""
    for name, first in (("2026-W05", 100), ("2026-W06", 200)):
        week(config, name, ["Agentic RL"] * 3 + ["World Models"] * 8 + ["Reasoning"] * 9, first=first)
    week(config, "2026-W07", ["Agentic RL"] * 2 + ["World Models"] * 5 + ["Reasoning"] * 5, days=3, first=300)
    old = model_card(
        "Accuracy is 7.13% higher on average than with GRPO, 20-Entropy and JustRL",
        "Training stays stable for 400 steps on Qwen 1.7B",
        tldr="Masking the updates of about 0.01% of the tokens raises accuracy by 7.13%",
    )
    stapo = version(1, old, title="STAPO: Stabilizing Reinforcement Learning", reading=reading(source="html", version=1))
    usage = TokenUsage(calls=40, prompt_tokens=400_000, completion_tokens=50_000, cost=0.31, currency="USD")
    day(config, "2026-02-12", stapo, usage=usage)

    glm = pick(
        "2602.15763", "Agentic RL", stars=3, upvotes=120, name="GLM-5", title="GLM-5: from Vibe Coding to Agentic Engineering",
        tldr="We present GLM-5, a foundation model designed to transition vibe coding to agentic engineering",
        code="https://github.com/zai-org/GLM-5", github_stars=1049, as_of=Date(2026, 2, 18), organisation="Z.ai",
    )  # fmt: skip
    for n, date in enumerate(("2026-02-16", "2026-02-17", "2026-02-18", "2026-02-20")):
        ids = [f"2602.1{n}{place:03}" for place in range(4)]
        more = [
            pick(
                i,
                "Agentic RL" if place < 2 else "Reasoning",
                stars=3,
                upvotes=10 * n + place,
                organisation="Tsinghua University" if place == 3 else None,
            )
            for place, i in enumerate(ids)
        ]
        again: dict[str, Any] = {}
        if date == "2026-02-18":
            new = model_card(
                "Accuracy is 8.02% higher on average than with GRPO, 20-Entropy and JustRL",
                "The gain holds for Llama 70B",
                tldr="Masking the updates of rare tokens raises accuracy by 8.02%",
            )
            more, again = (
                [glm, *more[:3]],
                {"updated": (updated("2602.15620", 1, 2),), "recarded": (version(2, new, title=stapo.paper.title),)},
            )
        day(config, date, *more, usage=usage, provisional=date == "2026-02-20", **again)
    without(config, "2026-02-19", "stale")
    without(config, "2026-02-21")
    edit(config, "2026-02-17", 'correction: [{id: "2602.11001", text: {zh: 日前写错了数据集, en: The data set was *wrong*}}]\n')
