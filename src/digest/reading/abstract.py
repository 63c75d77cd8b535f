"""The abstract as a document: what there always is to read."""

from digest.models import Candidate, Document, Reading, Sentence
from digest.reading.flags import flags_of, may_order, visible
from digest.reading.orders import without_order_each
from digest.reading.sentences import split_sentences
from digest.store import sha256
from digest.tex import readable
from digest.tokens import estimated_tokens


def read_abstract(candidate: Candidate) -> Document:
    """The numbered sentences of a candidate's abstract."""
    paper = candidate.paper
    sentences = abstract_sentences(candidate.abstract)
    reading = Reading(
        source="abstract",
        version=paper.version,
        sentences=len(sentences),
        tokens=estimated_tokens(" ".join(sentence.text for sentence in sentences)),
        url=f"{paper.links.abs}v{paper.version}" if paper.version else paper.links.abs,
        sha256=sha256(candidate.abstract.encode("utf-8", "replace")),
        flags=flags_of([paper.title, candidate.abstract, readable(candidate.abstract), paper.comment or ""]),
    )
    return Document(paper=paper, reading=reading, sentences=sentences)


def abstract_sentences(abstract: str) -> tuple[Sentence, ...]:
    """The sentences of an abstract, numbered from 1, without what nobody can see and what is an order to a machine.

    They are what TeX prints of them, formulas as they are: what cards quote and prompts say is for people to read.
    A sentence that is left out keeps its number, so that the others have those of the text.
    """
    shown = readable(visible(abstract)[0])
    texts = split_sentences(shown)
    kept = without_order_each(texts) if may_order(shown) else texts
    return tuple(Sentence(number=n, text=text, section="Abstract") for n, text in enumerate(kept, 1) if text)
