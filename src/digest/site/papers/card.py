"""A card as sections of labelled claims, in the order in which the posts show them."""

from collections.abc import Sequence
from typing import NamedTuple

from digest.labels import Labels
from digest.models import Advice, Card, Claim, NamedClaim, Result


class Item(NamedTuple):
    """One statement.

    Attributes:
        fields: dataset, metric, value and baseline of a result, as far as they are known.
        evidence: numbers of the sentences that it rests on; empty for advice.
    """

    text: str
    name: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    evidence: tuple[int, ...] = ()
    status: str | None = None


class Group(NamedTuple):
    """Statements under one label.

    Attributes:
        key: of the label, below `card`, and below `card.uses` for how to use a work.
        ordered: steps of a procedure.
        advice: the editor's, not the paper's.
    """

    key: str
    items: tuple[Item, ...]
    ordered: bool = False
    advice: bool = False

    def name(self, label: Labels) -> str:
        """What the statements are about, in words."""
        return label(f"card.uses.{self.key}" if self.key in label.raw("card.uses") else f"card.{self.key}")


class Section(NamedTuple):
    key: str
    groups: tuple[Group, ...]


def sections(card: Card) -> tuple[Section, ...]:
    """The parts of a card that hold something."""
    parts = {"problem": _problem(card), "method": _method(card), "evidence": _evidence(card), "takeaways": _takeaways(card)}
    filled = ((key, tuple(group for group in groups if group.items)) for key, groups in parts.items())
    return tuple(Section(key, groups) for key, groups in filled if groups)


def _problem(card: Card) -> list[Group]:
    part = card.problem
    return [
        _group("background", part.background),
        _group("gaps", part.gaps),
        _group("core_idea", part.core_idea),
        _group("findings", part.findings),
        _group("contributions", part.contributions),
    ]


def _method(card: Card) -> list[Group]:
    part, usage = card.method, card.method.usage
    return [
        _group("pipeline", part.pipeline, ordered=True),
        _group("key_designs", part.key_designs),
        _group("cost", part.cost),
        _group("inputs", usage.inputs),
        _group("outputs", usage.outputs),
        _group("procedure", usage.procedure, ordered=True),
        _group("hardware", usage.hardware),
        _group("resources", usage.resources),
        _group("other", usage.other),
    ]


def _evidence(card: Card) -> list[Group]:
    part = card.evidence
    return [
        _group("setup", part.setup),
        _group("baselines", part.baselines),
        _group("results", part.results),
        _group("ablations", part.ablations),
        _group("limitations", part.limitations),
    ]


def _takeaways(card: Card) -> list[Group]:
    part = card.takeaways
    return [
        _group("insight", part.insight),
        _advice("transfers", part.transfers),
        _advice("risks", part.risks),
        _advice("next_action", (part.next_action,) if part.next_action else ()),
    ]


def _group(key: str, claims: Claim | Sequence[Claim] | None, *, ordered: bool = False) -> Group:
    many = (claims,) if isinstance(claims, Claim) else claims or ()
    return Group(key, tuple(item(claim) for claim in many), ordered=ordered and len(many) > 1)


def _advice(key: str, advice: Sequence[Advice]) -> Group:
    return Group(key, tuple(Item(one.text) for one in advice), advice=True)


def item(claim: Claim) -> Item:
    """A claim as it is shown."""
    name = claim.name if isinstance(claim, NamedClaim) else None
    return Item(claim.text, name, _fields(claim) if isinstance(claim, Result) else (), claim.evidence, claim.status)


def _fields(result: Result) -> tuple[tuple[str, str], ...]:
    named = ((key, getattr(result, key)) for key in ("dataset", "metric", "value", "baseline"))
    return tuple((key, value) for key, value in named if value)
