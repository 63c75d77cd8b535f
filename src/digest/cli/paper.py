"""`digest paper ID`: one card in the terminal."""

from collections.abc import Iterator
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.edge import config_option, load_config

if TYPE_CHECKING:
    from digest.labels import Labels
    from digest.models import Card, CoveredPaper
    from digest.site.papers.card import Group, Item


@click.command(name="paper", help="Print the card of a paper that was covered, and with --evidence the sentences behind it.")
@click.argument("paper_id", metavar="ID")
@click.option("--evidence", is_flag=True, help="The sentence behind each claim.")
@config_option
def command(paper_id: str, evidence: bool, config_file: Path) -> int:
    from digest import digests
    from digest.errors import PaperIdError, UsageError
    from digest.labels import load_labels
    from digest.paper_id import PaperId

    try:
        wanted = PaperId.parse(paper_id).id
    except PaperIdError as error:
        raise UsageError(str(error)) from None
    config = load_config(config_file)
    days = digests.load_days(config)
    found = [(day.date, covered) for day in days for covered in day.digest.carded if covered.paper.id == wanted]
    if not found:
        hint = "`digest build` makes them; records stand under content/records"
        raise UsageError(f"no digest has a card of {wanted}", hint=hint)
    date, covered = found[0]
    for language in config.languages:
        if card := covered.cards.get(language):
            _print(date, covered, card, load_labels(language, config.path("templates")), evidence=evidence)
    if not set(config.languages) & set(covered.cards):  # quoted sentences are in the paper's language
        labels = load_labels(config.site.language, config.path("templates"))
        _print(date, covered, covered.card_in(config.site.language), labels, evidence=evidence)
    return 0


def _print(date: Date, covered: "CoveredPaper", card: "Card", label: "Labels", *, evidence: bool) -> None:
    for line in (*_head(date, covered, card, label), *_body(covered, card, label, evidence=evidence)):
        click.echo("".join(c if c.isprintable() else " " for c in line))  # what a record holds moves no cursor


def _head(date: Date, covered: "CoveredPaper", card: "Card", label: "Labels") -> Iterator[str]:
    from digest.posts.paper_view import source_read

    support, reading = card.support, covered.reading
    read = label("post.comma").join([source_read(reading, label), *_limits(covered, label)])
    where = f"  {reading.url}" if reading.source != "abstract" else ""
    made = label("card.model", model=card.provenance.model) if card.filled_by == "model" else label("card.extractive")
    failed = [label("card.model_failed", reason=label.one_of("card.failure", card.reason))] if card.reason else []
    checked = label("card.checked", n=support.checked, removed=support.removed)
    partly = [label("card.partly", n=support.partly)] if support.partly else []
    yield covered.paper.title
    yield f"{covered.paper.links.abs}  {date}  {label(f'card.stars.{covered.assessment.stars}')}"
    yield label("card.read") + label("post.colon") + read + where
    yield label("post.comma").join([made, *failed, checked, *partly])


def _limits(covered: "CoveredPaper", label: "Labels") -> Iterator[str]:
    yield label("site.sentences", n=covered.reading.sentences)
    if covered.reading.truncated:
        yield label("card.truncated")
    yield from (label(f"card.flag.{flag}") for flag in covered.reading.flags)


def _body(covered: "CoveredPaper", card: "Card", label: "Labels", *, evidence: bool) -> Iterator[str]:
    from digest.site.papers.card import item, sections

    if card.meta.tldr:
        yield ""
        yield from _item(item(card.meta.tldr), covered, evidence=evidence)
    for section in sections(card):
        yield from ("", label(f"card.{section.key}").upper())
        for group in section.groups:
            yield "  " + _name(group, label)
            for statement in group.items:
                yield from _item(statement, covered, evidence=evidence)
    yield ""


def _name(group: "Group", label: "Labels") -> str:
    name = group.name(label)
    return f"{name}{label('post.parentheses', text=label('card.advice'))}" if group.advice else name


def _item(statement: "Item", covered: "CoveredPaper", *, evidence: bool) -> Iterator[str]:
    name = f"{statement.name}: " if statement.name else ""
    cited = f" [{', '.join(map(str, statement.evidence))}]" if statement.evidence else ""
    doubt = f" ({statement.status})" if statement.status in ("partly", "unsupported", "edited") else ""
    yield f"  - {name}{statement.text}{cited}{doubt}"
    for number in statement.evidence if evidence else ():
        if quote := covered.quotes.get(number):
            where = f" ({quote.section})" if quote.section else ""
            yield f"      [{number}] {quote.text}{where}"
