"""A card as sections of labelled claims, in the order in which the posts show them."""

from typing import NamedTuple

from digest.labels import Labels
from digest.models import Advice, Card, Claim, Model, NamedClaim, Result


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


_PROBLEM = ("background", "gaps", "core_idea", "findings", "contributions")
_METHOD = ("pipeline", "key_designs", "cost")
_USAGE = ("inputs", "outputs", "procedure", "hardware", "resources", "other")
_EVIDENCE = ("setup", "baselines", "results", "ablations", "limitations")
_TAKEAWAYS = ("insight", "transfers", "risks", "next_action")
_ORDERED = frozenset(("pipeline", "procedure"))
"""Their statements are steps."""


def sections(card: Card) -> tuple[Section, ...]:
    """The parts of a card that hold something."""
    parts = (
        ("problem", _groups(card.problem, _PROBLEM)),
        ("method", (*_groups(card.method, _METHOD), *_groups(card.method.usage, _USAGE))),
        ("evidence", _groups(card.evidence, _EVIDENCE)),
        ("takeaways", _groups(card.takeaways, _TAKEAWAYS)),
    )
    return tuple(Section(key, groups) for key, groups in parts if groups)


def _groups(part: Model, names: tuple[str, ...]) -> tuple[Group, ...]:
    """The fields of a part that hold something."""
    return tuple(_group(name, said) for name in names if (said := getattr(part, name)))


def _group(key: str, said: Claim | Advice | tuple[Claim | Advice, ...]) -> Group:
    many = said if isinstance(said, tuple) else (said,)
    items = tuple(Item(one.text) if isinstance(one, Advice) else item(one) for one in many)
    return Group(key, items, ordered=key in _ORDERED and len(many) > 1, advice=isinstance(many[0], Advice))


def item(claim: Claim) -> Item:
    """A claim as it is shown."""
    name = claim.name if isinstance(claim, NamedClaim) else None
    return Item(claim.text, name, _fields(claim) if isinstance(claim, Result) else (), claim.evidence, claim.status)


def _fields(result: Result) -> tuple[tuple[str, str], ...]:
    named = ((key, getattr(result, key)) for key in ("dataset", "metric", "value", "baseline"))
    return tuple((key, value) for key, value in named if value)
