"""May we connect there? For addresses that strangers give us: never into our own network (protocol.md §10).

A name is looked up once and the connection goes to what was checked: a second look-up could answer otherwise.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

LONGEST = 2048
# Addresses that lead on to an IPv4 address inside them: NAT64 and 6to4.
TUNNELS = [
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2002::/16"),
]


class ForbiddenAddress(ValueError):
    """An address that we do not connect to, and why."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """Where to connect, and the name to greet it by."""

    url: str
    host: str
    port: int | None

    @property
    def header(self) -> str:
        """The Host header."""
        return self.host if self.port is None else f"{self.host}:{self.port}"


def well_formed(url: str, *, private: bool = False) -> None:
    """Raise ForbiddenAddress for what can be refused without asking anybody. `private` lifts it for tests."""
    if len(url) > LONGEST or not url.isascii() or any(sign.isspace() or not sign.isprintable() for sign in url):
        raise ForbiddenAddress("not an address")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise ForbiddenAddress("not an address") from None
    if not host or parts.username is not None or parts.password is not None or parts.fragment:
        raise ForbiddenAddress("not an address")
    if private and parts.scheme in ("http", "https"):
        return
    if parts.scheme != "https" or port not in (None, 443):
        raise ForbiddenAddress("https on its own port only")
    if literal := _literal(host):
        public(literal)
    elif "." not in host.rstrip("."):
        raise ForbiddenAddress("not a public name")


def pinned(url: str, *, private: bool = False) -> Pinned:
    """The address with its host looked up and checked. Raises ForbiddenAddress, or OSError where nobody knows it."""
    well_formed(url, private=private)
    parts = urlsplit(url)
    host, port = str(parts.hostname), parts.port
    found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    if not private:
        # All of them: which one is tried would be the stranger's choice.
        for each in addresses:
            public(each)
    first = addresses[0]
    shown = f"[{first}]" if first.version == 6 else str(first)
    netloc = shown if port is None else f"{shown}:{port}"
    return Pinned(urlunsplit(parts._replace(netloc=netloc)), host, port)


def public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Raise ForbiddenAddress for one that is not on the public internet."""
    inner = getattr(address, "ipv4_mapped", None) or address
    tunnel = any(inner in network for network in TUNNELS if network.version == inner.version)
    if tunnel or inner.is_multicast or not inner.is_global:
        raise ForbiddenAddress("not a public address")


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
