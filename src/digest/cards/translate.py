"""A second language: the checked card, translated. The paper is not read again, and evidence and numbers stay."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, create_model

from digest.cards.asides import is_title_of
from digest.cards.check import FIELDS
from digest.cards.compose import ADVICE, CLAIM, NAME, TAG, TITLE
from digest.cards.fill import Filled, accounted, with_tldr
from digest.cards.paths import claims_at, map_claims
from digest.cards.prompts import CardPrompts, line, numbered, schema_hint
from digest.cards.texts import fault, label, plain
from digest.checking import Ground, check_statement
from digest.checking.languages import has_chinese, in_chinese
from digest.llm import Model, ModelError, Question
from digest.models import Advice, Card, CardProvenance, Claim, Document, Language, Meta, Sentence, Takeaways, TokenUsage

MAX_TOKENS = 6000
_TITLE = "title"
_ADVICE = re.compile(r"(?:transfers|risks)\[\d+\]|next_action")
_WORD = re.compile(r"(?<![\w-])[a-z]{3,}(?![\w-])")
_LABEL = re.compile(rf"(?:tags|areas)\[\d+\]|.*\.(?:{'|'.join(FIELDS)})")


@dataclass(frozen=True)
class _Work:
    """What a translation needs at every step."""

    model: Model
    prompts: CardPrompts
    about: str
    sentences: Sequence[Sentence]
    title: str

    @property
    def language(self) -> Language:
        return self.prompts.language


def translate_card(card: Card, document: Document, model: Model, prompts: CardPrompts) -> Filled:
    """The card in the language of the prompts.

    Evidence and status of a claim are those of the original. A claim whose translation is in another language, or has
    another number or name, is asked for once more, then removed and counted.

    Args:
        card: checked, in the other language.
        document: what the card is based on.

    Raises:
        ModelError: no usable answer, or no claim is left.
    """
    cited = {number for _, claim in claims_at(card) for number in claim.evidence}
    sentences = [sentence for sentence in document.sentences if sentence.number in cited]
    work = _Work(model, prompts, document.paper.id, sentences, document.paper.title)
    texts = {**_claim_texts(card, work.language), **_other_texts(card, work)}
    evidence = {path: claim.evidence for path, claim in claims_at(card)}
    said, usage = _translated(texts, work, evidence)
    translated = with_tldr(
        _with_labels(
            map_claims(card, lambda path, claim: _claim_in(said, texts, path, claim, work.language)), said, texts, work.language
        )
    )
    lost = sum(path not in said for path in evidence)
    provenance = CardProvenance(provider="openai", model=model.name, prompt=prompts.translation.hash)
    fresh = translated.model_copy(update={"provenance": provenance, "filled_by": "model", "reason": None})
    return Filled(accounted(fresh, card.support.removed + lost, usage, about=document.paper.id), usage)


# --- asking --------------------------------------------------------------------------------------


def _translated(
    texts: Mapping[str, str], work: _Work, evidence: Mapping[str, tuple[int, ...]]
) -> tuple[dict[str, str], TokenUsage]:
    """All texts in one call, and those that came out wrong in a second one. Raises ModelError (of the first)."""
    if not texts:
        return {}, TokenUsage()
    said, usage = _ask(texts, work, evidence)
    missing = {key: text for key, text in texts.items() if key not in said}
    if not missing:
        return said, usage
    try:
        again, more = _ask(missing, work, evidence, again=True)
    except ModelError as error:
        again, more = {}, error.usage
    return said | again, TokenUsage.total([usage, more])


def _ask(
    texts: Mapping[str, str], work: _Work, evidence: Mapping[str, tuple[int, ...]], *, again: bool = False
) -> tuple[dict[str, str], TokenUsage]:
    """One call. Returns the translations that may be kept, by key. Raises ModelError."""
    keys = {f"t{n}": key for n, key in enumerate(texts, 1)}
    shape = translation_shape(len(keys))
    items = [{"key": short, "text": line(texts[key])} for short, key in keys.items()]
    answer = work.model.ask(
        Question(
            purpose="translation",
            about=work.about,
            system=work.prompts.translation.system(schema=schema_hint(shape)),
            user=work.prompts.translation.user(id=work.about, texts=items, again=again, sentences=numbered(work.sentences)),
            shape=shape,
            max_tokens=MAX_TOKENS,
        )
    )
    found = {key: _plain(key, getattr(answer.value, short)) for short, key in keys.items()}
    cited = {sentence.number: sentence.text for sentence in work.sentences}
    kept = {
        key: text
        for key, text in found.items()
        if text and _holds(key, texts[key], text, work, [cited[n] for n in evidence.get(key, ()) if n in cited])
    }
    return kept, answer.usage


def translation_shape(count: int) -> type[BaseModel]:
    """An answer with a text under each of `t1`, `t2` …"""
    fields = {f"t{n}": (str, "") for n in range(1, count + 1)}
    return create_model("Translation", **fields)  # type: ignore[call-overload, no-any-return]


def _plain(key: str, text: str) -> str:
    if _LABEL.fullmatch(key):
        return label(text, TAG if key.startswith("tags") else NAME)
    return plain(text, ADVICE if _ADVICE.fullmatch(key) else TITLE if key == _TITLE else CLAIM)


# --- checking ------------------------------------------------------------------------------------


def _holds(key: str, source: str, text: str, work: _Work, cited: Sequence[str]) -> bool:
    """Whether a translation is one: in its language, with the same numbers and no name of its own."""
    if _LABEL.fullmatch(key):
        return not fault(text, work.language) and _same_numbers(source, text)
    if fault(text, work.language):
        return False
    if key == _TITLE:
        return is_title_of(text, source, work.language)
    ground = Ground.of_texts([source, *cited], work.title)
    status = check_statement(text, range(1, len(cited) + 2), ground).status
    return status != "unsupported" and _same_numbers(source, text)


def _same_numbers(source: str, text: str) -> bool:
    """Whether each of two texts holds the other's numbers, however they are written."""
    pairs = ((source, text), (text, source))
    verdicts = [check_statement(one, [1], Ground.of_texts([other])) for one, other in pairs]
    return not any(complaint.kind == "number" for verdict in verdicts for complaint in verdict.complaints)


# --- which texts, and where they go --------------------------------------------------------------


def _claim_texts(card: Card, to: Language) -> dict[str, str]:
    """The claims' texts by path, and those of their fields that are not in the language yet."""
    texts: dict[str, str] = {}
    for path, claim in claims_at(card):
        texts[path] = claim.text
        for field in FIELDS:
            value = getattr(claim, field, None)
            if value and _wants_translation(value, to):
                texts[f"{path}.{field}"] = value
    return texts


def _other_texts(card: Card, work: _Work) -> dict[str, str]:
    meta, takeaways = card.meta, card.takeaways
    labels = {**_listed("tags", meta.tags), **_listed("areas", meta.application_areas)}
    texts = {key: text for key, text in labels.items() if _wants_translation(text, work.language)}
    texts |= _listed("transfers", [advice.text for advice in takeaways.transfers])
    texts |= _listed("risks", [advice.text for advice in takeaways.risks])
    if takeaways.next_action:
        texts["next_action"] = takeaways.next_action.text
    if work.title and in_chinese(work.title) != (work.language == "zh"):
        texts[_TITLE] = work.title
    return texts


def _wants_translation(text: str, to: Language) -> bool:
    """Whether a name or label is to be said in another language.

    Latin names are at home in Chinese; a word in small letters ("Action expert") is none.
    """
    return fault(text, to) is not None or (to == "zh" and not has_chinese(text) and bool(_WORD.search(text)))


def _listed(name: str, texts: Sequence[str]) -> dict[str, str]:
    return {f"{name}[{n}]": text for n, text in enumerate(texts)}


def _as_it_is(text: str, to: Language) -> str | None:
    return None if fault(text, to) else text


def _claim_in(said: Mapping[str, str], texts: Mapping[str, str], path: str, claim: Claim, to: Language) -> Claim | None:
    """A claim with its texts in the new language; a field that could not be translated stays if it may, else is left out."""
    if path not in said:
        return None
    keys = {field: f"{path}.{field}" for field in FIELDS if f"{path}.{field}" in texts}
    fields = {field: said.get(key) or _as_it_is(texts[key], to) for field, key in keys.items()}
    return claim.model_copy(update={"text": said[path], **fields})


def _with_labels(card: Card, said: Mapping[str, str], texts: Mapping[str, str], to: Language) -> Card:
    """The card with its labels and advice in the new language; what could not be translated is left out."""

    def each(name: str, old: Sequence[str]) -> tuple[str, ...]:
        keys = (f"{name}[{n}]" for n in range(len(old)))
        found = (said.get(key) or _as_it_is(text, to) if key in texts else text for key, text in zip(keys, old, strict=True))
        return tuple(dict.fromkeys(text for text in found if text))

    def advice(name: str, old: Sequence[Advice]) -> tuple[Advice, ...]:
        return tuple(Advice(text=text) for text in each(name, [item.text for item in old]))

    meta, takeaways = card.meta, card.takeaways
    labels = {"tags": each("tags", meta.tags), "application_areas": each("areas", meta.application_areas)}
    action = Advice(text=said["next_action"]) if "next_action" in said else None
    parts: dict[str, Meta | Takeaways] = {
        "meta": meta.model_copy(update={**labels, "title_translated": said.get(_TITLE)}),
        "takeaways": takeaways.model_copy(
            update={
                "transfers": advice("transfers", takeaways.transfers),
                "risks": advice("risks", takeaways.risks),
                "next_action": action,
            }
        ),
    }
    return card.model_copy(update=parts)
