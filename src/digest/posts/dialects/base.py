"""What a generator is to us, and a post as it is handed to one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, time
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

from digest.config import Config
from digest.errors import RenderError
from digest.models import Language
from digest.posts import frontmatter
from digest.posts.dialects.flavour import Flavour
from digest.posts.escaping import plain

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?=-|$)")


@dataclass(frozen=True)
class Post:
    """A post as it stands under paths.posts, generated or not.

    Attributes:
        stem: its file's name without language and ending: `2026-02-18-daily-papers`.
        date: its `published`, else the date in its name.
        updated: its `updated`, where that is later.
        body: its Markdown, which `reference.parser` reads.
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
    config: Config

    @classmethod
    def make(cls, *, stem: str, front: Mapping[str, Any], body: str, language: Language, config: Config) -> "Post":
        """A post from its front matter and body.

        Raises:
            RenderError: it has no date, or its tags are no list of words.
        """
        dated = _DATED.match(stem)
        date = _date(front.get("published", dated and dated[1]), stem)
        updated = _date(front["updated"], stem) if front.get("updated") else None
        return cls(
            stem=stem,
            language=language,
            date=date,
            updated=updated if updated and updated > date else None,
            title=plain(str(front.get("title") or "")) or stem,
            description=plain(str(front.get("description") or "")),
            tags=_tags(front.get("tags"), stem),
            category=plain(str(front.get("category") or "")),
            draft=front.get("draft") is True,
            body=body,
            config=config,
        )

    @classmethod
    def read(cls, path: Path, config: Config) -> "Post":
        """A post from its file.

        Raises:
            RenderError: the file cannot be read, or has no valid front matter.
        """
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RenderError("the post cannot be read", where=str(path), why=str(error)) from None
        front, body = frontmatter.read(text, str(path))
        stem, dot, suffix = path.stem.rpartition(".")
        if not dot or suffix not in get_args(Language):
            stem, suffix = path.stem, config.site.language
        language: Language = next(name for name in get_args(Language) if name == suffix)
        return cls.make(stem=stem, front=front, body=body, language=language, config=config)

    @property
    def is_in_site_language(self) -> bool:
        return self.language == self.config.site.language

    def name(self, joint: str) -> str:
        """The stem, and behind `joint` the language where it is not the site's: `2026-02-18-daily-papers-en`."""
        return self.stem if self.is_in_site_language else f"{self.stem}{joint}{self.language}"

    def midnight(self, day: Date) -> datetime:
        """00:00 of a day in site.timezone."""
        return datetime.combine(day, time(), ZoneInfo(self.config.site.timezone))


@dataclass(frozen=True)
class Dialect:
    """A generator, as far as a post must know it. To add one: a file with one of these, and a line in `registry`.

    Attributes:
        name: as `posts.dialect` has it.
        folders: where its posts lie below the blog's folder; the first that exists there, else the first.
        file: post to its file's name in that folder.
        front: post to its front matter, with its fences and a newline at the end.
            Raises RenderError for what cannot be written.
        flavour: the generator's Markdown.
        drafts: the folder of drafts, where they have one of their own; None where a draft would be published, so that
            no copy of it is made; "" where a field says it.
        more: what marks the end of a post's beginning, as lists show it; empty where the description is shown.
        shows_title: whether themes print the title above the body. If not, the body begins with it.
        one_tag: what two tags must not have in common in the whole blog, where the generator would stop at that.
    """

    name: str
    folders: tuple[str, ...]
    file: Callable[[Post], str]
    front: Callable[[Post], str]
    flavour: Flavour
    drafts: str | None = ""
    more: str = ""
    shows_title: bool = True
    one_tag: Callable[[str], str] | None = None


def yaml(fields: Mapping[str, frontmatter.Value | None]) -> str:
    """Front matter in YAML, of the fields that have a value.

    Raises:
        RenderError: a field does not survive being read again.
    """
    return frontmatter.emit({name: value for name, value in fields.items() if value not in (None, "", [], ())})


def dashed(post: Post) -> str:
    """A file's name for generators that know no languages: `2026-02-18-daily-papers-en.md`."""
    return f"{post.name('-')}.md"


def dotted(post: Post) -> str:
    """A file's name for generators that read the language from it: `2026-02-18-daily-papers.en.md`."""
    return f"{post.name('.')}.md"


def _date(value: object, stem: str) -> Date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, Date):
        return value
    try:
        return Date.fromisoformat(str(value)[:10])
    except ValueError:
        raise RenderError(f"{value!r} is not a date", where=stem, hint="write published: 2026-02-18") from None


def _tags(value: object, stem: str) -> tuple[str, ...]:
    """A list of tags, or a single one."""
    found = value if isinstance(value, list | tuple) else [] if value is None else [value]
    if any(isinstance(tag, list | dict) for tag in found):
        raise RenderError("tags are a list of words", where=stem, hint='such as tags: ["RL", "Agents"]')
    return tuple(dict.fromkeys(text for tag in found if (text := plain(str(tag)))))
