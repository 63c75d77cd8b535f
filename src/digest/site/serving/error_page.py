"""The page that a preview shows when the site cannot be built: what is wrong, where, and the lines around it."""

import re
from html import escape
from pathlib import Path

from digest.config import Config
from digest.errors import DigestError
from digest.labels import shipped

_PLACE = re.compile(r"(.+):(\d+)")
_AROUND = 7
"""Lines shown before and after the one that is named."""
_WIDTH = 400
_LARGEST = 1 << 20


def error_page(error: DigestError, config: Config, style: str) -> str:
    """The page, as HTML in which every text is escaped.

    Args:
        error: what the build says.
        config: the last one that was right; no file is shown but those of its blog and the shipped templates.
        style: address of the style sheet.
    """
    told = (("Where", error.where), ("Why", error.why), ("What to do", error.hint))
    rows = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>\n" for name, text in told if text)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(error.what)}</title>
<link rel="stylesheet" href="{escape(style)}">
</head>
<body>
<main>
<p>The site cannot be built</p>
<h1>{escape(error.what)}</h1>
<dl>
{rows}</dl>
{_lines(error.where, config)}
<p>This page gives way to the site when that is mended. What was built before still stands on the disk.</p>
</main>
</body>
</html>
"""


def _lines(where: str, config: Config) -> str:
    """The lines around the place of an error, its own marked; empty where they are not known or not to be shown."""
    place = _PLACE.fullmatch(where)
    if not place:
        return ""
    text, wanted = _text(Path(place[1]), config), int(place[2])
    if text is None or not 0 < wanted <= text.count("\n") + 1:
        return ""
    numbered = list(enumerate(text.split("\n"), 1))[max(0, wanted - _AROUND - 1) : wanted + _AROUND]
    width = len(str(numbered[-1][0]))
    shown = (_line(f"{number:>{width}}  {line[:_WIDTH]}", number == wanted) for number, line in numbered)
    return f'<pre tabindex="0"><code>{"".join(shown)}</code></pre>'


def _line(text: str, is_wanted: bool) -> str:
    return f'<mark aria-current="true">{escape(text)}</mark>\n' if is_wanted else f"{escape(text)}\n"


def _text(path: Path, config: Config) -> str | None:
    """The text of a file of the blog or of a shipped template."""
    try:
        resolved = path.resolve()
        ours = any(resolved.is_relative_to(folder) for folder in (config.root, shipped("templates").resolve()))
        if not ours or resolved.stat().st_size > _LARGEST:
            return None
        return resolved.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
    except (OSError, ValueError):
        return None
