"""What a sentence of an abstract says about its own role: its words, its cue phrases, its place.

The features are binary and named, so that the weights file can be read: `propose` and `we propose` are words and
pairs of words, `^however` opens the sentence, `@GAP` is a class of `CUES`, `<@GAP` and `>@GAP` the class of the
sentence before and after, `#first` and the like are places in the abstract.
"""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

_WORD = re.compile(r"https?|[a-z]+(?:[-'][a-z]+)*|\d[\d.,]*%?")

_ADVERBS = frozenset(
    "also further furthermore then first firstly finally second thus therefore hence here additionally next"
    " instead moreover subsequently formally empirically".split()
)
"""Words that stand between "we" and its verb and say nothing about the sentence's role."""

_PROPOSE = "propose present introduce describe develop design build create devise formulate release suggest unveil"
_STUDY = "study investigate examine explore analyze analyse review survey revisit address consider tackle discuss"
_FIND = "show demonstrate find observe conclude prove achieve obtain report reveal"
_DO = (
    "use apply employ adopt train combine integrate extend define derive implement collect conduct perform compare"
    " leverage utilize construct decompose model"
)
_SELF = "paper article work study report"
_GAP = (
    "however but yet unfortunately despite lack lacks lacking limited limits limitation limitations bottleneck"
    " challenge challenges challenging difficult difficulty hard unclear expensive costly suffer suffers struggle"
    " struggles fail fails problem unexplored underexplored overlooked remains remain insufficient prohibitive neglect"
    " hinder hinders hampered unable cannot gap scarce scarcity"
)
_OUTCOME = (
    "outperform outperforms outperforming achieve achieves achieved achieving improves improved improvement"
    " improvements surpass surpasses surpassing superior exceeds exceed gains gain reduces reduced reduction accuracy"
    " results result experiments experimental findings speedup effectiveness evaluation evaluations competitive"
    " comparable significantly yields better state-of-the-art"
)


def _third_person(verb: str) -> str:
    return verb[:-1] + "ies" if verb.endswith("dy") else verb + "s"


def _self_reference(verbs: str) -> frozenset[str]:
    """Pairs such as "we propose" and "paper proposes", in which a paper speaks of itself."""
    we = {f"we {verb}" for verb in verbs.split()}
    return frozenset(we | {f"{noun} {_third_person(verb)}" for noun in _SELF.split() for verb in verbs.split()})


CUES: dict[str, frozenset[str]] = {
    "PROPOSE": _self_reference(_PROPOSE),
    "STUDY": _self_reference(_STUDY),
    "FIND": _self_reference(_FIND) | {"results show", "results demonstrate", "experiments show", "we found"},
    "DO": _self_reference(_DO),
    "AIM": frozenset("aim aims aimed goal objective purpose intended intends".split()),
    "SELF": frozenset({"we", "our", "us"} | {f"this {noun}" for noun in _SELF.split()}),
    "GAP": frozenset(_GAP.split()),
    "OUTCOME": frozenset(_OUTCOME.split()),
    "LINK": frozenset({"http", "https", "github", "available at", "publicly available", "project page"}),
}
"""Cue classes: the words and pairs of words that give a sentence away, whatever the field."""

_CLASS_OF = {phrase: name for name, phrases in CUES.items() for phrase in phrases}


def words(sentence: str) -> list[str]:
    """The sentence's words in lower case; every number is `0`, every percentage `0%`."""
    found = _WORD.findall(sentence.lower())
    return [("0%" if word[-1] == "%" else "0") if word[0].isdigit() else word for word in found]


def phrases(tokens: Sequence[str]) -> set[str]:
    """Words and pairs of neighbouring words, adverbs left out of the pairs."""
    plain = [token for token in tokens if token not in _ADVERBS]
    return {*tokens, *map(" ".join, itertools.pairwise(plain))}


def cues(found: set[str]) -> frozenset[str]:
    """The cue classes among a sentence's `phrases`."""
    return frozenset(_CLASS_OF[phrase] for phrase in found & _CLASS_OF.keys())


def features(sentences: Sequence[str]) -> list[set[str]]:
    """Every sentence's features, in the abstract's order."""
    tokens = [words(sentence) for sentence in sentences]
    found = [phrases(row) for row in tokens]
    classes = [cues(row) for row in found]
    rows = []
    for i, row in enumerate(found):
        openings = {"^" + " ".join(tokens[i][:n]) for n in (1, 2, 3)}
        rows.append(row | openings | _places(i, classes))
    return rows


def _places(i: int, classes: Sequence[frozenset[str]]) -> set[str]:
    """Where sentence `i` stands, by number and by the cues around it."""
    last = len(classes) - 1
    before = frozenset[str]().union(*classes[:i])
    said = "+".join(name for name in ("PROPOSE", "SELF", "OUTCOME") if name in before)
    where = "first" if i == 0 else "last" if i == last else "middle"
    own = {f"@{name}" for name in classes[i]} or {"@none"}
    return {
        *("#", f"#{min(i, 5)}", f"#-{min(last - i, 3)}", f"#{5 * i // (last + 1)}/5", f"#after {said}"),
        *own,
        *(f"{name} {where}" for name in own),
        *(f"{name} {'after' if 'SELF' in before else 'before'} SELF" for name in own),
        *(f"<@{name}" for name in (classes[i - 1] if i else ())),
        *(f">@{name}" for name in (classes[i + 1] if i < last else ())),
    }


class Traits(NamedTuple):
    """What a reader notices in a sentence, whatever a model makes of it.

    Attributes:
        itself: speaks of the paper ("we", "our", "this work").
        proposes: names what the paper puts forward ("we introduce X", "this paper presents").
        introduces: proposes, presents or introduces its main thing, not a further one.
        gap: says what is missing or hard.
        outcome: tells how something performed.
        measured: an outcome with a figure, or a win over others.
        moral: what the authors wish the reader to take home, without a figure.
        link: points to code, data or a page, and says nothing else.
        boilerplate: copyright, acknowledgement, keywords.
        limitation: says what the work itself cannot do, or leaves to later.
    """

    itself: bool
    proposes: bool
    introduces: bool
    gap: bool
    outcome: bool
    measured: bool
    moral: bool
    link: bool
    boilerplate: bool
    limitation: bool


_PAPER = r"(?:paper|article|work|study|report|survey|thesis)"
_ITSELF = re.compile(rf"\b(?:we|our|this {_PAPER})\b|本文|我们", re.IGNORECASE)
_ADVERB = r"(?:(?:\w+ly|also|then|first|further|thus|therefore|here|hence|instead) )*"
_TRIALS = r"(?! (?:\w+ ){0,2}(?:experiments?|results?|evidence|findings|evaluations?)\b)"
"""Who presents experiments has proposed nothing yet."""
_PROPOSAL = re.compile(
    rf"\b(?:we|i) {_ADVERB}(?:propos|present|introduc|describ|develop|design|devis|unveil|put forward|aim to)\w*\b{_TRIALS}"
    rf"|\b{_PAPER} {_ADVERB}(?:proposes|presents|introduces|describes|develops|designs|devises|aims to)\b{_TRIALS}"
    r"|\b(?:we|paper|work)\b[^.;]{1,90}\band (?:propose|introduce|present)s?\b"
    r"|\b(?:is|are) (?:proposed|presented|introduced)\b|本文提出|我们提出|本文介绍|我们介绍|本文设计|我们设计",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    rf"\b(?:we|{_PAPER}) {_ADVERB}(?:propos|present|introduc)\w*\b{_TRIALS}|本文提出|我们提出", re.IGNORECASE
)
_FURTHER = re.compile(
    r"\b(?:also|further(?:more)?|additionally|moreover|in addition|in particular|finally)\b|^specifically,", re.IGNORECASE
)
_GAP_CUE = re.compile(
    r"\b(?:however|yet|unfortunately|lacks?|lacking|limit(?:s|ed|ation|ations)?|bottlenecks?|challeng\w+|difficult\w*|"
    r"unclear|costly|expensive|suffers?|struggles?|fails?|un(?:der)?explored|overlook\w*|remains?|insufficient|"
    r"prohibitive\w*|neglects?|fall short|vulnerable|hinder\w*|unable|cannot|gaps?|scarc\w+|rarely|despite|"
    r"incurs?|at the cost of|inefficien\w+|know little|little is known)\b"
    r"|然而|但是?|缺乏|难以|不足|挑战",
    re.IGNORECASE,
)
_OUTCOME_CUE = re.compile(
    r"\b(?:outperform\w*|achiev\w+|improv\w+|surpass\w*|superior|exceed\w*|gains?|reduc(?:es|ing|tions?)|speedups?|"
    r"(?:results|experiments|evaluations?|we|findings|analys[ie]s) (?:\w+ ){0,6}?(?:show|demonstrate|indicate|reveal|find|"
    r"found|confirm|suggest)\w*|we (?:\w+ )?(?:evaluate|validate|test|conduct|perform)|"
    r"state-of-the-art|competitive|comparable|effectiveness)\b"
    r"|表明|优于|提升|提高|超过|达到",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d\s?(?:\\?%|x\b|×|\\times)|\d\.\d|\b\d{2,}\b|\bpoints?\b|\bstate-of-the-art\b|\b(?:outperform|surpass)")
_MORAL = re.compile(
    r"^(?:overall, |together, |finally, |taken together, )?(?:these|this|our|the) (?:\w+ )?(?:results?|findings|work|study|"
    r"benchmarks?|analys[ei]s|insights?|dataset|framework|research|approach) (?:\w+ )?"
    r"(?:highlight|suggest|underscore|establish|provide|offer|open|pave|point|emphasi[sz]e|imply|serve)s?\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"https?://|\bwww\.|github\.(?:com|io)|huggingface\.co"
    r"|^\W*(?:code|project(?: page| website)?|website|demos?|models?|data(?:sets?)?|homepage)\b[^.]{0,40}:"
    r"|\b(?:code|implementations?|models?|weights|checkpoints?|data(?:sets?)?|benchmarks?|demos?|videos?|results|materials|"
    r"library|toolkit|software|resources|prompts|scripts|project|website)\b.{0,80}"
    r"\b(?:is|are|be|been|made) (?:(?:\w+ly|now|made|also) )*(?:available|released|open[- ]sourced|public|accessible)\b"
    r"(?: (?:at|on|here|via|upon|online|soon|under|in|from|through)\b|\W*$|:)"
    r"|\bwe (?:(?:also|will|further|fully|publicly|have) )*"
    r"(?:release|open[- ]source|share|make (?=.{0,80}\b(?:available|public)))"
    r"|代码.{0,12}(?:开源|公开|获取|发布)",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"\ball rights reserved\b|©|\(c\) (?:19|20)\d\d|\bcopyright\b|\bsupported by\b.{0,80}\bgrants?\b|^\W*key ?words\b|^>",
    re.IGNORECASE,
)
_LIMITATION = re.compile(
    r"\b(?:limitations? of (?:our|this|the (?:work|study|approach|method))|our (?:\w+ )?limitations?|future work|"
    r"we leave\b|remains? (?:an )?open)|局限|未来工作",
    re.IGNORECASE,
)


def traits(sentences: Sequence[str]) -> list[Traits]:
    """Every sentence's traits, in the abstract's order."""
    return [_traits(sentence) for sentence in sentences]


def _traits(sentence: str) -> Traits:
    proposes = bool(_PROPOSAL.search(sentence))
    outcome = bool(_OUTCOME_CUE.search(sentence))
    return Traits(
        itself=proposes or bool(_ITSELF.search(sentence)),
        proposes=proposes,
        introduces=bool(_INTRODUCTION.search(sentence)) and not _FURTHER.search(sentence),
        gap=bool(_GAP_CUE.search(sentence)),
        outcome=outcome,
        measured=outcome and bool(_FIGURE.search(sentence)),
        moral=bool(_MORAL.search(sentence)) and not _FIGURE.search(sentence),
        link=not proposes and bool(_LINK.search(sentence)),
        boilerplate=bool(_BOILERPLATE.search(sentence)),
        limitation=bool(_LIMITATION.search(sentence)),
    )
