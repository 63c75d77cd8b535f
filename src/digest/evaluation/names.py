"""Names of models, data sets and methods in abstracts, recognised by their looks.

Rather too few than wrong: a name that is replaced by one of the same kind must make the claim false.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from digest.models import Document

NameKind = Literal["model", "dataset", "method"]

_TOKEN = re.compile(r"(?<![A-Za-z0-9_\\{/.@-])[A-Za-z][A-Za-z0-9]*(?:[-.+][A-Za-z0-9]+)*(?![A-Za-z0-9_/@])")
_FAMILIES = re.compile(
    r"(?:GPT|Llama|LLaMA|Qwen|Gemini|Gemma|Claude|Mistral|Mixtral|DeepSeek|Kimi|GLM|Phi|LLaVA|InternVL|BERT|RoBERTa|ModernBERT"
    r"|OPT|Pythia|OLMo|YOLO|ResNet|ViT|CLIP|SAM|DINO|Whisper|FLUX|OpenVLA|Yi|Falcon|Grok|T5|Mamba|Wan|Sora|SDXL|R1|o1|o3|o4)"
    r"(?:v?\d[\w.]*)?(?:-[\w.]+)*"
)
_DATASET = re.compile(
    r"\w[\w.-]*(?:Bench|bench|Arena|QA|Eval|Corpus)(?:-[\w.]+|\d+)*"
    r"|(?:GSM8K|MATH(?:-?500)?|AIME(?:-?\d+)?|MMLU(?:-Pro)?|HumanEval\+?|MBPP\+?|GPQA|ImageNet(?:-\w+)?|CIFAR-?10+|COCO|LVIS|KITTI"
    r"|ScanNet|nuScenes|SWE-bench|LiveCodeBench|ALFWorld|WebShop|WebArena|VisualWebArena|OSWorld|AndroidWorld|TriviaQA|HotpotQA|SQuAD"
    r"|SQuADv2|LIBERO|D4RL|MNIST|ADE20K|Kinetics-\d+|Ego4D|EPIC-Kitchens|LibriSpeech|BEIR|MTEB|MMMU|MMBench|MathVista|C4|FineWeb"
    r"|WikiText(?:-\d+)?|ARC-AGI|BBQ|HellaSwag|IFEval|AlpacaEval|Arena-Hard|BBH|MIMIC-\w+|PTB-XL|MVTec|VisA|PaperBench)"
)
_COMPOUND = re.compile(r"-(?!(?:mini|nano|turbo|base|small|medium|large|flash|pro|preview|max)(?:-|$))[a-z]+(?:-|$)")
"""`BERT-based`: the name of a model, and a word."""
_HEAD = re.compile(r"(?P<name>[A-Za-z][\w+.-]{2,24})\s*:\s*\S")
_COMMON = 3
"""A coined name in more abstracts than this belongs to the field, not to a paper."""


def names_in(text: str) -> Iterator[re.Match[str]]:
    """What looks like a name: a word with two capitals, or with a capital and a digit."""
    for match in _TOKEN.finditer(text):
        word = match[0]
        capitals = sum(c.isupper() for c in word)
        if capitals > 1 or (capitals and any(c.isdigit() for c in word)) or _FAMILIES.fullmatch(word):
            yield match


def kind_of(name: str, document: Document) -> NameKind | None:
    """What a name stands for: a known family of models, a data set by its looks, the paper's own method by its title."""
    if _DATASET.fullmatch(name):
        return "dataset"
    if _FAMILIES.fullmatch(name) and not _COMPOUND.search(name):
        return "model"
    return "method" if name == method_name(document) else None


def method_name(document: Document) -> str | None:
    """The coined name that a title begins with: "STAPO: Stabilizing …"."""
    head = _HEAD.match(document.paper.title)
    if head is None or sum(c.isupper() or c.isdigit() for c in head["name"]) < 2:
        return None
    return head["name"]


def names_by_kind(documents: Iterable[Document]) -> Mapping[NameKind, tuple[str, ...]]:
    """The names that these papers use, by kind, in alphabetical order; of methods, those that are one paper's own."""
    found: dict[NameKind, set[str]] = defaultdict(set)
    used: Counter[str] = Counter()
    for document in documents:
        words = {match[0] for s in document.sentences for match in names_in(s.text)}
        used.update(words)
        for word in words:
            if kind := kind_of(word, document):
                found[kind].add(word)
    found["method"] = {name for name in found["method"] if used[name] <= _COMMON}
    return {kind: tuple(sorted(names)) for kind, names in found.items()}
