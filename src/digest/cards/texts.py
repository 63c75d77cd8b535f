"""What a model writes, made plain: one line of text, in the right language, Chinese and Latin letters apart, or nothing.

Markdown, HTML and links in it are data; where the text is shown, the output escapes them.
"""

import re
from functools import lru_cache
from typing import Literal

from digest.checking.languages import speaks
from digest.models import Language
from digest.sources.clean import text as one_line
from digest.typography import spaced

Fault = Literal["placeholder", "language", "garbled"]
"""Why a text is not shown: it says that there is nothing to say; it is in another language; its characters are broken."""

# --- one plain line ------------------------------------------------------------------------------

_STOP = re.compile(r"(?<![.…])[.。；](?P<closers>[\"'”’)）】」』]*)$")
_LEAD = re.compile(r"^(?:[-*•·▪‣◦]\s+|\(?\d{1,2}[.)]\s+|[（(]?\d{1,2}[)）、]\s*(?=[^\d\s])|[①-⑳]\s*)+")
_BOLD = re.compile(r"^(\*\*|__)(?=\S)(?P<inner>.+?)(?<=\S)\1")
_WRAPPED = re.compile(r"^[\"“](?P<inner>[^\"“”]+)[\"”]$")


def plain(text: str, cap: int) -> str:
    """One spaced line without bullet, number, bold lead and closing stop, at most `cap` characters; "" where nothing is left.

    A longer text ends after the last whole sentence that fits, else at a word and with "…".
    """
    line = _LEAD.sub("", one_line(text))
    line = _LEAD.sub("", _BOLD.sub(lambda match: match["inner"], line))
    line = _WRAPPED.sub(lambda match: match["inner"], line)
    return without_stop(_cut(spaced(line), cap)).strip()


def label(text: str, cap: int) -> str:
    """A name or a phrase: as `plain`, but dropped when it is longer than `cap`, for half a name is a wrong name."""
    line = plain(text, 10 * cap)
    return line if len(line) <= cap else ""


def without_stop(text: str) -> str:
    """A sentence without its closing stop."""
    return _STOP.sub(r"\g<closers>", text)


def _cut(line: str, cap: int) -> str:
    if len(line) <= cap:
        return line
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s)|[。！？；]", line[:cap])]
    return line[: ends[-1]] if ends and ends[-1] > cap // 3 else one_line(line, cap - 1)


# --- texts that say nothing ----------------------------------------------------------------------

_NOTHING = re.compile(
    r"""
      [\W_]*
    | error(?:\s?[:：].{0,80})? | an\serror\soccurred.{0,80}
    | n/?a | nil | none | null | unknown | unclear | tbd | todo | undefined | nan | string | text
    | (?:not|no|none)\s(?:\w+\s){0,2}(?:mentioned|stated|specified|provided|available|applicable|reported|given|disclosed
        |discussed|found|described)\b.{0,60}
    | (?:\w+\s){1,3}(?:generation|extraction|analysis|summari[sz]ation|translation|processing)\s(?:has\s)?failed
    | (?:\w+\s){1,3}(?:is\s)?(?:unavailable|not\savailable)
    | (?:request|connection|api)\b.{0,40}\b(?:timed\sout|failed|error).{0,40}
    | 无 | 暂无.{0,12} | 没有 | 不适用 | 未知 | 错误.{0,20} | 生成失败.{0,20} | .{0,10}(?:分析|提取|生成|翻译|总结)(?:失败|不可用)
    | (?:文中|原文|论文|摘要|本文|作者)?(?:中)?(?:均|都|并)?(?:暂)?(?:未|没有|无)(?:明确|具体|详细|直接)?(?:地)?
        (?:提及|提到|提供|说明|给出|报告|披露|讨论|涉及|描述|指明|列出).{0,16}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REFUSAL = re.compile(
    r"\W{0,3}(?:i['’]?m sorry|i am sorry|sorry,|i apologi[sz]e|i (?:can|could)(?:not|n['’]t)|i(?:['’]m| am) unable"
    r"|as an? (?:ai|large)\b|unfortunately, (?:i|the (?:provided|given))"
    r"|抱歉|对不起|很遗憾|我(?:无法|不能)|作为(?:一[个名])?(?:ai|人工智能|语言模型|大语言))",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\b(?:paper|abstract|excerpt|(?:the|this|provided) text)\b[^.;,]{0,25}"
    r"\b(?:do(?:es)? not|did not|(?:do|does|did)n['’]t|never)\b[^.;,]{0,20}"
    r"\b(?:mention|state|specif|provide|report|disclose|say|give|discuss|detail|describe|indicate)"
    r"|\bauthors?\b[^.;,]{0,15}\b(?:do(?:es)? not|did not|(?:do|does|did)n['’]t|never)\b[^.;,]{0,10}"
    r"\b(?:mention|state|specif|report|disclose|say)"
    r"|\b(?:not|no)\b[^.;,]{0,40}\b(?:mentioned|stated|specified|provided|disclosed|reported|discussed|described|given|detailed"
    r"|available)\b[^.;,]{0,12}\b(?:in|by) (?:the|this) (?:paper|abstract|text|article|authors?|excerpt|passage|provided)"
    r"|(?:摘要|文中|原文|全文|所给文本)[^，。；,;]{0,10}(?:未|没有|并无)(?:能|曾)?(?:明确|具体|详细|完整|直接|进一步)*(?:地)?"
    r"(?:提及|提到|提供|说明|给出|报告|披露|讨论|涉及|描述|指明|列出|显示|展示)"
    r"|(?:论文|本文|作者)[^，。；,;]{0,4}(?:未|没有|并无)(?:能|曾)?(?:明确|具体|详细|完整|直接|进一步)*(?:地)?"
    r"(?:提及|提到|提供|说明|给出|报告|披露)"
    r"|未在(?:摘要|论文|文中|原文|本文)中?[^，。；,;]{0,6}(?:提及|提到|提供|说明|给出|报告|披露)",
    re.IGNORECASE,
)
"""A statement that something is not in the text: after reading a part of a paper nobody can know."""
_STUCK = re.compile(r"(?P<unit>.{2,40}?)(?P=unit){5,}")
"""The same words again and again."""

# --- languages -----------------------------------------------------------------------------------

_GARBLED = re.compile(
    r"\ufffd|[\x80-\x9f]|(?:\\u[0-9a-fA-F]{4}){2}|锟斤拷|烫烫烫|屯屯屯"
    r"|[ÃÂ][\u00a0-\u00bf]|â€|[äåæçèé][\u00a0-\u00bf\u0152-\u0161\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a]{2}"
)
"""UTF-8 read as something else, escapes that were never decoded, characters that could not be."""


@lru_cache(maxsize=2048)  # an answer is looked at for its repair, and again when it becomes a card
def fault(text: str, language: Language | None = None) -> Fault | None:
    """Why a text cannot be shown, or None.

    Args:
        language: what it should be in; None where that does not matter.
    """
    if _GARBLED.search(text):
        return "garbled"
    if _NOTHING.fullmatch(text) or _REFUSAL.match(text) or _ABSENT.search(text) or _STUCK.search(text):
        return "placeholder"
    return "language" if language and not speaks(text, language) else None
