"""Which language a text is in. Papers' names and terms stay in Latin letters in Chinese texts."""

import re

from digest.models import Language

_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_OTHER_SCRIPT = re.compile(r"[\u3041-\u30ff\uac00-\ud7af\u0600-\u06ff\u0e00-\u0e7f]{2}|[\u0400-\u04ff]{3}")
_WORD = re.compile(r"(?<![\w\\-])[A-Za-z]{2,}(?![\w-])")
_LOWER_WORD = re.compile(r"(?<![\w\\-])[a-z]{2,}(?![\w-])")
_LOWER_RUN = re.compile(r"(?:(?<![\w\\-])[a-z]{2,}(?:-[a-z]+)*[ ]){3}[a-z]{2,}(?![\w-])")
_ASIDE = re.compile(r"\$[^$]*\$|`[^`]*`|[(（][^()（）]*[)）]|[\"“「][^\"”」]*[\"”」]")
"""Formulae, quotations and brackets: terms stand there in their own language."""


def speaks(text: str, language: Language) -> bool:
    """Whether a sentence is in a language; names, formulae, quotations and brackets may be in any.

    >>> speaks("STAPO 在六个基准上提升 7.13%", "zh"), speaks("PEL consistently and clearly outperforms，验证有效", "zh")
    (True, False)
    """
    bare = _ASIDE.sub(" ", text)
    if not re.search(r"\w", bare):
        bare = text
    chinese = len(_CHINESE.findall(bare))
    if _OTHER_SCRIPT.search(bare):
        return False
    if language == "en":
        return chinese < 4 and chinese <= len(_WORD.findall(bare))
    lower, words = len(_LOWER_WORD.findall(bare)), len(_WORD.findall(bare))
    if chinese == 0:
        return lower < 2 or words < 4
    return not _LOWER_RUN.search(bare) and (lower < 4 or chinese >= 2 * lower)


def has_chinese(text: str) -> bool:
    """Whether a text has any Chinese in it."""
    return bool(_CHINESE.search(text))


def in_chinese(text: str) -> bool:
    """Whether a text is rather Chinese than not: more Chinese characters than Latin words."""
    return len(_CHINESE.findall(text)) > len(re.findall(r"[A-Za-z]{2,}", text))
