"""What a source is: something that can read its listings of a day."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from digest.models import Links, Listing
from digest.paper_id import PaperId

_NAMES = (
    "AAAI AACL AAMAS ACCV ACL AISTATS ASE ASPLOS ASRU BMVC CCS CHI CIKM COLING COLM COLT CoNLL CoRL CSCW CVPR EACL ECAI ECCV"
    " ECIR EMNLP FAccT FSE HPCA ICASSP ICAPS ICCV ICDE ICDM ICLR ICME ICML ICPR ICRA ICSE IJCAI IJCNN INTERSPEECH"
    " Interspeech IROS ISCA ISMIR ISSTA KDD LREC LREC-COLING MICCAI MLSys NAACL NDSS NeurIPS NIPS NSDI OOPSLA OSDI PAKDD PLDI"
    " POPL RecSys SDM SIGCOMM SIGGRAPH SIGIR SIGMOD SLT SOSP STOC FOCS TACL TMLR JMLR UAI UIST VLDB WACV WSDM WWW"
).split()
_VENUE = re.compile(rf"(?<![\w-])(?P<name>{'|'.join(_NAMES)})(?:[ '’-]{{0,2}}(?P<year>(?:19|20)\d\d|\d\d)(?!\d))?(?![\w-])")
_NOT_YET = re.compile(r"\b(?:submitted|under (?:review|submission)|in submission|review(?:ed)? (?:at|for))\b", re.IGNORECASE)


class Source(Protocol):
    """Where papers come from.

    Attributes:
        name: `huggingface`, `arxiv`.
        listings: the names of its listings, in the config's order.
    """

    name: str
    listings: tuple[str, ...]

    def read(self, day: date, names: Sequence[str]) -> list[Listing]:
        """Read listings of a day.

        Args:
            day: the listing date.
            names: which listings; a part of `listings`.

        Returns:
            One Listing for each name, in order. What could not be read is `stale` or `failed`, with its error.

        Raises:
            Nothing that an upstream does: its failures are statuses.
        """
        ...


def links_of(paper: PaperId, *, hf: bool = False, code: str | None = None, project: str | None = None) -> Links:
    """The links of a paper, made from its id and from cleaned metadata alone."""
    versioned = f"{paper.id}v{paper.version}" if paper.version else paper.id
    return Links(
        abs=f"https://arxiv.org/abs/{paper.id}",
        pdf=f"https://arxiv.org/pdf/{versioned}",
        html=f"https://arxiv.org/html/{versioned}",
        code=code,
        project=None if project == code else project,
        hf=f"https://huggingface.co/papers/{paper.id}" if hf else None,
    )


def venue_in(comment: str | None) -> str | None:
    """The venue that a comment names ("Accepted at ICLR 2026", "AAAI-26 Oral"), or None; not one that it was submitted to."""
    match = _VENUE.search(comment or "")
    if match is None or _NOT_YET.search(comment or ""):
        return None
    year = match["year"] or ""
    return f"{match['name']} {'20' if len(year) == 2 else ''}{year}".strip()
