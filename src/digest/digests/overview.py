"""The words over a day: headline, a blurb per must-read, trends. Without a model they are counts and quotations."""

from collections.abc import Sequence

from digest.labels import Labels
from digest.models import CoveredPaper, Highlight, Overview, Trend

NAMED = 4
"""Papers that a headline names."""


def overview(covered: Sequence[CoveredPaper], labels: Labels) -> Overview:
    """The overview of an edition's picks, in their order.

    Args:
        covered: the picks.
    """
    return Overview(
        headline=_headline(covered, labels),
        highlights=tuple(h for c in covered if c.assessment.stars == 3 and (h := _highlight(c, labels))),
        trends=_trends(covered, labels),
    )


def _headline(covered: Sequence[CoveredPaper], labels: Labels) -> str:
    if not covered:
        return ""
    names = labels("overview.separator").join(c.name_in(labels.language) for c in covered[:NAMED])
    more = len(covered) - NAMED
    return labels("overview.headline_more", names=names, picked=len(covered), more=more) if more > 0 else names


def _highlight(covered: CoveredPaper, labels: Labels) -> Highlight | None:
    tldr = covered.card_in(labels.language).meta.tldr
    return Highlight(paper=covered.paper.id, text=tldr.text) if tldr else None


def _trends(covered: Sequence[CoveredPaper], labels: Labels) -> tuple[Trend, ...]:
    """Directions that two or more picks share, the commonest first."""
    members: dict[str, list[CoveredPaper]] = {}
    for paper in covered:
        for direction in paper.assessment.signals.interests:
            members.setdefault(direction, []).append(paper)
    shared = sorted(((name, who) for name, who in members.items() if len(who) > 1), key=lambda pair: -len(pair[1]))
    return tuple(
        Trend(name=name, text=_trend(who, len(covered), labels), papers=tuple(c.paper.id for c in who))
        for name, who in shared[:5]
    )


def _trend(who: Sequence[CoveredPaper], picked: int, labels: Labels) -> str:
    names = labels("overview.separator").join(c.name_in(labels.language) for c in who)
    return labels("overview.trend", n=len(who), picked=picked, names=names)
