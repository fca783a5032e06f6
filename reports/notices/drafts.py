"""Letters about a draft: where to go on, and that it is deleted soon. Without its code and without what was typed."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from reports import vault
from reports.models import Draft

TOLD_BEFORE = timedelta(days=2)


def send_draft_letter(*, draft_id: UUID, kind: str) -> None:
    """Send one letter to the address that was left with a draft. Call inside a job's transaction."""
    draft = Draft.objects.filter(pk=draft_id, expires_at__gt=timezone.now()).first()
    if draft and draft.sealed_email:
        address = vault.open_sealed(draft.sealed_email, key=draft.key(), place=draft.email_place)
        draft_letter(draft, address, kind).send()


def draft_letter(draft: Draft, address: str, kind: str) -> EmailMessage:
    """Return the letter in the language in which the draft was saved."""
    with translation.override(draft.language):
        facts = {
            "agency_name": settings.AGENCY_NAME,
            "expires": timezone.localdate(draft.expires_at),
            "url": settings.SITE_URL + reverse("intake:resume"),
        }
        subject = render_to_string(f"reports/notices/{kind}.subject.txt", facts).strip()
        return EmailMessage(subject, render_to_string(f"reports/notices/{kind}.txt", facts), to=[address])
