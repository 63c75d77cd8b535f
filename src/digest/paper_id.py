"""arXiv identifiers. A paper is known by its id without version.

Forms (info.arxiv.org/help/arxiv_identifier): `YYMM.NNNNN` since 2015, `YYMM.NNNN` from April 2007 to 2014,
`archive[.SC]/YYMMNNN` before; each may end with `vN`.
"""

import re
from dataclasses import dataclass

from digest.errors import PaperIdError

_MODERN = r"(?:0[7-9]|[1-9][0-9])(?:0[1-9]|1[0-2])\.[0-9]{4,5}"
_LEGACY = r"[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}"
_ID = re.compile(rf"(?P<id>{_MODERN}|{_LEGACY})(?:v(?P<version>[1-9][0-9]?))?(?:\.pdf)?")
_PREFIX = re.compile(r"^(?:arXiv:|oai:arXiv\.org:|(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PaperId:
    """An arXiv id without version, and the version where the text had one."""

    id: str
    version: int | None = None

    @classmethod
    def parse(cls, text: object) -> "PaperId":
        """Read an id as upstreams and people write it: bare, `arXiv:…`, `oai:arXiv.org:…` or an arXiv URL.

        Raises:
            PaperIdError: anything else, a path or digits of another script among it.
        """
        bare = _PREFIX.sub("", text, count=1) if isinstance(text, str) else ""
        match = _ID.fullmatch(bare)
        if not match:
            hint = "an arXiv id looks like 2602.15763, 2602.15763v2 or cs/0112017"
            raise PaperIdError(f"{str(text)[:60]!r} is no arXiv id", hint=hint)
        return cls(match["id"], int(match["version"]) if match["version"] else None)

    @property
    def slug(self) -> str:
        """A flat, safe name for files and URLs: `math.GT/0309136` becomes `math.GT_0309136`."""
        return slug(self.id)


def slug(paper_id: str) -> str:
    """The flat name of an id that has been parsed before."""
    return paper_id.replace("/", "_")
