"""Write the second copies of posts into another blog's folder, and touch nothing there that is not ours."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from digest import __version__
from digest.config import Config
from digest.errors import OutputError, RenderError
from digest.posts.dialects.base import Dialect, Post
from digest.posts.dialects.convert import convert, posts_folder
from digest.posts.dialects.manifest import MANIFEST, Copy, Manifest
from digest.posts.dialects.registry import DIALECTS
from digest.store import sha256, write_many

_FORMAT = 1
"""To be raised when the copies of unchanged posts would come out differently."""
_BLANKS = re.compile(r"[-\s]+")
_HINT = "set posts.export_to to the folder of the other blog"


@dataclass(frozen=True)
class Copied:
    """What became of the copies.

    Attributes:
        written: new or changed.
        kept: edited by hand over there, or not ours: left alone.
        removed: of posts that are no longer there.
    """

    written: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()


def copy_posts(config: Config, posts: Iterable[Path], *, overwrite: bool = False) -> Copied:
    """Write the copies of these posts for `posts.dialect` to `posts.export_to`; without the latter, do nothing.

    Copies of posts that no longer stand under paths.posts are removed, whichever posts are named.

    Args:
        posts: files under paths.posts, as they stand; one that does not is passed over.
        overwrite: replace copies that were edited by hand, too.

    Raises:
        OutputError: the folder is not one to write to, or could not be written.
        RenderError: a post cannot be converted, or two posts want one file. Nothing was written.
    """
    if config.posts.export_to is None:
        return Copied()
    dialect = DIALECTS[config.posts.dialect]
    folder = export_folder(config, dialect)
    plan = _Plan(config, dialect, folder, overwrite)
    for path in posts:
        if path.is_file():
            plan.add(path)
    plan.drop_copies_of_lost_posts()
    return plan.carry_out()


def export_folder(config: Config, dialect: Dialect) -> Path:
    """The other blog's folder, absolute, if it may be written to.

    Raises:
        OutputError: the copies would come to lie among the files that this blog is made of, or makes.
    """
    folder = (config.root / (config.posts.export_to or Path())).resolve()
    for place in (folder, *((folder / name).resolve() for name in (*dialect.folders, dialect.drafts or "."))):
        for name in ("output", "records", "edits", "posts", "templates", "state"):
            own = config.path(name).resolve()
            if place == own or own in place.parents:
                raise OutputError("is no place for copies of posts", where=str(place), why=f"{own} is this blog's", hint=_HINT)
    return folder


@dataclass
class _Plan:
    """What is to be done, made up in memory before the first file is touched."""

    config: Config
    dialect: Dialect
    folder: Path
    overwrite: bool
    before: Manifest = field(init=False)
    by_post: dict[str, dict[str, Copy]] = field(init=False)
    after: Manifest = field(init=False)
    files: dict[Path, bytes] = field(default_factory=dict)
    kept: list[Path] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.before = Manifest.read(self.folder)
        self.by_post = self.before.by_post()
        self.after = Manifest(dict(self.before.copies), dict(self.before.tags))

    def add(self, path: Path) -> None:
        """Plan the copy of one post."""
        name = Path(os.path.relpath(path, self.config.path("posts"))).as_posix()
        made_of = self._made_of(path)
        standing = self.by_post.get(name, {})
        if any(copy.made_of == made_of and self._is_ours(place) for place, copy in standing.items()):
            return
        post = self._spelled(Post.read(path, self.config))
        place = None
        if not (post.draft and self.dialect.drafts is None):
            at, text = convert(post, self.dialect, self.folder)
            place = str(at)
            self._put(place, Copy(name, made_of, (sha256(text.encode()),)), text.encode())
        self.stale += [other for other in standing if other != place]

    def drop_copies_of_lost_posts(self) -> None:
        posts = self.config.path("posts")
        self.stale += [place for place, copy in self.before.copies.items() if not (posts / copy.post).is_file()]

    def carry_out(self) -> Copied:
        """Write, then remove; the manifest names what is written before it is."""
        removed = self._removable()
        self._refuse_links([*(path.relative_to(self.folder).as_posix() for path in self.files), *removed])
        if self.files or removed or self.after != self.before:
            manifest = self.folder / MANIFEST
            write_many({manifest: self._both().json(), **self.files})
            for place in removed:
                (self.folder / place).unlink(missing_ok=True)
            write_many({manifest: self.after.json()})
        return Copied(tuple(self.files), tuple(self.kept), tuple(self.folder / place for place in removed))

    def _made_of(self, path: Path) -> str:
        site, folder = self.config.site, posts_folder(self.dialect, self.folder)
        settings = [_FORMAT, __version__, self.dialect.name, folder, site.author, site.timezone, *self.config.languages]
        try:
            return sha256(f"{settings}{sha256(path.read_bytes())}".encode())
        except OSError as error:
            raise RenderError("the post cannot be read", where=str(path), why=error.strerror or "") from None

    def _put(self, place: str, copy: Copy, data: bytes) -> None:
        """Plan a file, unless one is there that we may not replace."""
        other = self.after.copies.get(place)
        if other and other.post != copy.post and (self.config.path("posts") / other.post).is_file():
            both = f"{other.post} and {copy.post} want the same file"
            raise RenderError(both, where=str(self.folder / place), hint="rename one of them")
        standing = self._standing(place)
        if standing not in (None, copy.hashes[0]) and not self._is_ours(place) and not (self.overwrite and other):
            self.kept.append(self.folder / place)
            return
        self.after.copies[place] = copy
        if standing != copy.hashes[0]:
            self.files[self.folder / place] = data

    def _is_ours(self, place: str) -> bool:
        copy = self.before.copies.get(place)
        return copy is not None and self._standing(place) in copy.hashes

    def _standing(self, place: str) -> str | None:
        """The hash of what is there; of a link, which is never ours, no hash of a file."""
        path = self.folder / place
        try:
            return "a symbolic link" if path.is_symlink() else sha256(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise OutputError("the copy cannot be read", where=str(path), why=error.strerror or "") from None

    def _removable(self) -> list[str]:
        """Forget the stale copies; those of them that are still as we wrote them."""
        found = []
        for place in sorted(set(self.stale)):
            if self.after.copies.get(place) is not self.before.copies.get(place):
                continue  # another post has taken the place
            del self.after.copies[place]
            if self._is_ours(place):
                found.append(place)
            elif self._standing(place) is not None:
                self.kept.append(self.folder / place)
        return found

    def _both(self) -> Manifest:
        """The manifest of a run that may be killed between two files: old and new bytes are ours."""
        copies = dict(self.before.copies)
        for place, copy in self.after.copies.items():
            old = self.before.copies.get(place)
            copies[place] = replace(copy, hashes=(*dict.fromkeys((*(old.hashes if old else ()), *copy.hashes)),))
        return Manifest(copies, self.after.tags)

    def _refuse_links(self, places: Iterable[str]) -> None:
        """A link inside the folder would carry a file out of it."""
        for name in sorted({str(parent) for place in places for parent in PurePosixPath(place).parents} - {"."}):
            if (self.folder / name).is_symlink():
                raise OutputError("is a symbolic link", where=str(self.folder / name), hint="put a folder in its place")

    def _spelled(self, post: Post) -> Post:
        """The post with tags as they are spelled in the whole blog, where two spellings would be one too many."""
        address = self.dialect.one_tag
        if address is None:
            return post
        first = {tag: self.after.tags.setdefault(address(tag), tag) for tag in post.tags}
        return replace(post, tags=tuple(dict.fromkeys(one for tag, one in first.items() if _same_word(tag, one))))


def _same_word(tag: str, other: str) -> bool:
    """Whether two tags differ in case, blanks and hyphens only; else one of them must go (`C`, `C#`)."""
    return _BLANKS.sub("", tag).casefold() == _BLANKS.sub("", other).casefold()
