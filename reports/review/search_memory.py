"""What was searched for lately, sealed in the session: so that no address, and no row in the clear, ever holds it."""

import base64
import binascii
import secrets

from django.contrib.sessions.backends.base import SessionBase

from reports import vault

# Searches that a session remembers: enough for some open tabs.
MOST = 8
KEPT = "searches"


def remember(session: SessionBase, text: str) -> str:
    """Seal what was typed into the session and return the name under which it can be asked for."""
    name = secrets.token_urlsafe(9)
    sealed = vault.seal(text, key=vault.key_for("search"), place=_place(name))
    kept = list(session.get(KEPT, {}).items())[1 - MOST :]
    session[KEPT] = dict(kept) | {name: base64.b64encode(sealed).decode()}
    return name


def recall(session: SessionBase, name: str) -> str:
    """Return what was typed, "" for a name that this session does not know any more."""
    sealed = session.get(KEPT, {}).get(name, "")
    try:
        text: str = vault.open_sealed(base64.b64decode(sealed), key=vault.key_for("search"), place=_place(name))
    except (vault.CannotOpen, binascii.Error):
        return ""
    return text


def _place(name: str) -> vault.Place:
    return vault.Place("session", "search", name)
