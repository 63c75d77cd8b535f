"""The layouts of posts. A new one is a template in templates/posts and its name in `config.Layout`."""

from typing import get_args

from digest.config import Layout
from digest.errors import RenderError


def template_of(layout: str) -> str:
    """The template file of a layout. Raises RenderError for a layout that does not exist."""
    known = get_args(Layout)
    if layout not in known:
        raise RenderError(f"there is no layout {layout!r}", hint=f"known: {', '.join(known)}")
    return f"{layout}.md.j2"
