"""Stage 7: the static site, a pure function of content/, the configuration and the templates.

posts (Markdown) ─┐
                  ├─► load ─► pages ─┬─► build ─► output/
records + edits ──┘           feeds ─┘
"""

from digest.site.build import SiteBuilt, build_site

__all__ = ["SiteBuilt", "build_site"]
