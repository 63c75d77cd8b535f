"""The network under the model's client: every answer comes whole, in time, below a cap and without the key in it.

Imported when the first call is made, because httpx2 and openai take half a second.
"""

import logging
import threading
import urllib.request
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import cast

import httpx2
import openai

from digest.net.body import Body
from digest.net.deadline import Cut

CAP = 4 * 2**20
"""Bytes of a decoded answer."""
_CONNECT = 10.0  # seconds
_STRUCK = "[key]"
_LOG = logging.getLogger("httpcore2.http11")
_SECRET, _SHORT = 16, 8  # characters


def is_secret(key: str) -> bool:
    """Whether a key must not be shown; what local servers are given is a word such as "ollama", which answers may hold."""
    return len(key) >= _SECRET or (len(key) >= _SHORT and any(map(str.isdigit, key)))


def client(transport: "Bounded") -> httpx2.Client:
    """The one HTTP client that openai is given. It follows no redirect: the key is for this address alone."""
    return httpx2.Client(transport=transport, follow_redirects=False, trust_env=False)


def timeout(seconds: float) -> httpx2.Timeout:
    """All the time of one call."""
    return httpx2.Timeout(seconds, connect=min(seconds, _CONNECT))


class _Cut(Cut):
    def now(self) -> None:
        """Cut before the time is over."""
        self._make()


class _Unsaid(logging.Filter):
    """Strikes a key out of the log: httpcore2 writes the headers of answers there, and a server may send the key back."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def filter(self, record: logging.LogRecord) -> bool:
        if self._key in (message := record.getMessage()):
            record.msg, record.args = message.replace(self._key, _STRUCK), ()
        return True


class Bounded(httpx2.BaseTransport):
    """A transport that reads answers to their end itself.

    The time limits of httpx2 are for each read, so a server that sends a byte now and then would hold a call for ever;
    here the read time limit of a request is the time for all of it.

    Args:
        inner: the network.
        key: sent with every request, and struck out wherever a server sends it back.
    """

    def __init__(self, inner: httpx2.BaseTransport, key: str) -> None:
        self._inner = inner
        self._authorization = f"Bearer {key}"
        self._key = key if is_secret(key) else ""
        self._lock = threading.Lock()
        self._running: set[_Cut] = set()
        self._stopped = False
        self._unsaid = _Unsaid(self._key)
        if self._key:
            _LOG.addFilter(self._unsaid)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        seconds = request.extensions["timeout"]["read"]
        with self._cut(seconds) as cut:
            try:
                response, content = self._whole(self._sent(request, cut))
            except (httpx2.TransportError, zlib.error, EOFError) as error:
                if cut.made:
                    raise httpx2.ReadTimeout(f"no whole answer in {seconds:g} s", request=request) from None
                if isinstance(error, httpx2.TransportError):
                    raise
                raise httpx2.ReadError("a broken compressed body", request=request) from None
            if cut.made:  # without a Content-Length, the cut looks like the end of the body
                raise httpx2.ReadTimeout(f"no whole answer in {seconds:g} s", request=request)
        return httpx2.Response(response.status_code, headers=self._headers(response), content=content, request=request)

    def stop(self) -> None:
        """End all calls that are under way, and let no other begin."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for cut in running:
            cut.now()

    def close(self) -> None:
        _LOG.removeFilter(self._unsaid)
        self._inner.close()

    @contextmanager
    def _cut(self, seconds: float) -> Iterator[_Cut]:
        cut = _Cut(seconds, lambda: None)
        with self._lock:
            if self._stopped:
                raise httpx2.ConnectError("the run is being stopped")
            self._running.add(cut)
        try:
            with cut:
                yield cut
        finally:
            with self._lock:
                self._running.discard(cut)

    def _sent(self, request: httpx2.Request, cut: _Cut) -> httpx2.Request:
        """The request as it goes over the wire: openai's body under headers of our own.

        openai adds what it finds in OPENAI_ORG_ID, OPENAI_PROJECT_ID and OPENAI_CUSTOM_HEADERS, and facts about this machine;
        whatever endpoint is configured would be told. Its own request is left alone: it looks for its marks there afterwards.
        """
        body = request.read()
        headers = {
            "Host": request.url.netloc.decode("ascii"),
            "Accept": "application/json",
            "Accept-Encoding": "gzip",  # what Body can unpack within its cap
            "Authorization": self._authorization,
            "Connection": "keep-alive",
            "Content-Length": str(len(body)),
            "Content-Type": "application/json",
            "User-Agent": f"OpenAI/Python {openai.__version__}",
        }
        extensions = {**request.extensions, "trace": cut.trace}
        return httpx2.Request(request.method, request.url, headers=headers, content=body, extensions=extensions)

    def _whole(self, request: httpx2.Request) -> tuple[httpx2.Response, bytes]:
        response = self._inner.handle_request(request)
        with closing(response):
            body = Body(str(request.url), response.headers.get("content-encoding", ""), CAP)
            for piece in cast(httpx2.SyncByteStream, response.stream):
                body.add(piece)
            content = body.whole()
        return response, content.replace(self._key.encode(), _STRUCK.encode()) if self._key else content

    def _headers(self, response: httpx2.Response) -> list[tuple[str, str]]:
        dropped = ("content-encoding", "content-length", "transfer-encoding")
        kept = [(name, value) for name, value in response.headers.multi_items() if name.lower() not in dropped]
        return [(name, value.replace(self._key, _STRUCK)) for name, value in kept] if self._key else kept


def network(base_url: str) -> httpx2.HTTPTransport:
    """Connections to the endpoint.

    Each call has its own, so that the one to cut is known. http is near: a proxy cannot see it.
    """
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=0)
    host = httpx2.URL(base_url).host
    proxy = None
    if base_url.startswith("https:") and not urllib.request.proxy_bypass(host):
        proxy = urllib.request.getproxies().get("https")
    return httpx2.HTTPTransport(limits=limits, proxy=proxy, verify=base_url.startswith("https:"))
