"""The words over a day after the editor: they tell of the papers as the day shows them."""

from collections.abc import Sequence

from digest.config import Config
from digest.digests.edits import Day
from digest.digests.overview import overview
from digest.labels import Labels, load_labels
from digest.models import CoveredPaper, Digest, Overview


def retold(day: Day, digest: Digest, config: Config) -> Day:
    """The day with overviews that tell of the papers as it shows them, where the editor has changed anything."""
    shown = day.digest
    if shown is digest:  # `apply` makes a new one only where something has changed
        return day
    words = [load_labels(language, config.path("templates")) for language in config.languages]
    editions = {
        name: edition.model_copy(update={"overview": {w.language: _told(name, digest, shown, w) for w in words}})
        for name, edition in shown.editions.items()
    }
    return day.model_copy(update={"digest": shown.model_copy(update={"editions": editions})})


def _told(name: str, digest: Digest, shown: Digest, labels: Labels) -> Overview:
    """The overview of an edition after the editor: a model's without what it says of the papers that were changed."""
    before, after = _covered(digest, name), _covered(shown, name)
    counted, written = overview(after, labels), digest.editions[name].overview.get(labels.language)
    if written is None or written == overview(before, labels):
        return counted
    kept = {c.paper.id: c.cards for c in after}
    touched = [c for c in before if kept.get(c.paper.id) != c.cards]
    return without(written, touched, counted, labels)


def _covered(digest: Digest, name: str) -> list[CoveredPaper]:
    return [p for i in digest.editions[name].picked if (p := digest.paper(i))]


def without(told: Overview, touched: Sequence[CoveredPaper], instead: Overview, labels: Labels) -> Overview:
    """An overview without what it says of some papers.

    Args:
        touched: papers as they were when it was written, since dropped or changed.
        instead: where the headline comes from if it names one of them, and trends if none is left.
    """
    ids = {c.paper.id for c in touched}
    names = [c.name_in(labels.language) for c in touched]
    trends = tuple(t for t in told.trends if not ids.intersection(t.papers))
    return Overview(
        headline=instead.headline if any(name in told.headline for name in names) else told.headline,
        highlights=tuple(h for h in told.highlights if h.paper not in ids),
        trends=trends or instead.trends,
    )
