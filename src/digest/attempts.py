"""What a day still wants from the model, and how often the model was asked in vain.

A day is complete when every paper is carded as asked. But a paper that a model refuses must not end every night for two
weeks with exit status 1, so each paper is tried so many times and no more.
"""

from collections.abc import Iterable, Mapping
from datetime import date as Date

from digest import digests
from digest.models import Digest
from digest.tools import Tools

ANSWERED, UNANSWERED = 3, 10
"""Runs in which a card is asked of the model: where its answers were of no use, and where none came."""

_NEVER = frozenset({"budget"})
"""More of a budget that is used up is not spent on the same date."""
_ALWAYS = frozenset({"unauthorised", "quota", "not_cached"})
"""For a person to mend, or not asked at all; the model has said nothing about the paper."""
_MUTE = frozenset({"timeout", "unavailable", "rate_limited"})
_KIND = "attempts"


def wanted(digest: Digest, tools: Tools) -> frozenset[str]:
    """Papers of a day that the model is to be asked about again: picks without its card, new versions without theirs.

    `--refresh` tries them all.
    """
    if tools.endpoint is None:
        return frozenset()
    added = digests.edits_of(tools.config, digest.date).add
    lacking = digest.unfilled(added)
    if tools.mode == "refresh":
        return frozenset(lacking)
    lacking = {i: why for i, why in lacking.items() if why not in _NEVER}
    spent = tools.cache.get_many(_KIND, [_key(digest.date, i) for i in lacking])
    return frozenset(i for i in lacking if float(spent.get(_key(digest.date, i), 0)) < 1)


def count(day: Date, failures: Mapping[str, str], tools: Tools) -> None:
    """Remember what was asked in vain.

    Args:
        failures: papers without the card they should have, and why.
    """
    costs = {i: _cost(why) for i, why in failures.items() if why not in _ALWAYS}
    spent = tools.cache.get_many(_KIND, [_key(day, i) for i in costs])
    keys = {_key(day, i): cost for i, cost in costs.items()}
    tools.cache.put_many(_KIND, {key: f"{float(spent.get(key, 0)) + cost:.3f}" for key, cost in keys.items()})


def left(asked: Iterable[str], answered: Iterable[str]) -> dict[str, str]:
    """Papers that were wanted and could not even be tried: they left their listing, or the editor took them back."""
    return dict.fromkeys(set(asked) - set(answered), "gone")


def _cost(why: str) -> float:
    """What part of all tries a failure uses up; rounded up, so that the last one ends it."""
    if why in _NEVER:
        return 1.0
    return 1.001 / (UNANSWERED if why in _MUTE else ANSWERED)


def _key(day: Date, paper_id: str) -> str:
    return f"{day}/{paper_id}"
