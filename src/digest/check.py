"""Whether content/ holds together: records, edits, and posts that say what the records say."""

from collections.abc import Iterator

from digest import digests
from digest.cards import claims_of
from digest.config import Config
from digest.digests.edits import edits_date
from digest.errors import DigestError
from digest.llm import base_url
from digest.models import CoveredPaper, Digest
from digest.roundups.files import read_written
from digest.site.build import checked_output
from digest.site.load import load


def problems(config: Config) -> Iterator[str]:
    """Everything that is wrong, a line each."""
    if config.model.provider == "openai":
        try:
            base_url(config.model, {})
        except DigestError as error:
            yield str(error)
    known = set()
    for day in digests.days(config.path("records")):
        known.add(day)
        try:
            digest = digests.read(config.path("records"), day)
            if digest is not None:
                digests.project(config, digest)
                yield from _of_record(digest, config)
        except DigestError as error:
            yield str(error)
    yield from _of_roundups(config)
    try:
        checked_output(config)
        load(config)  # posts, those of hand among them
    except DigestError as error:
        yield str(error)
    for path in sorted(config.path("edits").glob("*.yaml")):
        try:
            if edits_date(path) not in known:
                yield f"{path}: there is no record of this day"
        except DigestError as error:
            yield str(error)


def _of_record(digest: Digest, config: Config) -> Iterator[str]:
    where = digests.record_path(config.path("records"), digest.date)
    ids = {p.paper.id for p in digest.papers}
    if digest.counts.picked != len(ids):
        yield f"{where}: it counts {digest.counts.picked} picks and has {len(ids)} papers"
    for name, edition in digest.editions.items():
        for paper_id in edition.picked:
            if paper_id not in ids:
                yield f"{where}: the edition {name} shows {paper_id}, which has no card"
        for paper_id in (*edition.also, *edition.excluded, *edition.repeated):
            if paper_id not in digest.mentions and paper_id not in ids:
                yield f"{where}: the edition {name} names {paper_id}, which is not mentioned"
    for covered in digest.carded:
        yield from (f"{where}: {problem}" for problem in _of_paper(covered))
    for name in digest.posts:
        post = config.root / name
        if not post.is_file():
            yield f"{post}: the post is missing (`digest render` writes it)"


def _of_roundups(config: Config) -> Iterator[str]:
    try:
        posts = [config.root / name for name in read_written(config).posts]
    except DigestError as error:
        yield str(error)
        return
    yield from (f"{post}: the round-up is missing (`digest render` writes it)" for post in posts if not post.is_file())


def _of_paper(covered: CoveredPaper) -> Iterator[str]:
    for language, card in covered.cards.items():
        for claim in claims_of(card):
            for number in claim.evidence:
                if number not in covered.quotes:
                    what = f"a claim cites sentence {number}, which is not quoted"
                    yield f"{covered.paper.id} ({language}): {what}: {claim.text[:60]}"
            if not claim.evidence and claim.status != "edited":
                yield f"{covered.paper.id} ({language}): a claim cites nothing: {claim.text[:60]}"
