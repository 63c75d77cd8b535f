"""Cards as HTML: every claim with the sentences that it rests on, folded away right behind it.

A card has some fifty claims and as many sentences, on a page that is made for every paper of the site. They are put
together here, one string each, because a template takes several times as long; the page around them is a template's.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote as percent_encoded

from markupsafe import Markup

from digest.labels import Labels
from digest.models import Card, CoveredPaper, Language, Quote, in_language
from digest.posts.addresses import sentence_anchor
from digest.site import cjk
from digest.site.markdown import inline
from digest.site.papers import card as cards

if TYPE_CHECKING:
    from digest.site.papers.views import Coverage

_DOUBTS = {"edited": "card.edited", "partly": "site.partly", "unsupported": "site.unsupported"}
_STOPS = ".。!！?？ "
_KEPT_TOGETHER = 4
"""Numbers of a claim that stay on one line."""
_IN_URLS = re.compile(r"[A-Za-z0-9._~/=-]*")
"""What stays as it is when it is percent-encoded: nearly every anchor."""
_LEAVING = 'rel="noopener nofollow"'


class ShownSection(NamedTuple):
    """A part of a card: its statements under their labels, the editor's advice announced as such.

    Attributes:
        lang: an attribute: some names are English in every language.
    """

    name: str
    lang: Markup
    html: Markup


class ShownCard(NamedTuple):
    """A card as its page shows it.

    Attributes:
        coverage: the paper as a day covers it.
        stars: the rating as a picture, `rating` in a word, `reasons` for it in a line.
        basis: what was read, who filled the card, how many claims were checked and removed, what it took, what was odd about
            the text, each in a few words.
        tldr: with what it rests on, in a block; None where the card has none.
        rest: sentences that stand in the record and that no claim shown here or above cites; links may lead to them.
    """

    coverage: "Coverage"
    stars: Markup
    rating: str
    reasons: str
    basis: Markup
    tldr: Markup | None
    sections: tuple[ShownSection, ...]
    rest: Markup | None


def shown_cards(coverages: "Iterable[Coverage]", label: Labels) -> tuple[ShownCard, ...]:
    """The cards of one paper for one page. Each sentence's anchor stands there once, with the first claim that cites it.

    Args:
        coverages: all of the same paper, the newest first.
        label: the words of the page's language.

    Raises:
        RenderError: a label cannot be filled.
    """
    taken: set[str] = set()
    names = _names(label)
    return tuple(_Writer(names, coverage, taken).card() for coverage in coverages)


class _Names:
    """The labels that cards need again and again."""

    def __init__(self, label: Labels) -> None:
        self.label = label
        self.language: Language = label.language
        self.colon = escape(label("post.colon"))
        self.in_paper = escape(label("site.in_paper"))
        self.doubts = {status: f' <span class="mark">{escape(label(key))}</span>' for status, key in _DOUBTS.items()}
        self.advice = f'<p class="advice-note">{escape(label("card.advice"))}</p>\n'
        self.separator = label("reason.separator")
        self.stars = {n: (_stars(n, label), word) for n, word in label.raw("site.star_word").items()}
        self.results = {key: escape(text) for key, text in label.raw("site.result").items()}
        why = (label("site.why", n=count, numbers="\0").partition("\0") for count in (2, 1))
        self._why = tuple((escape(before), escape(after)) for before, _, after in why)
        self._groups: dict[str, str] = {}
        self._sections: dict[str, tuple[str, Markup]] = {}

    def heading(self, group: cards.Group) -> str:
        """What stands above the statements of a group."""
        if group.key not in self._groups:
            self._groups[group.key] = f"<h3>{escape(group.name(self.label))}</h3>\n"
        return self._groups[group.key]

    def section(self, key: str) -> tuple[str, Markup]:
        """A section's name and its `lang`: in a Chinese page some are English."""
        if key not in self._sections:
            name = self.label(f"card.{key}")
            foreign = name.isascii() and self.label.language != "en"
            self._sections[key] = name, Markup(' lang="en"') if foreign else Markup()
        return self._sections[key]

    def sentences(self, numbers: str, count: int) -> str:
        """What a claim's mark is called for those who do not see it."""
        before, after = self._why[count == 1]
        return f"{before}{numbers}{after}"


@lru_cache(maxsize=8)
def _names(label: Labels) -> _Names:
    return _Names(label)


def _stars(number: int, label: Labels) -> Markup:
    picture = '<span class="stars stars-{}" role="img" aria-label="{}">{}<span class="blank">{}</span></span>'
    name = label("site.star_label", n=number)
    return Markup(picture).format(number, name, "★" * number, "★" * (3 - number))  # noqa: S704  # `format` escapes


def basis(covered: CoveredPaper, card: Card, label: Labels) -> tuple[str, ...]:
    """What a card is based on: what was read, who filled it, how many claims were checked and removed, what it took."""
    support, comma = card.support, label("post.comma")
    checked = [label("card.checked", n=support.checked, removed=support.removed)]
    checked += [label("card.partly", n=support.partly)] if support.partly else []
    tokens = card.provenance.tokens
    took = () if tokens is None else (label("post.tokens", n=f"{tokens:,}"),)
    return (_read(covered, label), _filled(card, label), comma.join(checked), *took)


def _read(covered: CoveredPaper, label: Labels) -> str:
    reading, version = covered.reading, covered.reading.version
    if reading.source == "abstract":
        what = label("card.abstract_only") + (f" v{version}" if version else "")
    elif version:
        what = label("card.full_text", source=reading.source.upper(), version=f"v{version}")
    else:
        what = label("card.full_text_any", source=reading.source.upper())
    parts = [what, label("card.truncated")] if reading.truncated else [what]
    told = label("post.comma").join((*parts, label("site.sentences", n=reading.sentences)))
    return label("card.read") + label("post.colon") + told


def _filled(card: Card, label: Labels) -> str:
    made = card.provenance.model or card.provenance.provider
    filled = label("card.model", model=made) if card.filled_by == "model" else label("card.extractive")
    if not card.reason:
        return filled
    failed = label("card.model_failed", reason=label.one_of("card.failure", card.reason))
    return filled + label("post.parentheses", text=failed)


class _Writer:
    """Writes one card.

    Args:
        taken: the anchors that the page has already; this card's are added.
    """

    def __init__(self, names: _Names, coverage: "Coverage", taken: set[str]) -> None:
        self._names, self._page, self._coverage, self._taken = names, names.language, coverage, taken
        self._covered: CoveredPaper = coverage.covered
        self._quotes: Mapping[int, Quote] = coverage.covered.quotes
        self._bodies: dict[int, str] = {}
        self._places: dict[str | None, str] = {}
        self._before_number = sentence_anchor(coverage.covered, 0).removesuffix("0")
        url = coverage.covered.reading.url
        self._url = escape(url) if url.startswith("https://") else ""

    def card(self) -> ShownCard:
        card, language = self._coverage.card, self._coverage.language
        tldr = cards.item(card.meta.tldr) if card.meta.tldr else None
        shown = f'<div class="tldr"{self._lang(tldr.text, language)}>{self._statement(tldr)}</div>' if tldr else None
        stars, rating = self._names.stars[self._covered.assessment.stars]
        return ShownCard(
            self._coverage,
            stars,
            rating,
            self._names.separator.join(in_language(self._covered.assessment.reasons, self._page) or ()),
            self._basis(card),
            Markup(shown) if shown else None,  # noqa: S704  # escaped piece by piece
            tuple(self._section(section) for section in cards.sections(card)),
            self._rest(),
        )

    def _basis(self, card: Card) -> Markup:
        told = [f'<span class="num">{escape(fact)}</span>' for fact in basis(self._covered, card, self._names.label)]
        told += [
            f'<span class="flag">{escape(self._names.label(f"card.flag.{flag}"))}</span>' for flag in self._covered.reading.flags
        ]
        return Markup("".join(told))  # noqa: S704  # escaped piece by piece

    def _section(self, section: cards.Section) -> ShownSection:
        written: list[str] = []
        advised = False
        for group in section.groups:
            opened = '<div class="group advice">\n' if group.advice else '<div class="group">\n'
            note = self._names.advice if group.advice and not advised else ""
            advised = advised or group.advice
            written += (opened, note, self._names.heading(group), self._group(group), "\n</div>\n")
        return ShownSection(*self._names.section(section.key), Markup("".join(written)))  # noqa: S704  # escaped piece by piece

    def _group(self, group: cards.Group) -> str:
        language = self._coverage.language
        if len(group.items) == 1:
            only = group.items[0]
            return f'<div class="claim"{self._lang(only.text, language)}>{self._statement(only)}</div>'
        tag = "ol" if group.ordered else "ul"
        items = (f"<li{self._lang(item.text, language)}>{self._statement(item)}</li>\n" for item in group.items)
        return f"<{tag}>\n{''.join(items)}</{tag}>"

    def _statement(self, item: cards.Item) -> str:
        """A claim: its name, text, doubts and measured values, and behind them what it rests on."""
        text, numbers = inline(item.text), [n for n in item.evidence if n in self._quotes]
        if len(numbers) == 1 and item.text == self._quotes[numbers[0]].text.rstrip(_STOPS):
            text, why = self._verbatim(numbers[0], text)
        else:
            why = self._why(numbers)
        name = f"<strong>{inline(item.name)}</strong>{self._names.colon}" if item.name else ""
        doubt = self._names.doubts.get(item.status or "", "")
        if item.fields:
            return f'{name}{text}{doubt}\n<div class="fields">{self._fields(item)}{why}</div>'
        return f"{name}{text}{doubt}{why}"

    def _fields(self, item: cards.Item) -> str:
        names = self._names.results
        return " ".join(f'<span><span class="key">{names[key]}</span> {inline(value)}</span>' for key, value in item.fields)

    # --- what a claim rests on

    def _verbatim(self, number: int, text: str) -> tuple[str, str]:
        """A claim that is its sentence: the anchor is its own, and its number leads into the paper."""
        anchor = self._new_anchor(number)
        said = f'<span class="said"{anchor}>{text}</span>' if anchor else text
        link = self._link(number)
        if not link:
            return said, ""
        name = f"{self._names.sentences(str(number), 1)}: {self._names.in_paper}"
        return said, f'{cjk.JOINER}<a class="nr" href="{link}" {_LEAVING} aria-label="{name}">{number}</a>'

    def _why(self, numbers: Sequence[int]) -> str:
        if not numbers:
            return ""
        shown = (", " if len(numbers) > _KEPT_TOGETHER else ",\N{NO-BREAK SPACE}").join(map(str, numbers))
        bodies = "".join(f'<div class="quote"{self._new_anchor(n)}>{self._body(n)}</div>' for n in numbers)
        label = self._names.sentences(shown, len(numbers))
        return f'{cjk.JOINER}<details class="cites"><summary aria-label="{label}">{shown}</summary>{bodies}</details>'

    def _new_anchor(self, number: int) -> str:
        """The `id` of a sentence where it stands on the page for the first time, else nothing."""
        anchor = f"{self._before_number}{number}"
        if anchor in self._taken:
            return ""
        self._taken.add(anchor)
        return f' id="{anchor}"'

    def _body(self, number: int) -> str:
        """A sentence, word for word, and where it stands in the paper."""
        if number not in self._bodies:
            quote, link = self._quotes[number], self._link(number)
            into = f' <a href="{link}" {_LEAVING}>{self._names.in_paper}</a>' if link and quote.anchor else ""
            words = f"<blockquote{self._lang(quote.text, 'en')}>{inline(quote.text)}</blockquote>"
            self._bodies[number] = (
                f'{words}<p class="where"><span class="n">{number}</span>{self._place(quote.section)}{into}</p>'
            )
        return self._bodies[number]

    def _place(self, section: str | None) -> str:
        """The section of the paper that a sentence stands in; most of a card's stand in a few."""
        if section not in self._places:
            self._places[section] = f" <span{self._lang(section, 'en')}>{escape(section)}</span>" if section else ""
        return self._places[section]

    def _link(self, number: int) -> str:
        """Where a sentence stands in what was read; the whole of it where its place has no anchor."""
        anchor = self._quotes[number].anchor
        if not self._url or not anchor:
            return self._url
        return f"{self._url}#{anchor if _IN_URLS.fullmatch(anchor) else percent_encoded(anchor, safe='/=')}"

    def _rest(self) -> Markup | None:
        left = [n for n in sorted(self._quotes) if f"{self._before_number}{n}" not in self._taken]
        if not left:
            return None
        items = "".join(f'<li class="quote"{self._new_anchor(n)}>{self._body(n)}</li>\n' for n in left)
        return Markup(f"<ol>\n{items}</ol>")  # noqa: S704  # escaped piece by piece

    def _lang(self, text: str, language: Language) -> str:
        spoken = cjk.language_within(text, language)
        return f' lang="{cjk.TAGS[spoken]}"' if spoken != self._page else ""
