"""Values for tests: papers, cards, records and days with sensible defaults; a keyword replaces a default.

    covered("2602.15763", title="GLM-5", stars=3)       a paper with an extractive card, and the quotes it cites
    digest(covered(...), also=[mention(...)])           a record with one edition that picks these papers
    day(covered(...), intro={"zh": "…"})                the same, as it is shown
    sample_day("zh")                                    a realistic day, for golden files and a reader's eye

Nothing here reads a file, the time or the network.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from datetime import date as Date
from typing import Any

from digest.digests.edits import Correction, Day
from digest.models import (
    Advice,
    Assessment,
    Card,
    CardProvenance,
    Claim,
    Counts,
    CoveredPaper,
    Digest,
    Edition,
    EditionCounts,
    Evidence,
    Highlight,
    Language,
    Links,
    Mention,
    Meta,
    Method,
    NamedClaim,
    Overview,
    Paper,
    Problem,
    Provenance,
    Quote,
    Reading,
    Result,
    Signals,
    SourceStatus,
    Support,
    Takeaways,
    Trend,
)

DATE = Date(2026, 2, 18)
ID = "2602.15763"


def paper(paper_id: str = ID, **fields: Any) -> Paper:
    """A paper, in version 1, with an abs and a pdf link; `code=` sets the code link."""
    code = fields.pop("code", None)
    links = Links(abs=f"https://arxiv.org/abs/{paper_id}", pdf=f"https://arxiv.org/pdf/{paper_id}", code=code)
    defaults: dict[str, Any] = {
        "version": 1,
        "title": f"A Title of {paper_id}",
        "authors": ("Ada Lovelace", "Alan Turing"),
        "categories": ("cs.LG", "cs.CL"),
        "primary_category": "cs.LG",
        "published": datetime(2026, 2, 17, 17, 50, 56, tzinfo=UTC),
        "links": links,
    }
    return Paper(id=paper_id, **{**defaults, **fields})


def claim(text: str = "It helps", *evidence: int, **fields: Any) -> Claim:
    """A supported claim that rests on these sentences, on the first when none is named."""
    return Claim(text=text, evidence=evidence or (1,), **fields)


def card(**parts: Any) -> Card:
    """An extractive card with a TL;DR. `parts` are those of Card."""
    defaults: dict[str, Any] = {
        "meta": Meta(tldr=claim("The method improves accuracy by 7.13%", 2), tags=("Reasoning",), directions=("Agentic RL",)),
        "filled_by": "extractive",
        "support": Support(claims=1, supported=1),
        "provenance": CardProvenance(provider="extractive"),
    }
    return Card(**{**defaults, **parts})


def reading(**fields: Any) -> Reading:
    """A reading of a whole abstract of four sentences."""
    defaults: dict[str, Any] = {
        "source": "abstract",
        "version": 1,
        "sentences": 4,
        "tokens": 120,
        "url": f"https://arxiv.org/abs/{ID}v1",
        "sha256": "0" * 64,
    }
    return Reading(**{**defaults, **fields})


def covered(paper_id: str = ID, *, cards: dict[Language, Card] | None = None, stars: int = 2, **fields: Any) -> CoveredPaper:
    """A paper with its card, by default one in English.

    Keywords that CoveredPaper does not have go to the paper: `title=`, `authors=`, `code=`. `stars` is the rating;
    GitHub's are `github_stars`.
    """
    if "github_stars" in fields:
        fields["stars"] = fields.pop("github_stars")
    own = {key: fields.pop(key) for key in ("assessment", "reading", "quotes") if key in fields}
    signals = Signals(listed_by=("huggingface/daily_papers", "arxiv/cs.LG"), interests=("Agentic RL",))
    reasons: dict[Language, tuple[str, ...]] = {"zh": ("Hugging Face 点赞 12",), "en": ("12 upvotes on Hugging Face",)}
    defaults: dict[str, Any] = {
        "paper": paper(paper_id, **fields),
        "assessment": Assessment(rank=1, stars=stars, signals=signals, reasons=reasons),
        "reading": reading(),
        "quotes": {n: Quote(text=f"Sentence {n} of the abstract.") for n in range(1, 5)},
        "cards": cards or {"en": card()},
    }
    return CoveredPaper(**(defaults | own))


def mention(paper_id: str = "2602.15829", **fields: Any) -> Mention:
    """A paper without a card, also-noted."""
    defaults: dict[str, Any] = {
        "title": f"A Title of {paper_id}",
        "link": f"https://arxiv.org/abs/{paper_id}",
        "primary_category": "cs.LG",
        "reason": {"zh": "代码已公开", "en": "code released"},
        "why": "also",
    }
    return Mention(id=paper_id, **{**defaults, **fields})


def source(listing: str = "daily_papers", **fields: Any) -> SourceStatus:
    """An announced listing: `daily_papers` of Hugging Face, or a category of arXiv."""
    is_hf = listing == "daily_papers"
    defaults: dict[str, Any] = {
        "name": "huggingface" if is_hf else "arxiv",
        "url": f"https://huggingface.co/papers/date/{DATE}" if is_hf else f"https://arxiv.org/list/{listing}/recent",
        "via": "daily" if is_hf else "feed",
        "date": DATE,
        "entries": 48 if is_hf else 119,
        "status": "announced",
    }
    return SourceStatus(listing=listing, **{**defaults, **fields})


def overview(*papers: CoveredPaper, **fields: Any) -> Overview:
    """A headline, a blurb per paper of three stars, no trend."""
    must_reads = tuple(Highlight(paper=p.paper.id, text="A blurb") for p in papers if p.assessment.stars == 3)
    return Overview(**{"headline": f"{len(papers)} papers", "highlights": must_reads, **fields})


def edition(*papers: CoveredPaper, listed: int = 300, **fields: Any) -> Edition:
    """An edition in the layout `cards` that picks these papers from both sources."""
    also, excluded = fields.get("also", ()), fields.get("excluded", ())
    counts = EditionCounts(listed=listed, scanned=50, picked=len(papers), also=len(also), excluded=len(excluded))
    defaults: dict[str, Any] = {
        "layout": "cards",
        "sources": ("huggingface", "arxiv"),
        "counts": counts,
        "picked": tuple(p.paper.id for p in papers),
        "overview": {"zh": overview(*papers, headline=f"精选 {len(papers)} 篇"), "en": overview(*papers)} if papers else {},
    }
    return Edition(**{**defaults, **fields})


def digest(
    *papers: CoveredPaper, also: Sequence[Mention] = (), repeated: Sequence[Mention] = (), editions: Any = None, **fields: Any
) -> Digest:
    """An announced record of DATE with one edition, `daily-papers`, unless `editions` says otherwise."""
    mentions = {m.id: m for m in (*also, *repeated)}
    ids: dict[str, Any] = {"also": tuple(m.id for m in also), "repeated": tuple(m.id for m in repeated)}
    date = fields.get("date", DATE)
    defaults: dict[str, Any] = {
        "date": date,
        "listed_on": date,
        "status": "announced",
        "sources": (source(), source("cs.LG"), source("cs.CL", entries=53)),
        "counts": Counts(listed=220, unique=200, repeated=len(repeated), scanned=50, picked=len(papers), also=len(also)),
        "papers": papers,
        "mentions": mentions,
        "editions": editions if editions is not None else {"daily-papers": edition(*papers, **ids)},
        "provenance": Provenance(digest_version="0"),
    }
    return Digest(**{**defaults, **fields})


def day(*papers: CoveredPaper, intro: Any = None, corrections: Sequence[Correction] = (), **fields: Any) -> Day:
    """A day as it is shown; `fields` are those of `digest`."""
    return Day(digest=digest(*papers, **fields), intro=intro or {}, corrections=tuple(corrections))


# --- a realistic day -----------------------------------------------------------------------------

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "tldr": "Masking the gradient updates of about 0.01% of the tokens stabilises training and raises accuracy by 7.13%",
        "gap1": "Fine-tuning with reinforcement learning often ends in a late collapse of performance",
        "gap2": "Existing methods rely on heuristics such as entropy regularisation and reweighting",
        "idea": "Updates of rare spurious tokens are masked and the loss is renormalised over the valid ones",
        "name1": "Analysis",
        "con1": "The gradient of a token is negatively correlated with its probability and the local policy entropy",
        "name2": "STAPO",
        "con2": "An objective that leaves out the updates of spurious tokens",
        "step1": "Find tokens with $p_t < \\tau_p$ and low entropy in correct responses",
        "step2": "Mask their updates and renormalise the loss",
        "setup": "Six mathematical reasoning benchmarks, with Qwen 1.7B, 8B and 14B base models",
        "result": "Accuracy is 7.13% higher on average than with GRPO, 20-Entropy and JustRL",
        "limit": "Only mathematical reasoning was tested",
        "insight": "A tiny fraction of tokens decides whether training is stable",
        "transfer": "Other fine-tuning with sparse rewards",
        "risk": "The threshold may need tuning for each task",
        "next": "Watch the share of masked tokens in a run of your own",
        "blurb": "Silencing a tiny fraction of tokens keeps RL training stable",
        "headline": "3 of 300 papers: STAPO, GLM-5, τ-leaping",
        "trend": "2 of the 3 papers: STAPO, GLM-5",
    },
    "zh": {
        "tldr": "屏蔽约 0.01% 虚假 token 的梯度更新即可稳定强化学习训练，准确率平均提升 7.13%",
        "gap1": "强化学习微调常在后期出现性能崩溃",
        "gap2": "现有方法依赖熵正则化、重加权等启发式技巧",
        "idea": "屏蔽罕见虚假 token 的更新，并在其余有效 token 上重新归一化损失",
        "name1": "理论分析",
        "con1": "token 的梯度幅度与其概率、局部策略熵负相关",
        "name2": "STAPO",
        "con2": "在目标函数中去掉虚假 token 的更新",
        "step1": "在正确回答中找出满足 $p_t < \\tau_p$ 且熵低的 token",
        "step2": "屏蔽其更新并重新归一化损失",
        "setup": "6 个数学推理基准，Qwen 1.7B、8B、14B 基础模型",
        "result": "相比 GRPO、20-Entropy 和 JustRL 平均提升 7.13%",
        "limit": "仅在数学推理任务上验证",
        "insight": "极少数 token 决定了训练是否稳定",
        "transfer": "其他奖励稀疏的微调任务",
        "risk": "识别阈值可能需要按任务调整",
        "next": "在自己的训练中监控被屏蔽 token 的比例",
        "blurb": "屏蔽极少数 token 即可稳住强化学习训练",
        "headline": "300 篇中精选 3 篇：STAPO、GLM-5、τ-leaping",
        "trend": "3 篇精选中有 2 篇：STAPO、GLM-5",
    },
}


def sample_day(language: Language = "en") -> Day:
    """A paper that a model carded from its full text, one in its abstract's own words, and one with almost nothing."""
    words = _WORDS[language]
    papers = (_full(words, language), _quoted(), _bare())
    seen = overview(
        headline=words["headline"],
        highlights=(Highlight(paper="2602.15620", text=words["blurb"]),),
        trends=(Trend(name="Agentic RL", text=words["trend"], papers=("2602.15620", ID)),),
    )
    also = [
        mention(
            title="Operationalising the Superficial Alignment Hypothesis via Task Complexity", code="https://github.com/a/sah"
        )
    ]
    repeated = [mention("2602.13949", title="Experiential Reinforcement Learning", why="repeated", first=Date(2026, 2, 17))]
    ids: dict[str, Any] = {"also": ("2602.15829",), "repeated": ("2602.13949",), "overview": {language: seen}}
    return day(*papers, also=also, repeated=repeated, editions={"daily-papers": edition(*papers, **ids)})


def _full(words: dict[str, str], language: Language) -> CoveredPaper:
    filled = Card(
        meta=Meta(
            tldr=claim(words["tldr"], 4, 9),
            short_name="STAPO",
            tags=("RL for LLMs", "Training Stability", "GRPO"),
            directions=("Agentic RL",),
        ),
        problem=Problem(
            gaps=(claim(words["gap1"], 2), claim(words["gap2"], 1)),
            core_idea=claim(words["idea"], 7),
            contributions=(
                NamedClaim(name=words["name1"], text=words["con1"], evidence=(3,)),
                NamedClaim(name=words["name2"], text=words["con2"], evidence=(7,)),
            ),
        ),
        method=Method(pipeline=(claim(words["step1"], 31), claim(words["step2"], 33))),
        evidence=Evidence(
            setup=(claim(words["setup"], 8),),
            results=(Result(text=words["result"], evidence=(9,), metric="accuracy", value="7.13%", baseline="GRPO"),),
            limitations=(claim(words["limit"], 140),),
        ),
        takeaways=Takeaways(
            insight=claim(words["insight"], 4),
            transfers=(Advice(text=words["transfer"]),),
            risks=(Advice(text=words["risk"]),),
            next_action=Advice(text=words["next"]),
        ),
        filled_by="model",
        support=Support(claims=12, supported=11, partly=1, removed=2),
        provenance=CardProvenance(provider="openai", model="example-model"),
    )
    return covered(
        "2602.15620",
        cards={language: filled},
        stars=3,
        reading=reading(source="html", sentences=212, tokens=9100),
        title="STAPO: Stabilizing Reinforcement Learning for LLMs by Silencing Rare Spurious Tokens",
        authors=("Shiqi Liu", "Zeyu He", "Guojian Zhan", "Letian Tao"),
        organisation="Tsinghua University",
    )


def _quoted() -> CoveredPaper:
    parts = {
        "meta": Meta(
            tldr=claim(
                "We present GLM-5, a next-generation foundation model designed to transition vibe coding to agentic engineering",
                1,
            ),
            short_name="GLM-5",
            tags=("Agentic RL", "Code Generation"),
            directions=("Agentic RL",),
        ),
        "method": Method(cost=(claim("GLM-5 adopts DSA to significantly reduce training and inference costs", 2),)),
        "evidence": Evidence(
            results=(Result(text="GLM-5 achieves state-of-the-art performance on major open benchmarks", evidence=(5,)),)
        ),
        "support": Support(claims=3, supported=3),
    }
    return covered(
        ID,
        cards={"en": card(**parts)},
        stars=3,
        title="GLM-5: from Vibe Coding to Agentic Engineering",
        authors=("GLM-5 Team", "Aohan Zeng", "Xin Lv", "Zhenyu Hou"),
        code="https://github.com/zai-org/GLM-5",
        github_stars=1049,
        as_of=DATE,
    )


def _bare() -> CoveredPaper:
    empty = card(meta=Meta(), support=Support())
    return covered(
        "2602.14299", cards={"en": empty}, stars=1, title="Scaling $\\tau$-Leaping to $S_n$ at ~50% of the Cost: C_2 & <more>"
    )
