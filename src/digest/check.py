"""Whether a blog holds together: config, labels and templates, records, edits, and posts that say what the records say."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date as Date
from typing import get_args

from digest import copies, digests, labels
from digest.cards import claims_of
from digest.config import Config
from digest.digests import Day
from digest.digests.edits import edits_date
from digest.errors import DigestError, OutputError, RecordError
from digest.llm import base_url
from digest.models import CoveredPaper, Digest, Language
from digest.posts import has_posts, render
from digest.posts.render import mistakes
from digest.roundups.files import read_written, written_periods
from digest.roundups.gather import gather
from digest.roundups.write import render as render_roundup
from digest.site.output import checked_output


def problems(config: Config) -> Iterator[DigestError]:
    """Everything that is wrong, each thing once. What is wrong with config or edits has an exit status of its own."""
    told = set()
    for problem in _problems(config):
        if str(problem) not in told:
            told.add(str(problem))
            yield problem


def _problems(config: Config) -> Iterator[DigestError]:
    yield from _of_settings(config)
    yield from _of_labels_and_templates(config)
    known: set[Date] = set()
    newest: Day | None = None
    for date in digests.days(config.path("records")):
        known.add(date)
        try:
            if (digest := digests.read(config.path("records"), date)) is not None:
                day = digests.project(config, digest)
                newest = day if has_posts(digest) else newest
                yield from _of_record(digest, config)
        except DigestError as error:
            yield error
    yield from _of_edits(config, known)
    yield from _of_roundups(config)
    yield from _of_site(config)
    yield from (OutputError(problem) for problem in copies.problems(config))
    if newest is not None:
        yield from _of_rendering(config, newest)


def _of_site(config: Config) -> Iterator[DigestError]:
    """Read everything that the site is made from, posts by hand among it, and follow the links of these."""
    from digest.site.dead_links import dead_links
    from digest.site.library import Library
    from digest.site.state import State

    try:
        with State(None) as state:
            library = Library(config, state)
            yield from dead_links(library) if config.site.enabled else ()
    except DigestError as error:
        yield error


def _failure(does: Callable[..., object], *given: object) -> Iterator[DigestError]:
    """What goes wrong when something is done."""
    try:
        does(*given)
    except DigestError as error:
        yield error


# --- settings, labels, templates -----------------------------------------------------------------


def _of_settings(config: Config) -> Iterator[DigestError]:
    if config.model.provider == "openai":
        yield from _failure(base_url, config.model, {})
    yield from _failure(checked_output, config)


def _of_labels_and_templates(config: Config) -> Iterator[DigestError]:
    own = config.path("templates")
    languages: tuple[Language, ...] = get_args(Language)
    for language in languages:
        yield from labels.mistakes(language, own)
    yield from mistakes(config)
    if config.site.enabled:
        from digest.site.engine import Templates, style_sheet

        yield from Templates(config).compile()
        yield from _failure(style_sheet, config)


def _of_rendering(config: Config, newest: Day) -> Iterator[DigestError]:
    """What keeps the newest posts and the newest round-up from being written again: templates, labels, words in them."""
    for edition in config.editions:
        if edition.name in newest.digest.editions:
            for language in config.languages:
                yield from _failure(render, newest, edition.name, language, config)
    try:
        periods = sorted(written_periods(config), key=lambda period: period.last)
        found = [gather(config, period, newest.date) for period in periods[-1:]]
    except DigestError as error:
        yield error
        return
    for roundup in found:
        for language in config.languages:
            yield from _failure(render_roundup, roundup, language, config)


# --- content -------------------------------------------------------------------------------------


def _of_edits(config: Config, known: Iterable[Date]) -> Iterator[DigestError]:
    for path in sorted(config.path("edits").glob("*.yaml")):
        try:
            if edits_date(path) not in known:
                yield RecordError("there is no record of this day", where=str(path))
        except DigestError as error:
            yield error


def _of_record(digest: Digest, config: Config) -> Iterator[DigestError]:
    where = str(digests.record_path(config.path("records"), digest.date))
    ids = {p.paper.id for p in digest.papers}
    if digest.counts.picked != len(ids):
        yield RecordError(f"it counts {digest.counts.picked} picks and has {len(ids)} papers", where=where)
    for name, edition in digest.editions.items():
        for paper_id in edition.picked:
            if paper_id not in ids:
                yield RecordError(f"the edition {name} shows {paper_id}, which has no card", where=where)
        for paper_id in (*edition.also, *edition.excluded, *edition.repeated):
            if paper_id not in digest.mentions and paper_id not in ids:
                yield RecordError(f"the edition {name} names {paper_id}, which is not mentioned", where=where)
    for covered in digest.carded:
        yield from (RecordError(problem, where=where) for problem in _of_paper(covered))
    for name in digest.posts:
        post = config.root / name
        if not post.is_file():
            yield RecordError("the post is missing", where=str(post), hint="`digest render` writes it")


def _of_roundups(config: Config) -> Iterator[DigestError]:
    try:
        posts = [config.root / name for name in read_written(config).posts]
    except DigestError as error:
        yield error
        return
    for post in posts:
        if not post.is_file():
            yield RecordError("the round-up is missing", where=str(post), hint="`digest render` writes it")


def _of_paper(covered: CoveredPaper) -> Iterator[str]:
    for language, card in covered.cards.items():
        for claim in claims_of(card):
            for number in claim.evidence:
                if number not in covered.quotes:
                    what = f"a claim cites sentence {number}, which is not quoted"
                    yield f"{covered.paper.id} ({language}): {what}: {claim.text[:60]}"
            if not claim.evidence and claim.status != "edited":
                yield f"{covered.paper.id} ({language}): a claim cites nothing: {claim.text[:60]}"
