"""Strict readers of the process environment. Anything doubtful refuses to start and says what to do."""

import os
from pathlib import Path

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


def number(name: str, *, default: int) -> int:
    """Return a whole number of zero or more."""
    value = text(name, default=str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number.")
    return int(value)


def words(name: str, *, default: str | None = None, how: str = "") -> list[str]:
    """Return a comma-separated list without its blanks."""
    return [word.strip() for word in text(name, default=default, how=how).split(",") if word.strip()]


def secret(name: str, *, how: str) -> str:
    """Return NAME, or the content of the file that NAME_FILE names (as container secrets are given)."""
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not path:
        return text(name, how=how)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from None
