"""Papers as their pages show them, for tests."""

from datetime import date as Date
from typing import Any

import lxml.html

from digest.labels import load_labels
from digest.models import (
    Advice,
    Assessment,
    CardProvenance,
    CoveredPaper,
    Evidence,
    Language,
    Links,
    Meta,
    NamedClaim,
    Problem,
    Quote,
    Result,
    Signals,
    Takeaways,
)
from digest.site.papers.card_html import ShownCard, shown_cards
from digest.site.papers.views import Coverage
from fakes import ID, card, claim, covered, day, reading

JOINER = "\u2060"
HOSTILE = "</script><script>alert(1)</script> \"'><img src=x onerror=alert(1)> &amp; </details></li> {{7*7}} ]]> $x</code><b>$"
SENTENCES = {
    2: Quote(text="Accuracy rises by 7.13%.", section="4 Results", anchor="S4.p1"),
    3: Quote(text="Training becomes stable."),
    9: Quote(text="Costs fall & nothing else."),
}


def coverage(shown: CoveredPaper, language: Language = "en", date: Date | None = None, **fields: Any) -> Coverage:
    """A paper as one day covers it, for a page in a language."""
    whole = day(shown, **({"date": date} if date else {}), **fields)
    told = shown.card_in(language)
    return Coverage(whole, shown, told, shown.language_for(language), told.meta.tldr.text if told.meta.tldr else "")


def read_in_full(*parts: Any, quotes: dict[int, Quote] | None = None, language: Language = "en", **fields: Any) -> CoveredPaper:
    """A paper that a model carded from its HTML, with SENTENCES."""
    return covered(
        cards={language: card(filled_by="model", **(parts[0] if parts else {}))},
        reading=fields.pop("reading", reading(source="html", version=2, sentences=90, url=f"https://arxiv.org/html/{ID}v2")),
        quotes=quotes or SENTENCES,
        **fields,
    )


def shown(*papers: CoveredPaper, language: Language = "en") -> tuple[ShownCard, ...]:
    return shown_cards([coverage(one, language) for one in papers], load_labels(language))


def html_of(one: ShownCard) -> str:
    return "\n".join([one.tldr or "", *(section.html for section in one.sections), one.rest or ""])


def parsed(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().replace(JOINER, "").split())


def hostile_paper() -> CoveredPaper:
    said, named = claim(HOSTILE, 2), NamedClaim(name=HOSTILE, text=HOSTILE, evidence=(2, 3))
    result = Result(text=HOSTILE, evidence=(2,), dataset=HOSTILE, metric=HOSTILE, value=HOSTILE, baseline=HOSTILE)
    parts: dict[str, Any] = {
        "meta": Meta(tldr=said, title_translated=HOSTILE, short_name=HOSTILE, tags=(HOSTILE,), directions=(HOSTILE,)),
        "problem": Problem(background=said, gaps=(said, said), contributions=(named,)),
        "evidence": Evidence(results=(result, result)),
        "takeaways": Takeaways(insight=said, risks=(Advice(text=HOSTILE),)),
        "provenance": CardProvenance(provider="openai", model=HOSTILE),
        "reason": HOSTILE,
    }
    bad = "javascript:alert(1)"
    signals = Signals()
    return read_in_full(
        parts,
        quotes={2: Quote(text=HOSTILE, section=HOSTILE, anchor=HOSTILE), 3: Quote(text="Fine."), 4: Quote(text=HOSTILE)},
        title=HOSTILE,
        authors=(HOSTILE, "Ada Lovelace"),
        organisation=HOSTILE,
        venue=HOSTILE,
        comment=HOSTILE,
        categories=(HOSTILE,),
        primary_category=HOSTILE,
        reading=reading(source="html", url=bad),
        links=Links(
            abs=f"https://arxiv.org/abs/{ID}", pdf=bad, html="http://arxiv.org/html/x", code=bad, project="//evil.example"
        ),
        assessment=Assessment(rank=1, stars=1, signals=signals, reasons={"en": (HOSTILE,)}),
    )
