"""What a text is about: its telling words, phrases of two words, and pairs of Chinese characters.

Nothing depends on other texts, so that what is told of a paper stays as it is when more papers come.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_FORMULA = re.compile(r"\$[^$]*\$")
_TOKEN = re.compile("([0-9a-z\u00df-\u024f\u03b1-\u03c9]+)|([\u3400-\u9fff]+)|[^ /'’‐‑–-]")
"""A word, a run of Chinese, or a mark that parts phrases. A hyphen does not: `vision-language` is a phrase."""
_NUMBER = re.compile("[0-9]+")
_SINGULAR = frozenset("series species bias alias atlas canvas lens chaos".split())

_STOP = frozenset(
    """
    a able about above accurate accurately achieve achieving across adaptive additional address addressing advanced after
    again against aligned all allow allowing almost already also although always among amongst an and any applied apply
    applying approach approaches are arise around as at aware away based be because become been before being below best
    better between beyond big both bridging broad broader but by called can cannot careful central certain challenging clear
    close closely combine combining come common commonly comparable comparative compared comparing competitive complementary
    complete complex comprehensive considerable consist consistent consistently contain convenient correct correctly could
    create created creating critical critically crucial current currently dedicated deeper defined demonstrate demonstrating
    denote describe despite detailed did different difficult direct directly distinct diverse do does done driven due during
    dynamic each early easily easy effective effectively efficient efficiently either else emerging empirical empirically
    enable enabling enhance enhanced enhancing enough ensure ensuring entire equivalent especially essential establish etc
    even ever every everyday excellent exhibit existing explicit explicitly exposing extend extending extensive extremely
    fair fast faster few final find finding fine first fixed flexible follow following for foundational free frequent from
    full fully fundamental further furthermore gap general generic get give given go good grained great greater growing
    guided had hard has have having heavy help hence here high higher highest highly how however huge i ideal identify
    identifying if illustrate immediate impact implicit implicitly important improve improved improving in include including
    increasingly indeed inherent initial innovative instead intensive interesting into introduce introducing investigate is
    issue it its itself jointly just keep key known lack large largely larger later lead leading less let leverage
    leveraging lightweight like likely limitation limited long longer low lower made main mainly major make making many
    massive may mean meaning meaningful means merely method methodology might minimal modern modular more moreover most
    mostly motivated much multi multiple must name named namely natural naturally nature nearly necessary need new newly no
    nor normal not notable novel now numerous obtain of off offer often old on once one only onto open optimal optimized or
    ordinary original other others otherwise our out outperform over overall own pair paper particular particularly per
    perform poor popular possible potential potentially powerful practical precise predefined preliminary present previous
    primarily primary principled prior propelled proper propose provide providing purely quality quick quite rapid rapidly
    rare rather raw reach ready real realistic recent recently related relevant reliable reliably remain report respectively
    result rethinking reveal revisiting rich rigorous robust robustly same scalable second see seek serious several shall
    short shorter should show showing shown significant significantly similarly simple simpler simply simultaneously since
    single small smaller so some sophisticated sourced specific specifically stable standard state still strong stronger
    strongly study subsequent substantial substantially successful such suggest suitable superior surprising surprisingly
    systematic systematically tailored take taking than that the their them themselves then there thereby therefore these
    they third this those though three through throughout thus tight to together too top total toward towards traditional
    true two type typical typically ultimate under underlying understanding understood unexplored unified uniform unique
    universal unknown unlike unlocking unseen until up upon us use used useful user using usual utilize utilizing valid
    valuable variant varied various varying vast versus very via viable view vs was way we weak well were what whatever when
    where whereas whether which while who whole whom whose why wide widely will with within without work worse worst would
    yet you your zero
    """.split()
)
"""Words that say nothing about what a paper is about; they part phrases."""
_ORDINARY = frozenset(
    """
    ability access accuracy action activity adaptation agentic aggregation ai algorithm alignment analysis analyzing
    application architecture area art aspect assessing assessment assumption attribute author automated automatic autonomous
    background balance baseline basis behavior behaviour benchmark benchmarking benefit bias block body bound budget
    building call capability capacity case category cause center challenge change channel characteristic choice class
    classification code collection combination communication community comparison complexity component composition
    computation computational compute computing concept condition conditional configuration consistency constraint construct
    construction content context contribution control controlled convergence coordinate correlation cost coverage criterion
    cycle data dataset decision deep degradation degree dependency deployment depth design designed designing detail
    detecting detection developing development dimension direction discovery distribution diversity document domain effect
    effectiveness efficiency element emergence encoding end energy engineering entity environment error estimation evaluate
    evaluating evaluation event evidence evolution example execution expansion experience experiment experimental expert
    exploration explore exploring expression extension extraction factor failure family feature feedback field filtering
    flow focus form formal format formulation foundation framework frontier function future generalization generalize
    generate generated generating generation generative global goal group guarantee guidance guide hidden history horizon
    human hybrid hypothesis idea image implementation implication improvement independent index individual industry
    inference influence information initialization inner input insight instance instruction integrate integrated integrating
    integration intelligence intelligent intent interaction interactive interface intermediate internal interpretability
    interpretable intervention invariant item iteration iterative joint judgment kind knowledge label landscape language
    latent layer learn learned learner learning length level library limit line list literature llm local logic loop loss
    machine management map mapping margin mask masked masking match matching material mathematical matter measure
    measurement measuring mechanism media member metric minimum mixed mode model modeled modeling modelling module moment
    multimodal network neural node noise non number object objective observation operation operator optimization optimize
    optimizing order outcome output overview parameter part participant partition path pattern penalty percent performance
    period perspective phase phenomenon pipeline place plan planning platform point policy pool position power practice pre
    precision predict predicted predicting prediction pretrained pretraining principle probability problem procedure process
    processing product production profile program progress project property protocol public purpose quantify quantifying
    question random range rank ranking rate ratio reason reconstruct reconstruction record reduction reference refine
    refined refinement region regularization relation relationship relative release reliability representation request
    require requirement research resource response review risk robustness role root round routing rule sample sampling scale
    scaling scenario schedule scheme science scientific scope score scoring search selection semantic sensitive sensitivity
    separate sequence sequential series service set setting setup shape shared shift shot side signal similarity simulation
    site size skill social society software solution solve solving source space span sparse spatial speed split stability
    stage start statistical step strategy strength structural structure structured student style subject subset success
    supervision support surface survey synthesis synthetic system table target task taxonomy teacher team technical
    technique technology template temporal term test testing text theoretical theory threshold time token tool topic track
    trade train trainable trained training transfer transformation transition trend trust tuning uncertainty understand unit
    update utility validation value variable variance variation variety verification verify version vision visual weight
    window word workflow world
    """.split()
)
"""Words that papers about anything have. Alone they relate nothing, in a phrase (`world model`) they do."""
_PARTING = re.compile(
    "[的了在是和与或及将把被对从由于以为并且也都而但其之这那该使让用可能会更最不无未等个一种各每些此过进行出到中上下所有我们它他你]"
)
"""Characters that part Chinese words: of grammar, or too common to say something."""
_PLAIN_CHINESE = frozenset(
    """
    提出 方法 模型 论文 研究 实现 通过 使用 基于 能够 以及 问题 任务 数据 训练
    性能 框架 结果 实验 显著 提升 优于 现有 学习 系统 技术 应用 效果 设计 引入
    采用 解决 支持 构建 生成 评估 测试 基准 准确 效率 表现 达到 首个 首次 多个
    不同 有效 分析 方式 需要 同时 结合 利用 根据 关键 大型 语言 言模
    """.split()
)


class Telling(NamedTuple):
    """What a text is about, each in the order in which it comes.

    Attributes:
        words: in lower case, without the s of a plural, without ordinary ones.
        phrases: two words that stand beside each other, also ordinary ones: `world model`.
        pairs: every two Chinese characters that stand beside each other in what may be one word.
    """

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    pairs: tuple[str, ...]


def telling(text: str) -> Telling:
    """The telling parts of a plain text; formulas (`$…$`) are left out."""
    words: list[str] = []
    phrases: list[str] = []
    pairs: list[str] = []
    before = ""
    for word, chinese in _TOKEN.findall(_FORMULA.sub(" ; ", text.lower().replace("’", "'").replace("'s ", " "))):
        now = _said(word)
        if before and now:
            phrases.append(f"{before} {now}")
        if now and now not in _ORDINARY:
            words.append(now)
        pairs += _pairs(chinese)
        before = now
    return Telling(*(tuple(dict.fromkeys(found)) for found in (words, phrases, pairs)))


def topic(tag: str) -> str:
    """A tag as the word or the phrase that it is in a text: `World Models` is `world model`."""
    words = (singular(word) or chinese for word, chinese in _TOKEN.findall(tag.lower()))
    return " ".join(filter(None, words)) or tag


def singular(word: str) -> str:
    """An English word in lower case without the s of a plural, as far as that is plain."""
    if len(word) < 4 or word[-1] != "s" or word.endswith(("ss", "us", "is")) or word in _SINGULAR:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "ches", "shes", "xes")) else word[:-1]


def _said(word: str) -> str:
    """A word as it is compared; empty for one that says nothing."""
    if len(word) < 2 or word in _STOP or _NUMBER.fullmatch(word):
        return ""
    return "" if (found := singular(word)) in _STOP else found


def _pairs(chinese: str) -> Iterator[str]:
    for piece in _PARTING.split(chinese) if chinese else ():
        for pair in map("".join, pairwise(piece)):
            if pair not in _PLAIN_CHINESE:
                yield pair
