"""Where the endpoint is, and the key for it."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from digest.config import ModelConfig
from digest.errors import ConfigError

OPENAI = "https://api.openai.com/v1"
NO_KEY = "none"
"""What servers without keys are sent; the client insists on one."""
_LOCAL_NAMES = (".local", ".lan", ".internal", ".localhost", ".home.arpa")


def base_url(settings: ModelConfig, environ: Mapping[str, str]) -> str:
    """The endpoint's address: the configured one, else OPENAI_BASE_URL, else OpenAI's own.

    Raises:
        ConfigError: it is no https address (http is for this machine and the local network), or it holds a password or a
            query, which would end up in logs.
    """
    url = (settings.base_url or environ.get("OPENAI_BASE_URL", "").strip() or OPENAI).rstrip("/")
    where = "model.base_url" if settings.base_url else "OPENAI_BASE_URL"
    try:
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        parts.port  # noqa: B018  raises for a port that is none
    except ValueError:
        raise ConfigError("not an address", where=where) from None
    if parts.username is not None or parts.query or parts.fragment:
        hint = "keys belong into the environment, see model.key_env"
        raise ConfigError("an address without password, query and fragment is wanted", where=where, hint=hint)
    if not host or not (secure or (parts.scheme == "http" and _is_near(host))):
        why = "https is wanted, or http on this machine or in the local network"
        raise ConfigError("refused", where=where, why=why)
    return url


def key(settings: ModelConfig, environ: Mapping[str, str]) -> str:
    """The key, or a placeholder where there is none: local servers want none.

    Raises:
        ConfigError: the key cannot be sent in a header.
    """
    found = environ.get(settings.key_env, "").strip()
    if not all("!" <= character <= "~" for character in found):
        raise ConfigError("the key has characters that no key has", where=settings.key_env)
    return found or NO_KEY


def _is_near(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_NAMES)
    return address.is_loopback or address.is_private or address.is_link_local
