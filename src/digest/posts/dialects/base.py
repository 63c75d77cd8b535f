"""What a generator is to us, and a post as it is handed to one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from digest.config import Config
from digest.models import Language
from digest.posts import frontmatter
from digest.posts.dialects.flavour import Flavour
from digest.posts.files import PostFile, front_values, read_post


@dataclass(frozen=True)
class Post(PostFile):
    """A post as it is handed to a generator, with the blog that it is from."""

    config: Config

    @classmethod
    def make(cls, *, stem: str, front: Mapping[str, Any], body: str, language: Language, config: Config) -> "Post":
        """A post from the fields of its front matter and its body.

        Raises:
            RenderError: it has no date, or its tags are no list of words.
        """
        return cls(**front_values(stem, front, stem), language=language, body=body, front="", config=config)

    @classmethod
    def read(cls, path: Path, config: Config) -> "Post":
        """A post from its file. Raises what `read_post` raises."""
        return cls(**vars(read_post(path, config)), config=config)

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
