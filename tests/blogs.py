"""Small blogs for tests of the site: days and files are added, the site is built, its files are read.

config = blog(tmp_path, "posts: {languages: [zh, en]}")
add(config, digest(covered("2602.15763")))
build_site(config)
assert "GLM-5" in text(config, "index.html")
"""

import json
from pathlib import Path
from typing import Any

import lxml.html

from digest import config as configuration
from digest import digests, posts
from digest.config import Config
from digest.models import Digest

URL = "https://example.org/papers/"
"""Where these sites stand."""


def blog(folder: Path, more: str = "", *, site: str = "") -> Config:
    """A new blog without a day.

    Args:
        more: sections of config.yaml beside `site`.
        site: values of `site` beside title and url, in flow style: `language: en`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = f"site: {{title: Papers, url: {URL}{', ' if site else ''}{site}}}\n{more}\n"
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    return configuration.load(folder / "config.yaml", {})


def add(config: Config, *records: Digest) -> None:
    """Write records and their posts."""
    for record in records:
        made = posts.make_posts(digests.project(config, record), record, config)
        digests.write(config.path("records"), record, made.files)


def write(config: Config, name: str, text: str) -> Path:
    """Write a file below content/."""
    path = config.path("content") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def files(config: Config) -> dict[str, bytes]:
    """Every file of the output folder by its name."""
    output = config.path("output")
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def page(config: Config, name: str) -> lxml.html.HtmlElement:
    """A page of the site, parsed."""
    return lxml.html.document_fromstring((config.path("output") / name).read_bytes())


def text(config: Config, name: str) -> str:
    """What a page says, in one line, without the characters that only keep words together."""
    return said(page(config, name).find("body"))


def said(element: lxml.html.HtmlElement) -> str:
    """What an element says, in one line."""
    return " ".join(element.text_content().replace("\u2060", "").split())


def data(config: Config, name: str) -> Any:
    """A JSON file of the site."""
    return json.loads((config.path("output") / name).read_bytes())
