"""Posts as they stand under paths.posts, generated or written by hand: one way to find them, and one to read them."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from digest.config import Config
from digest.errors import RenderError
from digest.models import Language
from digest.posts import frontmatter
from digest.posts.escaping import plain

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?=-|$)")


@dataclass(frozen=True)
class PostFile:
    """A post as its file says it.

    Attributes:
        stem: the file's name without language and ending: `2026-02-18-daily-papers`. Translations share it.
        date: its `published`, else the date in its name.
        updated: its `updated`, where that is later.
        title: in one line, as description, tags and category are; the stem where there is none.
        body: its Markdown, which `reference.parser` reads.
        front: the front matter with its fences; before the body, it makes the whole file.
    """

    stem: str
    language: Language
    date: Date
    updated: Date | None
    title: str
    description: str
    tags: tuple[str, ...]
    category: str
    draft: bool
    body: str
    front: str


def post_names(folder: Path) -> list[str]:
    """All posts by their places below the folder, sorted: `2026/2026-02-18-daily-papers.md`. No hidden files.

    Raises:
        RenderError: a folder cannot be listed.
    """
    try:
        return sorted(_names(str(folder), ""))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise RenderError("the posts cannot be listed", where=str(error.filename), why=error.strerror or "") from None


def _names(folder: str, above: str) -> Iterator[str]:
    # No Path and no stat for each: there may be ten thousands, and a run looks for them every night.
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _names(entry.path, f"{above}{entry.name}/")
            elif entry.name.endswith(".md") and not entry.name.startswith(".") and entry.is_file():
                yield above + entry.name


def read_post(path: Path, config: Config, undated: Date | None = None) -> PostFile:
    """A post from its file.

    Args:
        undated: the date of one that names none, where it needs none.

    Raises:
        RenderError: the file cannot be read, has no valid front matter or no date, or its tags are no list of words.
    """
    try:
        with path.open("rb", buffering=0) as file:  # half the time of a file of text
            text = file.read().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RenderError("the post cannot be read", where=str(path), why=str(error)) from None
    fields, front, body = frontmatter.parts(text, str(path))
    stem, language = _language(path.stem, config.site.language)
    return PostFile(**front_values(stem, fields, str(path), undated), language=language, body=body, front=front)


def front_values(stem: str, fields: Mapping[str, Any], where: str, undated: Date | None = None) -> dict[str, Any]:
    """What the front matter of a post says, by the names of `PostFile`.

    Args:
        where: the post, for the message.
        undated: the date of one that names none, where it needs none.

    Raises:
        RenderError: it has no date, or its tags are no list of words.
    """
    dated = _DATED.match(stem)
    date = _date(fields.get("published", dated[1] if dated else undated), where)
    updated = _date(fields["updated"], where) if fields.get("updated") else None
    return {
        "stem": stem,
        "date": date,
        "updated": updated if updated and updated > date else None,
        "title": plain(str(fields.get("title") or "")) or stem,
        "description": plain(str(fields.get("description") or "")),
        "tags": _tags(fields.get("tags"), where),
        "category": plain(str(fields.get("category") or "")),
        "draft": fields.get("draft") is True,
    }


def _language(stem: str, own: Language) -> tuple[str, Language]:
    """A file's stem without its language, and the language: `2026-02-18-daily-papers.en`."""
    name, dot, suffix = stem.rpartition(".")
    for language in get_args(Language):
        if dot and suffix == language:
            return name, language
    return stem, own


def _date(value: object, where: str) -> Date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, Date):
        return value
    try:
        return Date.fromisoformat(str(value)[:10])
    except ValueError:
        raise RenderError(f"{value!r} is not a date", where=where, hint="write published: 2026-02-18") from None


def _tags(value: object, where: str) -> tuple[str, ...]:
    """A list of tags, or a single one."""
    found = value if isinstance(value, list | tuple) else [] if value is None else [value]
    if any(isinstance(tag, list | dict) for tag in found):
        raise RenderError("tags are a list of words", where=where, hint='such as tags: ["RL", "Agents"]')
    return tuple(dict.fromkeys(text for tag in found if (text := plain(str(tag)))))
