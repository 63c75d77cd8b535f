"""The sample day under an httpx client, in place of the network."""

from datetime import date

import httpx

from digest.sample.upstream import SampleUpstream


class SampleTransport(httpx.BaseTransport):
    """Answers every request from the sample; nothing leaves the process.

    Args:
        upstream: the answers; by default a new SampleUpstream.
        today: the day on which the services believe to be; by default the sample's.
    """

    def __init__(self, upstream: SampleUpstream | None = None, *, today: date | None = None) -> None:
        self._upstream = upstream or SampleUpstream()
        self._today = today

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The sample's answer; 405 for anything but reading."""
        if request.method not in ("GET", "HEAD"):
            return httpx.Response(405, request=request)
        answer = self._upstream.respond(str(request.url), self._today)
        body = answer.body if request.method == "GET" else b""
        return httpx.Response(answer.status, headers=answer.headers, content=body, request=request)
