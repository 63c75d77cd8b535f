"""RIS, as reference managers read it: one tag a line, lines that end with CR LF, UTF-8."""

from collections.abc import Iterator

from digest.site.exports.base import DigestExport, PaperExport, once
from digest.site.exports.names import Name
from digest.site.exports.tex import unicode

SUFFIX = ".ris"
MEDIA_TYPE = "application/x-research-info-systems"
BY_LANGUAGE = False


@once
def paper(paper: PaperExport) -> str:
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _tags(paper))


def digest(digest: DigestExport) -> str:
    return "".join(map(paper, digest.papers))


def _tags(paper: PaperExport) -> Iterator[tuple[str, str]]:
    found = paper.cited
    yield "TY", "UNPB"  # "unpublished work": what reference managers write for a preprint
    yield from (("AU", _author(name)) for name in found.authors)
    yield "TI", unicode(found.title)
    yield "PY", str(found.year)
    yield "DA", "/".join(f"{part:02}" for part in found.issued) + "/" * (4 - len(found.issued))
    yield "PB", "arXiv"
    yield "AN", f"arXiv:{found.eprint}"
    yield "DO", found.doi
    yield "UR", found.url
    if found.note:
        yield "N1", unicode(found.note)
    yield from (("KW", unicode(category)) for category in found.categories)
    yield "ER", ""


def _author(name: Name) -> str:
    """Family, given, suffix. The format allows no asterisk here, and a comma only between them."""
    shown = name.family.replace(",", " ") if name.literal else name.inverted
    return " ".join(shown.replace("*", " ").split())
