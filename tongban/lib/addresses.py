"""Where a request comes from, as far as it can be believed: what throttles count by, and nothing else."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def came_from(request: HttpRequest) -> str:
    """Return the address of whoever asks; of IPv6 the network, since one connection has as many as it likes.

    What a client claims to have passed through is believed only as far as our own proxy wrote it: the last hop.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rsplit(",", 1)[-1].strip()
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)
