"""Sentences that give orders to a machine and say nothing of the paper."""

from digest.reading.flags import is_order
from digest.reading.sentences import split_sentences


def without_orders(text: str) -> str:
    """The text without such sentences; as it is, where there are none. A sentence that quotes an order stays."""
    sentences = split_sentences(text)
    kept = [sentence for sentence in sentences if not is_order(sentence)]
    return text if len(kept) == len(sentences) else " ".join(kept)
