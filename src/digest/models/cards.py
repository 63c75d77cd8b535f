"""Cards, and the claims that they are made of."""

from typing import Literal

from pydantic import Field

from digest.models.base import ClaimStatus, Model


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
    usage: Usage = Field(default_factory=Usage)


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

    @property
    def checked(self) -> int:
        """How many claims were held against their sentences: those that stand and those that were removed."""
        return self.claims + self.removed


class CardProvenance(Model):
    provider: str
    model: str | None = None
    prompt: str | None = None
    tokens: int | None = None
    cost: float | None = None


class Card(Model):
    """One paper in one language. `null` or an empty list means: not found in what was read."""

    meta: Meta = Field(default_factory=Meta)
    problem: Problem = Field(default_factory=Problem)
    method: Method = Field(default_factory=Method)
    evidence: Evidence = Field(default_factory=Evidence)
    takeaways: Takeaways = Field(default_factory=Takeaways)
    filled_by: Literal["extractive", "model"]
    reason: str | None = None
    support: Support = Field(default_factory=Support)
    provenance: CardProvenance
