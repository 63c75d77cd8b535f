"""What the site is made from: the days as they are shown, and the posts as they stand on the disk."""

import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from digest.config import Config
from digest.errors import RenderError
from digest.models import Language
from digest.site import routes

if TYPE_CHECKING:
    from digest.digests import Day
    from digest.roundups import Period

_GENERATED = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<edition>[a-z0-9]+(?:-[a-z0-9]+)*)")


@dataclass(frozen=True)
class Post:
    """A post: a digest (it has an edition), a round-up (it has a period) or written by hand.

    Attributes:
        file: its place below the posts folder.
        name: the file's name without language and ending; translations share it.
        route: its page.
        date: the listing date of a digest, else its `published`.
        updated: its `updated`, where that is later than the date.
        front: the file's front matter with its fences; before the body, it makes the whole file.
    """

    file: str
    name: str
    route: str
    edition: str | None
    period: "Period | None"
    language: Language
    date: Date
    updated: Date | None
    title: str
    description: str
    tags: tuple[str, ...]
    front: str
    body: str

    @property
    def is_written(self) -> bool:
        """Whether a person wrote it."""
        return self.edition is None and self.period is None


@dataclass(frozen=True)
class Content:
    """Everything that is published.

    Attributes:
        days: newest first, without those whose posts are all drafts.
        posts: newest first.
    """

    days: "tuple[Day, ...]"
    posts: tuple[Post, ...]

    def posts_of(self, day: Date, language: Language) -> tuple[Post, ...]:
        """The digests of a day in a language, the first edition first."""
        return self._by_day.get((day, language), ())

    def translations_of(self, post: Post) -> tuple[Post, ...]:
        """The same post in the other languages."""
        return tuple(other for other in self._by_name[post.name] if other is not post)

    @cached_property
    def _by_name(self) -> dict[str, list[Post]]:
        found: dict[str, list[Post]] = {}
        for post in self.posts:
            found.setdefault(post.name, []).append(post)
        return found

    @cached_property
    def _by_day(self) -> dict[tuple[Date, Language], tuple[Post, ...]]:
        found: dict[tuple[Date, Language], tuple[Post, ...]] = {}
        for post in self.posts:
            if post.edition:
                key = post.date, post.language
                found[key] = (*found.get(key, ()), post)
        return found


def load(config: Config) -> Content:
    """Read all that the site is made from.

    Raises:
        RecordError, EditsError: a record or the edits of a day, or roundups.json, cannot be read.
        RenderError: a post has no valid front matter, or two posts want the same page.
    """
    from digest.digests import load_days
    from digest.posts.files import post_names
    from digest.roundups.files import read_written

    days = load_days(config)
    named = {(str(day.date), edition) for day in days for edition in day.digest.editions}
    roundups = read_written(config).posts
    folder = config.path("posts")
    read = [_read(folder / name, config, named, roundups) for name in post_names(folder)]
    posts = [post for post, draft in read if not draft]
    hidden = {post.date for post, draft in read if draft and post.edition} - {post.date for post in posts if post.edition}
    _check_routes(posts)
    order = {edition.name: place for place, edition in enumerate(config.editions)}
    posts.sort(key=lambda p: (order.get(p.edition or "", len(order)), p.file))
    posts.sort(key=lambda p: p.date, reverse=True)
    return Content(tuple(day for day in days if day.date not in hidden), tuple(posts))


def _read(path: Path, config: Config, digests: set[tuple[str, str]], roundups: Collection[str]) -> tuple[Post, bool]:
    """A post, and whether it is a draft. What only has the name of a round-up is a post like any other."""
    from digest.posts.files import read_post
    from digest.roundups.periods import named_period

    read = read_post(path, config)
    generated = _GENERATED.fullmatch(read.stem)
    edition = generated["edition"] if generated and (generated["date"], generated["edition"]) in digests else None
    date = Date.fromisoformat(generated["date"]) if generated and edition else read.date
    period = named_period(read.stem)
    if period and Path(os.path.relpath(path, config.root)).as_posix() not in roundups:
        period = None
    post = Post(
        file=path.relative_to(config.path("posts")).as_posix(),
        name=read.stem,
        route=routes.roundup_route(path.stem) if period else _route(path.stem, edition, date, read.language, config),
        edition=edition,
        period=period,
        language=read.language,
        date=date,
        updated=read.updated if read.updated and read.updated > date else None,
        title=read.title,
        description=read.description,
        tags=read.tags,
        front=read.front,
        body=read.body,
    )
    return post, read.draft


def _route(stem: str, edition: str | None, date: Date, language: Language, config: Config) -> str:
    if edition is None:
        return routes.post_route(stem)
    other_edition = edition if edition != config.editions[0].name else None
    return routes.digest_route(date, other_edition, language if language != config.site.language else None)


def _check_routes(posts: list[Post]) -> None:
    seen: dict[str, str] = {}
    for post in posts:
        other = seen.setdefault(post.route.casefold(), post.file)
        if other != post.file:
            raise RenderError(f"{other} and {post.file} want the same page", where=post.route, hint="rename one of them")
