"""Text without the orders to a machine in it: whole sentences, and clauses that were glued to one.

What stays is what a paper without the order would say. Text that quotes an order, or tells of one, stays as it is.
"""

import re
from collections.abc import Sequence

from digest.reading.flags import LEAD_WORDS, is_order, may_order, place_of_order, visible
from digest.reading.sentences import split_sentences

_TRAILING = re.compile(
    r"(?:[\s,，、:：;；—–|(\[#*_`-]|(?<!\w)(?:and|so|also|then|now|please|but|thus|hence|therefore)(?=\W*$))+$", re.IGNORECASE
)
"""What joined the order to the sentence."""
_ADDRESSED = re.compile(
    r"(?:(?<!\w)(?:important|attention|notice|note|warning|reminder|dear|to)(?:(?: to)?(?: all| the)?(?: \w+)?(?: \w+)?)?"
    r"|(?<!\w)(?:ai|llms?|system|assistant|human|user|(?:language )?models?|reviewers?|summari[sz]ers?)"
    r"|[致给]?(?:大模型|语言模型|模型|系统|助手|审稿人|评审))\s*[:：]\s*$|(?<!\w)(?:attention|dear|hey)\s*$",
    re.IGNORECASE,
)
"""To whom the order is said."""
_STOP = re.compile(r"([.!?。！？])[\"”’)]*\s*$")
_CLOSING = re.compile(
    r"</(?:system|instructions?|user|human|assistant|prompt|paper|document|abstract|sentences|tool_calls?|function_calls?)>"
    r"|\[/INST\]|<\|(?:im_end|eot_id|end)\|>|<end_of_turn>|[\]}]{2,}[.,;]?(?=\s*$|\s+[A-Z])"
)
"""What closes a forged part of a prompt: the paper goes on after it."""
_OPENING = re.compile(
    r"<(?:system|instructions?|user|human|assistant|prompt)\b[^<>]{0,80}>|\[INST\]|<\|(?:im_start|start_header_id)\|>",
    re.IGNORECASE,
)
_LONGEST_PART = 8
"""Sentences that a forged part of a prompt may have."""
_TITLE_WORDS = 20
"""A lone sentence of no more words may be a title, and these end without a stop."""


def without_orders(text: str) -> str:
    """An abstract or a title without such sentences and clauses; as it is, where there are none. May be empty."""
    if not may_order(visible(text)[0]):
        return text
    sentences = split_sentences(text)
    cut = without_order_each(sentences)
    if cut == sentences:
        return text
    kept = [sentence for sentence in cut if sentence]
    if len(kept) == 1 and len(kept[0].split()) <= _TITLE_WORDS and kept[0].endswith("."):
        return kept[0].rstrip(".")
    ends_bare = len(kept) > 1 and cut[-1] and cut[-1] != sentences[-1] and not _STOP.search(cut[-1])
    return " ".join(kept) + ("." if ends_bare else "")


def without_order(sentence: str) -> str:
    """A sentence up to the order that was glued to it, and what comes after a forged part of a prompt. May be empty."""
    shown, _ = visible(sentence)
    place = place_of_order(shown)
    if place is None:
        return sentence
    head, order = _TRAILING.sub("", _ADDRESSED.sub("", shown[:place])), shown[place:]
    if len(head.split()) <= LEAD_WORDS and (head.isascii() or len(head) <= 2 * LEAD_WORDS):
        head = ""
    elif (stop := _STOP.search(order)) and not _STOP.search(head):
        head += "." if head.isascii() else stop[1]
    rest = _after_the_part(order)
    return " ".join(part for part in (head, rest) if part)


def without_order_each(sentences: Sequence[str]) -> list[str]:
    """`without_order` of sentences in a row: a forged part of a prompt may go over several. Their number stays."""
    cut: list[str] = []
    closes_at = -1
    for n, sentence in enumerate(sentences):
        if n < closes_at:
            cut.append("")
            continue
        cut.append(_after_the_part(sentence) if n == closes_at else without_order(sentence))
        if cut[n] != sentence and closes_at <= n and _opens_a_part(sentence):
            closes_at = _closing_sentence(sentences, n)
    return cut


def _after_the_part(order: str) -> str:
    """What stands after the last end of a forged part of a prompt, unless that is an order too or hardly anything."""
    ends = [match.end() for match in _CLOSING.finditer(order)]
    rest = order[ends[-1] :].strip() if ends else ""
    return rest if len(rest.split()) > LEAD_WORDS and not is_order(rest) else ""


def _opens_a_part(sentence: str) -> bool:
    openings = [match.end() for match in _OPENING.finditer(sentence)]
    return bool(openings) and not _CLOSING.search(sentence, openings[-1])


def _closing_sentence(sentences: Sequence[str], opening: int) -> int:
    """The next sentence that closes a part; -1 if none does, so that an end which never comes takes nothing."""
    following = range(opening + 1, min(len(sentences), opening + _LONGEST_PART))
    return next((n for n in following if _CLOSING.search(sentences[n])), -1)
