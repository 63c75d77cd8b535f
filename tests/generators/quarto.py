"""Quarto's Markdown, read by Pandoc, which Quarto runs: its own shortcodes, callouts and cross-references are not seen."""

from pathlib import Path

from generators.site import Site
from generators.tools import CACHE, SITES, Missing, run


def available() -> None:
    _pandoc()


def build(posts: Path, work: Path) -> Site:
    """Posts are in posts/, as .qmd or .md. Drafts are left out, as `quarto render` does."""
    tool = _pandoc()
    for file in sorted((posts / "posts").rglob("*.*md")):
        target = (work / file.relative_to(posts)).with_suffix(".html")
        target.parent.mkdir(parents=True, exist_ok=True)
        template = SITES / "quarto" / "template.html"
        command = [tool, str(file), "--from=markdown", "--to=html", "--mathjax", "--wrap=none", "--no-highlight"]
        run([*command, f"--template={template}", f"--output={target}"], posts)
    site = Site.read(work)
    return Site({path: text for path, text in site.pages.items() if "data-draft" not in text})


def _pandoc() -> str:
    found = sorted(CACHE.glob("python/lib/*/site-packages/pypandoc/files/pandoc"))
    if not found:
        raise Missing(f"Pandoc is not installed: `make test-generators` installs it into {CACHE.name}/")
    return str(found[0])
