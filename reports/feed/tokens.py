"""Tokens: made once, shown once, kept as a hash, recognised by how they begin."""

import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from reports import audit
from reports.feed.columns import needs_reason
from reports.models import Area, FeedToken

PREFIX = "feed_"
# 8 letters and digits to recognise it by, then 256 bits.
NAMED, SECRET_BYTES = 8, 32
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
SHAPE = re.compile(rf"({PREFIX}[{LETTERS}]{{{NAMED}}})_[A-Za-z0-9_-]{{43}}")
# A use is noted once in so much time, not at every request.
NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def make(*, name: str, areas: Iterable[Area], by: User, **fields: Any) -> tuple[FeedToken, str]:
    """Store a token and return it with its text, which nobody can learn later.

    `fields` are citywide, every_type, types, columns, files, reason and expires_at. Raises ValueError where nothing
    would ever be in its scope, or where personal columns or files go without a reason.
    """
    prefix = PREFIX + "".join(secrets.choice(LETTERS) for _each in range(NAMED))
    text = f"{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    token = FeedToken(name=name, prefix=prefix, digest=_digest(text), made_by=by, made_at=timezone.now(), **fields)
    chosen = list(areas)
    if not (token.citywide or chosen) or not (token.every_type or token.types):
        raise ValueError("A token without areas or types opens nothing.")
    if not token.reason and needs_reason(token.columns, token.files):
        raise ValueError("Personal data needs a reason.")
    token.save(force_insert=True)
    token.areas.set(chosen)
    audit.record("feed.make", by=by, subject=f"token:{token.pk}", **scope_told(token))
    return token, text


@transaction.atomic
def revoke(*, token_id: int, by: User) -> None:
    """Let a token open nothing any more; one that was revoked before stays as it is."""
    if FeedToken.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=timezone.now()):
        audit.record("feed.revoke", by=by, subject=f"token:{token_id}")


def scope_told(token: FeedToken) -> dict[str, str | int | bool]:
    """Return what the log tells of a token: how much it opens, never its name."""
    return {
        "token": token.prefix,
        "areas": 0 if token.citywide else len(token.area_ids),
        "citywide": token.citywide,
        "types": 0 if token.every_type else len(token.types),
        "every_type": token.every_type,
        "columns": len(token.columns),
        "files": token.files,
        "reason": token.reason,
        "expires": token.expires_at.date().isoformat(),
    }


def recognise(text: str) -> FeedToken | None:
    """Return the token that somebody showed, if it opens anything now."""
    shape = SHAPE.fullmatch(text)
    token = FeedToken.objects.filter(prefix=shape[1], revoked_at=None).first() if shape else None
    if token is None or not hmac.compare_digest(bytes(token.digest), _digest(text)) or not token.is_valid:
        return None
    _note_use(token, timezone.now())
    return token


def _note_use(token: FeedToken, now: datetime) -> None:
    lately = Q(used_at=None) | Q(used_at__lt=now - NOTED_EVERY)
    if token.used_at is None or token.used_at < now - NOTED_EVERY:
        FeedToken.objects.filter(lately, pk=token.pk).update(used_at=now)


def _digest(text: str) -> bytes:
    """Return the hash of a token: of 256 random bits, so that nobody guesses what is behind it."""
    return sha256(text.encode()).digest()
