"""E-mails to staff: rows first, sent by the worker, tried again while the mail server is away."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts import links
from accounts.models import Letter, User
from reports.processing.nudge import nudge

logger = logging.getLogger(__name__)

Kind = Letter.Kind
# What each letter's link does, and which template says it.
LINKS = {Kind.INVITATION: links.INVITATION, Kind.RENEWED: links.INVITATION, Kind.RESET: links.RESET}
TEMPLATES = {
    Kind.INVITATION: "accounts/letters/invitation.txt",
    Kind.RENEWED: "accounts/letters/renewed.txt",
    Kind.RESET: "accounts/letters/reset.txt",
    Kind.CHANGED: "accounts/letters/changed.txt",
    Kind.MOVED: "accounts/letters/moved.txt",
}
MOST_ATTEMPTS = 8


def post(*, user: User, kind: str, address: str = "") -> None:
    """Store a letter in the caller's transaction and hurry the worker after it. `address` if not the person's own."""
    if address or user.email:
        Letter.objects.create(user=user, kind=kind, address=address)
    transaction.on_commit(hurry)


def hurry() -> None:
    """Tell the worker that letters wait."""
    nudge("accounts.send_letters")


def send_all() -> None:
    """Send the letters that are due, each in a transaction of its own."""
    while send_one():
        pass


@transaction.atomic
def send_one() -> bool:
    """Send the next letter; return False where none is due. A second worker takes another one."""
    letter = (
        Letter.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("user")
        .filter(sent_at=None, attempts__lt=MOST_ATTEMPTS, run_after__lte=timezone.now())
        .order_by("run_after", "pk")
        .first()
    )
    if letter is None:
        return False
    try:
        written(letter).send()
        letter.sent_at = timezone.now()
    except OSError as error:  # smtplib's errors are among them
        letter.attempts += 1
        letter.run_after = timezone.now() + timedelta(minutes=2**letter.attempts)
        logger.warning("a letter to staff could not be sent: %s", type(error).__name__)
    letter.save(update_fields=["sent_at", "attempts", "run_after"])
    return True


def written(letter: Letter) -> EmailMessage:
    """Return the e-mail. Its first line is the subject; the link is made now, so that no row holds one."""
    kind = LINKS.get(Kind(letter.kind))
    path = reverse("account_link", args=[links.make(user=letter.user, kind=kind)]) if kind else reverse("account_login")
    facts = {
        "name": letter.user.get_full_name() or letter.user.username,
        "username": letter.user.username,
        "agency_name": settings.AGENCY_NAME,
        "url": settings.SITE_URL + path,
        "hours": settings.INVITATION_HOURS,
        "minutes": settings.PASSWORD_RESET_MINUTES,
    }
    subject, _blank, text = render_to_string(TEMPLATES[Kind(letter.kind)], facts).strip().partition("\n")
    return EmailMessage(subject, text.strip() + "\n", to=[letter.address or letter.user.email])
