"""A day as Markdown: one post per edition and language, through the templates in templates/posts."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from digest.config import Config
from digest.digests.edits import Day
from digest.errors import RenderError
from digest.labels import Labels, UnknownLabel, load_labels, shipped
from digest.models import Edition, EditionCounts, Language
from digest.posts import escaping, fields, frontmatter
from digest.posts.layouts import template_of
from digest.posts.post_view import PostView
from digest.template_errors import explained, not_compiled
from digest.typography import join_sentences, sentence

if TYPE_CHECKING:
    from jinja2 import Environment


def prepare(config: Config) -> None:
    """Compile the templates of posts, while a run waits for something else; what is wrong with one is told when it is used."""
    from jinja2 import TemplateError

    environment = _environment(config)
    layouts = {template_of(edition.layout) for edition in config.editions}
    for name in sorted({*layouts, "macros.md.j2", "card.md.j2", "paper.md.j2"}):
        with suppress(TemplateError, OSError, UnicodeError):
            environment.get_template(name)


def render(day: Day, edition: str, language: Language, config: Config, *, draft: bool = False) -> str:
    """The whole Markdown of one post.

    Raises:
        RenderError: no such edition or layout; a template, or something that it wants and does not find; a label.
    """
    post = replace(view(day, edition, language, config), draft=draft)
    body = filled(template_of(post.settings.layout), config, post=post, label=post.label)
    return f"{frontmatter.emit(fields.fields(post))}\n{body}"


def view(day: Day, edition: str, language: Language, config: Config) -> PostView:
    """What the template of a post is given. Raises RenderError for an edition that the day does not have."""
    found = day.digest.editions.get(edition)
    if found is None:
        known = ", ".join(day.digest.editions) or "none"
        raise RenderError(f"there is no edition {edition!r}", where=str(day.date), hint=f"the day has {known}")
    return PostView(day, found, config.edition(edition, found.layout), config, load_labels(language, config.path("templates")))


def render_paper(day: Day, paper_id: str, label: Labels, config: Config) -> str:
    """The card of one paper as Markdown, under its title: what is given away as the paper's twin in Markdown.

    Args:
        paper_id: a paper that the day covers; the edition that picked it is the one whose words are taken.
        label: the words of the language that it is given in.

    Raises:
        RenderError: the day has no card of it; a template, or something that it wants and does not find; a label.
    """
    covered = next((c for c in day.digest.carded if c.paper.id == paper_id), None)
    if covered is None:
        raise RenderError(f"{day.date} has no card of {paper_id!r}")
    names = [name for name, edition in day.digest.editions.items() if paper_id in edition.picked]
    if names:
        edition = day.digest.editions[names[0]]
        post = PostView(day, edition, config.edition(names[0], edition.layout), config, label)
    else:  # carded again in a new version, which no edition shows
        none = Edition(layout="cards", sources=(), counts=EditionCounts())
        post = PostView(day, none, config.editions[0], config, label)
    return filled("paper.md.j2", config, post=post, paper=post.paper(1, covered), label=label)


def filled(name: str, config: Config, **values: object) -> str:
    """A template filled. Raises RenderError, naming the template's file and line."""
    from jinja2 import TemplateError

    environment = _environment(config)
    of_values = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)
    try:
        text = environment.get_template(name).render(**values)
    except (TemplateError, UnknownLabel, OSError, *of_values) as error:
        raise explained(error, "the template fails", name, environment) from error
    # Parts that are left out leave blank lines behind, and rules; a template is easier to write if it need not care.
    text = re.sub(r"\n\n\n+", "\n\n", text)
    return re.sub(r"\n---\n(?:\n---\n)+", "\n---\n", text).strip() + "\n"


def mistakes(config: Config) -> Iterator[RenderError]:
    """The templates of posts, a user's own among them, that cannot be compiled."""
    return not_compiled(_environment(config))


def _environment(config: Config) -> "Environment":
    """Jinja over the user's templates, then the shipped ones."""
    from digest import bytecode

    folders = (config.path("templates") / "posts", shipped("templates") / "posts")
    return _environment_over(folders, tuple(map(_templates, folders)), bytecode.folder(config))


def _templates(folder: Path) -> frozenset[str]:
    try:
        return frozenset(name for name in os.listdir(folder) if name.endswith(".j2"))  # noqa: PTH208  # glob takes five times as long
    except OSError:
        return frozenset()


@lru_cache(maxsize=4)
def _environment_over(folders: tuple[Path, ...], files: tuple[frozenset[str], ...], compiled: Path) -> "Environment":
    """What was compiled stays so until a file comes or goes. Markdown comes out: filters escape, not Jinja's autoescape."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from digest import bytecode

    made = Environment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=False,  # HTML escapes would stand in Markdown literally
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=bytecode.kept(compiled),
    )
    made.filters |= {"md": escaping.markdown, "cell": escaping.cell, "claim": lambda claim, paper: paper.said(claim)}
    made.filters["sentences"] = lambda texts: join_sentences([escaping.markdown(sentence(text)) for text in texts])
    made.globals["link"] = escaping.link
    return made
