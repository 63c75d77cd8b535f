"""What every citation format says of a paper, and the keys under which papers are cited."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from urllib.parse import quote

from digest.models import CoveredPaper, Paper
from digest.site.exports import names, tex
from digest.site.exports.names import Name

_PREPRINT = "arxiv preprint"
_STOPWORDS = set(
    "a an the on of in for to and with from is are as at by via do does can how what why when towards toward".split()
)
_FOLDED = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "ı": "i"})
_LETTERS = 26
_WORD_LENGTH = 20


@dataclass(frozen=True)
class Citation:
    """A paper as it is cited.

    Attributes:
        eprint: the id as arXiv writes it today: old ones without their subject class (math.GT/0309136).
        title: as arXiv writes it, TeX and all.
        issued: year, month, day of the first version; without day where only the id tells.
        pdf: its address; empty where it is none of https.
        note: where it was accepted, by its authors' comment.
        version: the one that was read.
    """

    eprint: str
    title: str
    authors: tuple[Name, ...]
    issued: tuple[int, ...]
    doi: str
    url: str
    pdf: str
    primary_category: str
    categories: tuple[str, ...]
    note: str
    version: int | None

    @property
    def year(self) -> int:
        return self.issued[0]


def of(covered: CoveredPaper) -> Citation:
    """A covered paper as it is cited."""
    paper = covered.paper
    venue = paper.venue or ""
    return Citation(
        eprint=eprint(paper.id),
        title=paper.title,
        authors=_authors(paper.authors),
        issued=_issued(paper),
        doi=f"10.48550/arXiv.{eprint(paper.id)}",  # info.arxiv.org/help/doi.html
        url=_url(paper),
        pdf=paper.links.pdf if paper.links.pdf.startswith("https://") else "",
        primary_category=paper.primary_category or "",
        categories=paper.categories,
        note="" if venue.casefold() == _PREPRINT else venue,
        version=covered.reading.version,
    )


def _authors(given: Iterable[str]) -> tuple[Name, ...]:
    """The authors; a name may consist of characters that nobody sees."""
    return tuple(name for name in map(names.parse, given) if name.family)


def eprint(paper_id: str) -> str:
    """An id as arXiv cites it: `math.GT/0309136` is `math/0309136`."""
    return re.sub(r"\.[A-Z]{2}/", "/", paper_id)


def _url(paper: Paper) -> str:
    """The abstract's page, with nothing in it that could end a field."""
    url = paper.links.abs if paper.links.abs.startswith("https://") else f"https://arxiv.org/abs/{paper.id}"
    return quote(url, safe=":/?&=+,;@!~-._")


def _issued(paper: Paper) -> tuple[int, ...]:
    if paper.published:
        day = paper.published.date()
        return day.year, day.month, day.day
    digits = re.sub(r"^.*/", "", paper.id)
    year = int(digits[:2])  # arXiv began in August 1991
    return (1900 if year > 90 else 2000) + year, int(digits[2:4])


# --- keys ----------------------------------------------------------------------------------------


def keys(covered: Iterable[tuple[Date, CoveredPaper]]) -> dict[str, str]:
    """The citation key of each paper by its id: family name, year, first word of the title, such as `zeng2026glm5`.

    Where two papers want the same key, the one that was covered first has it and the others get a letter; a key does not
    change when papers of later days come.

    Args:
        covered: every covered paper, with the day that covers it.
    """
    first: dict[str, tuple[Date, CoveredPaper]] = {}
    for date, paper in covered:
        known = first.get(paper.paper.id)
        if known is None or date < known[0]:
            first[paper.paper.id] = date, paper
    ordered = sorted(first.items(), key=lambda item: (item[1][0], item[0]))
    return distinct((paper_id, plain_key(paper.paper)) for paper_id, (_, paper) in ordered)


def distinct(wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The citation key of each paper by its id, with letters where several want the same.

    Args:
        wanted: ids with `plain_key`, those that were covered first before others; an id may come again.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    tried: dict[str, int] = {}
    for paper_id, plain in wanted:
        if paper_id in found:
            continue
        number = tried.get(plain, 0)
        while (key := _lettered(plain, number)) in taken:
            number += 1
        tried[plain] = number + 1
        taken.add(key)
        found[paper_id] = key
    return found


def plain_key(paper: Paper) -> str:
    """Family name of the first author who is a person (a paper is known by its people, not by "GLM-5 Team"), year, word."""
    authors = _authors(paper.authors[:20])
    person = next((name for name in authors if not name.literal), authors[0] if authors else None)
    family = _ascii(person.family) if person else ""
    return f"{family[:_WORD_LENGTH] or 'arxiv'}{_issued(paper)[0]}{_word(paper.title)}"


def _word(title: str) -> str:
    """The first word that says something; numbers joined to it stay: `GLM-5` is `glm5`."""
    for word in tex.unicode(title).replace("/", " ").split():
        parts = [_ascii(part) for part in word.split("-")]
        while parts and not parts[0]:
            parts.pop(0)
        if parts and parts[0] not in _STOPWORDS:
            following = parts[1] if len(parts) > 1 and parts[1][:1].isdigit() else ""
            return (parts[0] + following)[:_WORD_LENGTH]
    return ""


def _ascii(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.translate(_FOLDED)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", folded.lower())


def _lettered(key: str, number: int) -> str:
    """The key, then with a to z, then with numbers behind a z."""
    if number <= _LETTERS:
        return key + (chr(ord("a") + number - 1) if number else "")
    return f"{key}z{number - _LETTERS + 1}"
