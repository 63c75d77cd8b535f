"""The templates: shipped ones, a user's own over them file by file, every value escaped, every missing name an error."""

import re
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from digest.config import Config
from digest.errors import DigestError, RenderError
from digest.labels import Labels, UnknownLabel, load_labels, shipped
from digest.models import Language, in_language
from digest.posts.post_view import spoken_date
from digest.site import cjk, routes
from digest.site.markdown import inline
from digest.template_errors import explained, not_compiled
from digest.typography import shorten

DESCRIPTION = 160
"""Columns of a page's description, in which a Chinese character takes two.

Search engines set no limit and show what has room on the screen (developers.google.com/search/docs/appearance/snippet);
in a wide window that is two lines of about 80 Latin letters.
"""

_FORBIDDEN = re.compile(
    "[^\\t\\n\\r\x20-\x7e\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd"
    "\U00010000-\U000dffff\U000e0100-\U0010fffd]"
)


def clean(text: str) -> str:
    """The text without characters that XML 1.0 forbids (w3.org/TR/xml, 2.2), that HTML calls errors, and that turn the
    direction of text or are tags nobody sees."""
    return _FORBIDDEN.sub("", text)


def style_sheet(config: Config) -> bytes:
    """The style sheet, a user's own if there is one. Raises RenderError."""
    path = next((folder / "style.css" for folder in _folders(config) if (folder / "style.css").is_file()), None)
    if path is None:
        raise RenderError("there is no style sheet", where="templates/site/style.css")
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
        self._environment = _environment(folders, frozenset(path for folder in folders for path in folder.glob("*.j2")))
        self._labels: dict[Language, Labels] = {}

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
            html = self._environment.get_template(file).render(self._context(route, language), **values)
        except Exception as error:
            if isinstance(error, DigestError) and not isinstance(error, UnknownLabel):
                raise
            # Whatever a template does wrong, an own one above all, is the template's error and not a crash.
            what = f"the page {route or 'index.html'} cannot be made"
            raise explained(error, what, file, self._environment) from error
        return clean(html).encode()

    def _context(self, route: str, language: Language) -> Mapping[str, Any]:
        labels = self.labels(language)
        return {
            "site": self._config.site,
            "t": labels,
            "language": language,
            "route": route,
            "routes": routes,
            "url": partial(routes.relative, route),
            "absolute": partial(routes.absolute, self._config.site.url),
            "canonical": routes.absolute(self._config.site.url, route),
            "weekday": lambda day: labels.raw("weekdays")[day.weekday()],
            "spoken": partial(_spoken, language),
            "spoken_date": partial(spoken_date, label=labels),
            "bcp47": cjk.TAGS,
            "in_language": partial(in_language, language=language),
        }


@lru_cache(maxsize=4)
def _environment(folders: tuple[Path, ...], files: frozenset[Path]) -> Environment:
    """Jinja over these folders; templates that were compiled stay compiled until a file changes, comes or goes."""
    environment = Environment(
        loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
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
    spoken = cjk.language_of(text) or language
    return Markup(' lang="{}"').format(cjk.TAGS[spoken]) if spoken and spoken != page else Markup("")
