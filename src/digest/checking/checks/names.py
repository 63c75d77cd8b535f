"""Models, datasets, benchmarks, methods and organisations of a statement are named in its sentences."""

import re
from collections.abc import Iterator

from digest.checking.acronyms import common, key
from digest.checking.checks.base import Case, Finding, partly, unsupported
from digest.checking.names import URL, Name
from digest.checking.numerals import ENGLISH, ENGLISH_SCALES
from digest.checking.words import is_ordinary, stem

_FIELD = frozenset(
    """
    agent agents agentic token tokens prompt prompts benchmark benchmarks baseline baselines pipeline pipelines transformer
    transformers attention embedding embeddings encoder decoder encoders decoders rollout rollouts reward rewards policy
    policies backbone checkpoint checkpoints dataset datasets model models batch loss head heads layer layers adapter adapters
    mask masking masked sparse dense logit logits softmax gradient gradients critic actor-critic teacher student judge
    reviewer planner executor retriever generator discriminator verifier fine-tuning finetuning pre-training post-training
    pretraining scaling context query key value cache kernel patch latent diffusion online offline on-policy off-policy
    few-shot zero-shot in-context end-to-end chain-of-thought
    """.split()
)
"""Terms that Chinese writers leave in English, with or without a capital."""
_FREE = frozenset({"AI", "ID", "PDF", "URL", "VS", "TLDR", "OK", "SOTA"})
_SOFT_PARTS = frozenset(
    "based style level like aware free guided driven wise specific to and of the a in for with as on-the or by at vs".split()
)
_LONGEST = 1500
"""Characters of a sentence; in a longer text any three letters open three words somewhere."""
_ADJECTIVE = re.compile(r"(?:ish|ese|ean|ian|an|i|ic|ey|y|ia|a|land|e)$")
_DIGITS_WORDS = re.compile(r"[0-9.]+")


def check_names(case: Case) -> Iterator[Finding]:
    """Names that the cited sentences and the title do not hold."""
    for url in URL.findall(case.statement.text):
        if url.rstrip(".,;") not in case.ground.whole.text:
            yield unsupported("name", url)
    seen: set[str] = set()
    for name in case.statement.names:
        if name.text in seen or not _is_name(name, case):
            continue
        seen.add(name.text)
        finding = _judged(name, case)
        if finding:
            yield finding


def _is_name(name: Name, case: Case) -> bool:
    """Whether a word must stand in the paper as it is."""
    word = name.text.lower()
    if name.text.upper() in _FREE or word in ENGLISH or word in ENGLISH_SCALES:
        return False
    if name.marked:
        return True
    if case.statement.chinese:
        if word in _FIELD or all(part in _FIELD for part in word.split("-")):
            return False
        if name.capital and not _in_heading(name, case):
            return True
    elif not name.capital or not (name.opens or _in_heading(name, case)):
        return name.capital
    return not all(_usual(part, case) for part in re.split(r"[-_&.@]", word))


def _in_heading(name: Name, case: Case) -> bool:
    """Whether a word stands in a heading or a field, where it has a capital for no reason."""
    return case.heading is not None and name.text in case.heading.text


def _usual(word: str, case: Case) -> bool:
    return len(word) < 3 or is_ordinary(word) or word in case.ground.lower or stem(word) in _lower_stems(case)


def _lower_stems(case: Case) -> frozenset[str]:
    return case.ground.lower_stems


def _judged(name: Name, case: Case) -> Finding | None:
    strict = name.text.isupper() and name.text.isalpha()
    if any(case.cites(spelling, capitals=strict) for spelling in _spellings(name.text)):
        return None
    if _is_shorthand(name.text, case):
        return None
    parts = [part for part in re.split(r"[-_@&]", name.text) if part]
    if len(parts) > 1:
        return _judged_parts(name, parts, case)
    if case.ground.whole.joined.holds(name.text, capitals=strict):
        if not name.marked and is_ordinary(name.text.lower()):
            return None
        return partly("name", name.text)
    if not name.marked and (stem(name.text) in case.cited_stems or _is_of_a_name(name.text, case)):
        return None
    if not name.marked and stem(name.text) in case.ground.whole.stems and is_ordinary(name.text.lower()):
        return None
    return unsupported("name", name.text)


def _is_of_a_name(word: str, case: Case) -> bool:
    """Whether it is the adjective of a name that is cited, or the other way round: Turkish, Turkey; Bayesian, Bayes."""
    root = _ADJECTIVE.sub("", word)
    if len(root) < 4:
        return False
    return any(re.search(rf"\b{re.escape(root)}[a-z]{{0,4}}\b", passage.text) for passage in (*case.cited, case.ground.title))


def _spellings(name: str) -> list[str]:
    """The name, and the other way to write the year at its end: AIME24, AIME2024."""
    year = re.search(r"(?<![0-9.])(20)?([1-3][0-9])$", name)
    if not year or len(name) < 5:
        return [name]
    return [name, name[: year.start()] + ("" if year[1] else "20") + year[2]]


def _judged_parts(name: Name, parts: list[str], case: Case) -> Finding | None:
    """A compound: `LLM-based` is as good as LLM, `GPT-5` must stand whole."""
    if case.ground.whole.joined.holds(name.text):
        return partly("name", name.text)
    hard = [part for part in parts if not (part.islower() and part.isalpha() and (part in _SOFT_PARTS or _usual(part, case)))]
    if any(_DIGITS_WORDS.fullmatch(part) for part in hard):
        return unsupported("name", name.text)
    missing = [part for part in hard if not _part_cited(part, case)]
    if not missing:
        several_marked = sum(any(c.isdigit() for c in part) for part in hard) > 0 and len(hard) > 1
        return partly("name", name.text) if several_marked else None
    if all(case.ground.whole.joined.holds(part, capitals=part.isupper()) for part in missing):
        return partly("name", name.text)
    return unsupported("name", name.text)


def _part_cited(part: str, case: Case) -> bool:
    if case.cites(part, capitals=part.isupper() and len(part) > 1) or _is_shorthand(part, case):
        return True
    return stem(part) in case.cited_stems and not part.isupper()


def _is_shorthand(name: str, case: Case) -> bool:
    """Whether the paper says in full what the field abbreviates so, or its sentences spell the name by initials."""
    words = common().get(key(name))
    if words and (case.ground.whole.joined.holds(words) or case.ground.whole.joined.holds(words.removeprefix("large "))):
        return True
    if name[:1].isupper() and not name.isupper() and _abbreviated(name, case):
        return True
    if name.isupper() and name.isalpha() and 3 <= len(name) <= 7:
        near = [passage.text for passage in (*case.cited, case.ground.title) if len(passage.text) < _LONGEST]
        return any(_initials(name.lower(), text) for text in near)
    return False


def _abbreviated(word: str, case: Case) -> bool:
    """Whether a word belongs to the words of an abbreviation that the paper uses: "Large" where it says LLM."""
    return any(word.lower() in common()[short].split() for short in case.ground.shorthands)


def _initials(letters: str, text: str) -> bool:
    """Whether consecutive words begin with these letters, small words between them left out."""
    words = re.findall("[a-z]+", text.lower())
    strong = [word for word in words if word not in _SOFT_PARTS]
    return any(letters in "".join(word[0] for word in row) for row in (words, strong))
