"""What crosses the border between two stages: frozen, validated, serialisable.

    Listing of Entries ─► Candidate ─► Document of Sentences ─► Card of Claims ─► Digest (the record)

Names are the field's: a *listing* is one upstream's table of a day, an *entry* one row of it, a *candidate* a paper
after merging, a *card* what we say of it, a *claim* one statement of a card.
"""

from datetime import date as Date
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = 1
"""Version of the digest record's format."""

Language = Literal["zh", "en"]
Status = Literal["announced", "quiet", "stale", "failed"]
Via = Literal["feed", "list", "api", "daily"]
AnnounceType = Literal["new", "cross", "replace", "replace-cross"]
ClaimStatus = Literal["supported", "partly", "unsupported", "edited"]
Role = Literal["also", "excluded", "repeated", "failed"]
Stars = Annotated[int, Field(ge=1, le=3)]


class Model(BaseModel):
    """A frozen value; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- papers and listings -------------------------------------------------------------------------


class Links(Model):
    """Where a paper is found. All https, all from metadata, never from a model."""

    abs: str
    pdf: str
    html: str | None = None
    code: str | None = None
    project: str | None = None
    hf: str | None = None


class Paper(Model):
    """A paper as its metadata tells it, in one version.

    Attributes:
        id: arXiv id without version, `2602.15763` or `cs/0112017`.
        version: the version that the rest describes; None where no upstream told it.
        authors: names in order; a collaboration ("GLM-5 Team") is one of them, its `:` is not.
        published: v1's submission time in UTC. It decides no day.
        venue: from the comment ("Accepted at ICLR 2026"); of a covered paper without one, "arXiv preprint".
        stars: GitHub stars of `links.code`.
        upvotes: on Hugging Face.
        as_of: the UTC date on which stars and upvotes were read.
    """

    id: str
    version: int | None = None
    title: str
    authors: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    organisation: str | None = None
    categories: tuple[str, ...] = ()
    primary_category: str | None = None
    published: datetime | None = None
    comment: str | None = None
    venue: str | None = None
    links: Links
    stars: int | None = None
    upvotes: int | None = None
    as_of: Date | None = None


class Entry(Model):
    """One row of one listing, cleaned."""

    paper: Paper
    abstract: str = ""
    announce_type: AnnounceType = "new"


class Listing(Model):
    """One upstream's listing of a day, read whole, or why it could not be.

    Attributes:
        source: `huggingface` or `arxiv`.
        name: which listing of it: `daily_papers`, `cs.AI`.
        url: where a person sees it.
        via: which way it was obtained; None where it was not.
        date: the day that it bears, by its content.
        entries: what it lists (announce types new and cross).
        replacements: new versions of older papers; not listings.
        notes: what a run report should mention, a line each.
    """

    source: str
    name: str
    url: str
    status: Status
    date: Date | None = None
    via: Via | None = None
    entries: tuple[Entry, ...] = ()
    replacements: tuple[Entry, ...] = ()
    error: str | None = None
    notes: tuple[str, ...] = ()


class Candidate(Model):
    """A paper after merging: one per version-less id.

    Attributes:
        listed_by: the listings it stands in, `huggingface/daily_papers`, `arxiv/cs.AI`, in the config's order.
    """

    paper: Paper
    abstract: str = ""
    listed_by: tuple[str, ...] = ()


# --- what is read --------------------------------------------------------------------------------


class Sentence(Model):
    """A numbered sentence of what was read; numbers start at 1."""

    number: int
    text: str
    section: str | None = None
    anchor: str | None = None


class Reading(Model):
    """What a card is based on."""

    source: Literal["html", "pdf", "abstract"]
    version: int | None = None
    sentences: int
    tokens: int
    truncated: bool = False
    url: str
    sha256: str


class Document(Model):
    """A paper's text as numbered sentences."""

    paper: Paper
    reading: Reading
    sentences: tuple[Sentence, ...]


class Quote(Model):
    """A sentence that a claim cites, cut at 300 characters."""

    text: str
    section: str | None = None
    anchor: str | None = None


# --- cards ---------------------------------------------------------------------------------------


class Claim(Model):
    """A statement about the paper: one whole sentence without its closing stop, plain text with `$…$` allowed."""

    text: str
    evidence: tuple[int, ...] = ()
    status: ClaimStatus = "supported"


class NamedClaim(Claim):
    """A claim under a short bold name."""

    name: str | None = None


class Result(NamedClaim):
    """A measured result; its fields are checked together with its text."""

    dataset: str | None = None
    metric: str | None = None
    value: str | None = None
    baseline: str | None = None


class Advice(Model):
    """The editor's advice, shown apart from what the paper says."""

    text: str


class Meta(Model):
    tldr: Claim | None = None
    short_name: str | None = None
    title_translated: str | None = None
    tags: tuple[str, ...] = Field(default=(), max_length=6)
    directions: tuple[str, ...] = Field(default=(), max_length=2)
    application_areas: tuple[str, ...] = ()


class Problem(Model):
    background: Claim | None = None
    gaps: tuple[Claim, ...] = ()
    core_idea: Claim | None = None
    findings: tuple[Claim, ...] = ()
    contributions: tuple[NamedClaim, ...] = ()


class Usage(Model):
    """How the work is used."""

    inputs: tuple[Claim, ...] = ()
    outputs: tuple[Claim, ...] = ()
    procedure: tuple[Claim, ...] = ()
    hardware: tuple[Claim, ...] = ()
    resources: tuple[Claim, ...] = ()
    other: tuple[NamedClaim, ...] = ()


class Method(Model):
    pipeline: tuple[Claim, ...] = ()
    key_designs: tuple[NamedClaim, ...] = ()
    cost: tuple[Claim, ...] = ()
    usage: Usage = Usage()


class Evidence(Model):
    setup: tuple[Claim, ...] = ()
    baselines: tuple[Claim, ...] = ()
    results: tuple[Result, ...] = ()
    ablations: tuple[Claim, ...] = ()
    limitations: tuple[Claim, ...] = ()


class Takeaways(Model):
    insight: Claim | None = None
    transfers: tuple[Advice, ...] = ()
    risks: tuple[Advice, ...] = ()
    next_action: Advice | None = None


class Support(Model):
    """How well the card stands on its sentences: claims that remain, by status, and claims that were removed."""

    claims: int = 0
    supported: int = 0
    partly: int = 0
    removed: int = 0


class CardProvenance(Model):
    provider: str
    model: str | None = None
    prompt: str | None = None
    tokens: int | None = None
    cost: float | None = None


class Card(Model):
    """One paper in one language. `null` or an empty list means: not found in what was read."""

    meta: Meta = Meta()
    problem: Problem = Problem()
    method: Method = Method()
    evidence: Evidence = Evidence()
    takeaways: Takeaways = Takeaways()
    filled_by: Literal["extractive", "model"]
    reason: str | None = None
    support: Support = Support()
    provenance: CardProvenance


# --- the day -------------------------------------------------------------------------------------


class Signals(Model):
    upvotes: int | None = None
    stars: int | None = None
    code: bool = False
    listed_by: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()


class Scores(Model):
    relevance: float
    novelty: float
    significance: float


class Assessment(Model):
    """Why a paper stands where it stands."""

    rank: int
    stars: Stars
    signals: Signals
    scores: Scores | None = None
    reasons: dict[Language, tuple[str, ...]] = {}


class CoveredPaper(Model):
    """A paper of the record, with all that is shown of it."""

    paper: Paper
    assessment: Assessment
    reading: Reading
    quotes: dict[int, Quote] = {}
    cards: dict[Language, Card]


class Mention(Model):
    """A paper that has no card that day, and why."""

    id: str
    title: str
    link: str
    primary_category: str | None = None
    code: str | None = None
    reason: dict[Language, str] = {}
    why: Role
    first: Date | None = None

    @classmethod
    def of(cls, paper: Paper, why: Role, reason: dict[Language, str], first: Date | None = None) -> "Mention":
        """The mention of a paper, its facts taken from the metadata."""
        facts = paper.model_dump(include={"id", "title", "primary_category"})
        return cls(**facts, link=paper.links.abs, code=paper.links.code, reason=reason, why=why, first=first)


class SourceStatus(Model):
    """One listing of the day, as the record keeps it."""

    name: str
    listing: str
    url: str
    via: Via | None = None
    date: Date | None = None
    entries: int = 0
    status: Status
    error: str | None = None


class Counts(Model):
    listed: int = 0
    unique: int = 0
    repeated: int = 0
    scanned: int = 0
    picked: int = 0
    also: int = 0
    excluded: int = 0
    failed: int = 0


class EditionCounts(Model):
    listed: int = 0
    scanned: int = 0
    picked: int = 0
    also: int = 0
    excluded: int = 0


class Highlight(Model):
    paper: str
    text: str


class Trend(Model):
    name: str
    text: str
    papers: tuple[str, ...]


class Overview(Model):
    headline: str
    highlights: tuple[Highlight, ...] = ()
    trends: tuple[Trend, ...] = ()


class Edition(Model):
    """One post of the day: which of the day's papers it shows, in which order."""

    layout: str
    sources: tuple[str, ...]
    counts: EditionCounts
    picked: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    overview: dict[Language, Overview] = {}


class UpdatedPaper(Model):
    """A new version of a paper that has a card."""

    id: str
    from_: int | None = Field(default=None, alias="from")
    to: int

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class TokenUsage(Model):
    """What the cards cost, whichever run paid. Unknown is None, never 0."""

    calls: int = 0
    failed_calls: int = 0
    prompt_tokens: int | None = None
    cached_tokens: int | None = None
    completion_tokens: int | None = None
    cost: float | None = None
    currency: str | None = None


class Provenance(Model):
    digest_version: str
    prompts: dict[str, str] = {}


class Digest(Model):
    """The record of one listing date: the hinge between what costs and what can be made again."""

    record_schema: int = Field(default=SCHEMA, alias="schema")
    date: Date
    status: Status
    provisional: bool = False
    listed_on: Date
    revised: tuple[Date, ...] = ()
    sources: tuple[SourceStatus, ...] = ()
    counts: Counts = Counts()
    papers: tuple[CoveredPaper, ...] = ()
    mentions: dict[str, Mention] = {}
    updated: tuple[UpdatedPaper, ...] = ()
    editions: dict[str, Edition] = {}
    usage: TokenUsage = TokenUsage()
    provenance: Provenance
    posts: dict[str, str] = {}

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def paper(self, paper_id: str) -> CoveredPaper | None:
        """The covered paper with that id, or None."""
        return next((p for p in self.papers if p.paper.id == paper_id), None)
