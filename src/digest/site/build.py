"""Build the site: everything in memory first, then changed files only, then what is no longer there goes."""

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from digest.config import Config
from digest.errors import OutputError
from digest.store import clean_temporaries, is_below, refuse_links, write_many

MANIFEST = ".digest-manifest.json"
"""In the output folder: the files that we wrote there. Nothing else is ever removed."""
_HINT = "set paths.output to a folder of its own below the one of config.yaml, such as public"


@dataclass(frozen=True)
class SiteBuilt:
    """What a build did.

    Attributes:
        pages: HTML pages that the site has.
        changed: files that were written.
        removed: files of an earlier build that the site no longer has.
        index: the home page.
    """

    pages: int
    changed: int
    removed: int
    index: Path


def build_site(config: Config) -> SiteBuilt:
    """Build the site of a blog from its content/, configuration and templates.

    Raises:
        OutputError: the output folder is not one that may be written to, or could not be.
        RenderError: a template, a label or a post is wrong. The site stands as it was.
        RecordError, EditsError: a record or its edits cannot be read. The site stands as it was.
    """
    output = checked_output(config)
    clean_temporaries(output)  # what a killed build has left would be deployed
    files = render(config)
    refuse_links(output, files)
    before = _manifest(output)
    both = _listed({*before, *files})
    written = write_many({output / MANIFEST: both, **{output / name: data for name, data in files.items()}})
    removed = _remove(output, before - set(files))
    write_many({output / MANIFEST: _listed(files)})
    changed = sum(path.name != MANIFEST for path in written)
    pages = sum(name.endswith(".html") for name in files)
    return SiteBuilt(pages=pages, changed=changed, removed=removed, index=output / "index.html")


def prepare(config: Config) -> None:
    """Import and compile what building a site needs, while a run waits for something else."""
    from digest.site import feeds, pages  # noqa: F401
    from digest.site.engine import Templates

    Templates(config).compile()


def render(config: Config) -> dict[str, bytes]:
    """Every file of the site by its name below the output folder."""
    from digest.site import feeds, routes
    from digest.site.engine import Templates, style_sheet
    from digest.site.load import load
    from digest.site.pages import Pages

    pages = Pages(config, load(config), Templates(config))
    # The style sheet goes first: a reader who comes in the middle of a deployment sees new pages in new clothes.
    files = {routes.STYLE: style_sheet(config)}
    files.update((routes.file_of(route), data) for route, data in pages)
    files.update(feeds.feeds(config, pages))
    files["sitemap.xml"] = feeds.sitemap(config, pages.modified())
    files["robots.txt"] = feeds.robots(config)
    return files


def checked_output(config: Config) -> Path:
    """The output folder, if it may be written to.

    Raises:
        OutputError: it leads out of the blog's folder, is that folder, or touches its sources.
    """
    output, root = config.path("output"), config.root
    resolved = output.resolve()
    if resolved == root or root not in resolved.parents:
        raise OutputError("is no place for the site", where=str(output), why=f"it leads to {resolved}", hint=_HINT)
    for name in ("content", "posts", "records", "edits", "templates", "state"):
        _apart(output, resolved, config.path(name).resolve())
    for name in ("src", ".git"):
        _apart(output, resolved, (root / name).resolve())
    return output


def _apart(output: Path, resolved: Path, source: Path) -> None:
    if resolved == source or source in resolved.parents or resolved in source.parents:
        raise OutputError("is no place for the site", where=str(output), why=f"{source} is not for output", hint=_HINT)


def _manifest(output: Path) -> set[str]:
    """The files that earlier builds wrote; none where the manifest is missing or damaged."""
    try:
        files = json.loads((output / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {name for name in files if isinstance(name, str) and is_below(name)} - {MANIFEST}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _listed(names: Iterable[str] | Mapping[str, bytes]) -> bytes:
    return (json.dumps({"files": sorted(names)}, ensure_ascii=False, indent=0) + "\n").encode()


def _remove(output: Path, names: Iterable[str]) -> int:
    """Remove files, and the folders that they leave empty."""
    removed = 0
    for name in sorted(names):
        path = output / name
        if any(parent.is_symlink() for parent in _between(path, output)):
            continue
        with contextlib.suppress(OSError):
            path.unlink()
            removed += 1
        with contextlib.suppress(OSError):
            for parent in _between(path, output):
                parent.rmdir()
    return removed


def _between(path: Path, output: Path) -> list[Path]:
    """The folders around a file, innermost first, up to the output folder."""
    return [output.joinpath(*parent.parts) for parent in path.relative_to(output).parents if parent.parts]
