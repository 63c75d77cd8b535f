"""The templates: shipped ones, a user's own over them file by file, every value escaped, every missing name an error."""

import re
from collections.abc import Hashable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule
from markupsafe import Markup

from digest import bytecode
from digest.config import Config
from digest.errors import DigestError, RenderError
from digest.labels import Labels, UnknownLabel, load_labels, shipped
from digest.models import Language, in_language
from digest.patterns import lazy
from digest.posts.post_view import spoken_date
from digest.site import cjk, routes
from digest.site.markdown import inline
from digest.site.markdown.tree import INDEX, ROOT
from digest.store import looks
from digest.template_errors import explained, not_compiled
from digest.typography import shorten

_FRAME = ("head", "bar", "foot")
_OF_PAGE = ("route", "canonical")
_SECTIONS = (routes.ARCHIVE, *routes.TOPICS.values(), routes.TRENDS, routes.STATUS, routes.ABOUT)
"""The pages that the bar leads to, to topics of each kind by one link; on pages below one of them it says so."""
_LANG = {language: Markup(f' lang="{tag}"') for language, tag in cjk.TAGS.items()}  # noqa: S704  # our own tags
_NO_LANG = Markup("")
DESCRIPTION = 160
"""Columns of a page's description, in which a Chinese character takes two.

Search engines set no limit and show what has room on the screen (developers.google.com/search/docs/appearance/snippet);
in a wide window that is two lines of about 80 Latin letters.
"""

_CSS_KEPT = r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?i:url)\(\s*[^\s"'()][^"'()]*\)|/\*.*?\*/|\\.)"""
"""Strings, addresses and what is escaped: a blank in them is one. A comment that is left parts two words."""
_CSS_SPARED = tuple(
    (lazy(pattern, re.DOTALL), instead)
    for pattern, instead in (
        (rf"(?<![^\s{{}};])/\*.*?\*/|/\*.*?\*/(?=[\s{{}};]|\Z)|{_CSS_KEPT}", r"\1"),
        (rf"{_CSS_KEPT}|\s*([{{}};])\s*", r"\1\2"),
        (rf"{_CSS_KEPT}|([,:])\s+", r"\1\2"),
        (rf"{_CSS_KEPT}|;(?=\}})", r"\1"),
    )
)
_ROOT, _INDEX = ROOT.encode(), INDEX.encode()
_PLAIN = bytes((0x09, 0x0A, 0x0D, *range(0x20, 0x7F)))
_FORBIDDEN = re.compile(
    "[^\\t\\n\\r\x20-\x7e\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd"
    "\U00010000-\U000dffff\U000e0100-\U0010fffd]"
)


def clean(text: str) -> str:
    """The text without characters that XML 1.0 forbids (w3.org/TR/xml, 2.2), that HTML calls errors, and that turn the
    direction of text or are tags nobody sees."""
    return _FORBIDDEN.sub("", text) if _is_unclean(text.encode("utf-8", "surrogatepass")) else text


def _is_unclean(data: bytes) -> bool:
    """Whether a text, as UTF-8, has a forbidden character. Most of a page is plain ASCII, which goes without a pattern."""
    rest = data.translate(None, _PLAIN)
    return bool(rest) and _FORBIDDEN.search(rest.decode("utf-8", "surrogatepass")) is not None


def style_sheet(config: Config) -> bytes:
    """The style sheet: the files of style/ in the order of their names, a user's own in place of ours or beside them.

    Raises:
        RenderError: a file cannot be read, or is not UTF-8.
    """
    files: dict[str, Path] = {}
    for folder in reversed(_folders(config)):
        files.update({path.name: path for path in (folder / "style").glob("*.css")})
    css = "\n".join(_css(files[name]) for name in sorted(files))
    for pattern, instead in _CSS_SPARED:  # comments and blanks are for whoever edits the files
        css = pattern.sub(instead, css)
    return css.strip().encode()


def _css(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RenderError("the style sheet is not UTF-8", where=str(path), hint="save it as UTF-8") from None
    except OSError as error:
        raise RenderError("the style sheet cannot be read", where=str(path), why=error.strerror or "") from None


def asset(config: Config, name: str) -> bytes:
    """A file that goes to the site as it is, a user's own if there is one. Raises RenderError."""
    path = next((folder / name for folder in _folders(config) if (folder / name).is_file()), None)
    if path is None:
        raise RenderError("there is no such file", where=f"templates/site/{name}")
    return path.read_bytes()


def _folders(config: Config) -> list[Path]:
    return [config.path("templates") / "site", shipped("templates") / "site"]


class Templates:
    """Renders pages.

    Args:
        config: names the folder of a user's own templates.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        folders = tuple(_folders(config))
        files = frozenset((path, looks(path)) for folder in folders for path in folder.glob("*.j2"))
        self._environment = _environment(folders, files, bytecode.folder(config))
        self._labels: dict[Language, Labels] = {}
        self._frames: dict[tuple[Language, int, str, bool], dict[str, Markup]] = {}
        self._macros: dict[tuple[Language, int], TemplateModule] = {}
        self._rows: dict[tuple[Language, int, str, tuple[Hashable, ...]], Markup] = {}

    def compile(self) -> list[RenderError]:
        """Compile every page's template, which takes a quarter of a second: for a time when there is nothing else to do.

        Returns:
            What is wrong with those that cannot be, which is told with their pages, too.
        """
        return list(not_compiled(self._environment))

    def labels(self, language: Language) -> Labels:
        """The words of a language. Raises RenderError."""
        if language not in self._labels:
            self._labels[language] = load_labels(language, self._config.path("templates"))
        return self._labels[language]

    def page(self, name: str, route: str, language: Language, **values: object) -> bytes:
        """A page from the template `NAME.html.j2`.

        Raises:
            RenderError: naming the template and the line.
        """
        file = f"{name}.html.j2"
        try:
            template = self._environment.get_template(file)
            pieces = template.generate({**self._context(route, language), "frame": self._frame(route, language), **values})
            # Encoded one by one: put together as a text, a single arrow would make each letter of the page two bytes wide.
            html = b"".join([piece.encode("utf-8", "surrogatepass") for piece in pieces])
        except Exception as error:
            if isinstance(error, DigestError) and not isinstance(error, UnknownLabel):
                raise
            # Whatever a template does wrong, an own one above all, is the template's error and not a crash.
            what = f"the page {route or 'index.html'} cannot be made"
            raise explained(error, what, file, self._environment) from error
        html = html.replace(_ROOT, b"../" * route.count("/")).replace(_INDEX, b"index.html")  # they are forbidden, too
        return clean(html.decode("utf-8", "surrogatepass")).encode() if _is_unclean(html) else html

    def _frame(self, route: str, language: Language) -> dict[str, Markup]:
        """What stands around every page: the same for all of a language that are equally deep in the same section."""
        section = next((place for place in _SECTIONS if route.startswith(place)), "")
        made = language, route.count("/"), section, route == section
        if made not in self._frames:
            context = self._context(route, language)
            parts = {name: self._environment.get_template(f"frame-{name}.html.j2").render(context) for name in _FRAME}
            self._frames[made] = {name: Markup(html) for name, html in parts.items()}  # noqa: S704  # our own templates
        return self._frames[made]

    def _row(self, route: str, language: Language, macro: str, *values: Hashable) -> Markup:
        """What a macro of `macros.html.j2` makes of a paper or post in a list; made once, as several terms list it."""
        deep = language, route.count("/")
        made = *deep, macro, values
        if made not in self._rows:
            if deep not in self._macros:
                # The same for all of a language that are equally deep: what else a page is, a row may not ask.
                shared = {name: value for name, value in self._context(route, language).items() if name not in _OF_PAGE}
                self._macros[deep] = self._environment.get_template("macros.html.j2").make_module(shared)
            self._rows[made] = getattr(self._macros[deep], macro)(*values)
        return self._rows[made]

    def _context(self, route: str, language: Language) -> Mapping[str, Any]:
        labels = self.labels(language)
        return {
            "site": self._config.site,
            "t": labels,
            "language": language,
            "route": route,
            "routes": routes,
            "url": partial(routes.relative, route),
            "row": partial(self._row, route, language),
            "absolute": partial(routes.absolute, self._config.site.url),
            "canonical": routes.absolute(self._config.site.url, route),
            "weekday": lambda day: labels.raw("weekdays")[day.weekday()],
            "spoken": partial(_spoken, language),
            "spoken_date": partial(spoken_date, label=labels),
            "bcp47": cjk.TAGS,
            "in_language": partial(in_language, language=language),
        }


@lru_cache(maxsize=4)
def _environment(folders: tuple[Path, ...], files: frozenset[tuple[Path, str]], compiled: Path) -> Environment:
    """Jinja over these folders; templates that were compiled stay compiled until a file changes, comes or goes.

    Args:
        files: the templates and their looks.
        compiled: a folder that keeps them between builds.
    """
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # it takes longer to look for constants than they take
        auto_reload=False,  # it would look at three files for each page
        bytecode_cache=bytecode.kept(compiled),
    )
    environment.filters["inline"] = lambda text: Markup(inline(text))  # noqa: S704  # it escapes
    environment.filters["https"] = _https
    environment.filters["shorten"] = lambda text: shorten(text, DESCRIPTION)
    return environment


def _https(url: str | None) -> str:
    """The URL, if a page may lead there."""
    return url if url and url.startswith("https://") else ""


def _spoken(page: Language, text: str, language: Language | None = None) -> Markup:
    """The `lang` attribute of a passage: its own language where that is not the page's."""
    spoken = cjk.language_within(text, language) if language else cjk.language_of(text)
    return _LANG[spoken] if spoken and spoken != page else _NO_LANG
