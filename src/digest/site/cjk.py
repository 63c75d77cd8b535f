"""Chinese and English in one text: which language a passage is in."""

import re

from digest.models import Language
from digest.posts.reference import CJK

TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
"""Languages as HTML and feeds name them (BCP 47)."""

JOINER = "\u2060"
"""The word joiner: no line may end here. Between a Chinese character and a digit one otherwise may."""

_WORD = re.compile(r"[A-Za-z]{2,}")


def language_of(text: str) -> Language | None:
    """The language of a passage, or None where it is too short or too mixed to tell."""
    characters, words = 0 if text.isascii() else len(CJK.findall(text)), len(_WORD.findall(text))
    if characters:
        return "zh" if characters > words else None
    return "en" if words > 2 else None


def language_within(text: str, language: Language) -> Language:
    """The language of a passage in a text that is otherwise in `language`: `language_of`, but it always knows one."""
    if text.isascii() or not CJK.search(text):
        return "en" if language == "en" or len(_WORD.findall(text)) > 2 else language
    if language == "zh":
        return "zh"
    return language_of(text) or language
