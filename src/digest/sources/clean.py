"""Text, names and links of upstreams, made safe. All of it is somebody's input."""

import re
import unicodedata
from urllib.parse import urlsplit

from digest.tex import readable

TITLE_CAP = 500
"""Characters; the longest arXiv title on record has fewer."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffc\U000e0000-\U000e0fff]"
)
"""Zero-width, direction-changing, variation and tag characters: what a reader cannot see must not reach one."""
_FORBIDDEN = bytes(c for c in range(32) if c not in b"\t\n\r")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9._~/%?&=#+:@,;()-]+")
_REPOSITORY = re.compile(r"https?://(?:www\.)?github\.com/[A-Za-z0-9._/-]+")


def xml(body: bytes) -> bytes:
    """A document without the control characters that XML forbids: one in one abstract must not cost the whole listing."""
    return body.translate(None, _FORBIDDEN)


def text(value: object, cap: int | None = None) -> str:
    """One line of visible text: control, invisible and surrogate characters removed, white space folded.

    Anything but a string gives "". A text above `cap` characters is cut at a word and ends with "…".
    """
    if not isinstance(value, str):
        return ""
    folded = " ".join(value.split())
    if not (folded.isascii() and folded.isprintable()):  # hardly any text needs a look at every character
        spaced = "".join(" " if c.isspace() or c in "\x85\u2028\u2029" else c for c in value)
        seen = "".join(c for c in _INVISIBLE.sub("", spaced) if unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))
        folded = " ".join(seen.split())
    if cap is not None and len(folded) > cap:
        folded = folded[:cap].rsplit(" ", 1)[0] + "…"
    return folded


def title(value: object) -> str:
    """The line of a title, without TeX's commands for text, cut at `TITLE_CAP`."""
    return text(readable(text(value)), TITLE_CAP)


def authors(names: list[str]) -> tuple[str, ...]:
    """Names in order, each once. The pseudo-author `:` marks a collaboration and is dropped."""
    cleaned = (text(name, 200).strip(":,; ") for name in names)
    return tuple(dict.fromkeys(name for name in cleaned if name))


def repository(value: object) -> str | None:
    """`https://github.com/OWNER/NAME`, or None for anything that is not a repository there."""
    parts = _parts(value)
    if parts is None or parts[0] not in ("github.com", "www.github.com"):
        return None
    names = [name for name in parts[1].split("/") if name]
    if len(names) < 2 or names[0].lower() in ("orgs", "topics", "sponsors", "settings", "features", "about"):
        return None
    owner, name = names[0], names[1].rstrip(".,;:)").removesuffix(".git")
    if not _LABEL.fullmatch(owner) or not re.fullmatch(r"[A-Za-z0-9._-]+", name) or name in (".", ".."):
        return None
    return f"https://github.com/{owner}/{name}"


def repository_in(*texts: str | None) -> str | None:
    """The first repository that the authors name in their abstract or comment."""
    for value in texts:
        for match in _REPOSITORY.finditer(value or ""):
            if found := repository(match[0]):
                return found
    return None


def web_page(value: object) -> str | None:
    """An https page with a public-looking name as host, or None."""
    parts = _parts(value)
    if parts is None:
        return None
    host, path = parts
    labels = host.split(".")
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit() or labels[-1] in ("local", "internal"):
        return None
    return f"https://{host}{path.rstrip('.,;')}"


def _parts(value: object) -> tuple[str, str] | None:
    """Host and path of a plain http(s) URL without user, port or odd characters."""
    if not isinstance(value, str) or len(value) > 500 or not _PLAIN_URL.fullmatch(value.strip()):
        return None
    try:
        url = urlsplit(value.strip())
        if url.username is not None or url.password is not None or url.port is not None:
            return None
    except ValueError:
        return None
    return ((url.hostname or "").lower().rstrip("."), url.path) if url.hostname else None
