"""Where a text denies something, and what."""

import re
from typing import NamedTuple

from digest.checking.passages import Passage
from digest.checking.terms import english_of, terms
from digest.checking.words import STOP, WORD, stem

_AUXILIARY = "do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must"
_NOT = re.compile(
    rf"\b(?:(?P<verb>(?:{_AUXILIARY})(?:n't| not)|cannot|can't|won't|fail(?:s|ed|ing)? to|unable to|never|not)"
    r"|without|no(?! (?:longer than|more than|less than|later than|[0-9]))|neither|nor)\b"
    r"(?! (?:only|merely|just|simply|solely|necessarily)\b)",
    re.IGNORECASE,
)
_CHINESE_NOT = re.compile(
    "无法|不能|不会|不可(?!知|解|微|避|或)|未能|未(?!来|知|见|必|标|观测|经|公开)|没有|并非|并不|并未|不再"
    "|不(?!同|断|仅|但|少|变|确定|平衡|足|稳|均|只|一致|完整|相关|可|透明|良|当|利|管|论|单|光|匹配|依赖|对称|准|现实|连续|过|规则)"
    "|难以|无需|不需|不依赖|毋须|不必|不如|不及|不足以|丧失|失去"
)
_DENYING = """
no not nor neither never none nothing without cannot *n't fail* unable lack* limit* hard* difficult* challeng* struggl* rare*
avoid* eliminat* remov* prevent* absen* missing ignor* overlook* neglect* despite only few little less beyond unlike hinder*
lost loss lose loses degrad* worse* bypass* independent* agnostic poor* weak* brittle suffer* prohibit* resist* refus* reject*
break* collaps* obviat* sidestep* circumvent* forgo* fixed ill-* free *-free non* zero contrary exclu* outside opposite devoid
solely strictly alone implausib* counter* declin* hamper* obscur* drop drops dropped dropping unable unaware uncert* unclear
uncomm* undesir* unexpl* unfair* unfaith* unfam* unfeas* unguid* unint* unjust* unknow* unlab* unlearn* unlik* unmatch* unnec*
unobs* unpair* unpred* unprov* unreal* unrel* unresol* unsafe* unseen unsolv* unspec* unstab* unstruct* unsuit* unsup* unsust*
untest* untrain* untrust* unus* unveri* unwarr* inability inaccura* inadequa* incapable incomplete* incompat* incompre*
inconsist* incorrect* ineffect* ineffic* inequal* inexact* infeasib* inflex* inherent* insecur* insensitiv* insignifican*
instab* insuffic* intract* invalid* invisib* imposs* impract* imbalanc* imperf* imprec* discord* disconnect* disregard*
disagree* discontinu* mis*
"""
_WORDS = "|".join(word.replace("*", r"[\w-]*") for word in _DENYING.split())
DENYING = re.compile(rf"\b(?:rather than|instead of|at chance|{_WORDS})\b|[不无未没难非缺]", re.IGNORECASE)
"""Words that deny or may be meant by a denial: one of them near the head excuses a "not" of the statement."""
_CLAUSE = re.compile(r"[,;:.()，；：。（）]|\b(?:while|whereas|but|and)\b")
_CHINESE_DENYING = re.compile("缺|难|避免|防止|消除|失败|免|仅|只有|而非|少(?!样本|量)|拒绝|失")


_LIGHT_WORDS = """
require need rely depend involve employ utilize leverage introduce incur have access any additional extra further
explicit necessitate assume apply make take external
"""
_LIGHT = frozenset(map(stem, _LIGHT_WORDS.split()))
"""Words between a "not" and what it denies."""


class Denial(NamedTuple):
    """One denial.

    Attributes:
        heads: stems of what is denied; of a Chinese text, of all that its term may mean.
        word: what is denied, as written.
        about: stems of the clause.
        strong: a plain "not", no "without" or the like.
    """

    text: str
    start: int
    end: int
    heads: frozenset[str]
    word: str
    about: frozenset[str]
    strong: bool


def denies(passage: Passage) -> bool:
    """Whether a passage denies anything, in whatever words."""
    if passage.chinese:
        return bool(_CHINESE_NOT.search(passage.text) or _CHINESE_DENYING.search(passage.text))
    return bool(DENYING.search(passage.text))


def denials(passage: Passage) -> list[Denial]:
    """The denials of a passage, in order."""
    return _chinese(passage.text) if passage.chinese else _english(passage.text)


def _english(text: str) -> list[Denial]:
    found = []
    for match in _NOT.finditer(text):
        behind = _CLAUSE.split(text[match.end() : match.end() + 80])[0]
        head = next((word for word in WORD.finditer(behind) if _may_be_denied(word[0].lower())), None)
        if head:
            end = match.end() + head.end()
            clause = _CLAUSE.split(text[: match.start()])[-1] + " " + behind
            about = frozenset(stem(word) for word in WORD.findall(clause) if word.lower() not in STOP)
            heads = frozenset({stem(head[0])})
            found.append(
                Denial(text[match.start() : end], match.start(), end, heads, head[0].lower(), about, bool(match["verb"]))
            )
    return found


def _may_be_denied(word: str) -> bool:
    return word not in STOP and not word.endswith("ly") and stem(word) not in _LIGHT


def _chinese(text: str) -> list[Denial]:
    found = []
    for match in _CHINESE_NOT.finditer(text):
        clause = _CLAUSE.split(text[match.end() : match.end() + 12])[0]
        ahead = terms(clause)[:1]
        width = ahead[0].start + len(ahead[0].chinese) if ahead else 0
        found.append(Denial(match[0] + clause[:10], match.start(), match.end() + width, english_of(ahead), "", frozenset(), True))
    return found
