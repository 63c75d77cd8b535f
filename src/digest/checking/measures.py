"""What is measured, and whether more of it is better: less latency and more accuracy are both improvements."""

import re
from typing import NamedTuple


class Measure(NamedTuple):
    """Something that is measured.

    Attributes:
        name: of the family that it belongs to; one family is compared as one thing.
        good: "+" where more is better, "-" where less is, "" where it depends.
    """

    name: str
    good: str


_FAMILIES = (
    (
        "cost",
        "-",
        r"costs?|overheads?|complex|expens\w+|budgets?|compute|flops|consumption|energy|complexity|computation(?:s"
        r"|al (?:load|burden|demands?))?",
        "成本|开销|代价|费用|耗费|能耗|消耗|计算量|复杂度|FLOPs",
    ),
    (
        "time",
        "-",
        r"latenc(?:y|ies)|delays?|runtimes?|(?<!real-)(?<!test-)(?<!inference-)(?<!training-)time(?![- ](?:series|step"
        r"|scal))|durations?",
        "延迟|时延|耗时|(?<!推理时)时间(?!序列|步|戳|一致)|时长",
    ),
    ("memory", "-", r"memory (?:usage|use|consumption|footprint|cost)|memory|footprints?|storage|flash", "内存|显存|存储|闪存"),
    (
        "error",
        "-",
        r"false (?:positive|negative|alarm)s?|(?:error|failure|attack success|hallucination|false[- ](?:positive"
        r"|alarm)) rates?|errors?|mistakes?|hallucinations?|perplexity|rmse"
        r"|mse|mae|wer|cer|eer|fid|fvd|lpips|regret|bias(?:es)?|toxicity|risks?|failures?|variance|forgetting"
        r"|interference|redundanc\w+"
        r"|artifacts?|noise|gaps?|harm(?:ful|fulness)?|degradation|misalignment|leakage",
        "错误|误差|幻觉|困惑度|偏差|偏见|毒性|风险|失败|方差|遗忘|干扰|冗余|伪影|噪声|差距|有害|泄露|攻击成功率"
        "|[误漏]报率?|RMSE|MAE|MSE|WER"
        "|CER|FID|FVD",
    ),
    (
        "success",
        "+",
        r"accura\w+|performance|qualit\w+|scores?|precision|precise\w*|recall|success(?: rates?)?|fidelity|robust\w*"
        r"|generali[sz]\w+"
        r"|reliab\w+|consisten\w+|coheren\w+|stab(?:le|ility)|efficien\w+|effective\w*|faithful\w*|f1|auc|auroc|map"
        r"|bleu|rouge|reward|diversity"
        r"|factual\w*|alignment|safety|capabilit\w+|win[- ]rates?|pass(?:@[0-9]+|[- ]rates?)|psnr|ssim|correlation"
        r"|agreement|credib\w+"
        r"|results?|utility|expressiv\w+|resolution|coverage|m?iou|m?ap|dice|ndcg|mrr|conformity|plausib\w+"
        r"|interpretab\w+|usab\w+",
        "准确|(?<!全)(?<!半)(?<!低)精度|性能|质量|得分|评分|分数|精确|召回|成功率|通过率|胜率|保真|鲁棒|泛化|可靠"
        "|一致性|连贯|稳定|效率|忠实|事实性|奖励|多样性"
        "|对齐|安全|能力|表现|解决率|效果|可信度|正确率|F1|AUC|mAP|PSNR|SSIM|BLEU|相关性|覆盖率|mIoU|IoU|AP|NDCG"
        "|符合度|合理性|可解释性|可用性|一致",
    ),
    ("dependence", "-", r"dependen\w+|relian\w+", "依赖"),
    ("speed", "+", r"throughput|speeds?|convergence", "吞吐量?|速度|收敛"),
    ("size", "", r"sizes?|parameters?|lengths?|numbers?|amounts?|volumes?|scales?", "体积|参数|长度|数量|规模|数据量"),
)


def _pattern(place: int) -> re.Pattern[str]:
    left, right = (r"\b(?:", r")\b") if place == 2 else ("(?:", ")")
    return re.compile("|".join(f"(?P<{family[0]}>{left}{family[place]}{right})" for family in _FAMILIES), re.IGNORECASE)


_ENGLISH, _CHINESE = _pattern(2), _pattern(3)
_MEASURES = {name: Measure(name, good) for name, good, _, _ in _FAMILIES}


def measures(text: str, chinese: bool) -> list[Measure]:
    """What a text measures, in order."""
    return [_MEASURES[match.lastgroup] for match in (_CHINESE if chinese else _ENGLISH).finditer(text) if match.lastgroup]
