"""Write the second copies of posts into another blog's folder, and touch nothing there that is not ours."""

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from digest import __version__
from digest.config import Config
from digest.errors import OutputError, RenderError
from digest.posts.dialects.base import Dialect, Post
from digest.posts.dialects.convert import convert, posts_folder
from digest.posts.dialects.manifest import MANIFEST, Copy, Manifest
from digest.posts.dialects.registry import DIALECTS
from digest.posts.dialects.seen import look, read_seen, write_seen
from digest.posts.files import post_names
from digest.store import looks, refuse_links, sha256, write_many

_FORMAT = 2
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
        problems: what is wrong with posts that could not be copied, a line each. What was there of them stands.
    """

    written: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()
    problems: tuple[str, ...] = ()


def copy_posts(config: Config, *, overwrite: Collection[Path] = ()) -> Copied:
    """Write the copies of all posts for `posts.dialect` to `posts.export_to`; without the latter, do nothing.

    Copies of posts that no longer stand under paths.posts are removed. Call it while holding the blog's lock.

    Args:
        overwrite: posts whose copies are replaced although they were edited by hand.

    Raises:
        OutputError: the folder is not one to write to, or could not be written.
    """
    if config.posts.export_to is None:
        return Copied()
    return _Plan(config, overwrite).carry_out()


def problems(config: Config) -> list[str]:
    """What would keep posts from being copied, without writing anything. Raises OutputError."""
    return [] if config.posts.export_to is None else _Plan(config).problems


def export_folder(config: Config) -> Path:
    """The other blog's folder, absolute, if it may be written to.

    Raises:
        OutputError: it is this blog's own, or the copies would come to lie among the files that this blog is made of, or makes.
    """
    dialect = DIALECTS[config.posts.dialect]
    folder = (config.root / (config.posts.export_to or Path())).resolve()
    if folder == config.root:
        raise OutputError("is no place for copies of posts", where=str(folder), why="it is this blog's own folder", hint=_HINT)
    for place in (folder, *((folder / name).resolve() for name in (*dialect.folders, dialect.drafts or "."))):
        for name in ("output", "content", "records", "edits", "posts", "templates", "state"):
            own = config.path(name).resolve()
            if place == own or own in place.parents:
                raise OutputError("is no place for copies of posts", where=str(place), why=f"{own} is this blog's", hint=_HINT)
    return folder


@dataclass(frozen=True)
class _Draft:
    """A copy that is to be written.

    Attributes:
        name: the post's place below paths.posts, as the manifest has it.
        place: its file below the folder; None for a post that gets no copy.
    """

    name: str
    made_of: str
    place: str | None
    data: bytes


class _Plan:
    """What is to be done, made up in memory before the first file is touched."""

    def __init__(self, config: Config, overwrite: Collection[Path] = ()) -> None:
        self.config, self.source = config, config.path("posts")
        self.overwrite = {Path(os.path.relpath(path, self.source)).as_posix() for path in overwrite}
        self.dialect, self.folder = DIALECTS[config.posts.dialect], export_folder(config)
        self.settings = _settings(config, self.dialect, self.folder)
        self.before = Manifest.read(self.folder)
        self.standing = self.before.by_post()
        self.after = Manifest(dict(self.before.copies), dict(self.before.tags))
        # What the posts look like before they are read: one that is changed meanwhile is read again by the next run.
        self.posts = {name: looks(f"{self.source}/{name}") for name in post_names(self.source)}
        self.seen, self.unchanged = read_seen(config, self.settings), dict[str, str]()
        self.files: dict[Path, bytes] = {}
        self.kept: list[Path] = []
        self.stale = {place for place, copy in self.before.copies.items() if copy.post not in self.posts}
        self.problems: list[str] = []
        self.unfinished: set[str] = set()
        self._plan()

    def carry_out(self) -> Copied:
        """Write, then remove; the manifest names what is written before it is."""
        removed = self._removable()
        refuse_links(self.folder, [*(path.relative_to(self.folder).as_posix() for path in self.files), *removed])
        if self.files or removed or self.after != self.before:
            manifest = self.folder / MANIFEST
            write_many({manifest: self._both().json(), **self.files})
            for place in removed:
                (self.folder / place).unlink(missing_ok=True)
            write_many({manifest: self.after.json()})
        self._remember()
        return Copied(tuple(self.files), tuple(self.kept), tuple(self.folder / place for place in removed), tuple(self.problems))

    def _plan(self) -> None:
        # A post that has its place already goes first, and keeps it, however another is called that wants it, too.
        drafts = sorted(self._drafts(), key=lambda draft: draft.place not in self.standing.get(draft.name, {}))
        changed = {draft.name for draft in drafts}
        taken = {place: copy.post for place, copy in self.before.copies.items() if copy.post not in changed} if drafts else {}
        for place in self.stale:
            taken.pop(place, None)
        for draft in drafts:
            other = taken.setdefault(draft.place, draft.name) if draft.place else draft.name
            if other == draft.name:
                self._put(draft)
            else:
                both, where = f"{other} and {draft.name} want the same file", str(self.folder / str(draft.place))
                self._give_up(draft.name, RenderError(both, where=where, hint="rename one of them"))

    def _drafts(self) -> Iterator[_Draft]:
        """The copies of posts that have changed, or whose copies have."""
        for name, looks_like in self.posts.items():
            standing = self.standing.get(name, {})
            if self.seen.get(name) == (seen := look(looks_like, self.folder, standing)):
                self.unchanged[name] = seen
                continue
            path = self.source / name
            try:
                made_of = self._made_of(path)
                if any(copy.made_of == made_of and self._is_ours(place) for place, copy in standing.items()):
                    self.stale |= {place for place, copy in standing.items() if copy.made_of != made_of}
                    continue
                yield self._draft(name, path, made_of)
            except RenderError as error:
                self._give_up(name, error)

    def _draft(self, name: str, path: Path, made_of: str) -> _Draft:
        post = self._spelled(Post.read(path, self.config))
        if post.draft and self.dialect.drafts is None:
            return _Draft(name, made_of, None, b"")
        place, text = convert(post, self.dialect, self.folder)
        return _Draft(name, made_of, str(place), text.encode())

    def _made_of(self, path: Path) -> str:
        try:
            return sha256(f"{self.settings}{sha256(path.read_bytes())}".encode())
        except OSError as error:
            raise RenderError("the post cannot be read", where=str(path), why=error.strerror or "") from None

    def _give_up(self, name: str, error: RenderError) -> None:
        self.problems.append(str(error))
        self.unfinished.add(name)

    def _put(self, draft: _Draft) -> None:
        """Plan a file, unless one is there that we may not replace, and that the post's other copies go."""
        self.stale |= {other for other in self.standing.get(draft.name, {}) if other != draft.place}
        if draft.place is None:
            return
        path, copy = self.folder / draft.place, Copy(draft.name, draft.made_of, (sha256(draft.data),))
        standing, known = self._standing(draft.place), draft.place in self.before.copies
        replaceable = self._is_ours(draft.place) or (known and draft.name in self.overwrite)
        if standing not in (None, copy.hashes[0]) and not replaceable:
            self.kept.append(path)
            self.unfinished.add(draft.name)
            return
        self.after.copies[draft.place] = copy
        if standing != copy.hashes[0]:
            self.files[path] = draft.data

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
        for place in sorted(self.stale):
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

    def _remember(self) -> None:
        """Note how all posts look that need nothing more."""
        if len(self.unchanged) == len(self.posts) == len(self.seen):
            return
        after = self.after.by_post()
        done = self.posts.keys() - self.unchanged.keys() - self.unfinished
        seen = self.unchanged | {name: look(self.posts[name], self.folder, after.get(name, ())) for name in done}
        if seen != self.seen:
            write_seen(self.config, self.settings, seen)

    def _spelled(self, post: Post) -> Post:
        """The post with tags as they are spelled in the whole blog, where two spellings would be one too many."""
        address = self.dialect.one_tag
        if address is None:
            return post
        first = {tag: self.after.tags.setdefault(address(tag), tag) for tag in post.tags}
        return replace(post, tags=tuple(dict.fromkeys(one for tag, one in first.items() if _same_word(tag, one))))


def _settings(config: Config, dialect: Dialect, folder: Path) -> str:
    """The hash of all that copies depend on besides their posts."""
    own, site = posts_folder(dialect, folder), config.site
    return sha256(str([_FORMAT, __version__, dialect.name, own, site.author, site.timezone, *config.languages]).encode())


def _same_word(tag: str, other: str) -> bool:
    """Whether two tags differ in case, blanks and hyphens only; else one of them must go (`C`, `C#`)."""
    return _BLANKS.sub("", tag).casefold() == _BLANKS.sub("", other).casefold()
