"""Where a webhook may lead: to a host that the settings name, at an address that is no one's inner network.

The name is looked up once and that very address is connected to, so that a second look-up cannot lead elsewhere.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from django.conf import settings

LONGEST = 300
PORTS = {"https": 443, "http": 80}
# IPv6 addresses that carry an IPv4 address, which is what counts (RFC 6052).
NAT64 = IPv6Network("64:ff9b::/96")


class Forbidden(Exception):
    """The address may not be asked; `why` is a fixed word."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Target:
    """An address taken apart."""

    is_secure: bool
    host: str
    port: int
    path: str


def read(url: str) -> Target:
    """Return the address taken apart. Raises Forbidden for what the settings do not allow."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise Forbidden("unreadable") from None
    is_plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST
    if not is_plain or not host or parts.username or parts.password or parts.fragment or parts.scheme not in PORTS:
        raise Forbidden("unreadable")
    if parts.scheme == "http" and not settings.WEBHOOK_PLAIN_HTTP:
        raise Forbidden("not_https")
    if host not in settings.WEBHOOK_HOSTS:
        raise Forbidden("host")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", host, PORTS[parts.scheme] if port is None else port, path)


def look_up(target: Target) -> str:
    """Return the one address to connect to. Raises Forbidden when any of the name is not allowed, OSError."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    if not addresses or not all(is_allowed(address) for address in addresses):
        raise Forbidden("private_address")
    return addresses[0]


def is_allowed(address: str) -> bool:
    """Tell whether an address is everybody's, or in a network that the settings name."""
    found = _meant(ip_address(address))
    if any(found in network for network in settings.WEBHOOK_NETWORKS if network.version == found.version):
        return True
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address inside an IPv6 one that stands for it, else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address
