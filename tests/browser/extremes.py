"""A blog of days that strain a page: one paper and 120, nothing at all for three reasons, texts that are too long or hostile."""

from datetime import date as Date
from pathlib import Path
from typing import Any

from digest import config as configuration
from digest import digests, posts
from digest.config import Config
from digest.models import (
    Advice,
    Card,
    CardProvenance,
    Digest,
    Evidence,
    Language,
    Meta,
    Method,
    NamedClaim,
    Problem,
    Quote,
    Result,
    Support,
    Takeaways,
    TokenUsage,
    Trend,
)
from digest.roundups import named_period
from digest.roundups.write import write_roundup
from digest.site import build_site
from fakes import card, claim, covered, digest, edition, mention, overview, reading, sample_day, source

SITE_URL = "https://example.org/papers/"
CONFIG = f"""\
site:
  title: "Papers & <more>: the digest of a group with a rather long name"
  description: Days that strain a page
  url: {SITE_URL}
  author: The editors
  language: en
  feedback: "https://example.net/report?paper={{id}}&day={{date}}"
posts: {{languages: [en, zh]}}
roundups: [week]
editions:
  - {{name: daily-papers, layout: cards}}
  - {{name: insights, layout: insights, title: {{zh: 深读, en: In depth}}}}
  - {{name: arxiv-daily, layout: brief, title: arXiv AI Daily}}
  - {{name: hf-report, layout: report, title: Report}}
"""
LAYOUTS = {"daily-papers": "cards", "insights": "insights", "arxiv-daily": "brief", "hf-report": "report"}

CROWDED = "2026-02-10"
"""The day of 120 papers with a card each."""

HOSTILE = (
    'A <b>&amp;</b> "title" ]]> {{7*7}} | `x` 😀 <script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))'
)
LONG = "Towards " + " and ".join(f"a Unified View of Problem {n}" for n in range(1, 12))
UNBROKEN = "Supercalifragilisticexpialidocious_" * 8
FORMULA = "$" + " + ".join(f"\\frac{{x_{{{n}}}^2}}{{\\sqrt{{y_{{{n}}}}}}}" for n in range(40)) + "$"
CHINESE = "面向大规模语言模型强化学习训练稳定性的罕见虚假词元梯度屏蔽方法及其在数学推理任务上的系统性实证研究" * 3

NOTE = """\
---
title: "By hand: code, tables and formulas"
published: 2026-02-12
description: "What a person may write"
tags: [Notes, C++, 说明]
---

# A heading of the first level

Text with `inline_code_that_is_much_longer_than_a_line_of_a_small_telephone_could_ever_show()`, a [link](https://example.com/),
*stress*, **weight**, a footnote[^1], and a formula $p_t < \\tau_p$ in the line; then one on its own:

$$
\\sum_{i=1}^{n} \\frac{\\partial L}{\\partial \\theta_i} = \\int_0^1 f(x)\\,\\mathrm{d}x
+ a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + a_{10} + a_{11} + a_{12} + a_{13} + a_{14} + a_{15}
$$

```python
def a_function_whose_line_is_long(first_argument: int, second_argument: int, third_argument: int) -> dict[str, list[int]]:
    return {"sum": [first_argument + second_argument + third_argument]}  # 中文注释
```

| Left | Middle | Right | A column with a long name | Another one | And one more |
|:-----|:------:|------:|---------------------------|-------------|--------------|
| 1 | 2 | 3 | unbreakable_identifier_of_a_benchmark | 5 | 6 |
| `a` | **b** | $c$ | d | e | f |

## A list

1. One
   - nested, with https://example.com/a/very/long/address/that/goes/on/and/on/and/on/for/ever/and/ever.html
2. Two

> A quotation that a person took over.

---

<script>alert("by hand")</script>

[^1]: The note.
"""


def build(folder: Path) -> Config:
    """Write the blog into a folder and build its site."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    config = configuration.load(folder / "config.yaml", {})
    for record in records():
        made = posts.make_posts(digests.project(config, record), record, config)
        digests.write(config.path("records"), record, made.files)
    (config.path("posts") / "by-hand.md").write_text(NOTE, encoding="utf-8")
    period = named_period("2026-W07")
    assert period
    write_roundup(config, period, Date(2026, 2, 20))
    build_site(config)
    return config


def records() -> list[Digest]:
    """The days, oldest first; the newest could not be read, so that the home page has a notice."""
    sample = sample_day("en").digest
    quotes = {n: Quote(text=f"Sentence {n} of what was read.") for n in range(1, 141)}
    real = [paper.model_copy(update={"quotes": quotes}) for paper in sample.papers]
    return [
        _in_all_layouts(Date(2026, 2, 9), covered("2602.09001", title="The only one of its day")),
        digest(*(_one_of_many(n) for n in range(120)), date=Date.fromisoformat(CROWDED), listed_on=Date(2026, 2, 10)),
        _in_all_layouts(Date(2026, 2, 11), *real, also=list(sample.mentions.values())[:1]),
        _in_all_layouts(
            Date(2026, 2, 12), *_strained(), also=[mention("2602.12900", title=HOSTILE), mention("2602.12901", title=UNBROKEN)]
        ),
        digest(covered("2602.13001"), date=Date(2026, 2, 13), listed_on=Date(2026, 2, 13), provisional=True),
        _without_issue(Date(2026, 2, 14), "quiet"),
        _without_issue(Date(2026, 2, 16), "stale"),
        _without_issue(Date(2026, 2, 17), "failed"),
    ]


def _in_all_layouts(date: Date, *papers: Any, also: Any = ()) -> Digest:
    ids = tuple(m.id for m in also)
    trends = (Trend(name="Agentic RL", text=f"{len(papers)} papers", papers=(papers[0].paper.id,)),)
    told: dict[Language, Any] = {language: overview(*papers, trends=trends) for language in ("en", "zh")}
    editions = {name: edition(*papers, layout=layout, overview=told, also=ids) for name, layout in LAYOUTS.items()}
    usage = TokenUsage(calls=9, prompt_tokens=123456, completion_tokens=7890, cost=0.42, currency="USD")
    return digest(*papers, date=date, listed_on=date, editions=editions, also=also, usage=usage)


def _without_issue(date: Date, status: str) -> Digest:
    failure = {"error": "503 Service Unavailable"} if status == "failed" else {}
    listings = (source(date=date, status=status, entries=0, **failure), source("cs.LG", date=date, status=status, entries=0))
    return digest(date=date, listed_on=date, status=status, editions={}, sources=listings)


def _one_of_many(n: int) -> Any:
    words = ("Sparse", "Agentic", "Multimodal", "Diffusion", "Reasoning", "Long-Context", "Quantised", "Retrieval")
    directions = ("Agentic RL", "Efficient LLMs", "World Models", "Evaluation")
    told = claim(f"It raises the accuracy on benchmark {n} by {n / 7:.1f}% at half of the cost", 2)
    meta = Meta(tldr=told, short_name=f"Model-{n}", tags=(words[n % 8], words[n // 8 % 8]), directions=(directions[n % 4],))
    title = f"{words[n % 8]} {words[n // 8 % 8]} Learning, Part {n}"
    authors = ("Ada Lovelace", "Alan Turing", f"Author {n}")
    return covered(
        f"2602.1{n:04}", cards={"en": card(meta=meta)}, stars=3 if n < 4 else 2 if n < 40 else 1, title=title, authors=authors
    )


def _strained() -> list[Any]:
    crowd = tuple(f"Givenname{n} Familyname-{n}" for n in range(300))
    full: dict[Language, Card] = {"en": _card(LONG, FORMULA), "zh": _card(CHINESE, "$\\tau_p$ 低")}
    read = reading(source="html", version=2, sentences=212, tokens=9100, truncated=True)
    quotes = {
        n: Quote(text=f"{HOSTILE} {FORMULA} sentence {n}."[:300], section="4.2 Results", anchor=f"S4.p{n}") for n in range(1, 6)
    }
    return [
        covered("2602.12001", cards=full, title=HOSTILE, authors=crowd, stars=3, reading=read, quotes=quotes, organisation=LONG),
        covered(
            "2602.12002",
            cards=full,
            title=LONG[:300],
            stars=3,
            reading=read,
            quotes=quotes,
            code=f"https://github.com/a/{'b' * 90}",
        ),
        covered("2602.12003", cards={"en": card(meta=Meta(tldr=claim(FORMULA), short_name=UNBROKEN[:60]))}, title=UNBROKEN),
        covered(
            "cs/0112017", title=f"Scaling {FORMULA} at ~50% of the Cost: C_2", github_stars=123456, code="https://github.com/x/y"
        ),
    ]


def _card(words: str, formula: str) -> Card:
    """A card with every part, each of them too long."""
    long = claim(f"{words}, with {formula}", 1, 2, 3)
    named = NamedClaim(name=UNBROKEN[:80], text=words, evidence=(4,))
    result = Result(
        text=words, evidence=(5,), name=HOSTILE, dataset=UNBROKEN[:70], metric="accuracy", value="7.13%", baseline=words[:90]
    )
    return Card(
        meta=Meta(
            tldr=long,
            short_name="STAPO",
            title_translated=CHINESE,
            tags=("RL for LLMs", HOSTILE[:60], UNBROKEN[:70], "强化学习"),
            directions=("Agentic RL", "Alignment & Safety"),
            application_areas=(words[:120], UNBROKEN[:80]),
        ),
        problem=Problem(background=long, gaps=(long, long), core_idea=long, findings=(long,), contributions=(named, named)),
        method=Method(pipeline=(long, long), key_designs=(named,), cost=(long,)),
        evidence=Evidence(setup=(long,), baselines=(long,), results=(result,) * 3, ablations=(long,), limitations=(long,)),
        takeaways=Takeaways(
            insight=long, transfers=(Advice(text=words),), risks=(Advice(text=HOSTILE),), next_action=Advice(text=words)
        ),
        filled_by="model",
        support=Support(claims=20, supported=17, partly=3, removed=4),
        provenance=CardProvenance(provider="openai", model="a-model-with-a-long-name-2026-02-11", tokens=12345, cost=0.0123),
    )
