"""Host names and origins as written in URLs, headers and settings (RFC 3986, 3.2; RFC 6454)."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple

DEFAULT_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_MAX_NAME_LENGTH = 253
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:@/?#\\]*)(?::([0-9]{0,5}))?")
_MAX_PORT = 65535


class Authority(NamedTuple):
    """Host and port; `host` is in lower case, and an address has no brackets."""

    host: str
    port: int | None


class Origin(NamedTuple):
    """The origin of a page; a port that the URL omits is the default of its scheme."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if DEFAULT_PORTS[self.scheme] == self.port else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


def parse_authority(text: str) -> Authority | None:
    """Parse `host` or `host:port`; None if it is neither."""
    match = _AUTHORITY.fullmatch(text)
    if match is None:
        return None
    host = parse_host(match[1])
    port = int(match[2]) if match[2] else None
    return None if host is None or (port or 0) > _MAX_PORT else Authority(host, port)


def parse_host(text: str) -> str | None:
    """Normalise a name or an address, so that two can be compared; None if it is neither."""
    address = as_address(text.removeprefix("[").removesuffix("]"))
    if address is not None:
        return str(address)
    name = text.lower().removesuffix(".")
    return name if len(name) <= _MAX_NAME_LENGTH and _NAME.fullmatch(name) else None


def parse_origin(text: str) -> Origin | None:
    """Parse `scheme://host` or `scheme://host:port`; None if it is neither, such as ``null``."""
    scheme, separator, rest = text.partition("://")
    scheme, authority = scheme.lower(), parse_authority(rest)
    if not separator or scheme not in DEFAULT_PORTS or authority is None:
        return None
    port = DEFAULT_PORTS[scheme] if authority.port is None else authority.port
    return Origin(scheme, authority.host, port)


def as_address(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is; None for a name."""
    try:
        address = ip_address(host)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def is_loopback(host: str) -> bool:
    """Whether a host is always this machine.

    Browsers never look up names under ``localhost``, so that nobody else can own one (RFC 6761, 6.3).
    """
    address = as_address(host)
    if address is not None:
        return address.is_loopback
    return host == "localhost" or host.endswith(".localhost")
