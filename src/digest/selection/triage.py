"""What a model thinks of the candidates: all of them, in batches, in one round of calls."""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, Field

from digest.checking.languages import speaks
from digest.config import Selection
from digest.llm import Model, ModelError, Prompt, Question, schema_text
from digest.models import Candidate, Scores
from digest.selection.batches import batches, cut
from digest.selection.lines import holds, prose
from digest.selection.opinion import Exclusion, Opinion, Triaged
from digest.selection.rank import Ranked
from digest.sources import clean
from digest.tex import readable

HIGHEST = 10.0
DIRECTIONS = 2
TITLE, ABSTRACT, REASON = 300, 1200, 200
"""Characters of a title and an abstract that the model sees, and that its reason may have."""
ANSWER, PER_PAPER = 300, 250
"""Tokens that an answer may have, and as many more for each paper."""


def _known(value: object) -> object:
    """An exclusion that there is no word for is none: it is not worth another turn."""
    return value if value in get_args(Exclusion) else None


Score = Annotated[float, Field(json_schema_extra={"minimum": 0, "maximum": 10})]
"""The range is told and not enforced: 11 means 10, and is not worth another turn either."""


class PaperScores(BaseModel):
    """What the model answers about one paper."""

    id: str
    directions: list[str]
    relevance: Score
    novelty: Score
    significance: Score
    reason: str
    exclude: Annotated[Exclusion | None, BeforeValidator(_known)]


class TriageAnswer(BaseModel):
    """What the model answers about a batch."""

    papers: list[PaperScores]


@dataclass(frozen=True)
class _Reply:
    """What came of one call: its batch, and the rows of its answer or why there is none."""

    ids: tuple[str, ...]
    rows: Mapping[str, PaperScores]
    failed: str | None = None


def triage(
    ranked: Sequence[Ranked],
    selection: Selection,
    model: Model,
    prompt: Prompt,
    pool: Executor,
    *,
    withheld: Collection[str] = (),
) -> Triaged:
    """Ask a model what it thinks of papers. It sees title, categories and abstract, and none of the signals.

    Papers that an answer leaves out are asked about once more, all together. Papers that cannot be shown are not asked about.

    Args:
        ranked: the scanned candidates, their abstracts as the model is to see them: without sentences addressed to it.
        selection: its interests are the directions that the model may name.
        pool: runs the calls.
        withheld: ids that it is not to see at all.

    Returns:
        Opinions; a call that failed leaves its papers without one. Never raises for a model's sake.
    """
    papers = {r.id: r.candidate for r in ranked if r.barred is None and r.has_text and r.id not in withheld}
    asking = _Asking(papers, selection, model, prompt)
    replies = list(pool.map(asking.ask, batches(papers)))
    missing = sorted(i for reply in replies if reply.failed is None for i in reply.ids if i not in reply.rows)
    replies += pool.map(asking.ask, cut(missing))
    opinions = {i: asking.opinion(i, row) for reply in replies for i, row in reply.rows.items()}
    why = {i: reply.failed or "missing" for reply in replies for i in reply.ids}
    return Triaged(
        opinions={i: opinions[i] for i in sorted(opinions)},
        groups=tuple(reply.ids for reply in replies if reply.rows),
        failed={i: why[i] for i in sorted(why) if i not in opinions},
        language=prompt.language,
    )


@dataclass(frozen=True)
class _Asking:
    """All that a batch is asked with."""

    papers: Mapping[str, Candidate]
    selection: Selection
    model: Model
    prompt: Prompt

    def ask(self, ids: Sequence[str]) -> _Reply:
        try:
            answer = self.model.ask(self._question(ids))
        except ModelError as error:
            return _Reply(tuple(ids), {}, failed=error.reason)
        first: dict[str, PaperScores] = {}
        for row in answer.value.papers:
            if row.id.strip() in ids:
                first.setdefault(row.id.strip(), row)
        return _Reply(tuple(ids), first)

    def _question(self, ids: Sequence[str]) -> Question[TriageAnswer]:
        return Question(
            purpose="triage",
            about=f"{ids[0]} and {len(ids) - 1} more" if len(ids) > 1 else ids[0],
            system=self.prompt.system(schema=schema_text(TriageAnswer), interests=self.selection.interests),
            user=self.prompt.user(papers=[self._facts(i) for i in ids]),
            shape=TriageAnswer,
            max_tokens=ANSWER + PER_PAPER * len(ids),
        )

    def _facts(self, paper_id: str) -> dict[str, Any]:
        """A paper in lines that no text of it can break out of."""
        candidate = self.papers[paper_id]
        return {
            "id": paper_id,
            "title": clean.text(candidate.paper.title, TITLE),
            "categories": ", ".join(candidate.paper.categories or filter(None, [candidate.paper.primary_category])),
            "abstract": clean.text(readable(candidate.abstract), ABSTRACT),
        }

    def opinion(self, paper_id: str, row: PaperScores) -> Opinion:
        names = [interest.name for interest in self.selection.interests]
        return Opinion(
            scores=Scores(relevance=_score(row.relevance), novelty=_score(row.novelty), significance=_score(row.significance)),
            directions=tuple(dict.fromkeys(d for d in row.directions if d in names))[:DIRECTIONS],
            reason=self._reason(paper_id, row.reason),
            exclude=row.exclude,
        )

    def _reason(self, paper_id: str, text: str) -> str | None:
        """The reason, if it is one: a line of prose in the right language that its own paper bears out."""
        line = prose(text, REASON)
        if line is None or not speaks(line, self.prompt.language):
            return None
        candidate = self.papers[paper_id]
        return line if holds(line, [candidate.abstract], candidate.paper.title) else None


def _score(value: float) -> float:
    """A score within its range. What is no number at all says nothing either way."""
    return round(max(0.0, min(HIGHEST, value)), 2) if value == value else HIGHEST / 2
