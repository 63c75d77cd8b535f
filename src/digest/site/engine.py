"""The templates: shipped ones, a user's own over them file by file, every value escaped, every missing name an error."""

import re
import traceback
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from digest.config import Config
from digest.errors import DigestError, RenderError
from digest.labels import Labels, load_labels, shipped
from digest.models import Language
from digest.site import cjk, routes
from digest.site.markdown import inline

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

    def compile(self) -> None:
        """Compile every page's template, which takes a quarter of a second: for a time when there is nothing else to do."""
        for name in self._environment.list_templates(extensions=["j2"]):
            with suppress(TemplateError, OSError, UnicodeError):  # told with its page
                self._environment.get_template(name)

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
        except DigestError:
            raise
        except Exception as error:
            # Whatever a template does wrong, an own one above all, is the template's error and not a crash.
            raise _explained(error, file, route) from error
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
        }


@lru_cache(maxsize=4)
def _environment(folders: tuple[Path, ...], files: frozenset[Path]) -> Environment:
    """Jinja over these folders; templates that were compiled stay compiled until a file changes, comes or goes."""
    environment = Environment(
        loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["inline"] = lambda text: Markup(inline(text))  # noqa: S704  # it escapes
    environment.filters["https"] = _https
    return environment


def _https(url: str | None) -> str:
    """The URL, if a page may lead there."""
    return url if url and url.startswith("https://") else ""


def _spoken(page: Language, text: str, language: Language | None = None) -> Markup:
    """The `lang` attribute of a passage: its own language where that is not the page's."""
    spoken = cjk.language_of(text) or language
    return Markup(' lang="{}"').format(cjk.TAGS[spoken]) if spoken and spoken != page else Markup("")


def _explained(error: Exception, file: str, route: str) -> RenderError:
    """What went wrong, with the innermost template and line: Jinja puts them into the traceback."""
    if isinstance(error, TemplateSyntaxError):
        where = f"{error.filename or error.name or file}:{error.lineno}"
    else:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
        where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else file
    why = f"{error}" if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    return RenderError(f"the page {route or 'index.html'} cannot be made", where=where, why=why)
