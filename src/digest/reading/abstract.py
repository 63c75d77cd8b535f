"""The abstract as a document: what there always is to read."""

from digest.models import Candidate, Document, Reading, Sentence
from digest.reading.flags import flags_of, is_order, visible
from digest.reading.sentences import split_sentences
from digest.store import sha256
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
        flags=flags_of([paper.title, candidate.abstract, paper.comment or ""]),
    )
    return Document(paper=paper, reading=reading, sentences=sentences)


def abstract_sentences(abstract: str) -> tuple[Sentence, ...]:
    """The sentences of an abstract, numbered from 1, without what nobody can see and what is an order to a machine."""
    shown, _ = visible(abstract)
    numbered = (Sentence(number=n, text=text, section="Abstract") for n, text in enumerate(split_sentences(shown), 1))
    return tuple(sentence for sentence in numbered if not is_order(sentence.text))
