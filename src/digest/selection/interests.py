"""What a reader is interested in, follows and avoids, as words in titles and abstracts."""

import re
from collections.abc import Sequence
from functools import lru_cache

from digest.config import Avoid, Interest
from digest.models import Candidate

TITLE, ABSTRACT = 1.0, 0.5
"""What a match in the title and one in the abstract is worth."""
SECOND = 0.1
"""What each further term of the same interest adds."""


def match(interest: Interest | Avoid, candidate: Candidate) -> tuple[str, tuple[str, ...], float]:
    """Where an interest's terms stand.

    Returns:
        `title`, `abstract` or `` (nowhere); the terms found there; the strength, 0 to about 1.5.
    """
    in_title = _found(interest.terms, candidate.paper.title)
    in_abstract = _found(interest.terms, candidate.abstract)
    if in_title:
        return "title", in_title, TITLE + SECOND * (len(set(in_title + in_abstract)) - 1)
    if in_abstract:
        return "abstract", in_abstract, ABSTRACT + SECOND * (len(in_abstract) - 1)
    return "", (), 0.0


def is_avoided(avoid: Avoid, candidate: Candidate) -> bool:
    """Whether a paper is about what is to be avoided: a term in the title, or terms twice in the abstract."""
    if _found(avoid.terms, candidate.paper.title):
        return True
    return sum(len(_pattern(term).findall(candidate.abstract)) for term in avoid.terms) >= 2


def followed(names: Sequence[str], among: Sequence[str]) -> tuple[str, ...]:
    """The followed names that stand among a paper's authors or organisations, whole, whatever their case."""
    folded = {" ".join(name.casefold().split()) for name in among}
    return tuple(name for name in names if " ".join(name.casefold().split()) in folded)


def _found(terms: Sequence[str], text: str) -> tuple[str, ...]:
    lowered = text.lower()  # a search costs ten times as much as this look, and hardly any term stands in a text
    return tuple(term for term in terms if _beginning(term) in lowered and _pattern(term).search(text))


@lru_cache(maxsize=4096)
def _beginning(term: str) -> str:
    """A term's first word, in lower case."""
    return re.split(r"[\s-]+", term.strip())[0].lower()


@lru_cache(maxsize=4096)
def _pattern(term: str) -> re.Pattern[str]:
    """A term as whole words. Space and hyphen are the same, a plural counts, a short acronym keeps its capitals."""
    words = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", term.strip())))
    if re.search(r"[\u3040-\u30ff\u3400-\u9fff]", term):  # no spaces between words there
        return re.compile(words, re.IGNORECASE)
    is_acronym = term.isupper() and len(term) <= 5
    return re.compile(rf"(?<!\w){words}(?:e?s)?(?!\w)", 0 if is_acronym else re.IGNORECASE)
