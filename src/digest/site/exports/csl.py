"""CSL-JSON, what citeproc, Zotero and Pandoc read (docs.citationstyles.org, schemas/input/csl-data.json)."""

import json

from digest.site.exports.base import DigestExport, PaperExport, once
from digest.site.exports.names import Name
from digest.site.exports.tex import unicode

SUFFIX = ".csl.json"
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"
BY_LANGUAGE = False

_written = json.JSONEncoder(ensure_ascii=False).encode


def paper(paper: PaperExport) -> str:
    return _array([_item(paper)])


def digest(digest: DigestExport) -> str:
    return _array([_item(paper) for paper in digest.papers])


def _array(items: list[str]) -> str:
    return "[\n" + ",\n".join(items) + "\n]\n"


@once
def _item(paper: PaperExport) -> str:
    found = paper.cited
    item = {
        "id": paper.key,
        "type": "article",
        "title": unicode(found.title),
        "author": [_name(name) for name in found.authors],
        "issued": {"date-parts": [list(found.issued)]},
        "publisher": "arXiv",
        "archive": "arXiv",
        "archive_location": found.eprint,
        "number": f"arXiv:{found.eprint}",
        "DOI": found.doi,
        "URL": found.url,
        "version": str(found.version or ""),
        "note": unicode(found.note),
    }
    return _written({key: value for key, value in item.items() if value})


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "non-dropping-particle": name.particle, "suffix": name.suffix}
    return {key: value for key, value in parts.items() if value}
