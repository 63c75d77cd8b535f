"""The live preview: the site as it will stand, built again when something changes, and open pages that show it at once.

content/, templates, config.yaml ─► watching ─► preview (build_site) ─► answers ─► server ─► browser
"""

from digest.site.serving.preview import Preview
from digest.site.serving.server import PreviewServer, bound

__all__ = ["Preview", "PreviewServer", "bound"]
