"""A whole Monday, bundled: what five services could have answered on 2026-02-16.

`digest demo` and the tests run on it without a network. It is an illustration, not a record of that day:

real
    Ids, titles, authors, organisations, repositories, stars, votes and the figures inside the abstracts,
    for every paper except 2602.99001. Two titles are altered: 2602.12829 has its first word set in LaTeX,
    2602.12617 is given in Chinese.
written for this sample
    Every abstract, in words of its own, and the two `ai_summary` texts. The abstracts say "we" as real ones
    do, but the papers' authors wrote none of them; nor did those of 2602.12617 write Chinese.
    The five full texts (`data/texts/`), which arXiv's HTML pages of these papers are replaced by. Each page says
    so before its title. Their figures are those of the abstracts, or differences of these. What goes beyond the
    abstracts (steps, ablations, limitations, hardware) is told without figures, as an illustration of what such a paper
    could say; it is no finding of the authors. The other papers have no full text here and are read as abstracts.
    The model's answers (`data/answers/`): scores and reasons of the triage, cards, headlines and trends, in
    Chinese and in English. They rest on the sample's texts and go through the same validation, checks and
    repairs as any model's. One of them is wrong at first, on purpose: the second number of 2602.12984's success
    rates, which the check of numbers finds and the repair turn mends.
adjusted
    Categories, comments, licences, versions and the announcement that a paper belongs to; the submission
    times of 2602.11715, 2602.11910 and cs/0205070. No new version of 2602.04163, 2602.04315 or cs/0205070
    was announced on that Monday. Ids of people and discussions are numbered through, and people who
    submitted papers are "reader N".
planted
    2602.99001 with its authors: an invented paper, withdrawn. A `javascript:` repository (2602.12506), one
    with a trailing dot (2602.11858), a project page on a link-local address (2602.12628), an emptied
    abstract (2602.11769), absent votes (2602.11865), absent stars (2602.11858, 2602.12984), hidden authors
    (2602.08683), a team and a `:` among the authors (2602.12684) and a Hugging Face row without its paper.
    None of these says anything about the papers or the people behind them.

`SampleUpstream` turns a URL into an answer; `SampleTransport` puts it under an httpx client. `SampleModel` is the model: it
replays the answers of `data/answers/` under the client of `digest.llm`.
"""

from typing import TYPE_CHECKING, Any

from digest.sample.upstream import CATEGORIES, DATE, Answer, SampleUpstream

if TYPE_CHECKING:
    from digest.sample.model import MODEL, MODEL_URL, SampleModel
    from digest.sample.transport import SampleTransport

__all__ = ["CATEGORIES", "DATE", "MODEL", "MODEL_URL", "Answer", "SampleModel", "SampleTransport", "SampleUpstream"]


def __getattr__(name: str) -> Any:
    # httpx and httpx2 are slow to import, and whoever wants only the answers does not need them.
    if name == "SampleTransport":
        from digest.sample.transport import SampleTransport

        return SampleTransport
    if name in ("MODEL", "MODEL_URL", "SampleModel"):
        from digest.sample import model

        return getattr(model, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
