"""Numbers that a text spells out: "three times", "twenty-five", "half", 两种, 十二层, 三分之一, 翻倍."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.checking.numerals import CHINESE, ENGLISH, ENGLISH_SCALES, Reading, chinese_number, english_number


class Spelled(NamedTuple):
    text: str
    start: int
    end: int
    readings: tuple[Reading, ...]
    loose: bool = False


_HALF: tuple[Reading, ...] = ((0.5, "times"), (50.0, "percent"))
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_WORDS: dict[str, tuple[Reading, ...]] = {
    **dict.fromkeys(["half", "halve", "halves", "halved", "halving"], _HALF),
    **dict.fromkeys(["twice", "doubles", "doubled", "doubling"], ((2.0, "times"),)),
    **dict.fromkeys(["thrice", "triples", "tripled", "tripling"], ((3.0, "times"),)),
    **dict.fromkeys(["quadruples", "quadrupled", "fourfold"], ((4.0, "times"),)),
    "tenfold": ((10.0, "times"),),
}
_SOFT = {
    **dict.fromkeys(
        "both dual double twin twofold two-fold pair pairs paired pairwise couple duo either neither binary".split(), 2.0
    ),
    **dict.fromkeys("triple triples triplet triplets triad triads trio threefold three-fold ternary".split(), 3.0),
    "single": 1.0,
}
_PREFIXES = {"bi": 2.0, "dual": 2.0, "di": 2.0, "tri": 3.0, "quad": 4.0}
_PREFIXED = (
    r"bi-[a-z]+|(?:bi|tri)(?:directional|lingual|modal|lateral|level|partite|nomial|polar|gram|stage)\w*|(?:tri|quad|dual)-[a-z]+"
)
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = (
    rf"(?:{'|'.join(month for month in _MONTHS if month not in ('March', 'May'))})\b"
    r"|(?:March|May|Sept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b\.?(?=,? [0-9])"
    r"|(?:(?<=in )|(?<=of )|(?<=from )|(?<=since )|(?<=until )|(?<=between )|(?<=[0-9] ))(?:March|May)\b"
)
"""March and May are words too."""
_VAGUE = {"dozens": 10.0, "tens": 10.0, **ENGLISH_SCALES, **{f"{word}s": float(value) for word, value in ENGLISH_SCALES.items()}}
_number = "|".join(sorted(ENGLISH, key=len, reverse=True))
_scale = "|".join(ENGLISH_SCALES)
_ENGLISH = re.compile(
    rf"(?P<part>(?:(?P<n>{_number}|an?)[- ])(?P<of>third|quarter|fourth|fifth|sixth|eighth|tenth)s?)(?=\b)(?! (?:stage|step))"
    rf"|(?P<number>\b(?:{_number})(?:[- ](?:{_number}|{_scale}))*\b|\ban? (?:{_scale})\b)"
    rf"|\b(?P<word>{'|'.join(_WORDS)})\b|\b(?P<soft>{'|'.join(_SOFT)})\b|\b(?P<vague>{'|'.join(_VAGUE)})\b"
    rf"|\b(?P<prefixed>{_PREFIXED})\b|(?-i:(?<![A-Za-z])(?P<month>{_MONTH}))",
    re.IGNORECASE | re.ASCII,
)
_TRIGGERS = frozenset({*ENGLISH, *_WORDS, *_SOFT, *_VAGUE, *_PARTS, *(f"{part}s" for part in _PARTS), *ENGLISH_SCALES,
                       *_PREFIXES, *(month[:length].lower() for month in _MONTHS for length in (3, 4, 9))})  # fmt: skip
"""Words without one of which no English text spells a number; most sentences have none."""

_COUNTED = (
    "个|种|类|层|项|组|步|次(?![元优级方])|倍|篇|条|张|款|套|位|名|大|轮|天|年(?!级)|月|周|小时|分钟|秒|阶段|模块|模型|任务|数据集|基准|"
    "领域|语言|方面|部分|场景|指标|维|折|台|块|卡|路|头|份|对(?!一|比|齐|于)|句|段|代|档|级|角度|步骤|策略|组件|挑战|问题|难题|变体|智能体|"
    "专家|人|家|门|例|颗|枚|幅|帧|视角|模态|数量级|点|批|道|只|根|支|处|起|集|参数|样本|语|期|因素|原则|机制|方法|算法|信号|损失|目标|网络|"
    "跳|环|重(?![构建新])|栏|列|行(?!为)|章|节|页|届|场|局|遍|趟|群|双|座|栋|辆|艘|架(?!构)|匹|片|粒|串|排(?!序)|圈|款|"
    "所|间|股|户|笔|席|世纪|米|公里|厘米|毫秒|词|题|比特|量子比特|节点|分支|通路|"
    "通道|尺度|分辨率|数据|系统|框架|平台|设置|配置|工具|技术|属性|特征|维度|层次|层级|能力|类别|主题|学科|地区|国家|城市|医院|中心|机构|"
    "公司|团队|作者|用户|患者|参与者|受试者|标注|实验|案例|假设|结论|发现|贡献|局限|优势|缺陷|条件|约束|准则|规则|标准|概念|模式|途径|方向"
)
_digit = "零〇一二两三四五六七八九"
_CHINESE = re.compile(
    rf"(?P<part>(?P<below>[{_digit}十百千万]+)分之(?P<above>[{_digit}十百点]+))"
    rf"|(?P<half>一半|减半|半数|折半|对半)|(?P<double>翻倍|翻一番|翻了一番|加倍|成倍(?=提升|增))|(?P<four>翻两番)"
    rf"|(?P<vague>(?P<few>[数几上成])(?P<power>十万|百万|千万|十亿|百亿|千亿|万亿|十|百|千|万|亿)|(?P<level>百万|千万|十亿|亿|万|千|百)级)"
    rf"|(?P<number>(?<![第之])[{_digit}十百千万亿]+(?:点[{_digit}]+(?=个百分点|倍|个点))?)"
)
_POWERS = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "十亿": 1e9,
           "百亿": 1e10, "千亿": 1e11, "万亿": 1e12}  # fmt: skip
_TENTHS = re.compile(r"成(?![不功为果本员分立像就熟对长型千百倍图份见绩])")
"""九成 is 90 %."""
_AFTER = re.compile(rf"\s?个?(?:百分点|{_COUNTED})")
_MORE = re.compile(r"(?:提[升高]|增[加长大]|加[快速]|快|高出?|多|长)了?$")


def spelled_numbers(text: str) -> Iterator[Spelled]:
    """The numbers in words of a `plain` text, English and Chinese."""
    words = re.findall("[a-z]+", text.lower())
    if not _TRIGGERS.isdisjoint(words) or any(word.startswith(("bi", "tri")) for word in words):
        for match in _ENGLISH.finditer(text):
            yield _english(text, match)
    if not text.isascii():
        for match in _CHINESE.finditer(text):
            found = _chinese(text, match)
            if found:
                yield found


def _english(text: str, match: re.Match[str]) -> Spelled:
    start, end = match.span()
    words = match[0].lower()
    if match["part"]:
        above = 1 if match["n"].lower() in ("a", "an") else english_number(match["n"])
        return _portion(match, above / _PARTS[match["of"].lower()])
    if match["number"]:
        value = english_number(words.removeprefix("an ").removeprefix("a "))
        hyphened = text[end : end + 1] == "-"
        loose = words == "one" or (words == "zero" and hyphened)
        return Spelled(match[0], start, end, ((float(value), "plain"),), loose)
    if match["word"]:
        return Spelled(match[0], start, end, _WORDS[words], loose=words == "half" and text[end : end + 1] == "-")
    if match["month"]:
        return Spelled(match[0], start, end, ((_month(match[0]), "month"),))
    if match["prefixed"]:
        meant = next(value for prefix, value in _PREFIXES.items() if words.startswith(prefix))
        return Spelled(match[0], start, end, ((meant, "soft"),), loose=True)
    if match["soft"]:
        return Spelled(match[0], start, end, ((_SOFT[words], "soft"),), loose=True)
    return Spelled(match[0], start, end, ((_VAGUE[words], "vague"),))


def _month(word: str) -> float:
    return next(place for place, month in enumerate(_MONTHS, 1) if month.startswith(word[:3])) * 1.0


def _portion(match: re.Match[str], value: float) -> Spelled:
    share = float(f"{value:.12g}")
    percent = float(f"{value * 100:.12g}")
    return Spelled(match[0], match.start(), match.end(), ((share, "times"), (share, "plain"), (percent, "percent")))


def _chinese(text: str, match: re.Match[str]) -> Spelled | None:
    start, end = match.span()
    if match["part"]:
        below, above = chinese_number(match["below"]), chinese_number(match["above"])
        if below == 100:
            return Spelled(match[0], start, end, ((float(above), "percent"),))
        return _portion(match, float(above / below)) if below else None
    if match["half"]:
        return Spelled(match[0], start, end, _HALF)
    if match["double"] or match["four"]:
        return Spelled(match[0], start, end, ((2.0 if match["double"] else 4.0, "times"),))
    if match["vague"]:
        return Spelled(match[0], start, end, ((_POWERS[match["power"] or match["level"]], "vague"),))
    return _counted(text, match)


def _counted(text: str, match: re.Match[str]) -> Spelled | None:
    """Chinese digits where they count something; not those of 统一, 十分, 万一, 二元."""
    digits, (start, end) = match[0], match.span()
    if all(digit in CHINESE for digit in digits) and re.match(r"(?:[到至~-][一二三四五六七八九])?成", text[end:]):
        return _tenths(text, match)
    if digits.strip("十百千万亿") == "" and digits not in ("十", "百", "千") and len(digits) < 2:
        return None
    long = len(digits.partition("点")[0]) > 1 and (digits[-1] in "百千万亿" or any(d in digits for d in "十百千"))
    counts = _AFTER.match(text, end)
    if not counts and not (long and text[end : end + 1] != "分" and digits not in ("万一", "千万", "万千", "一万")):
        return None
    if digits == "十" and text[end : end + 1] == "分" and text[end : end + 2] != "分钟":
        return None
    value = float(chinese_number(digits))
    if text[end : end + 1] == "倍" and value <= 2 and _MORE.search(text[:start]):
        return Spelled(digits, start, end, ((value, "times"), (value + 1, "times")))
    return Spelled(digits, start, end, ((value, "plain"),), loose=digits == "一")


def _tenths(text: str, match: re.Match[str]) -> Spelled | None:
    """九成, 六到七成, 七成五: tenths of a whole."""
    start, end = match.span()
    at = text.index("成", end)
    half = text[at + 1 : at + 2]
    if not _TENTHS.match(text, at):
        return None
    value = 10.0 * CHINESE[match[0][-1]] + (CHINESE[half] if at == end and half in CHINESE else 0)
    return Spelled(match[0], start, end, ((value, "percent"),))


def is_counted(text: str, end: int) -> bool:
    """Whether a Chinese measure word follows a number that ends there: 54 名, not 54%."""
    follows = _AFTER.match(text, end)
    return follows is not None and "点" not in follows[0] and not follows[0].endswith(("倍", "折", "度"))
