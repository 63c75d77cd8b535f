"""Stage 2: which papers make the day, and why.

`rank` orders candidates by named signals, `choose` takes an edition's picks from them.
"""

from digest.selection.choose import Choice, choose
from digest.selection.rank import Ranked, Reason, rank, stars, worded

__all__ = ["Choice", "Ranked", "Reason", "choose", "rank", "stars", "worded"]
