"""What a check says."""

from dataclasses import dataclass
from typing import Literal

from digest.models import ClaimStatus

Kind = Literal[
    "evidence",  # cites no sentence, or one that does not exist
    "number",  # a number that was not read
    "name",  # a model, dataset or benchmark that the paper does not name
    "acronym",  # spelled out otherwise than the paper does
    "superlative",  # first, state of the art, open source: only where the paper says so
    "negation",  # says the opposite of its sentence
    "unrelated",  # has nothing to do with its sentence
    "conflict",  # the same fact with another number elsewhere on the page
]


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong with a statement.

    Attributes:
        what: the words of the statement that it is about: `97.3 %`, `Dynamic Sparse Attention`.
    """

    kind: Kind
    what: str = ""


@dataclass(frozen=True)
class Verdict:
    """What the checks say of a statement: `supported`, `partly` or `unsupported`, and why not `supported`."""

    status: ClaimStatus
    complaints: tuple[Complaint, ...] = ()
