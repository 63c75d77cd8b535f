"""Prompts are templates: `templates/prompts/NAME.LANGUAGE.j2`, with a block `system` (stable) and a block `user`.

A blog's own file of the same name goes over the shipped one. A prompt is versioned by the hash of what the model is
told in every call: the template's text and the schema of the answer.
"""

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError

from digest.errors import RenderError
from digest.labels import shipped
from digest.models import Language
from digest.store import sha256


@dataclass(frozen=True)
class Prompt:
    """One prompt in one language.

    Attributes:
        hash: twelve hexadecimal digits over the template's text.
    """

    name: str
    language: Language
    hash: str
    template: Template

    def system(self, **values: Any) -> str:
        """The stable part. Raises RenderError."""
        return self._block("system", values)

    def user(self, **values: Any) -> str:
        """The part that differs from call to call. Raises RenderError."""
        return self._block("user", values)

    def _block(self, block: str, values: dict[str, Any]) -> str:
        try:
            return "".join(self.template.blocks[block](self.template.new_context(values))).strip()
        except Exception as error:  # an expression of a template may raise whatever Python can
            why = f"{type(error).__name__}: {error}"
            raise RenderError(f"the block {block!r} cannot be filled", where=self._place(error), why=why) from error

    def _place(self, error: Exception) -> str:
        """The file, and the line where the template's compiled code came to its end."""
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == self.template.filename]
        line = f":{self.template.get_corresponding_lineno(frames[-1].lineno or 0)}" if frames else ""
        return f"prompts/{self.name}.{self.language}.j2{line}"


def load_prompt(name: str, language: Language, templates: Path) -> Prompt:
    """A prompt from the blog's templates, else from the shipped ones. Raises RenderError."""
    folders = [templates / "prompts", shipped("templates/prompts")]
    environment = Environment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  the text goes to a model, not to a browser
        trim_blocks=True,
        lstrip_blocks=True,
    )
    file = f"{name}.{language}.j2"
    try:
        source, _, _ = environment.loader.get_source(environment, file)  # type: ignore[union-attr]
        return Prompt(name, language, sha256(source.encode())[:12], environment.get_template(file))
    except (TemplateError, UnicodeDecodeError, OSError) as error:
        line = f":{error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
        where = f"prompts/{file}{line}"
        raise RenderError("there is no such prompt, or it is no template", where=where, why=str(error)) from error
