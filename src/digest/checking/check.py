"""One statement, all checks, one verdict."""

from collections.abc import Iterable, Sequence

from digest.checking.base import Complaint, Verdict
from digest.checking.checks import ADVICE, CHECKS, OUTSIDE, Case, Check
from digest.checking.ground import Ground
from digest.checking.passages import Passage
from digest.checking.terms import terms
from digest.checking.text import plain
from digest.models import Claim, NamedClaim, Result


def check_claim(claim: Claim, ground: Ground) -> Verdict:
    """Is a claim borne out by the sentences that it cites? All fields of a result are checked with its text."""
    heading = claim.name if isinstance(claim, NamedClaim) else None
    fields = [claim.dataset, claim.metric, claim.value, claim.baseline] if isinstance(claim, Result) else []
    return _checked(claim.text, claim.evidence, ground, heading, [field for field in fields if field])


def check_statement(text: str, evidence: Sequence[int], ground: Ground) -> Verdict:
    """The same for a bare text."""
    return _checked(text, evidence, ground, None, [])


def check_text(text: str, grounds: Sequence[Ground]) -> Verdict:
    """A text outside cards: no number, name, superlative or spelled-out acronym beyond its papers' grounds taken together.

    Returns:
        `supported` or `unsupported`; it also must share a word, a name or a number with them.
    """
    ground = _together(grounds)
    verdict = _verdict(OUTSIDE, _case(text, [ground.whole], ground))
    if verdict.complaints or _shares_something(Passage(text), ground):
        return verdict
    return Verdict("unsupported", (Complaint("unrelated", text[:60]),))


def check_advice(text: str, ground: Ground) -> Verdict:
    """The editor's advice: free of numbers and names that the paper lacks."""
    return _verdict(ADVICE, _case(text, [ground.whole], ground))


def _checked(text: str, evidence: Sequence[int], ground: Ground, heading: str | None, fields: Sequence[str]) -> Verdict:
    cited = [(number, ground.passage(number)) for number in evidence]
    missing = [number for number, passage in cited if passage is None]
    if missing or not cited:
        return Verdict("unsupported", (Complaint("evidence", ", ".join(map(str, missing))),))
    passages = [passage for _, passage in cited if passage]
    if not _is_quoted(text, passages):
        return _verdict(CHECKS, _case(text, passages, ground, heading, fields))
    around = "; ".join(part for part in (heading, *fields) if part)  # a sentence bears itself out, not what stands beside it
    return _verdict(OUTSIDE, _case(around, passages, ground)) if around else Verdict("supported")


def _is_quoted(text: str, passages: Sequence[Passage]) -> bool:
    """Whether a statement is one of the sentences, but for its closing stop. A part of one may say the opposite."""
    bare = plain(" ".join(text.split())).rstrip(".。 ")
    return any(bare == passage.text.rstrip(".。 ") for passage in passages)


def _case(text: str, cited: Sequence[Passage], ground: Ground, heading: str | None = None, fields: Sequence[str] = ()) -> Case:
    main = Passage(" ".join(text.split()))
    around = [part for part in (heading, *fields) if part]
    if not around:
        return Case(main, main, tuple(cited), ground)
    return Case(Passage("; ".join([text, *around])), main, tuple(cited), ground, Passage("; ".join(around)))


def _verdict(checks: Iterable[Check], case: Case) -> Verdict:
    findings = [finding for check in checks for finding in check(case)]
    if not findings:
        return Verdict("supported")
    worst = "unsupported" if any(finding.status == "unsupported" for finding in findings) else "partly"
    complaints = dict.fromkeys(finding.complaint for finding in findings)
    return Verdict("unsupported" if worst == "unsupported" else "partly", tuple(complaints))


def _together(grounds: Sequence[Ground]) -> Ground:
    return grounds[0] if len(grounds) == 1 else Ground.joined_of(grounds)


def _shares_something(statement: Passage, ground: Ground) -> bool:
    if statement.stems & ground.whole.stems or not (statement.stems or statement.chinese):
        return True
    known = terms(statement.text)
    return not known or any(term.met(ground.whole.stems) for term in known) or ground.whole.chinese
