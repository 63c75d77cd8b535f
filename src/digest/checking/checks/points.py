"""Percent and percentage points: not the same, save where an accuracy is said to have gained "7.1 %".

Papers write either for what an accuracy has gained; Chinese writers make it 个百分点. Nobody does so of a latency or a cost, and
nobody calls an accuracy of 71 % one of 71 points.
"""

import re

from digest.checking.checks.base import Case
from digest.checking.passages import Passage
from digest.checking.quantities import Quantity

_RELATIVE = re.compile(
    r"\b(?:latency|latencies|perplexity|tokens?|costs?|costly|speed\w*|faster|slower|times?|runtime|hours?|memory|flops?|macs|"
    r"throughput|parameters|size|compute|computation\w*|energy|power|storage|bandwidth|overhead|mse|mae|rmse|loss|fid|fvd|"
    r"volatility|variance|budgets?|length|shorter|longer|smaller|larger|fewer|cheaper|revenue|traffic|relative(?:ly)?|"
    r"utili[sz]ation|consumption|footprint|data|samples|steps|training|inference)\b",
    re.IGNORECASE,
)
"""What is measured on a scale without an end, so that a percentage of it is a share of what it was."""
_SHARE = re.compile(
    r"\b(?:accurac\w*|precision|recall|f1\w*|scores?|rates?|pass@\w*|m?ap[0-9@]*|m?iou|aur?oc|auprc|auc|hits\w*|mrr|wins?|em|asr|top-[15]|"
    r"success|correctness|dice|percentage|sensitivity|specificity|benchmarks?)\b",
    re.IGNORECASE,
)
"""What is a share of a whole itself, so that it may gain points."""
_CHANGE = re.compile(
    r"gain|improv|increas|boost|higher|outperform|surpass|exceed|margin|\bby\b|[+]|\bplus\b|ris(?:e|es|ing)\b|rais|rose|lift|enhanc"
    r"|drop|degrad|declin|decreas|fall|lower|gap|differ|advantage|better|worse|advanc|uplift|more than|above|below|over\b",
    re.IGNORECASE,
)
_TOLD_CHANGE = re.compile(
    r"(?:提[升高]|增[加长幅益]|上升|上涨|升高|涨|高|超|领先|优于|胜过?|好于|改善|改进|收益|增益|提振|下降|下滑|下跌|降|低|落后|差距|相差|差|减"
    r"|损失|多|跌|拉开|挽回|恢复|gain|improv|increas|boost|higher|outperform|surpass|exceed|margin|\bby\b|[+]|ris\w+|lift|add|drop|los|fall"
    r"|lower|lead|ahead|better|more|beat)[^。；;]*$",
    re.IGNORECASE,
)
_NEAR = 70
"""Characters on either side of a number that say what it measures."""


def tells_gain_in_points(one: Quantity, case: Case) -> bool:
    """Whether it tells a gain in points that the sentences give in percent, of what may be an accuracy."""
    values = {value for value, unit in one.readings if unit == "points"}
    if not values or not _TOLD_CHANGE.search(case.statement.text[max(0, one.start - _NEAR) : one.start]):
        return False
    return any(
        value in values and unit == "percent" and _is_gain(other, passage)
        for passage in case.cited
        for other in passage.quantities
        for value, unit in other.readings
    )


def _is_gain(one: Quantity, passage: Passage) -> bool:
    before = re.split(r"[.;:]\s|\bwhile\b|\band (?=reduc|cut|lower|us)", passage.text[max(0, one.start - _NEAR) : one.start])[-1]
    after = re.split(r"[.;:,]\s|\bwhile\b|\band\b", passage.text[one.end : one.end + _NEAR // 2])[0]
    near = before + after
    return bool(_CHANGE.search(near)) and (bool(_SHARE.search(near)) or not _RELATIVE.search(near))
