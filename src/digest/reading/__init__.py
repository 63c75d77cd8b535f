"""Stage 3: what a card is based on, as numbered sentences."""

from digest.reading.abstract import read_abstract
from digest.reading.budget import within
from digest.reading.flags import flags_of, is_order, visible
from digest.reading.fulltext import FullTexts
from digest.reading.orders import without_orders
from digest.reading.sentences import split_sentences

__all__ = ["FullTexts", "flags_of", "is_order", "read_abstract", "split_sentences", "visible", "within", "without_orders"]
