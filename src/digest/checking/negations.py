"""Where a text denies something, and what."""

import re
from functools import lru_cache
from typing import NamedTuple

from digest.checking.passages import Passage
from digest.checking.terms import english_of, terms
from digest.checking.words import STOP, WORD, stem

_AUXILIARY = "do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must|need"
_NOT = re.compile(
    rf"\b(?:(?P<verb>(?:{_AUXILIARY})(?:n't| not)|cannot|can't|won't|fail(?:s|ed|ing)? to|unable to|never|not"
    r"|lack(?:s|ing)? the (?:ability|capacity) to|inability to|incapable of|struggl(?:es?|ing) to)"
    r"|without|no(?! (?:longer than|more than|less than|later than|[0-9]))|neither|nor)\b"
    r"(?! (?:only|merely|just|simply|solely|necessarily)\b)",
    re.IGNORECASE,
)
_FREE = re.compile(r"\b(?P<what>[A-Za-z]+)-free\b", re.IGNORECASE)
_CHINESE_NOT = re.compile(
    "无法|无需|无须|毋须|不能|不会|不可(?!知|解|微|避|或|靠|忽|行|读|用|信|见|逆|辨|识|验|持|分|预|区|控|接|察|否|缺"
    "|比)|未能|没能|没有|并非|并不|并未|不再"
    "|未(?!来|知|见|必|标|观测|经|公开|曾|尝|定|满|免|遂|被|加|使用|解)"
    "|(?<!互)(?<!绝)不(?!同|断|仅|但|少|变|确定|平衡|足|稳|均|只|一致|完整|相|可|透明|良|当|利|管|论|单|光|匹配|依赖"
    "|对称|准|现实|连续"
    "|过|规则|等|清|明|到|超|亚|低于|少于|高于|多于|大于|小于|下|上|易|实用|佳|公|法|适|得不|止|久|切|自|安|信|切|符"
    "|和|乏|独|限|失|难|惜|免|禁|错|妨|休|达标|必|理|定|老|力"
    "|兼容|可靠|充分|合理|准确|明确|完全|忠实|正确|诚实|道德|健康|友好|必要|常见|熟悉|理想|显式|鲁棒|具备|如意)"
    "|难以|不需|不依赖|不必|不如|不及|不足以|丧失|失去"
)
"""Not 不同, 不断, 无监督 and other words that just contain a 不 or 无, nor bounds (不到, 不超过) or likeness (不相上下)."""
_DENYING = """
no not nor neither never none nothing without cannot *n't fail* unable lack* limit* hard* difficult* challeng* struggl* rare*
avoid* eliminat* remov* prevent* absen* missing ignor* overlook* neglect* despite only little less beyond unlike hinder*
lost loss lose loses degrad* worse* bypass* independent* agnostic poor* weak* brittle suffer* prohibit* resist* refus* reject*
break* collaps* obviat* sidestep* circumvent* forgo* fixed ill-* free *-free non* zero contrary exclu* outside opposite devoid
solely strictly alone implausib* counter* declin* hamper* obscur* drop drops dropped dropping inability inaccura* inadequa*
incapable incomplete* incompat* incompre* inconsist* incorrect* ineffect* ineffic* inequal* inexact* infeasib* inflex* inherent*
insecur* insensitiv* insignifican* instab* insuffic* intract* invalid* invisib* imposs* impract* imbalanc* imperf* imprec*
discord* disconnect* disregard* disagree* discontinu* mis*
decoupl* disentangl* trade-off* tradeoff* expense skip* abandon* omit* omission
discard* replac* regardless irrespective constant invariant hardly barely scarce* spars* bottleneck* leav*
prone fragil* vulnerab* halt* stop* stall* cease* mere* irrelevant frozen untouched
"""
_WORDS = "|".join(word.replace("*", r"[\w-]*") for word in _DENYING.split())
DENYING = re.compile(
    rf"\b(?:(?<!as )few|rather than|instead of|at chance|un(?!der|i[vqtofl]|til|less\b|cover|ravel|lock"
    rf"|fold)[a-z]{{4,}}|{_WORDS})\b|[不无未没难非缺]",
    re.IGNORECASE,
)
"""Words that deny or may be meant by a denial: one of them near the head excuses a "not" of the statement."""
_CLAUSE = re.compile(r"[,.](?![0-9])|[;:()，；：。（）]|\b(?:while|whereas|but|and)\b")
_CHINESE_DENYING = re.compile(
    "缺|难|避免|防止|消除|失败|免|仅|只|而非|少(?!样本|量)|拒绝|失|省去|去掉|去除|舍弃|放弃|忽[略视]|脱离|摆脱"
    "|绕[过开]|克服|无|未(?!来)|没"
    "|弱|(?<![方误偏残温])差(?!异)|受限|有限|局限|不足|非|不(?!同|断|仅|但|少|等)|除|瓶颈|跳过|告别|抛弃|停止|困难"
    "|挑战|吃力|棘手|替代|取代|零"
)
_SEGMENT = re.compile(
    r"[;:()—]|\.(?=\s|$)|,(?![0-9])|\b(?:while|whereas|but|although|though)\b|(?=\b(?:without|rather than|instead of"
    r"|unlike|despite)\b)"
    "|，|。|；",
    re.IGNORECASE,
)


_LIGHT_WORDS = """
require need rely depend involve employ utilize leverage introduce incur have access any additional extra further
explicit necessitate assume apply make take external
"""
_LIGHT = frozenset(map(stem, _LIGHT_WORDS.split()))
"""Words between a "not" and what it denies."""
_HARM = """
degrade hurt harm lose forget sacrifice compromise require need rely depend change alter affect drop suffer cost grow modify touch
break interfere limit restrict collapse miss ignore overlook train retrain finetune fine tune increase decrease reduce rise fall
raise lower last vary worsen impair damage differ matter scale incur introduce add involve assume use access
"""
_HARMS = frozenset(map(stem, _HARM.split()))
_HARM_CHINESE = re.compile(
    "(?:会|能|得|再|显著|明显|大幅|额外|必|任何|因|因为|随着?|有|产生|造成|带来|出现|存在|依赖|需要?|要求|引入|使用|用"
    "|借助|靠|通过|访问|接触|涉及|增加|进行|做|对){0,3}"
    "(?:牺牲|损失|损害|影响|改变|改动|修改|变|破坏|遗忘|丢失|泄露|依赖|需|要求|引入|额外|使用|用|借助|靠|接触|访问"
    "|涉及|受|局限|限|重新|再|训练|微调|标注"
    "|人工|增|减|降|提|因|随|等|额外|任何|代价|成本|开销|干扰|妨碍|存在|出现|产生|造成|带来|下降|退化|区分|区别|差"
    "|微调|必|真|先验|监督|失)"
)
"""What is good not to happen or to do without: sentences may say so without denying anything."""


_FIGURE = re.compile(r"(?<![A-Za-z0-9.])(?<![A-Za-z]-)[0-9]+(?:\.[0-9]+|[0-9])(?![0-9]|-?[A-WYZa-wyz])")


class Denial(NamedTuple):
    """One denial.

    Attributes:
        heads: stems of what is denied; of a Chinese text, of all that its term may mean.
        word: what is denied, as written.
        about: stems of the clause.
        objects: what follows, each in all the ways to say it.
        strong: a plain "not", no "without" or the like.
        harmless: what is denied is a harm, a need or a change.
        harmful: what is denied is a success.
    """

    text: str
    start: int
    end: int
    heads: frozenset[str]
    word: str
    about: frozenset[str]
    objects: tuple[frozenset[str], ...]
    strong: bool
    harmless: bool
    harmful: bool = False


class Segment(NamedTuple):
    """A part of a sentence in which a "not" reaches everything.

    Attributes:
        said: stems of its words, or of all that its Chinese terms may mean.
        denies: whether something in it denies, in whatever words.
    """

    text: str
    said: frozenset[str]
    denies: bool


def denies(passage: Passage) -> bool:
    """Whether a passage denies anything, in whatever words."""
    return _denies(passage.text, passage.chinese)


@lru_cache(maxsize=4096)
def _denies(text: str, chinese: bool) -> bool:
    if chinese:
        return bool(_CHINESE_NOT.search(text) or _CHINESE_DENYING.search(text))
    return bool(DENYING.search(text))


def hints(passage: Passage) -> bool:
    """The same for a sentence of a paper, where any 不 or 无 will do."""
    return _hints(passage.text)


@lru_cache(maxsize=4096)
def _hints(text: str) -> bool:
    return bool(DENYING.search(text))


def denials(passage: Passage) -> tuple[Denial, ...]:
    """The denials of a passage, in order."""
    return _denials(passage.text, passage.chinese)


@lru_cache(maxsize=4096)
def _denials(text: str, chinese: bool) -> tuple[Denial, ...]:
    return tuple(_chinese(text) if chinese else _english(text))


def segments(passage: Passage) -> tuple[Segment, ...]:
    """The parts of a passage."""
    return _segments(passage.text, passage.chinese)


@lru_cache(maxsize=4096)
def _segments(text: str, chinese: bool) -> tuple[Segment, ...]:
    parts = [part for part in _SEGMENT.split(text) if part and part.strip()]
    return tuple(Segment(part, said_in(part, chinese), _denies(part, chinese)) for part in parts)


def said_in(text: str, chinese: bool) -> frozenset[str]:
    """Stems of a text's words and of all that its Chinese terms may mean."""
    words = frozenset(stem(word) for word in WORD.findall(text) if word.lower() not in STOP) | _figures(text)
    return words | english_of(terms(text)) if chinese else words


def _figures(text: str) -> frozenset[str]:
    return frozenset(f"#{number}" for number in _FIGURE.findall(text))


def _english(text: str) -> list[Denial]:
    found = [_freed(text, match) for match in _FREE.finditer(text)]
    for match in _NOT.finditer(text):
        behind = _CLAUSE.split(text[match.end() : match.end() + 80])[0]
        words = [word for word in WORD.finditer(behind) if _may_be_denied(word[0].lower())]
        if words:
            head = words[0]
            end = match.end() + head.end()
            clause = _CLAUSE.split(text[: match.start()])[-1] + " " + behind
            about = frozenset(stem(word) for word in WORD.findall(clause) if word.lower() not in STOP)
            first = next(stem(word) for word in WORD.findall(behind) if word.lower() not in STOP and not word.endswith("ly"))
            found.append(
                Denial(
                    text=text[match.start() : end],
                    start=match.start(),
                    end=end,
                    heads=frozenset({stem(head[0])}),
                    word=head[0].lower(),
                    about=about,
                    objects=(
                        *(frozenset({stem(word[0])}) for word in words[1:]),
                        *(frozenset({one}) for one in _figures(behind)),
                    ),
                    strong=bool(match["verb"]),
                    harmless=first in _HARMS or not match["verb"],
                    harmful=bool(match["verb"]) and first not in _HARMS,
                )
            )
    return sorted(found, key=lambda one: one.start)


def _freed(text: str, match: re.Match[str]) -> Denial:
    """Training-free: without training."""
    head = frozenset({stem(match["what"])})
    return Denial(match[0], match.start(), match.end(), head, match["what"].lower(), head, (), strong=False, harmless=True)


def _may_be_denied(word: str) -> bool:
    return word not in STOP and not word.endswith("ly") and stem(word) not in _LIGHT


def _chinese(text: str) -> list[Denial]:
    found = []
    for match in _CHINESE_NOT.finditer(text):
        clause = _CLAUSE.split(text[match.end() : match.end() + 20])[0]
        known = terms(clause)
        ahead = known[:1] if known and known[0].start <= 10 else []
        width = ahead[0].start + len(ahead[0].chinese) if ahead else 0
        names = [frozenset({stem(word)}) for word in WORD.findall(clause) if len(word) > 2]
        found.append(
            Denial(
                text=match[0] + clause[:10],
                start=match.start(),
                end=match.end() + width,
                heads=english_of(ahead),
                word="",
                about=frozenset(),
                objects=(*(english_of([term]) for term in known), *names, *(frozenset({one}) for one in _figures(clause))),
                strong=True,
                harmless=match[0] in _NEEDLESS or (bool(_HARM_CHINESE.match(clause)) and not _unused(match[0], clause)),
            )
        )
    return found


def _unused(negator: str, clause: str) -> bool:
    """Whether something plainly was not used, not just needless."""
    return negator in _PLAIN and bool(re.match("使用|利用|采用|引入|依赖|借助|通过|需要", clause))


_PLAIN = frozenset("没有 未能 没能 并未 并不 无法 未".split())
_NEEDLESS = frozenset("无需 无须 毋须 不需 不依赖 不必 不再".split())
