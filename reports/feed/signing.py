"""How a webhook proves that it comes from the portal: HMAC-SHA256 over the time and the body, by a shared secret."""

import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256

HEADER = "Portal-Signature"
PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """Return a fresh secret as text, which is the key as it stands."""
    return PREFIX + secrets.token_urlsafe(SECRET_BYTES)


def signature(body: bytes, *, secret: str, at: int) -> str:
    """Return the hex HMAC-SHA256 of "<seconds since 1970>.<body>"."""
    return hmac.digest(secret.encode(), f"{at}.".encode() + body, sha256).hex()


def header(body: bytes, *, by: Iterable[str], at: int) -> str:
    """Return the header's value, one signature for each secret: "t=1764350000,v1=…,v1=…"."""
    return ",".join([f"t={at}", *(f"v1={signature(body, secret=secret, at=at)}" for secret in by)])
