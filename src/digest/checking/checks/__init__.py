"""The checks, one file each, in the order in which their complaints are told."""

from digest.checking.checks.acronyms import check_acronyms
from digest.checking.checks.base import Case, Check, Finding
from digest.checking.checks.copies import check_copies
from digest.checking.checks.names import check_names
from digest.checking.checks.numbers import check_numbers
from digest.checking.checks.polarity import check_polarity
from digest.checking.checks.relation import check_relation
from digest.checking.checks.superlatives import check_superlatives

CHECKS: tuple[Check, ...] = (
    check_numbers,
    check_names,
    check_acronyms,
    check_superlatives,
    check_polarity,
    check_copies,
    check_relation,
)
"""For a statement that cites sentences."""
OUTSIDE: tuple[Check, ...] = (check_numbers, check_names, check_acronyms, check_superlatives)
"""For a text outside cards, which rests on everything that was read."""
ADVICE: tuple[Check, ...] = (check_numbers, check_names, check_acronyms)
"""For the editor's advice, which need not stand in the paper."""

__all__ = ["ADVICE", "CHECKS", "OUTSIDE", "Case", "Check", "Finding"]
