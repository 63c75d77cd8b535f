"""What is wrong with a whole answer: reasons to ask once more, and then to do without it."""

from collections.abc import Iterator

from digest.cards.answers import CardAnswer
from digest.cards.compose import CLAIM, TLDR
from digest.cards.prompts import LANGUAGES
from digest.cards.texts import fault, plain
from digest.errors import PaperIdError
from digest.models import Document, Language
from digest.paper_id import PaperId

WRONG_SHARE = 0.25
"""Of an answer's texts. Fewer that are in another language are mended or removed one by one."""


def complaints(answer: CardAnswer, document: Document, language: Language) -> Iterator[str]:
    """Lines for the repair turn. `mismatch:` means another paper, `language:` another language or broken characters."""
    if _is_of_another(answer.paper, document):
        yield f"mismatch: paper is not {document.paper.id}; write about {document.paper.id} and nothing else"
    tldr = plain(answer.tldr.text, TLDR)
    if fault(tldr) == "placeholder":
        yield "tldr: one sentence is wanted that says what the paper does"
    texts = [tldr, *(plain(claim.text, CLAIM) for claim in answer.claims), *answer.transfers, *answer.risks, answer.next_action]
    found = [(text, fault(text, language)) for text in texts if text]
    wrong = [text for text, why in found if why in ("language", "garbled")]
    if wrong and (tldr in wrong or len(wrong) > WRONG_SHARE * len(found)):
        share = f"{len(wrong)} of {len(found)} texts"
        yield f"language: {share} are not {LANGUAGES[language]}, such as {wrong[0][:80]!r}; write all of them so"


def _is_of_another(paper: str, document: Document) -> bool:
    """Whether an id was copied that is neither this paper's nor one of those that its text mentions.

    Weak models copy an id from the text, or no id at all; what they then say is checked against this paper all the same.
    """
    try:
        copied = PaperId.parse(paper.strip()).id
    except PaperIdError:
        return False
    return copied != document.paper.id and not any(copied in sentence.text for sentence in document.sentences)
