"""Build the site: plan its parts, make those whose inputs have changed, put them in their places.

The settings of the whole site (configuration, templates, labels, the program) count for every part; beyond these, each
part says by its key what it is made from. So a part is made again when anything in it could differ, and the site after
ten builds is, byte for byte, the one that a first build makes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from digest import collector
from digest.config import Config
from digest.site import routes
from digest.site.output import Output, checked_output

if TYPE_CHECKING:
    from digest.site.library import Library
    from digest.site.parts.base import Part
    from digest.site.routes import File
    from digest.site.state import State


@dataclass(frozen=True)
class SiteBuilt:
    """What a build did.

    Attributes:
        pages: HTML pages that were made anew.
        changed: files that were written.
        removed: files of an earlier build that the site no longer has.
        index: the home page.
    """

    pages: int
    changed: int
    removed: int
    index: Path


def build_site(config: Config, *, preview: bool = False) -> SiteBuilt:
    """Build the site of a blog from its content/, configuration and templates.

    Args:
        preview: for somebody who waits for a page: no wait for the disk, and no index of the full text, which the next
            build makes.

    Raises:
        OutputError: the output folder is not one that may be written to, or could not be.
        RenderError: a template, a label or a post is wrong. The site stands as it was.
        RecordError, EditsError: a record or its edits cannot be read. The site stands as it was.
        RenderError: the full text cannot be indexed. The pages are new; the next build tries again.
    """
    from digest.site.state import Damaged

    try:
        return _built(config, preview)
    except Damaged:
        return _built(config, preview)


def _built(config: Config, preview: bool) -> SiteBuilt:
    from digest.site.library import Library
    from digest.site.state import State

    output = Output(checked_output(config), durable=not preview)
    with State(config.path("state")) as state, collector.paused():
        try:
            if not _is_ours(state, output):
                state.forget()
            damaged = _damaged(state, output)
            library = Library(config, state)
            is_new = library.has_changed or damaged or not state.note("complete")
            unchanged = SiteBuilt(0, 0, 0, output.folder / "index.html")
            built = _build(config, library, output, damaged, preview) if is_new else unchanged
            state.commit()
        finally:
            output.discard()
    return built


def prepare(config: Config) -> None:
    """Import and compile what building a site needs, while a run waits for something else."""
    from digest.site import library, parts  # noqa: F401
    from digest.site.engine import Templates

    Templates(config).compile()


def _is_ours(state: "State", output: Output) -> bool:
    """Whether the output is the one that the state tells of."""
    return state.note("manifest") == output.manifest_looks


def _damaged(state: "State", output: Output) -> set[str]:
    """The folders of the output in which something has come or gone since."""
    return {folder for folder, time in state.folders().items() if output.folder_time(folder) != time}


@dataclass
class _Changes:
    """What a build does to the output, step by step."""

    pages: int = 0
    written: list[str] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)


def _build(config: Config, library: "Library", output: Output, damaged: set[str], preview: bool) -> SiteBuilt:
    from digest.site.parts import all_parts
    from digest.site.parts.base import Site

    state = library.state
    strangers = output.listed() if not state.note("manifest") else set()
    if damaged:
        state.doubt(name for name, files in state.all_files().items() if any(folder_of(file) in damaged for file in files))
    site = Site(config, library)
    known, parts = state.keys(), list(all_parts(site))
    texts = _full_text(config, parts, output)
    gone = known.keys() - {part.name for part in (*parts, *texts)}
    before = strangers.union(*(state.files(name) for name in gone))
    state.drop_parts(gone)
    changes = _Changes()
    with collector.sparing():
        _make(parts, known, before, state, output, changes)
    site.feeds.forget_what_left()
    _note(state, output, changes, damaged, is_complete=not texts)
    if texts and not preview:  # from the pages, when they are in their places
        state.commit()
        _make(texts, known, set(), state, Output(output.folder), changes)
        _note(state, output, changes, set(), is_complete=True)
    return SiteBuilt(changes.pages, len(changes.written), len(changes.removed), output.folder / "index.html")


def _note(state: "State", output: Output, changes: _Changes, damaged: set[str], *, is_complete: bool) -> None:
    """Remember how the output looks now.

    Args:
        damaged: folders in which something had come or gone; what came is not ours and stays.
    """
    touched = {folder for file in (*changes.written, *changes.removed) for folder in folders_of(file)} | damaged
    if not state.has_folders:  # a build that remembered nothing may have found all files in their places
        touched |= {folder for files in state.all_files().values() for file in files for folder in folders_of(file)}
    state.put_folders({folder: output.folder_time(folder) for folder in touched})
    state.remember("manifest", output.manifest_looks)
    state.remember("complete", "1" if is_complete else "")


def _full_text(config: Config, parts: "list[Part]", output: Output) -> "list[Part]":
    """The index of the full text, if there is to be one."""
    if config.site.search != "pagefind":
        return []
    from digest.site import full_text

    return [full_text.part(output.folder, parts)]


def _make(
    parts: "list[Part]", known: Mapping[str, str], before: set[str], state: "State", output: Output, changes: _Changes
) -> None:
    """Make the parts whose keys are new, and put their files in place of those that they, or parts that are gone, had."""
    todo = [part for part in parts if known.get(part.name) != part.whole_key]
    before = before.union(*(state.files(part.name) for part in todo if part.name in known))
    now: set[str] = set()
    for part in todo:
        is_all, files = part.made(known.get(part.name, ""))
        names = _stage(files, output)
        changes.pages += sum(name.endswith(".html") for name in names)
        if not is_all:
            names = state.files(part.name)
        state.put_part(part.name, part.whole_key, names)
        now.update(names)
    removed = before - now
    output.place(removed, state.manifest)
    output.discard()  # before the folders' times are taken: it is in one of them
    changes.written += output.changed
    changes.removed |= removed


def _stage(files: "Iterable[File]", output: Output) -> list[str]:
    """Have files ready; their names."""
    names = []
    for route, data in files:
        names.append(routes.file_of(route))
        output.stage(names[-1], data)
    return names


def folder_of(file: str) -> str:
    """The folder that a file of the output stands in; empty for the output itself."""
    return file.rpartition("/")[0]


def folders_of(file: str) -> Iterator[str]:
    """All folders around a file of the output."""
    folder = file
    while folder:
        folder = folder_of(folder)
        yield folder
