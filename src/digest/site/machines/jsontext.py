"""JSON as text: compact, UTF-8, the same values always the same bytes."""

import json

from digest.site.engine import clean

compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A value in one line, keys in the order in which they stand."""

_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def document(value: object) -> bytes:
    """A file: keys sorted, one line, a line feed at the end.

    Control characters stay in it as JSON writes them (`\\u0007`); those that XML forbids besides, and those that turn the
    direction of text, go.
    """
    return f"{clean(_sorted(value))}\n".encode()


def in_script(text: str) -> str:
    """JSON for a `<script>` of HTML: nothing in it ends the element, opens a comment or, read as JavaScript, a line.

    Outside of strings JSON has none of these characters, and inside an escape means the same.
    """
    for character, escape in _IN_SCRIPT.items():
        text = text.replace(character, escape)
    return text
