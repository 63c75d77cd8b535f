"""paper-digest: listings in, checked cards in the middle, Markdown and a web site out.

`digest.pipeline` shows the whole way of a day; `digest.models` what crosses the borders between its stages.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]
