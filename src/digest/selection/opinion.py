"""What a model says of candidates: scores and a line each. An opinion decides nothing; `judged` weighs it with the signals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from digest.models import Language, Scores

Exclusion = Literal["off_topic", "application", "no_research", "minor"]
"""Why a model would leave a paper out: not about the interests; known methods applied to a narrow field; a position, report
or survey; a small step. Each is a label `reason.exclude_…`: words of the model's own could not be checked."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model says of one paper.

    Attributes:
        scores: each 0 to 10.
        directions: at most two names of configured interests.
        reason: one line in the prompt's language that stood the checks against title and abstract.
    """

    scores: Scores
    directions: tuple[str, ...] = ()
    reason: str | None = None
    exclude: Exclusion | None = None

    @property
    def quality(self) -> float:
        """The scores as one number, 0 to 10."""
        return 0.4 * self.scores.relevance + 0.3 * self.scores.novelty + 0.3 * self.scores.significance


@dataclass(frozen=True)
class Triaged:
    """What came of a triage.

    Attributes:
        opinions: by id.
        groups: ids that were scored together, in one call each.
        failed: ids that were asked about and got no opinion, with the reason: one of `FailureReason`, or `missing`.
        language: of the opinions' reasons.
    """

    opinions: Mapping[str, Opinion]
    groups: tuple[tuple[str, ...], ...] = ()
    failed: Mapping[str, str] = field(default_factory=dict)
    language: Language = "en"

    def without_reasons(self, unfit: Callable[[str], bool]) -> "Triaged":
        """The same opinions without the reasons that are not fit to be shown."""
        kept = {i: replace(o, reason=None) if o.reason and unfit(o.reason) else o for i, o in self.opinions.items()}
        return replace(self, opinions=kept)

    @property
    def notes(self) -> tuple[str, ...]:
        """For the run report, a line for each way of failing."""
        reasons = sorted(set(self.failed.values()))
        count = list(self.failed.values()).count
        return tuple(f"triage: no opinion on {count(why)} papers, which are ranked by their signals: {why}" for why in reasons)
