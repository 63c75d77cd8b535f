"""Which addresses may be asked."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from digest.errors import FetchError

if TYPE_CHECKING:
    import httpx

_SHOWN = 300  # characters of an address in a message; a query for 60 papers is longer


def shown(url: str) -> str:
    """An address as it may stand in a message: one line, not endless."""
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in url)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def allowed(url: str) -> httpx.URL:
    """The address, if it may be asked: https, or http on this machine, and no password in it.

    Raises:
        FetchError: it may not.
    """
    import httpx

    try:
        address = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("not an address", where=shown(url), why=str(error)) from None
    if address.userinfo:
        hint = "a password in an address would end up in logs"
        raise FetchError("refused an address with a user name in it", where=shown(address.host), hint=hint)
    secure = address.scheme == "https" or (address.scheme == "http" and _is_here(address.host))
    if address.host and secure and (address.port or 443) < 2**16:
        return address
    raise FetchError("refused", where=shown(url), why="only https is asked, and http on this machine")


def redirected(origin: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads: elsewhere on the same server, or nowhere.

    Raises:
        FetchError: it leads to another server, so what would be fetched is not what was asked for.
    """
    import httpx

    try:
        target = origin.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("redirected to no address", where=shown(str(origin)), why=str(error)) from None
    if _server(target) != _server(origin) or target.userinfo:
        to = shown(str(target.copy_with(userinfo=b"")))
        raise FetchError("redirected to another server", where=shown(str(origin)), why=f"to {to}")
    return target


def _server(url: httpx.URL) -> tuple[str, str, int | None]:
    # httpx drops a scheme's own port, so :443 and none are equal here.
    return url.scheme, url.host, url.port


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
