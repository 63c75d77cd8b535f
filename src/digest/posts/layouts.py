"""The layouts of posts. A new one is a template in templates/posts and a line here."""

from digest.errors import RenderError

TEMPLATES = {name: f"{name}.md.j2" for name in ("cards", "insights", "brief", "report")}
"""Template file by layout name."""


def template_of(layout: str) -> str:
    """The template file of a layout. Raises RenderError for a layout that does not exist."""
    try:
        return TEMPLATES[layout]
    except KeyError:
        raise RenderError(f"there is no layout {layout!r}", hint=f"known: {', '.join(TEMPLATES)}") from None
