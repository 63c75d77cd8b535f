"""The abstract as a document: what there always is to read."""

from digest.models import Candidate, Document, Reading, Sentence
from digest.reading.sentences import split_sentences
from digest.store import sha256


def read_abstract(candidate: Candidate) -> Document:
    """The numbered sentences of a candidate's abstract."""
    paper = candidate.paper
    sentences = tuple(
        Sentence(number=n, text=text, section="Abstract") for n, text in enumerate(split_sentences(candidate.abstract), 1)
    )
    reading = Reading(
        source="abstract",
        version=paper.version,
        sentences=len(sentences),
        tokens=tokens(candidate.abstract),
        url=f"{paper.links.abs}v{paper.version}" if paper.version else paper.links.abs,
        sha256=sha256(candidate.abstract.encode()),
    )
    return Document(paper=paper, reading=reading, sentences=sentences)


def tokens(text: str) -> int:
    """A rough count of tokens: four ASCII characters, or one other character, each."""
    ascii_characters = sum(c.isascii() for c in text)
    return -(-ascii_characters // 4) + len(text) - ascii_characters
