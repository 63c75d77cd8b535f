"""Stage 4: what is said of a paper, claim by claim, each on the sentences that it rests on."""

from digest.cards.check import Refused, check_card
from digest.cards.extract import extract_card
from digest.cards.fill import Filled, fill_card
from digest.cards.paths import claims_of
from digest.cards.prompts import CardPrompts
from digest.cards.quotes import quotes_of
from digest.cards.translate import translate_card

__all__ = [
    "CardPrompts",
    "Filled",
    "Refused",
    "check_card",
    "claims_of",
    "extract_card",
    "fill_card",
    "quotes_of",
    "translate_card",
]
