"""The same words however they are typeset: LaTeX, full-width forms, superscripts and odd spaces folded away, case kept."""

import re
import unicodedata

LATIN = "A-Za-zÀ-ÖØ-öø-ɏͰ-ϿЀ-ӿ"
"""Letters that names are made of: Latin, Greek (τ-bench), Cyrillic."""
HAN = "\u3400-\u9fff"

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_THIN_SPACE = re.compile("(?<=[0-9])[\u2009\u202f\u2007\u00a0](?=[0-9]{3}(?![0-9]))")
_RAISED = re.compile("[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LOWERED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-", "\u2044": "/", "’": "'", "‘": "'", "“": '"', "”": '"'})
_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "eta": "η", "theta": "θ",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Lambda": "Λ",
    "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
_SIGNS = {
    "times": "×", "pm": "±", "approx": "≈", "sim": "≈", "simeq": "≈", "geq": "≥", "ge": "≥", "leq": "≤", "le": "≤", "cdot": "·",
    "to": "→", "rightarrow": "→", "ldots": "…", "dots": "…", "textasciitilde": "≈", "infty": "∞", "textpercent": "%",
    "uparrow": "↑", "downarrow": "↓", "quad": " ", "qquad": " ",
}  # fmt: skip
_SPACED_DIGITS = re.compile(r"(?<=[0-9])(?:\\[,;: !]|\{,\}|,\\!)(?=[0-9]{3}(?![0-9]))")
_ACCENT = re.compile(r"\\(?:['\"`^~=.]|[Hcvu](?=\{))\{?(\\?[A-Za-z])\}?")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?\s*")
_ACCENTED = re.compile("[À-ɏ\u0300-\u036f]")
_TIE = re.compile(r"(?<=[A-Za-z.\])}])~")


def plain(text: str) -> str:
    """A text as it is compared: the same for `$95\\%$`, `95％` and `95%`."""
    if not text.isascii():
        text = _unwidened(text)
    if "\\" in text or "$" in text or "{" in text:
        text = _untexed(text)
    return _TIE.sub(" ", text) if "~" in text else text


def bare(text: str) -> str:
    """Letters without their accents: Schrödinger as Schrodinger."""
    if text.isascii() or not _ACCENTED.search(text):
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def is_chinese(text: str) -> bool:
    """Whether a text is written in Chinese, names and terms in Latin letters or not."""
    return len(re.findall(f"[{HAN}]", text)) >= 2


def _unwidened(text: str) -> str:
    text = _THIN_SPACE.sub("", _INVISIBLE.sub("", text))
    text = _RAISED.sub(lambda m: "^" + m[0].translate(_LOWERED), text)
    return unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)


def _untexed(text: str) -> str:
    text = _SPACED_DIGITS.sub("", text).replace("\\%", "%").replace("{,}", ",").replace("``", '"')
    text = _ACCENT.sub(r"\1", text)
    text = re.sub(r"\\[,;: !&_#$\\]", lambda m: m[0][1] if m[0][1] in "&_#" else " ", text)
    text = _COMMAND.sub(_sign, text)
    return re.sub(r"\^\s*([-+]?)\s*", r"^\1", text.replace("$", "").replace("{", "").replace("}", ""))


def _sign(command: re.Match[str]) -> str:
    return _SIGNS.get(command[1]) or _GREEK.get(command[1]) or ""
