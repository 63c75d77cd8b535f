"""Names swapped, versions changed, acronyms spelled out wrongly."""

import random
import re

from digest.evaluation.claims import Shelf, TrueClaim, whole
from digest.evaluation.names import NameKind, kind_of, names_in
from digest.models import Document

_ACRONYM = re.compile(r"(?<![A-Za-z0-9(（-])(?P<name>[A-Z]{3,6})(?![A-Za-z0-9)）-])")
_SPELT = re.compile(r"(?P<words>(?:[A-Z][a-z]+[ -]){2,6})\((?P<name>[A-Z]{2,6})\)")
_INITIALS = {
    "A": "Augmented Adversarial Anchored",
    "B": "Bounded Balanced Branching",
    "C": "Cascaded Contrastive Cyclic",
    "D": "Dynamic Distilled Dual",
    "E": "Elastic Ensemble Entropic",
    "F": "Factored Frozen Federated",
    "G": "Gated Granular Greedy",
    "H": "Hybrid Hashed Hierarchical",
    "I": "Iterative Implicit Inverse",
    "J": "Joint Jittered Judged",
    "K": "Kernelised Keyed Kinetic",
    "L": "Layered Lattice Lagged",
    "M": "Masked Modular Mirrored",
    "N": "Nested Noisy Normalised",
    "O": "Ordered Orthogonal Open",
    "P": "Pruned Parallel Progressive",
    "Q": "Quantised Queued Quadratic",
    "R": "Recurrent Routed Residual",
    "S": "Stochastic Stacked Spectral",
    "T": "Tiered Threaded Truncated",
    "U": "Unrolled Uniform Utility",
    "V": "Variational Voxel Vectorised",
    "W": "Weighted Windowed Wired",
    "X": "Xenon Xor Xylem",
    "Y": "Yielded Yoked Yearly",
    "Z": "Zonal Zigzag Zeroed",
}
_VERSION = re.compile(r"(?<=[A-Za-z0-9]-)\d{1,2}(?:\.\d)?(?![A-Za-z0-9.])|(?<=[A-Za-z])\d(?:\.\d)?(?=-\d|$)")


def model_swapped(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """A model becomes one that this paper does not name: Qwen2.5-7B → Gemma-2-9B."""
    return _swapped("model", claim, paper, others, rng)


def dataset_swapped(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """A data set or benchmark becomes one that this paper does not name: GSM8K → AlpacaEval."""
    return _swapped("dataset", claim, paper, others, rng)


def method_swapped(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """The paper's own method becomes that of another paper."""
    return _swapped("method", claim, paper, others, rng)


def version_changed(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """The number within a name: GPT-5 → GPT-7."""
    read = whole(paper).lower()
    for name in _shuffled(claim.text, rng):
        found = _VERSION.search(name[0])
        if found is None or kind_of(name[0], paper) != "model":
            continue
        other = str(int(found[0][0]) % 9 + 1) + found[0][1:]
        new = name[0][: found.start()] + other + name[0][found.end() :]
        if new.lower() not in read:
            return claim.text[: name.start()] + new + claim.text[name.end() :]
    return None


def acronym_misspelt(claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    """An acronym stands for something else: DSA (Dynamic Sparse Attention) where the paper says DeepSeek.

    Where the claim spells it out, one of the words changes; else an expansion is made up.
    """
    read = whole(paper).lower()
    spelt = _SPELT.search(claim.text)
    if spelt is not None:
        word = rng.choice(re.findall(r"[A-Z][a-z]+", spelt["words"]))
        other = rng.choice(_INITIALS[word[0]].split())
        words = re.sub(rf"\b{word}\b", other, spelt["words"], count=1)
        return None if words.strip().lower() in read else claim.text.replace(spelt["words"], words, 1)
    found = [m for m in _ACRONYM.finditer(claim.text) if m["name"].lower() in read]
    if not found:
        return None
    match = rng.choice(found)
    expansion = " ".join(rng.choice(_INITIALS[letter].split()) for letter in match["name"])
    brackets = "（{}）" if claim.language == "zh" else " ({})"
    return claim.text[: match.end()] + brackets.format(expansion) + claim.text[match.end() :]


def _swapped(kind: NameKind, claim: TrueClaim, paper: Document, others: Shelf, rng: random.Random) -> str | None:
    read = _squashed(whole(paper))
    pool = [name for name in others.names.get(kind, ()) if _squashed(name) not in read]
    for match in _shuffled(claim.text, rng):
        if kind_of(match[0], paper) == kind and pool:
            return claim.text[: match.start()] + rng.choice(pool) + claim.text[match.end() :]
    return None


def _squashed(text: str) -> str:
    """Without what authors leave out or put in at will: `Qwen 2.5 7B` is Qwen2.5-7B."""
    return re.sub(r"[\s_-]", "", text).lower()


def _shuffled(text: str, rng: random.Random) -> list[re.Match[str]]:
    found = list(names_in(text))
    rng.shuffle(found)
    return found
