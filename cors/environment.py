"""Strict readers of the process environment. Anything doubtful refuses to start and says what to do."""

import os
import shlex
import subprocess
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, *, default: str | None = None, how: str = "") -> str:
    """Return the variable's text; without a value and a default, raise ImproperlyConfigured saying how to set it."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set. {how}".strip())
    return default


def flag(name: str, *, default: bool) -> bool:
    """Return True or False; any other word than these two is refused."""
    value = text(name, default=str(default))
    if value not in {"True", "False"}:
        raise ImproperlyConfigured(f"{name} must be True or False.")
    return value == "True"


def number(name: str, *, default: int, least: int = 0) -> int:
    """Return a whole number of `least` or more."""
    value = text(name, default=str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number.")
    if int(value) < least:
        raise ImproperlyConfigured(f"{name} must be {least} or more.")
    return int(value)


def address(name: str) -> str:
    """Return a web address without user, query or fragment, "" where none is set."""
    value = text(name, default="")
    try:
        parts = urlsplit(value)
        is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and is_plain and parts.port != 0
    except ValueError:
        fits = False
    if value and not fits:
        raise ImproperlyConfigured(f"{name} must be an address such as https://host:port.")
    return value


def words(name: str, *, default: str | None = None, how: str = "") -> list[str]:
    """Return a comma-separated list without its blanks."""
    return [word.strip() for word in text(name, default=default, how=how).split(",") if word.strip()]


def networks(name: str, *, default: str = "") -> tuple[IPv4Network | IPv6Network, ...]:
    """Return a comma-separated list of networks such as 10.20.0.0/16."""
    try:
        return tuple(ip_network(word) for word in words(name, default=default))
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be networks such as 10.20.0.0/16, separated by commas.") from None


def days(name: str) -> frozenset[date]:
    """Return a comma-separated list of days such as 2026-07-03."""
    try:
        return frozenset(date.fromisoformat(word) for word in words(name, default=""))
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be days such as 2026-07-03, separated by commas.") from None


def printed_secret(name: str, *, how: str) -> str:
    """Return what the command NAME_COMMAND prints, such as a key service's client; without one as `secret` does.

    The command is run without a shell; what it prints stands in no message.
    """
    command = os.environ.get(f"{name}_COMMAND", "").strip()
    seconds = number(f"{name}_SECONDS", default=10, least=1)
    if not command:
        return secret(name, how=how)
    try:
        done = subprocess.run(shlex.split(command), stdout=subprocess.PIPE, check=True, timeout=seconds, text=True)
    except subprocess.TimeoutExpired:
        raise ImproperlyConfigured(f"{name}_COMMAND has not answered within {seconds} seconds.") from None
    except subprocess.CalledProcessError as error:
        raise ImproperlyConfigured(f"{name}_COMMAND failed with exit code {error.returncode}.") from None
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{name}_COMMAND cannot be run: {type(error).__name__}.") from None
    if not done.stdout.strip():
        raise ImproperlyConfigured(f"{name}_COMMAND printed nothing.")
    return done.stdout.strip()


def secret(name: str, *, how: str, default: str | None = None) -> str:
    """Return NAME, or the content of the file that NAME_FILE names (as container secrets are given)."""
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not path:
        return text(name, default=default, how=how)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from None
