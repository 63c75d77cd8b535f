"""Stage 6, over several days: round-ups of a week or a month, a projection of records as posts are.

    records + edits ─► gather ─► view ─► templates/posts/roundup.md.j2 ─► write
                         periods, directions, changes

`digest.roundups.write` writes one; it is not imported here, because a night with nothing to do needs no template.
"""

from digest.roundups.due import Failed, write_due
from digest.roundups.files import roundup_path
from digest.roundups.periods import Period, asked_period, named_period

__all__ = ["Failed", "Period", "asked_period", "named_period", "roundup_path", "write_due"]
