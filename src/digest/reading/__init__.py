"""Stage 3: what a card is based on, as numbered sentences."""

from digest.reading.abstract import read_abstract
from digest.reading.sentences import split_sentences

__all__ = ["read_abstract", "split_sentences"]
