"""A full card in rows under headings: what it says and in which order. What that looks like is `card.md.j2`'s."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from digest.models import Advice
from digest.posts.escaping import markdown

if TYPE_CHECKING:
    from digest.posts.paper_view import PaperView


class Row(NamedTuple):
    """What stands under a name, as Markdown.

    Attributes:
        name: empty for a line that says what the rows below it are.
        text: empty where there is a list.
        ordered: whether the list is numbered.
    """

    name: str
    text: str
    items: tuple[str, ...] = ()
    ordered: bool = False


class Part(NamedTuple):
    """The rows under a heading."""

    name: str
    rows: tuple[Row, ...]


Fields = dict[str, str | tuple[str, ...]]
"""What is said under each name: a text, or a list of them."""


def parts(paper: "PaperView") -> Iterator[Part]:
    """The parts of a paper's card that say something: Meta, Problem & Contribution, Method, Evidence, Takeaways."""
    label = paper.label
    told = {"meta": _meta, "problem": _problem, "method": _method, "evidence": _evidence, "takeaways": _takeaways}
    for name, rows in told.items():
        if found := tuple(rows(paper)):
            yield Part(label(f"card.{name}"), found)


def _meta(paper: "PaperView") -> Iterator[Row]:
    meta = paper.card.meta
    fields: Fields = {
        "title": paper.title,
        "title_translated": markdown(meta.title_translated or ""),
        "authors": paper.authors,
        "organisation": markdown(paper.paper.organisation or ""),
        "link": paper.links,
        "venue": paper.venue,
        "submitted": paper.submitted,
        "source": paper.source,
        "tags": paper.tags,
        "rating": paper.rating,
        "tldr": paper.said(meta.tldr),
        "read": paper.read,
        "made": paper.made,
    }
    return _rows(paper, fields)


def _problem(paper: "PaperView") -> Iterator[Row]:
    it, said = paper.card.problem, paper.said
    fields: Fields = {
        "background": said(it.background),
        "gaps": tuple(map(said, it.gaps)),
        "core_idea": said(it.core_idea),
        "findings": tuple(map(said, it.findings)),
        "contributions": tuple(map(said, it.contributions)),
    }
    return _rows(paper, fields, numbered="contributions")


def _method(paper: "PaperView") -> Iterator[Row]:
    it, said = paper.card.method, paper.said
    fields: Fields = {
        "pipeline": tuple(map(said, it.pipeline)),
        "key_designs": tuple(map(said, it.key_designs)),
        "cost": tuple(map(said, it.cost)),
    }
    return _rows(paper, fields, numbered="pipeline")


def _evidence(paper: "PaperView") -> Iterator[Row]:
    it, said = paper.card.evidence, paper.said
    absent = paper.label("card.not_mentioned") if paper.was_read_whole else ""
    fields: Fields = {
        "setup": tuple(map(said, it.setup)),
        "baselines": tuple(map(said, it.baselines)),
        "results": tuple(map(said, it.results)),
        "ablations": tuple(map(said, it.ablations)) or absent,
        "limitations": tuple(map(said, it.limitations)) or absent,
    }
    return _rows(paper, fields)


def _takeaways(paper: "PaperView") -> Iterator[Row]:
    it = paper.card.takeaways
    yield from _rows(paper, {"insight": paper.said(it.insight)})
    if it.transfers or it.risks or it.next_action:
        yield Row("", paper.label("card.advice"))
    fields: Fields = {
        "transfers": _advice(it.transfers),
        "risks": _advice(it.risks),
        "next_action": _advice([it.next_action] if it.next_action else []),
    }
    yield from _rows(paper, fields)


def _advice(given: Iterable[Advice]) -> tuple[str, ...]:
    return tuple(markdown(advice.text) for advice in given)


def _rows(paper: "PaperView", fields: Fields, numbered: str = "") -> Iterator[Row]:
    """The fields that say something. A single text stands on its name's own line.

    Args:
        numbered: the field whose list has an order.
    """
    for name, said in fields.items():
        text = said if isinstance(said, str) else said[0] if len(said) == 1 else ""
        items = () if isinstance(said, str) or len(said) == 1 else said
        if text or items:
            yield Row(paper.label(f"card.{name}"), text, items, ordered=name == numbered)
