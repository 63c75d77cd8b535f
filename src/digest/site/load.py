"""What the site is made from: the days as they are shown, and the posts as they stand on the disk."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

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
        RecordError, EditsError: a record or the edits of a day cannot be read.
        RenderError: a post has no valid front matter, or two posts want the same page.
    """
    from digest.digests import load_days

    days = load_days(config)
    named = {(str(day.date), edition) for day in days for edition in day.digest.editions}
    read = [_read(path, config, named) for path in _files(config.path("posts"))]
    posts = [post for post, draft in read if not draft]
    hidden = {post.date for post, draft in read if draft and post.edition} - {post.date for post in posts if post.edition}
    _check_routes(posts)
    order = {edition.name: place for place, edition in enumerate(config.editions)}
    posts.sort(key=lambda p: (order.get(p.edition or "", len(order)), p.file))
    posts.sort(key=lambda p: p.date, reverse=True)
    return Content(tuple(day for day in days if day.date not in hidden), tuple(posts))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.md") if path.is_file() and not path.name.startswith("."))


def _read(path: Path, config: Config, named: set[tuple[str, str]]) -> tuple[Post, bool]:
    """A post, and whether it is a draft."""
    from digest.posts import frontmatter

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RenderError("the post cannot be read", where=str(path), why=str(error)) from None
    fields, body = frontmatter.read(text, str(path))
    front = text.removeprefix("\ufeff").replace("\r\n", "\n").removesuffix(body)
    return _post(path, fields, front, body, config, named), fields.get("draft") is True


def _post(path: Path, fields: Mapping[str, Any], front: str, body: str, config: Config, digests: set[tuple[str, str]]) -> Post:
    from digest.roundups.periods import named_period

    stem, language = _language(path.stem, config.site.language)
    named, period = _GENERATED.fullmatch(stem), named_period(stem)
    published = _date(fields.get("published", named and named["date"]), path)
    edition = named["edition"] if named and (named["date"], named["edition"]) in digests else None
    date = Date.fromisoformat(named["date"]) if named and edition else published
    updated = _date(fields["updated"], path) if fields.get("updated") else None
    return Post(
        file=path.relative_to(config.path("posts")).as_posix(),
        name=stem,
        route=routes.roundup_route(path.stem) if period else _route(path.stem, edition, date, language, config),
        edition=edition,
        period=period,
        language=language,
        date=date,
        updated=updated if updated and updated > date else None,
        title=str(fields.get("title") or stem),
        description=str(fields.get("description") or ""),
        tags=_tags(fields.get("tags"), path),
        front=front,
        body=body,
    )


def _tags(value: object, path: Path) -> tuple[str, ...]:
    """A list of tags, or a single one."""
    found = value if isinstance(value, list) else [] if value is None else [value]
    if any(isinstance(tag, (list, dict)) for tag in found):
        raise RenderError("tags are a list of words", where=str(path), hint='such as tags: ["RL", "Agents"]')
    return tuple(dict.fromkeys(text for tag in found if (text := str(tag).strip())))


def _language(stem: str, own: Language) -> tuple[str, Language]:
    """A file's stem without its language, and the language: `2026-02-18-daily-papers.en`."""
    name, dot, suffix = stem.rpartition(".")
    for language in get_args(Language):
        if dot and suffix == language:
            return name, language
    return stem, own


def _route(stem: str, edition: str | None, date: Date, language: Language, config: Config) -> str:
    if edition is None:
        return routes.post_route(stem)
    other_edition = edition if edition != config.editions[0].name else None
    return routes.digest_route(date, other_edition, language if language != config.site.language else None)


def _date(value: object, path: Path) -> Date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, Date):
        return value
    try:
        return Date.fromisoformat(str(value)[:10])
    except ValueError:
        hint = "write published: 2026-02-18"
        raise RenderError(f"{value!r} is not a date", where=str(path), hint=hint) from None


def _check_routes(posts: list[Post]) -> None:
    seen: dict[str, str] = {}
    for post in posts:
        other = seen.setdefault(post.route.casefold(), post.file)
        if other != post.file:
            raise RenderError(f"{other} and {post.file} want the same page", where=post.route, hint="rename one of them")
