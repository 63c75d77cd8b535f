"""How good are the cards, and how good is the checker that they passed?

`records` looks at a folder of digest records. `measure` looks at the checker: true claims should pass it, claims that
were made wrong on purpose (`corrupt`) should not. What decides here whether a number or a name stands in a sentence is
written apart from `digest.checking`, on purpose: a shared mistake would hide itself.
"""

from digest.evaluation import table
from digest.evaluation.claims import Shelf, TrueClaim, of_abstracts, of_files, of_records, read_abstracts
from digest.evaluation.measure import Measurement, Outcome, Share, measure
from digest.evaluation.records import CardFigures, evaluate_records

__all__ = [
    "CardFigures",
    "Measurement",
    "Outcome",
    "Share",
    "Shelf",
    "TrueClaim",
    "evaluate_records",
    "measure",
    "of_abstracts",
    "of_files",
    "of_records",
    "read_abstracts",
    "table",
]
