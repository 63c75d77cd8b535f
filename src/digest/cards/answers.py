"""What a model is asked for: a card, in the shortest JSON schema that holds one.

The schema is paid for in every call, twice: once in the prompt and once beside it. So the answer is flat, the types that
recur have names of one letter, and what is not found is "" or [] rather than a union with null.

There is no field for a link, a person, a date, a count or a rating: a model cannot supply what it has no place for.
"""

from pydantic import BaseModel, ConfigDict
from typing_extensions import TypeAliasType


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class C(_Answer):
    """A claim, and the numbers of the sentences that it rests on."""

    text: str
    evidence: tuple[int, ...] = ()


class N(C):
    """A claim under a short name."""

    name: str = ""


class R(C):
    """A measured result."""

    dataset: str = ""
    metric: str = ""
    value: str = ""
    baseline: str = ""


S = TypeAliasType("S", tuple[C, ...])
"""Statements."""
P = TypeAliasType("P", tuple[N, ...])
"""Points: statements under names."""
T = TypeAliasType("T", tuple[str, ...])
"""Texts that rest on no sentence: labels and advice."""


class CardAnswer(_Answer):
    """A card as a model fills it; the fields are those of `models.Card`, without its parts.

    Attributes:
        paper: the id of the paper that the answer is about, compared with the one that was asked about and never shown.
        background: at most one, as `core_idea` and `insight`: a list, because null would make the schema longer.
    """

    paper: str = ""
    tldr: C
    short_name: str = ""
    title_translated: str = ""
    tags: T = ()
    application_areas: T = ()
    background: S = ()
    gaps: S = ()
    core_idea: S = ()
    findings: S = ()
    contributions: P = ()
    pipeline: S = ()
    key_designs: P = ()
    cost: S = ()
    inputs: S = ()
    outputs: S = ()
    procedure: S = ()
    hardware: S = ()
    resources: S = ()
    other: P = ()
    setup: S = ()
    baselines: S = ()
    results: tuple[R, ...] = ()
    ablations: S = ()
    limitations: S = ()
    insight: S = ()
    transfers: T = ()
    risks: T = ()
    next_action: str = ""

    @property
    def claims(self) -> tuple[C, ...]:
        """All claims, in the card's order."""
        values = (getattr(self, name) for name in type(self).model_fields)
        items = (item for value in values for item in (value if isinstance(value, tuple) else (value,)))
        return tuple(item for item in items if isinstance(item, C))
