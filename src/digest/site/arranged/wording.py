"""What the parts of a post are, known by their headings and bold names.

The words are those of the label files that the posts' templates write with, so that a blog's own words are known as well
as ours. Symbols around a word (`🔥 Must-reads`) make no difference in a heading.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from digest.errors import RenderError
from digest.labels import Labels
from digest.site.markdown.tree import escaped

SECTIONS = {
    "preview": ("post.preview",),
    "cards": ("post.papers", "post.must_today", "post.picks_today"),
    "overview": ("post.summary",),
    "trends": ("post.trends",),
    "also": ("post.also",),
    "repeated": ("post.repeated",),
    "excluded": ("post.excluded",),
    "sources": ("post.source_details", "post.sources", "post.source_url", "post.counts", "post.usage", "post.checking"),
}
"""Roles of the sections of a post, and the labels that say them."""

PARTS = {
    "title": ("card.title",),
    "translated": ("card.title_translated",),
    "authors": ("card.authors",),
    "organisation": ("card.organisation",),
    "links": ("card.link", "card.links"),
    "rating": ("card.rating", "card.direction"),
    "tldr": ("card.tldr", "card.one_sentence"),
    "idea": ("card.innovation", "card.core_idea"),
    "results": ("card.results", "card.experiments", "card.effect"),
    "read": ("card.read", "card.reading_source"),
    "made": ("card.made",),
    "aside": ("card.setup", "card.baselines", "card.ablations", "card.limitations"),
    "data": ("card.meta", "card.venue", "card.submitted", "card.source", "card.tags"),
    "more": (
        "card.problem",
        "card.background",
        "card.pain",
        "card.gaps",
        "card.findings",
        "card.contributions",
        "card.new",
        "card.method",
        "card.pipeline",
        "card.key_designs",
        "card.technique",
        "card.cost",
        "card.guide",
        "card.areas",
        "card.evidence",
        "card.takeaways",
        "card.insight",
        "card.transfers",
        "card.risks",
        "card.next_action",
        "card.fits",
        "card.watch",
    ),
}
"""Roles of the parts of a card, and the labels that say them."""

_SYMBOLS = re.compile(r"^\W+|\W+$")
_GAP = re.compile(r"\{[^}]*\}")
_FILLED = "\0"


class Roles(dict[str, str]):
    """What words say; "" for a word that says nothing to us. Symbols around a word and its case make no difference."""

    def __missing__(self, word: str) -> str:
        return self.get(bare(word), "")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language by what they mean.

    Attributes:
        sections, parts: the roles of headings and bold names.
        stars: the word of a rating by its number of stars, which are not part of it; as HTML.
        shown: the stars of a rating as the page shows them; as HTML.
        picked: finds the sentence that tells how many papers were picked out of how many.
        generated: finds the line that tells the sources with their dates.
        colons: what may stand after a bold name; as HTML.
        others: what stands before and after names of which some are left out; as HTML.
        colon, between: what stands after a name and between names; as plain text.
        parentheses: what stands before and after a text in parentheses, without blanks; as HTML.
        states: what a notice says of each state of a day or a source, in one case; as plain text.
    """

    sections: Roles
    parts: Roles
    stars: Mapping[int, str]
    shown: Mapping[int, str]
    picked: re.Pattern[str]
    generated: re.Pattern[str]
    colons: tuple[str, ...]
    others: tuple[str, str]
    parentheses: tuple[str, str]
    states: Mapping[str, str]
    feedback: str
    checking: str
    date: str
    colon: str
    between: str
    labels: Labels

    def state_in(self, text: str) -> str:
        """The state of a day or a source that a text tells, the worst first; "" for none."""
        text = text.casefold()
        return next((state for state, said in self.states.items() if said and said in text), "")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """A word without symbols around it, in one case."""
    return _SYMBOLS.sub("", text).casefold()


@lru_cache(maxsize=8)
def wording(labels: Labels) -> Wording:
    """The wording of a language.

    Raises:
        RenderError: a label cannot be filled.
    """
    colon = escaped(labels("post.colon").strip())
    before, after = _around(labels("post.parentheses", text=_FILLED))
    return Wording(
        sections=_roles(SECTIONS, labels),
        parts=_roles(PARTS, labels),
        stars={n: escaped(labels(f"card.stars.{n}").lstrip("⭐ ")) for n in (3, 2, 1)},
        shown={n: _stars(n, escaped(labels("site.star_label", n=n))) for n in (1, 2, 3)},
        picked=_either(labels.raw(f"post.{name}") for name in ("picked", "picked_all", "picked_none")),
        generated=_either([labels.raw("post.generated")]),
        colons=tuple(dict.fromkeys(filter(None, (colon, "：", ":")))),
        others=_around(labels("card.and_others", names=_FILLED)),
        parentheses=(before.strip(), after.strip()),
        states={state: labels(f"status.{state}").casefold() for state in ("failed", "stale", "provisional", "quiet")},
        feedback=labels("card.feedback"),
        checking=escaped(labels("post.checking")),
        date=labels("post.date_label"),
        colon=labels("post.colon"),
        between=labels("post.list"),
        labels=labels,
    )


def _stars(stars: int, said: str) -> str:
    blank = f'<span class="blank">{"★" * (3 - stars)}</span>' if stars < 3 else ""
    return f'<span class="stars stars-{stars}" role="img" aria-label="{said}">{"★" * stars}{blank}</span>'


def _around(text: str) -> tuple[str, str]:
    before, _, after = text.partition(_FILLED)
    return escaped(before), escaped(after)


def _roles(keys: Mapping[str, Iterable[str]], labels: Labels) -> Roles:
    """The role of each word, as it is and bare. Of two roles that share a word the first has it."""
    roles = Roles()
    for role, names in keys.items():
        for name in names:
            try:
                word = labels(name).strip()
            except RenderError:  # a label with forms, which no template of ours uses as a name
                continue
            roles.setdefault(word, role)
            roles.setdefault(bare(word), role)
    roles[""] = ""
    return roles


def _either(texts: Iterable[object]) -> re.Pattern[str]:
    """A pattern that finds one of these texts, whatever is filled in; what is bold in it is not."""
    bare_texts = (_GAP.split(str(text).replace("*", "")) for text in texts)
    pieces = ([re.escape(piece.strip()) for piece in text if piece.strip()] for text in bare_texts)
    return re.compile("|".join(".*?".join(found) for found in pieces if found) or r"(?!)", re.DOTALL)
