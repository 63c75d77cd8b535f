"""The polite way to the network; see docs/decisions/retries.md."""

from digest.net.client import Client
from digest.net.response import Response
from digest.net.upstream import Upstream

__all__ = ["Client", "Response", "Upstream"]
