"""The log-ins of `make run`: the only ones that may go without a second factor, and only there."""

from django.conf import settings

from accounts.models import Role, User

PASSWORD = "demo-password-only"  # noqa: S105 (printed for everybody to see, refused with DEBUG off)
ACCOUNTS = {
    "officer": [Role.OFFICER, Role.COORDINATOR],
    "supervisor": [Role.SUPERVISOR],
    "administrator": [Role.ADMINISTRATOR],
    "translator": [Role.TRANSLATOR],
    "clerk": [Role.CLERK],
    "auditor": [Role.AUDITOR],
}


def needs_no_factor(user: User) -> bool:
    """Tell whether this is a demo log-in on a machine of one's own. Never true with DEBUG or DEMO off."""
    return bool(settings.DEBUG and settings.DEMO) and user.username in ACCOUNTS
