"""What readers take with them, per paper and per digest: citations for their reference manager, notes, the data.

A format is one module with `SUFFIX`, `MEDIA_TYPE`, `BY_LANGUAGE`, `paper` and `digest` (see `base.Export`), a line here,
and its name in `FORMATS` of `cli/export.py`.
"""

from digest.site.exports import bibtex, csl, markdown, obsidian, record, ris
from digest.site.exports.base import DigestExport, Export, PaperExport
from digest.site.exports.citation import keys

EXPORTS: dict[str, Export] = {
    "bibtex": bibtex,
    "ris": ris,
    "csl": csl,
    "markdown": markdown,
    "obsidian": obsidian,
    "json": record,
}
"""Formats by name, in the order in which a page offers them."""

__all__ = ["EXPORTS", "DigestExport", "Export", "PaperExport", "file_name", "keys"]


def file_name(name: str, what: PaperExport | DigestExport) -> str:
    """The name of an export's file outside the site, valid on every system: `zeng2026glm5.bib`.

    Notes for Obsidian link each other by their names, which say what they are about.
    """
    if isinstance(what, PaperExport):
        return f"{obsidian.note_name(what)}.md" if name == "obsidian" else what.key + EXPORTS[name].SUFFIX
    return f"{obsidian.digest_name(what)}.md" if name == "obsidian" else f"{what.day.date}-{what.edition}{EXPORTS[name].SUFFIX}"
