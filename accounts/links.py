"""One-time links to choose a password: signed, not stored. They end with their time, their use, a newer invitation."""

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import Letter, User

SALT = "accounts.link."
# Which letter carries which kind of link; an account that lost its factor is invited anew.
INVITATION, RESET = Letter.Kind.INVITATION, Letter.Kind.RESET


def seconds(kind: str) -> int:
    """Return how long a link works."""
    return settings.INVITATION_HOURS * 3600 if kind == INVITATION else settings.PASSWORD_RESET_MINUTES * 60


def make(*, user: User, kind: str) -> str:
    """Return the token of a link."""
    return signing.dumps([user.pk, _state(user)], salt=SALT + kind)


def read(token: str) -> tuple[User, str] | None:
    """Return whose link this is and of which kind, None where it works no more."""
    for kind in (INVITATION, RESET):
        try:
            pk, state = signing.loads(token, salt=SALT + kind, max_age=seconds(kind))
        except signing.BadSignature:
            continue
        user = User.objects.filter(pk=pk, is_active=True, is_staff=True).first()
        return (user, kind) if user and constant_time_compare(state, _state(user)) else None
    return None


def _state(user: User) -> str:
    """Return what changes when a password is set, somebody logs in, or an invitation is sent again."""
    return salted_hmac(SALT, f"{user.password}|{user.last_login}|{user.invited_at}|{user.email}").hexdigest()[:32]
