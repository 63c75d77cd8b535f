"""First, best, state of the art, open source: only where the paper says so."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.checking.checks.base import Case, Finding, partly, unsupported


class Boast(NamedTuple):
    """A kind of superlative: how a statement says it, and what in the paper bears it out."""

    said: re.Pattern[str]
    borne_out: re.Pattern[str]


def _boast(said: tuple[str, ...], borne_out: tuple[str, ...]) -> Boast:
    return Boast(re.compile("|".join(said), re.IGNORECASE), re.compile("|".join((*said, *borne_out)), re.IGNORECASE))


_ORDINAL = (
    "(?:class|stage|step|phase|part|layer|token|component|term|two|three|four|few|author|half|frame|place|pass|one|module"
    "|line|row|column|order|moment|principles?|epoch|round|turn|time step|iteration|block|sentence|category|type"
    "|group|set|branch|case|person|hand|glance)"
)
_COUNTED = "(?!版|轮|阶段|步|批|部分|组件|模块|挑战|问题|层|类|种|token|词|帧|目标|子)"
_MADE = "(?:benchmark|dataset|framework|method|model|system|work|study|algorithm|approach|agent)"
BOASTS = (
    _boast(
        (
            rf"\b(?:the|a|its|our|as)(?: very)? first\b(?![- ]{_ORDINAL}\b)",
            r"\bfirst[- ](?:ever|of-its-kind)|\bfor the first time|\bfirst to\b|\bpioneer",
            rf"首[次个款项套创]{_COUNTED}|第一[个项款次]{_COUNTED}|率先|史上|前所未有|开创",
        ),
        (
            r"to (?:the best of )?our knowledge|unprecedented|\bno (?:prior|previous|existing)|previously (?:un|in)|unexplored",
            rf"\bfirst (?!{_ORDINAL}\b)(?:[\w-]+ ){{0,4}}{_MADE}",
        ),
    ),
    _boast(
        (
            r"\bstate[- ]of[- ]the[- ]arts?\b|\bSOTA\b|\bcutting[- ]edge\b",
            "最先进|业界领先|业内领先|世界领先|国际领先|最高水平|领先水平|顶尖水平",
        ),
        (
            r"frontier|\bbest\b|\bleading\b|strongest|top[- ]perform|highest|most advanced|new record",
            r"(?:surpass|outperform)(?:s|ing)? all|最优|最佳|领先|前沿",
        ),
    ),
    _boast(
        (
            r"\bopen[- ]?sourc\w*|\bpublicly (?:available|released|accessible)|\bwe release\b",
            r"\b(?:code|weights|checkpoints?|implementations?)\b[^.;,]{0,30}\b(?:is|are|been)"
            r" (?:\w+ )?(?:released|available|public)\b",
            "开源|已公开|公开发布|公开可用|公开了|已发布|代码公开",
        ),
        (
            r"\bopen[- ]?(?:ly|weight|access|model|ed\b)|\brelease|\bavailable\b|\bpublic(?:ly)?\b|github|huggingface|https?://|\bshare\b",
            r"\bopen[- ](?:benchmarks?|models?|llms?)|公开|发布",
        ),
    ),
    _boast(
        (
            r"\bthe best\b(?! of (?:our|both))|\bbest[- ]performing|\bunmatched\b|\bunrivall?ed\b",
            "最佳|最优(?!化|传输|解|控制|策略|性)|最强|无出其右",
        ),
        (
            r"\bbest\b|\boptimal|\bstate[- ]of[- ]the[- ]art|\bSOTA\b|\b(?:high|low|strong)est\b|\btop\b|\bsuperior",
            r"\bmost (?!of)|最",
        ),
    ),
    _boast(
        (
            r"\b(?:outperform|surpass|exceed|beat|superior to|better than)\w* (?:all|every|any)\b",
            "(?:优于|超越|超过|胜过|击败)了?(?:所有|全部|一切|任何)|全面(?:优于|超越|领先)",
        ),
        (r"\b(?:all|every|any|each|across|best|SOTA)\b|\bstate[- ]of[- ]the[- ]art|\bconsistent|所有|全部|均",),
    ),
    _boast((r"\bthe only\b|唯一",), (r"\bonly\b|\bunique|\bsole|\bsingle\b|\bno other\b|仅",)),
)


def check_superlatives(case: Case) -> Iterator[Finding]:
    """Superlatives that the paper does not use."""
    for said, borne_out in BOASTS:
        found = said.search(case.statement.text)
        if not found or any(borne_out.search(passage.text) for passage in case.cited):
            continue
        stands = borne_out.search(case.ground.whole.text)
        yield (partly if stands else unsupported)("superlative", found[0])
