"""Stage 2: which papers make the day, and why.

`rank` orders candidates by named signals, `triage` asks a model what it thinks of them, `judged` weighs both, `choose` takes
an edition's picks from them.
"""

from digest.selection.choose import Choice, choose
from digest.selection.judged import judged
from digest.selection.opinion import Opinion, Triaged
from digest.selection.rank import Ranked, Reason, places, rank, stars, worded
from digest.selection.triage import triage

__all__ = ["Choice", "Opinion", "Ranked", "Reason", "Triaged", "choose", "judged", "places", "rank", "stars", "triage", "worded"]
