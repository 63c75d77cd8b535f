"""A post whose every field and line means something to some generator."""

from datetime import date
from pathlib import Path
from typing import Any

from digest.config import Config, parse
from digest.models import Language
from digest.posts import escape
from digest.posts.dialects import Post

TITLE = "GLM-5: from # x --- @y \\alpha {a} 'q' \"r\" <Tag> & {{ g }} {% raw %}"
TAGS = ("1e5", "yes", "2026", "Agentic RL", "C++", "{{ t }}", "<b>", "Pre-training & Data", "a, b; c")
LINES = (
    ":name and a:b",
    "costs $5 and $6",
    "a {{ x }} b {% y %} c {# z #} {{< w >}} {{% v %}}",
    "@key, <Tag>, a | b, https://example.org, me@example.org",
    "--flag --- ... \"q\" 'r' << x >>",
    "# no heading",
    "1. no list",
    "***",
    "\\alpha \\( x \\) C:\\dir",
)
DAY = date(2026, 2, 18)


def config(root: Path = Path(), **posts: Any) -> Config:
    """The configuration of a blog in a folder, with these settings of posts."""
    settings = "".join(f"  {name}: {value}\n" for name, value in posts.items())
    return parse(f"posts:\n  languages: [zh, en]\n{settings}", path=root / "config.yaml", environ={})


def post(*, language: Language = "zh", body: str = "", stem: str = "2026-02-18-daily-papers", **fields: Any) -> Post:
    front = {"title": TITLE, "published": DAY, "description": f"About {TITLE}", "tags": list(TAGS), "category": "Paper-Digest"}
    text = body or "\n\n".join(map(escape, LINES))
    return Post.make(stem=stem, front=front | fields, body=text, language=language, config=config())
