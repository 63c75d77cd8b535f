"""What a template does wrong, with its file and line, which Jinja puts into its errors and into the traceback."""

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import RenderError
from digest.labels import UnknownLabel

if TYPE_CHECKING:
    from jinja2 import Environment


def explained(error: Exception, what: str, name: str, environment: "Environment") -> RenderError:
    """An error of a template in words.

    Args:
        what: what cannot be done on its account.
        name: of the template that was asked for; the mistake may be in one that it includes.
    """
    from jinja2 import TemplateError

    where = _place(error, name, environment)
    if isinstance(error, UnknownLabel):
        return RenderError(error.what, where=where, hint=error.hint)
    why = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    return RenderError(what, where=where, why=why)


def not_compiled(environment: "Environment") -> Iterator[RenderError]:
    """Compile every template, and tell which cannot be."""
    from jinja2 import TemplateError

    for name in environment.list_templates(extensions=["j2"]):
        try:
            environment.get_template(name)
        except (TemplateError, OSError, ValueError, RecursionError) as error:  # ValueError: it is not UTF-8
            yield explained(error, "the template fails", name, environment)


def _place(error: Exception, name: str, environment: "Environment") -> str:
    """The innermost template's file and line, as far as they are known."""
    from jinja2 import TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name or name}:{error.lineno}"
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
    if frames:
        return f"{frames[-1].filename}:{frames[-1].lineno}"
    paths = (Path(folder) / name for folder in getattr(environment.loader, "searchpath", ()))
    return next((str(path) for path in paths if path.is_file()), name)
