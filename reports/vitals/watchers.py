"""Who may see the numbers: those networks that the agency names, and who holds the token."""

import hmac
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# What a proxy adds. Where none is expected, a request that carries one came from somewhere else.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def may_watch(request: HttpRequest) -> bool:
    """Tell whether the request carries the token or comes straight from a network of METRICS_NETWORKS."""
    return _has_token(request.headers.get("Authorization", "")) or _is_near(request.META)


def _has_token(given: str) -> bool:
    token = settings.METRICS_TOKEN
    return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def _is_near(meta: dict[str, str]) -> bool:
    """The address of the socket counts, and only of a request that no proxy passed on."""
    if any(meta.get(name) for name in FORWARDED):
        return False
    try:
        address = ip_address(meta.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in ip_network(network) for network in settings.METRICS_NETWORKS)
