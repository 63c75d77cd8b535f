"""Stage 4: what is said of a paper, claim by claim, each on the sentences that it rests on."""

from digest.cards.extract import extract_card
from digest.cards.quotes import claims_of, quotes_of

__all__ = ["claims_of", "extract_card", "quotes_of"]
