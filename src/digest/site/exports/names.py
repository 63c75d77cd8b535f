"""Authors as bibliographies want them: family and given name apart, teams whole.

arXiv gives one string a name, "Given Family". Which part is which cannot be known in general; the rules below are those
of BibTeX and CSL (lower-case particles, suffixes), with what is common among arXiv's authors. What fits no rule is one
literal name, which is never wrong, only less helpful.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from digest.site.exports import tex


@dataclass(frozen=True)
class Name:
    """One author.

    Attributes:
        family: the family name; the whole name of a team or of a person with one name.
        particle: `van`, `de la`: before the family name, ignored in sorting.
        suffix: `Jr.`, `III`.
        literal: the name is not to be taken apart.
        east_asian: in its own script, with the family name first and no blank.
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: bool = False
    east_asian: bool = False

    @property
    def inverted(self) -> str:
        """`van Gogh, Vincent, Jr.`, as RIS wants it."""
        parts = (" ".join(filter(None, (self.particle, self.family))), self.given, self.suffix)
        return ", ".join(filter(None, parts))


_TEAM = re.compile(
    r"\b(?:[Tt]eams?|[Cc]ollaborations?|[Gg]roups?|[Cc]onsortium|[Pp]roject|[Cc]ommunity|[Ii]nitiative|Labs?|Laboratory|AI|"
    r"Research|Institute|University|Alliance|Foundation|Authors|Inc|Ltd|Corp|Contributors)\b|\d|[&/:;()@\[\]]|"
    r"(?<!^)\b(?:and|for|of|the|at)\b",
)
_SUFFIX = re.compile(r"(?:,\s*|\s+)(Jr\.?|Sr\.?|II|III|IV)$")
_BEFORE = set("De Del Della Dello Dal Dalla Di Da Dos Von Der El Al Le La Van St. Mac".split())
_VIETNAMESE = set(
    "Nguyen Tran Le Pham Hoang Huynh Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly Dinh Doan Luong Trinh Mai Dao Ha".split()
)
"""After these family names, `Van` and `Le` before them are middle names (Hung Van Nguyen), and no part of them (Luc Van Gool)."""
_CJK = re.compile(r"[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
_SURNAMES = set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦"
    "付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬鄭許韓馮鄧葉蘇呂盧鍾譚陸賈鄒龍賀顧龔"
)
_COMPOUND = set("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 夏侯 令狐 端木 歐陽 司馬 諸葛".split())


@lru_cache(maxsize=16384)
def parse(text: str) -> Name:
    """A name of arXiv's metadata, taken apart."""
    name = " ".join(tex.unicode(text).split()).strip(" ,;")
    if _CJK.search(name):
        return _east_asian(name)
    suffix = _SUFFIX.search(name)
    bare = name[: suffix.start()] if suffix else name
    words = bare.split(" ")
    if len(words) < 2 or "," in bare or _TEAM.search(bare):
        return Name(name, literal=True)
    start = _family_start(words)
    particle = _particle(words[start:-1])
    return Name(
        family=" ".join(words[start + particle :]),
        given=" ".join(words[:start]),
        particle=" ".join(words[start : start + particle]),
        suffix=suffix[1] if suffix else "",
    )


def _family_start(words: list[str]) -> int:
    """Where the family name begins, its particles included. The first word is always a given name."""
    lower = [n for n, word in enumerate(words[1:-1], 1) if word[0].islower() or word.startswith("'")]
    start = lower[0] if lower else len(words) - 1
    if words[-1] in _VIETNAMESE:
        return start
    while start > 1 and words[start - 1] in _BEFORE:
        start -= 1
    return start


def _particle(words: list[str]) -> int:
    """How many of a family name's words are lower-case particles."""
    count = 0
    while count < len(words) and (words[count][0].islower() or words[count].startswith("'")):
        count += 1
    return count


def _east_asian(name: str) -> Name:
    """The family name comes first: before the space, or, of a Chinese name, one character or a known pair."""
    family, space, given = name.partition(" ")
    if space and " " not in given and all(map(_CJK.match, (family, given))):
        return Name(family, given, east_asian=True)
    if _HAN.fullmatch(name):
        length = 2 if name[:2] in _COMPOUND and len(name) > 2 else 1 if name[0] in _SURNAMES and len(name) < 4 else 0
        if length:
            return Name(name[:length], name[length:], east_asian=True)
    return Name(name, literal=True)
