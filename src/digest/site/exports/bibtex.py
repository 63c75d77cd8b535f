"""BibTeX, the entry that arXiv itself exports, with the DOI and where the paper was accepted."""

import re

from digest.site.exports.base import DigestExport, PaperExport, once
from digest.site.exports.names import Name
from digest.site.exports.tex import latex

SUFFIX = ".bib"
MEDIA_TYPE = "application/x-bibtex"
BY_LANGUAGE = False

_INITIAL_IN_BYTES = re.compile(r"(?:^|[\s~-])[^A-Za-z\s~-]*[^\x00-\x7f]")
"""A part of a given name whose first letter is not ASCII."""


@once
def paper(paper: PaperExport) -> str:
    found = paper.cited
    fields = {
        "title": latex(found.title, protect=True),
        "author": " and ".join(map(_author, found.authors)),
        "year": str(found.year),
        "eprint": found.eprint,
        "archivePrefix": "arXiv",
        "primaryClass": latex(found.primary_category),
        "doi": found.doi,
        "url": found.url,
        "note": latex(found.note),
    }
    lines = (f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{paper.key},\n" + ",\n".join(lines) + "\n}\n"


def digest(digest: DigestExport) -> str:
    return "\n".join(map(paper, digest.papers))


def _author(name: Name) -> str:
    """`von Last, Jr., First`; in braces what BibTeX is not to take apart."""
    family, given = latex(" ".join(filter(None, (name.particle, name.family)))), latex(name.given)
    if name.literal:
        return f"{{{family}}}"
    if _INITIAL_IN_BYTES.search(given):
        # Classic BibTeX would make an initial of the first byte. Where the family name comes first, it does here, too.
        return f"{{{name.family}{name.given}}}" if name.east_asian else f"{{{given} {family}}}"
    if not name.particle and family[:1].islower():  # small letters would be a particle without a name
        family = f"{{{family}}}"
    return ", ".join(filter(None, (family, latex(name.suffix), given)))
