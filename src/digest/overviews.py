"""What the model says over each edition of a day."""

from collections.abc import Mapping
from concurrent.futures import Future
from datetime import date as Date

from digest.choosing import Selected
from digest.desk import Desk
from digest.digests.overview_by_model import summarise
from digest.llm import ModelError
from digest.models import CoveredPaper, Digest, Language, Overview
from digest.reading import split_sentences, without_orders
from digest.tex import readable
from digest.tools import Tools

Overviews = dict[str, dict[Language, Overview]]
"""By edition and language."""


def overviews(
    day: Date,
    selected: Selected,
    papers: Mapping[str, CoveredPaper],
    before: Digest | None,
    tools: Tools,
    desk: Desk | None,
) -> tuple[Overviews, tuple[str, ...]]:
    """What the model says over each edition, and notes on what it did not say."""
    kept = _kept(selected, papers, before)
    shown = {name: [papers[i] for i in choice.ids] for name, choice in selected.choices.items() if choice.ids}
    if desk is None or not shown:
        return kept, ()
    tools.say(f"{day}: asking the model for an overview")
    ranked = [r for i, r in selected.ranked.items() if i in papers]
    abstracts = {r.id: split_sentences(without_orders(readable(r.candidate.abstract))) for r in ranked}
    running: list[tuple[str, Language, Future[Overview]]] = []
    for name, covered in shown.items():
        for language, labels in tools.words.items():
            about = f"{day} {name} {language}"
            future = desk.pool.submit(summarise, covered, abstracts, desk.model, desk.overviews[language], labels, about)
            running.append((name, language, future))
    told: Overviews = {}
    notes: list[str] = []
    for name, language, future in running:
        try:
            told.setdefault(name, {})[language] = future.result()
        except ModelError as error:
            notes.append(f"{name}: no overview by the model: {error}")
            if language in kept.get(name, {}):
                told.setdefault(name, {})[language] = kept[name][language]
    return told, tuple(notes)


def _kept(selected: Selected, papers: Mapping[str, CoveredPaper], before: Digest | None) -> Overviews:
    """What a model said in an earlier build over the editions whose papers and cards are still the same."""
    if before is None or not before.usage.calls:
        return {}
    same = {p.paper.id for p in before.papers if p.paper.id in papers and papers[p.paper.id].cards == p.cards}
    return {
        name: dict(edition.overview)
        for name, edition in before.editions.items()
        if name in selected.choices and edition.picked == selected.choices[name].ids and same.issuperset(edition.picked)
    }
