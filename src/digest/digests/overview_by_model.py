"""What a model says over an edition: headline, a blurb for each paper, trends. One call, every sentence checked.

It is told what the cards say already, and may say no more than they and the abstracts do. What fails the checks gives way
to what `overview` makes of counts and quotations, text by text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field

from digest.cards import claims_of
from digest.cards.prompts import LANGUAGES
from digest.checking import Ground, check_text, conflicts
from digest.checking.languages import speaks
from digest.digests.overview import overview
from digest.labels import Labels
from digest.llm import Model, ModelError, Prompt, Question, schema_text
from digest.models import Card, Claim, CoveredPaper, Highlight, Overview, Result, Trend
from digest.reading import flags_of, without_orders
from digest.selection.lines import prose
from digest.sources import clean

FEWEST, MOST = 3, 5
"""Trends; counted ones stand in where a model finds fewer."""
HEADLINE, BLURB, NAME, TREND = 300, 400, 40, 500
"""Characters that a text may have; the prompt asks for fewer, and a few too many are not worth another turn."""
CLAIMS, CLAIM = 10, 300
"""Claims of a card that the model is told, and characters of each."""
ANSWER, PER_PAPER = 1200, 250
"""Tokens that an answer may have, and as many more for each paper."""


class Blurb(BaseModel):
    """What the model says of one paper."""

    id: str
    text: str


class Theme(BaseModel):
    """What the model says of several papers."""

    name: str
    text: str
    papers: list[str]


class OverviewAnswer(BaseModel):
    """What the model answers about an edition."""

    headline: str
    blurbs: list[Blurb]
    trends: Annotated[list[Theme], Field(json_schema_extra={"minItems": FEWEST, "maxItems": MOST})]


def summarise(
    covered: Sequence[CoveredPaper],
    abstracts: Mapping[str, Sequence[str]],
    model: Model,
    prompt: Prompt,
    labels: Labels,
    about: str,
) -> Overview:
    """The overview of an edition's picks as a model writes it, in the language of `labels`.

    Args:
        covered: the picks, in their order.
        abstracts: sentences, by id; where there is none, the card alone is what a text must stand on.
        about: the edition, for messages.

    Raises:
        ModelError: no usable answer; `overview` is what is left then.
    """
    counted = overview(covered, labels)
    if not covered:
        return counted
    edition = _Edition.of(covered, abstracts, labels)
    reader = _Reader(edition)
    question = Question(
        purpose="overview",
        about=about,
        system=prompt.system(schema=schema_text(OverviewAnswer)),
        user=prompt.user(papers=[_facts(c, labels) for c in covered]),
        shape=OverviewAnswer,
        max_tokens=ANSWER + PER_PAPER * len(covered),
        complaints=reader.complaints,
    )
    try:
        answer = model.ask(question).value
    except ModelError:
        if reader.usable is None:
            raise
        answer = reader.usable  # better than none, though the turn that was to mend it failed
    return Overview(
        headline=edition.headline(answer) or counted.headline,
        highlights=edition.highlights(answer),
        trends=_filled_up(edition.trends(answer), counted.trends),
    )


# --- what the model is told ------------------------------------------------------------------------


def _facts(covered: CoveredPaper, labels: Labels) -> dict[str, object]:
    """A paper in lines that no text of it can break out of."""
    claims = _told(covered.card_in(labels.language))
    return {
        "id": covered.paper.id,
        "name": clean.text(covered.name_in(labels.language), CLAIM),
        "title": clean.text(without_orders(covered.paper.title), CLAIM),
        "stars": covered.assessment.stars,
        "claims": [clean.text(text, CLAIM) for text in claims[:CLAIMS]],
    }


def _told(card: Card) -> list[str]:
    """What stands on the card about problem, idea and results, and was found in its sentences."""
    claims = [card.meta.tldr, card.problem.core_idea, *card.problem.contributions, *card.evidence.results]
    return [_words(claim) for claim in claims if claim and claim.status in ("supported", "edited")]


def _words(claim: Claim) -> str:
    """A claim with the fields that are checked with it."""
    fields = (claim.dataset, claim.metric, claim.value, claim.baseline) if isinstance(claim, Result) else ()
    more = [field for field in fields if field and field not in claim.text]
    return f"{claim.text} ({', '.join(more)})" if more else claim.text


def _ground(covered: CoveredPaper, abstract: Sequence[str]) -> Ground:
    """What may be said of a paper: its supported claims in all languages, its abstract, its title."""
    claims = [c for card in covered.cards.values() for c in claims_of(card) if c.status in ("supported", "edited")]
    return Ground.of_texts([*map(_words, claims), *abstract], title=covered.paper.title)


# --- what it may say -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Edition:
    """An edition's papers, and whether what a model says of them may stand.

    Attributes:
        grounds: what may be said of each.
        told: what its card says already; a number on the same page must not be another one.
        names: what each is called in passing.
    """

    covered: Mapping[str, CoveredPaper]
    grounds: Mapping[str, Ground]
    told: Mapping[str, Sequence[str]]
    names: Mapping[str, str]
    labels: Labels

    @classmethod
    def of(cls, covered: Sequence[CoveredPaper], abstracts: Mapping[str, Sequence[str]], labels: Labels) -> "_Edition":
        return cls(
            covered={c.paper.id: c for c in covered},
            grounds={c.paper.id: _ground(c, abstracts.get(c.paper.id, ())) for c in covered},
            told={c.paper.id: _told(c.card_in(labels.language)) for c in covered},
            names={c.paper.id: c.name_in(labels.language) for c in covered},
            labels=labels,
        )

    def is_foreign(self, answer: OverviewAnswer) -> bool:
        """Whether most of an answer is in another language."""
        texts = [answer.headline, *(b.text for b in answer.blurbs), *(t.text for t in answer.trends)]
        return 2 * sum(bool(t) and not speaks(t, self.labels.language) for t in texts) > len(texts)

    def faults(self, answer: OverviewAnswer) -> list[str]:
        """What is worth another turn: blurbs that are missing. For what fails the checks, the cards and counts stand in."""
        given = _first_of_each(answer.blurbs)
        return [f"blurb of {i}: is missing" for i in self.covered if i not in given]

    def headline(self, answer: OverviewAnswer) -> str:
        """The headline, or what is said of the first paper where it may not stand; empty if neither may."""
        if not self.of_headline(answer):
            return _line(answer.headline, HEADLINE)
        given = _first_of_each(answer.blurbs)
        first = next((i for i in self.covered if i in given and not self.of_blurb(i, given[i])), None)
        if first is None:
            return ""
        blurb = _line(given[first], BLURB)
        return blurb if self.names[first] in blurb else f"{self.names[first]}{self.labels('post.colon')}{blurb}"

    def of_headline(self, answer: OverviewAnswer) -> str:
        """Why the headline may not stand; empty if it may. It is held against the papers that it names, else against all."""
        named = [i for i, name in self.names.items() if name in answer.headline]
        return self._wrong(answer.headline, HEADLINE, named or list(self.covered))

    def of_blurb(self, paper_id: str, text: str | None) -> str:
        """Why a blurb may not stand; empty if it may."""
        return "is missing" if text is None else self._wrong(text, BLURB, [paper_id])

    def of_trend(self, theme: Theme) -> str:
        """Why a trend may not stand; empty if it may. It is about two or more of the edition's papers."""
        papers = self._papers(theme)
        if len(papers) < 2:
            return "names fewer than two of the papers given"
        if not _line(theme.name, NAME):
            return f"its name is empty, longer than {NAME} characters, or has markup"
        if not (text := _line(theme.text, TREND)):  # alone: under its name, a mere stop would pass for a text
            return f"is empty, longer than {TREND} characters, or has markup"
        return self._wrong(f"{_line(theme.name, NAME)}: {text}", NAME + TREND + 2, papers)

    def _wrong(self, text: str, cap: int, papers: Sequence[str]) -> str:
        line = prose(text, cap)
        if line is None:
            return f"is empty, longer than {cap} characters, or has markup"
        if not speaks(line, self.labels.language):
            return "is in another language"
        if flags_of([line]):
            return "addresses a machine"
        verdict = check_text(line, [self.grounds[i] for i in papers])
        if verdict.status == "unsupported":
            return "is not borne out by what was given: " + "; ".join(f"{c.kind} {c.what}".strip() for c in verdict.complaints)
        told = [text for i in papers for text in self.told[i]]
        other = [complaint.what for _, second, complaint in conflicts([*told, line]) if second == len(told)]
        return f"gives another number than the card: {other[0]}" if other else ""

    def _papers(self, theme: Theme) -> list[str]:
        return [i for i in dict.fromkeys(p.strip() for p in theme.papers) if i in self.covered]

    def highlights(self, answer: OverviewAnswer) -> tuple[Highlight, ...]:
        """A sentence for every paper: its blurb, else its TL;DR."""
        blurbs = _first_of_each(answer.blurbs)
        texts = {i: self._highlight(i, blurbs.get(i)) for i in self.covered}
        return tuple(Highlight(paper=i, text=text) for i, text in texts.items() if text)

    def _highlight(self, paper_id: str, blurb: str | None) -> str:
        if blurb is not None and not self.of_blurb(paper_id, blurb):
            return _line(blurb, BLURB)
        tldr = self.covered[paper_id].card_in(self.labels.language).meta.tldr
        return tldr.text if tldr else ""

    def trends(self, answer: OverviewAnswer) -> tuple[Trend, ...]:
        """The trends that may stand, each under a name of its own."""
        found = {_line(t.name, NAME): self._trend(t) for t in reversed(answer.trends) if not self.of_trend(t)}
        return tuple(reversed(found.values()))[:MOST]

    def _trend(self, theme: Theme) -> Trend:
        """A trend whose text names its papers: where the model names fewer than two, their names are added."""
        papers, text = self._papers(theme), _line(theme.text, TREND)
        names = [self.names[i] for i in papers]
        if sum(name in text for name in names) < 2:
            text = self.labels("overview.trend_papers", text=text, names=self.labels("overview.separator").join(names))
        return Trend(name=_line(theme.name, NAME), text=text, papers=tuple(papers))


@dataclass
class _Reader:
    """Complains of an answer's faults once; after that an answer is taken as it is, for each fault has its stand-in.

    Attributes:
        usable: the last answer in the right language.
    """

    edition: _Edition
    usable: OverviewAnswer | None = None

    def complaints(self, answer: OverviewAnswer) -> list[str]:
        if self.edition.is_foreign(answer):
            return [f"language: headline, blurbs and trends must be {LANGUAGES[self.edition.labels.language]}"]
        is_second, self.usable = self.usable is not None, answer
        return [] if is_second else self.edition.faults(answer)


def _line(text: str, cap: int) -> str:
    return prose(text, cap) or ""


def _first_of_each(blurbs: Sequence[Blurb]) -> dict[str, str]:
    return {blurb.id.strip(): blurb.text for blurb in reversed(blurbs)}


def _filled_up(written: Sequence[Trend], counted: Sequence[Trend]) -> tuple[Trend, ...]:
    """Trends as the model tells them; while there are too few, counted ones under other names."""
    names = {trend.name.casefold() for trend in written}
    others = [trend for trend in counted if trend.name.casefold() not in names]
    return (*written, *others[: max(0, FEWEST - len(written))])
