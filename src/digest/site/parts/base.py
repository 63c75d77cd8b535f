"""What a part of the site is, and what all of them are made with."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from digest.config import Config
from digest.models import Language
from digest.site import routes
from digest.site.engine import Templates
from digest.site.facts import PostRow
from digest.site.feeds import Feeds
from digest.site.kinship.kin import Kin, find_kin
from digest.site.library import Library
from digest.site.lists import Lists
from digest.site.marks import mark_of
from digest.site.routes import File

if TYPE_CHECKING:
    from digest.labels import Labels
    from digest.site.downloads import Downloads
    from digest.site.drawing.images import Fonts
    from digest.site.markdown import Body, Markdown


class Part(NamedTuple):
    """Files that are made together, from the same things.

    Attributes:
        name: what it is, and which: `day/2026-02-18`.
        key: a hash of all that it is made from, apart from the settings of the whole site. As long as it stays the same,
            the files do.
        make: renders the files. Of a part with pieces, those of the pieces whose places it is given.
        pieces: a key for each file that depends on more than the others do: it is made alone when only that has changed.
    """

    name: str
    key: str
    make: Callable[..., Iterable[File]]
    pieces: tuple[str, ...] = ()

    @property
    def whole_key(self) -> str:
        """The keys of the part and of its pieces."""
        return " ".join((self.key, *self.pieces))

    def made(self, before: str) -> tuple[bool, Iterable[File]]:
        """What is to be made: whether it is all of the part's files, and the files.

        Args:
            before: the whole key with which the part was made last; empty if it never was.
        """
        if not self.pieces:
            return True, self.make()
        key, *pieces = before.split(" ")
        if key != self.key or len(pieces) != len(self.pieces):
            return True, self.make(range(len(self.pieces)))
        return False, self.make([n for n, (old, new) in enumerate(zip(pieces, self.pieces, strict=True)) if old != new])


class Site:
    """What the parts are made with.

    Args:
        config: of the blog.
        library: what there is.
    """

    def __init__(self, config: Config, library: Library) -> None:
        self.config, self.library = config, library
        self.own: Language = config.site.language
        self.templates = Templates(config)

    def page(self, template: str, route: str, language: Language | None = None, **values: object) -> File:
        """A page. Raises RenderError."""
        lists = Lists(route, self.label(language))
        shown = {"feeds": self.feeds.links(self.feeds.main, route), "lists": lists, "social": None, "structured": "", **values}
        return routes.file_of(route), self.templates.page(template, route, language or self.own, **shown)

    def label(self, language: Language | None = None) -> "Labels":
        """The words of a language, the site's own by default. Raises RenderError."""
        return self.templates.labels(language or self.own)

    @cached_property
    def kin(self) -> Kin:
        """Which papers the pages of others lead to."""
        return find_kin(self.library)

    @cached_property
    def feeds(self) -> Feeds:
        return Feeds(self.config, self.library, self.templates, self.parsed)

    @cached_property
    def downloads(self) -> "Downloads":
        from digest.site.downloads import Downloads

        return Downloads(self.config, self.library, self.templates)

    # --- pictures --------------------------------------------------------------------------------

    @cached_property
    def fonts(self) -> "Fonts | None":
        """What pictures are drawn with; None where Pillow is not installed."""
        from digest.site.drawing import images

        return images.find_fonts() if images.available() else None

    @cached_property
    def drawn_with(self) -> str:
        """What changes when pictures of the same words come out differently; empty where none are drawn."""
        from digest.site.drawing import images

        return mark_of(images.fingerprint(self.fonts)) if self.fonts else ""

    def picture_of(self, post: PostRow) -> str:
        """The route of a digest's picture; empty where it has none."""
        from digest.site.drawing.images import can_show

        words = (self.config.site.title, post.title, post.description, self.label(post.language)("post.colon"))
        return f"{post.route}social.png" if self.fonts and can_show(words, self.fonts) else ""

    # --- Markdown --------------------------------------------------------------------------------

    @cached_property
    def markdown(self) -> "Markdown":
        from digest.site.markdown import Markdown

        return Markdown(self.config.site.url, self.library.places)

    def parsed(self, post: PostRow) -> "Body":
        """A post as parsed Markdown. Raises RenderError."""
        return self.markdown.parse(self.library.file(post).body, title=post.title, language=post.language)

    def refs_key(self, refs: Iterable[str]) -> list[str]:
        """Changes with where the links of a post lead."""
        return [self.library.ref_mark(route) for route in refs]
