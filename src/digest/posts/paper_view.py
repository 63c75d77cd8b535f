"""A paper of a post as a layout sees it: its card, and what metadata say of it, as pieces of Markdown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import quote

from digest.config import Config
from digest.labels import Labels
from digest.models import Card, Claim, CoveredPaper, NamedClaim, Paper, Reading, in_language
from digest.posts.addresses import evidence_url, page_link
from digest.posts.card_view import Part, parts
from digest.posts.escaping import address, link, markdown, plain
from digest.posts.mention_view import category
from digest.posts.sources_view import source_names
from digest.typography import join_sentences, sentence

AUTHORS = 3
"""Authors that are named before "et al."."""


@dataclass(frozen=True)
class PaperView:
    """One numbered paper. Its properties are Markdown; an empty one means that there is nothing to say.

    Attributes:
        corrections: what was wrong, as Markdown.
        told: what the overview says of it, as plain text.
    """

    number: int
    covered: CoveredPaper
    corrections: tuple[str, ...]
    told: str
    config: Config
    label: Labels
    date: str

    @property
    def paper(self) -> Paper:
        return self.covered.paper

    @property
    def card(self) -> Card:
        return self.covered.card_in(self.label.language)

    @property
    def name(self) -> str:
        """What the paper is called in passing, as plain text."""
        return self.covered.name_in(self.label.language)

    @property
    def title(self) -> str:
        """The whole title, linked to the paper's page."""
        return page_link(self.config, self.paper.id, self.paper.title)

    @property
    def short(self) -> str:
        """The name, linked to the paper's page."""
        return page_link(self.config, self.paper.id, self.name)

    @property
    def row(self) -> str:
        """The name, linked, for the cell of a table."""
        return page_link(self.config, self.paper.id, self.name, in_cell=True)

    def said(self, claim: Claim | None) -> str:
        """A claim, under its bold name where it has one, ending with links to the sentences that it rests on."""
        if claim is None:
            return ""
        name = markdown(claim.name or "") if isinstance(claim, NamedClaim) else ""
        lead = f"**{name}**{self.label('post.colon')}" if name else ""
        mark = self.label("post.parentheses", text=self.label("card.edited")) if claim.status == "edited" else ""
        return lead + markdown(claim.text) + mark + self._evidence(claim)

    def _evidence(self, claim: Claim) -> str:
        return "".join(f" [[{n}]]({evidence_url(self.config, self.covered, n)})" for n in claim.evidence)

    def prose(self, *groups: Claim | Iterable[Claim] | None) -> str:
        """Claims as one running paragraph: whole sentences, each once, with the link to what it rests on.

        Quoted sentences stand in the order in which the paper has them: "Furthermore" does not come first.

        Args:
            groups: claims, lists of claims, or None, in the order in which they are to be read.
        """
        flat = [c for group in groups for c in ((group,) if isinstance(group, Claim) else group or ())]
        claims = list({claim.text: claim for claim in flat}.values())
        if self.card.filled_by == "extractive":
            claims.sort(key=lambda claim: claim.evidence[:1])
        return join_sentences([self._sentence(claim, after) for claim, after in zip_longest(claims, claims[1:])])

    def _sentence(self, claim: Claim, after: Claim | None) -> str:
        """A claim, the link to what it rests on, and its stop. The link is left to the next sentence that rests on the same."""
        name = (claim.name or "") if isinstance(claim, NamedClaim) else ""
        name = "" if name.casefold() in claim.text.casefold() else name
        text = plain((name + self.label("post.colon") if name else "") + claim.text)
        ended = sentence(text)
        body, stop = (ended[:-1], ended[-1]) if ended and not text.endswith(ended[-1]) else (ended, "")
        mark = self.label("post.parentheses", text=self.label("card.edited")) if claim.status == "edited" else ""
        shared = after is not None and after.evidence == claim.evidence
        return markdown(body) + mark + ("" if shared else self._evidence(claim)) + stop

    @property
    def parts(self) -> Iterator[Part]:
        """The full card, in rows under headings."""
        return parts(self)

    @property
    def core(self) -> list[Claim]:
        """What the work is, in one claim; quoted sentences say it in two."""
        tldr, idea = self.card.meta.tldr, self.card.problem.core_idea
        claims = (tldr, idea) if self.card.filled_by == "extractive" else (idea or tldr,)
        return [claim for claim in claims if claim]

    @property
    def blurb(self) -> str:
        """The paper in a line: what the overview says of it, if that is more than its title, else its TL;DR."""
        tldr = self.card.meta.tldr
        known = {self.paper.title, self.name, tldr.text if tldr else ""}
        return markdown(self.told) if self.told and self.told not in known else self.said(tldr)

    @property
    def is_must_read(self) -> bool:
        return self.covered.assessment.stars == 3

    @property
    def was_read_whole(self) -> bool:
        """Whether a model read the whole text: only then may a page say that something is not in it."""
        reading = self.covered.reading
        return self.card.filled_by == "model" and reading.source != "abstract" and not reading.truncated

    @property
    def authors(self) -> str:
        names = self.paper.authors
        shown = ", ".join(map(markdown, names[:AUTHORS]))
        return self.label("card.and_others", names=shown) if len(names) > AUTHORS else shown

    @property
    def category(self) -> str:
        """The primary category with its name, as in `cs.LG (机器学习)`."""
        return category(self.paper.primary_category, self.label)

    @property
    def directions(self) -> tuple[str, ...]:
        """What it is about, as plain text: its card's directions, else the interests that it met."""
        return self.card.meta.directions or self.covered.assessment.signals.interests[:2]

    @property
    def arxiv(self) -> str:
        return link("arXiv", self.paper.links.abs)

    @property
    def code(self) -> str:
        """The repository with its stars."""
        url = self.paper.links.code or ""
        name = "GitHub" if url.startswith("https://github.com/") else self.label("card.code")
        return link(name, url) + self._stars if url else ""

    @property
    def address(self) -> str:
        """The page on Hugging Face, else on arXiv, as a link that shows its address."""
        url = self.paper.links.hf or self.paper.links.abs
        return link(url, url)

    @property
    def links(self) -> str:
        found = self.paper.links
        candidates = [
            (f"arXiv:{self.paper.id}", found.abs),
            ("PDF", found.pdf),
            ("HTML", found.html),
            (self.label("card.code"), found.code),
            (self.label("card.project"), found.project),
            ("Hugging Face", found.hf),
        ]
        return " | ".join(link(text, url) + (self._stars if url == found.code else "") for text, url in candidates if url)

    @property
    def _stars(self) -> str:
        paper = self.paper
        if paper.stars is None:
            return ""
        as_of = self.label("post.parentheses", text=self.label("card.as_of", date=paper.as_of)) if paper.as_of else ""
        return github_stars(paper) + as_of

    @property
    def venue(self) -> str:
        return markdown(self.paper.venue) if self.paper.venue else self.label("card.preprint")

    @property
    def submitted(self) -> str:
        return self.paper.published.date().isoformat() if self.paper.published else ""

    @property
    def source(self) -> str:
        pairs = [(listing.partition("/")[0], listing.partition("/")[2]) for listing in self.covered.assessment.signals.listed_by]
        return markdown(" + ".join(source_names(pairs, self.label)))

    @property
    def tags(self) -> str:
        return ", ".join(map(markdown, self.card.meta.tags))

    @property
    def stars(self) -> str:
        return "⭐" * self.covered.assessment.stars

    @property
    def rating(self) -> str:
        """Stars, their word, and the reasons for them."""
        word = self.label(f"card.stars.{self.covered.assessment.stars}")
        reasons = in_language(self.covered.assessment.reasons, self.label.language) or ()
        text = self.label("reason.separator").join(map(markdown, reasons))
        return word + (self.label("post.parentheses", text=text) if text else "")

    @property
    def read(self) -> str:
        """What the card is based on."""
        reading = self.covered.reading
        parts = [source_read(reading, self.label)]
        parts += [self.label("card.truncated")] if reading.truncated else []
        parts += [self.label(f"card.flag.{flag}") for flag in reading.flags]
        return self.label("post.comma").join(parts)

    @property
    def made(self) -> str:
        """How the card came about, and how many of its claims were checked and removed."""
        card, support = self.card, self.card.support
        if card.filled_by == "model":
            parts = [self.label("card.model", model=markdown(card.provenance.model or card.provenance.provider))]
        else:
            parts = [self.label("card.extractive")]
        if card.reason:
            parts.append(self.label("card.model_failed", reason=markdown(self.label.one_of("card.failure", card.reason))))
        if support.checked:
            parts.append(self.label("card.checked", n=support.checked, removed=support.removed))
        if support.partly:
            parts.append(self.label("card.partly", n=support.partly))
        return self.label("post.comma").join(parts)

    @property
    def feedback(self) -> str:
        """The link under which a reader reports an error, where the blog has one."""
        if not self.config.site.feedback:
            return ""
        filled = self.config.site.feedback.replace("{id}", quote(self.paper.id)).replace("{date}", self.date)
        return f"[{self.label('card.feedback')}]({address(filled)})"


def source_read(reading: Reading, label: Labels) -> str:
    """What was read, in words: `the full text (HTML, v1)`, `the abstract only`."""
    if reading.source == "abstract":
        return label("card.abstract_only")
    key = "card.full_text_any" if reading.version is None else "card.full_text"
    return label(key, source=reading.source.upper(), version=f"v{reading.version}")


def github_stars(paper: Paper) -> str:
    """The stars of a paper's repository, to be put behind a link to it: ` ⭐ 1049`; empty where they are not known."""
    return "" if paper.stars is None else f" ⭐ {paper.stars}"
