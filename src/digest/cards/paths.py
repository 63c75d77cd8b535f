"""Claims by their place in a card: `problem.core_idea`, `evidence.results[1]`, as an editor names them too."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from digest.models import Card, Claim, Model

M = TypeVar("M", bound=Model)


def claims_of(part: Model) -> Iterator[Claim]:
    """Every claim of a card or of a part of one, in the card's order."""
    return (claim for _, claim in claims_at(part))


def claims_at(part: Model) -> Iterator[tuple[str, Claim]]:
    """Every claim of a card or of a part of one with its path there, in the card's order."""
    found: list[tuple[str, Claim]] = []

    def note(path: str, claim: Claim) -> Claim:
        found.append((path, claim))
        return claim

    _mapped(part, "", note)
    return iter(found)


def map_claims(card: Card, change: Callable[[str, Claim], Claim | None]) -> Card:
    """The card with every claim replaced by what `change` makes of its path and itself; None takes it out."""
    return _mapped(card, "", change)


def _mapped(part: M, path: str, change: Callable[[str, Claim], Claim | None]) -> M:
    update: dict[str, object] = {}
    for name in type(part).model_fields:
        value, place = getattr(part, name), f"{path}.{name}".lstrip(".")
        if isinstance(value, Claim):
            update[name] = change(place, value)
        elif isinstance(value, tuple):
            update[name] = tuple(_items(value, place, change))
        elif isinstance(value, Model):
            update[name] = _mapped(value, place, change)
    return part.model_copy(update=update)


def _items(values: tuple[object, ...], place: str, change: Callable[[str, Claim], Claim | None]) -> Iterator[object]:
    for n, value in enumerate(values):
        kept = change(f"{place}[{n}]", value) if isinstance(value, Claim) else value
        if kept is not None:
            yield kept
