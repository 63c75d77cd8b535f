"""How long to wait before asking again."""

import random
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_SHORTEST = 0.1  # seconds
_JITTER = 0.25
_SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?")
_QUOTA = re.compile(r"(?:^|;)\s*([rt])\s*=\s*([0-9]{1,9})\s*(?=;|$)")


def backoff(interval: float, failures: int) -> float:
    """Seconds to wait after so many failures: the interval, doubled each time, and up to a quarter more.

    The jitter only adds: arXiv asks for three seconds between requests, and a retry is a request.
    """
    base: float = max(interval, _SHORTEST) * 2 ** (failures - 1)
    return base * (1 + random.uniform(0, _JITTER))


def asked_for(headers: Mapping[str, str], moment: datetime) -> float:
    """Seconds that a server asks us to wait, 0 if it does not say so in a way that makes sense.

    Args:
        headers: of its answer, by lower-case name.
        moment: the time by which to judge a Retry-After that is a date.
    """
    after = _retry_after(headers.get("retry-after", "").strip(), moment)
    return max(after, _quota(headers.get("ratelimit", "")))


def _retry_after(value: str, moment: datetime) -> float:
    """RFC 9110, section 10.2.3: a number of seconds, or a date."""
    if _SECONDS.fullmatch(value):
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0.0
    then = then.replace(tzinfo=UTC) if then.tzinfo is None else then
    return max(0.0, (then - moment).total_seconds())


def _quota(value: str) -> float:
    """The seconds until a used-up quota is renewed, from `RateLimit: "api";r=0;t=55`.

    Hugging Face sends it instead of Retry-After (draft-ietf-httpapi-ratelimit-headers: r is what remains, t
    the seconds until then).
    """
    seconds = [0.0]
    for policy in value.split(","):
        fields = dict(_QUOTA.findall(policy))
        if int(fields.get("r", 1)) == 0:
            seconds.append(float(fields.get("t", 0)))
    return max(seconds)
