"""What stands on no sentence: labels and advice. They may not say what the paper does not, and are dropped where they do."""

import re
from collections.abc import Sequence

from digest.cards.compose import TAGS, each_once
from digest.cards.extract import short_name
from digest.checking import Ground, check_advice
from digest.checking.languages import has_chinese, in_chinese, speaks
from digest.models import Advice, Card, Document, Language


def settle(
    card: Card, document: Document, ground: Ground, language: Language, *, directions: Sequence[str], tags: Sequence[str]
) -> Card:
    """The card with the labels and the advice that may stay.

    Args:
        directions: labels from outside, at most two.
        tags: likewise; they go before the model's own.
    """

    def holds(text: str) -> bool:
        return check_advice(text, ground).status != "unsupported"

    def kept(advice: tuple[Advice, ...]) -> tuple[Advice, ...]:
        return tuple(item for item in advice if holds(item.text))

    meta, takeaways, title = card.meta, card.takeaways, card.meta.title_translated
    texts = [sentence.text for sentence in document.sentences]
    settled = meta.model_copy(
        update={
            "short_name": _as_written(meta.short_name, [document.paper.title, *texts]) or short_name(document.paper.title, texts),
            "title_translated": title if title and is_title_of(title, document.paper.title, language) else None,
            "tags": each_once([*tags, *filter(holds, meta.tags)])[:TAGS],
            "directions": tuple(directions)[:2],
            "application_areas": tuple(area for area in meta.application_areas if holds(area) and speaks(area, language)),
        }
    )
    action = takeaways.next_action
    advice = {
        "transfers": kept(takeaways.transfers),
        "risks": kept(takeaways.risks),
        "next_action": action if action and holds(action.text) else None,
    }
    return card.model_copy(update={"meta": settled, "takeaways": takeaways.model_copy(update=advice)})


def is_title_of(text: str, title: str, language: Language) -> bool:
    """Whether a text may stand for a title in another language: in that language, with no number or name of its own."""
    if in_chinese(title) == (language == "zh") or has_chinese(text) != (language == "zh"):
        return False
    return check_advice(text, Ground.of_texts([title], title)).status != "unsupported"


def _as_written(name: str | None, texts: Sequence[str]) -> str | None:
    """A name as the paper spells it, None where the paper does not have it."""
    if not name:
        return None
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    found = [match[0] for text in texts if (match := pattern.search(text))]
    return name if name in found else next(iter(found), None)
