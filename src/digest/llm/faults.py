"""What a failed call means: the reason that is told, and whether another try, or any other call, makes sense."""

import re
from dataclasses import dataclass

from digest.llm.base import FailureReason
from digest.llm.wire import CallFailed

LONGEST_WAIT = 60.0
"""Seconds that we wait when a server asks for it. Who asks for more is asked again by a later run."""

# Not "exceeded your current quota": Gemini says so of a minute's limit.
_QUOTA = re.compile(r"insufficient[_ ](quota|balance|funds|credit)|billing_hard_limit", re.IGNORECASE)
_FILTER = re.compile(
    r"content[_ ](filter|policy|management)|ResponsibleAIPolicy|data_inspection_failed|content_moderation", re.IGNORECASE
)


class Failed(Exception):
    """No completion, for good.

    Attributes:
        why: for the person who reads it; never a key, never a text of any length.
    """

    def __init__(self, reason: FailureReason, why: str = "") -> None:
        super().__init__(f"{reason}: {why}")
        self.reason, self.why = reason, why


@dataclass(frozen=True)
class Fault:
    """What a failed call means.

    Attributes:
        again: another try may succeed.
        closes: no call of this run will.
    """

    reason: FailureReason
    again: bool = False
    closes: bool = False


def fault_of(failed: CallFailed) -> Fault:
    """Judge a failed call by its status and by the words of its body."""
    status, body = failed.status, failed.body
    if failed.late:
        return Fault("timeout", again=True)
    if status == 402 or ((status is None or status < 500) and _QUOTA.search(body)):  # gateways say so in a 200
        return Fault("quota", closes=True)
    if status in (401, 403):
        return Fault("unauthorised", closes=True)
    if status == 429:
        return Fault("rate_limited", again=failed.wait <= LONGEST_WAIT)
    if status is None or status == 408 or status >= 500:
        return Fault("unavailable", again=failed.wait <= LONGEST_WAIT)
    # Azure, DashScope and others refuse a prompt by a 400.
    return Fault("refused" if _FILTER.search(body) else "rejected")


def told(failed: CallFailed) -> str:
    """A failure for a person: what happened, and the server's own words if they are few."""
    words = " ".join("".join(c if c.isprintable() else " " for c in failed.body).split())
    return f"{failed.why}: {words[:200]}".rstrip(": ")
