"""Saving a draft to come back: a code, a letter if they like, and the way in on another device."""

import hmac
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from reports import codes, vault
from reports.audit import By
from reports.models import Draft, Job
from reports.notices.drafts import TOLD_BEFORE
from reports.processing.actions import ask_for
from reports.proofs import HASHER, fits

# The first half finds the row, the second half proves it.
HALF = codes.RESUME_CODE_LENGTH // 2
# Nobody's mailbox is to be filled through one draft.
MOST_LETTERS = 3
# The draft that nobody has, for whom a code is made as well.
NOBODY = UUID(int=0)


def code_of(draft: Draft) -> str:
    """Return the draft's resume code. It is nowhere stored."""
    return codes.resume_code(vault.derived_key("resume-code"), draft.pk)


@transaction.atomic
def save(*, draft: Draft, language: str, by: By, email: str = "") -> None:
    """Let the draft be found by its code, and with an address be told about, in the language of the page.

    Nothing is logged: a draft is the resident's affair.
    """
    letters = codes.understand(code_of(draft))
    draft.language, draft.resume_term = language, terms(letters)[0]
    draft.resume_hash = draft.resume_hash or HASHER.hash(letters[HALF:])
    if email:
        draft.sealed_email = vault.seal(email, key=draft.key(), place=draft.email_place)
        ask_for(letters_for(draft))
    draft.save(update_fields=["language", "resume_term", "resume_hash", "sealed_email"])


def letters_for(draft: Draft) -> list[Job]:
    """Return the jobs of a draft with an address: one letter now, and one before it is deleted if none is planned."""
    kinds = list(draft.jobs.values_list("kind", flat=True))
    jobs = [Job(kind=Job.Kind.SAVED, draft=draft)] if kinds.count(Job.Kind.SAVED) < MOST_LETTERS else []
    if Job.Kind.EXPIRING not in kinds:
        jobs.append(Job(kind=Job.Kind.EXPIRING, draft=draft, run_after=draft.expires_at - TOLD_BEFORE))
    return jobs


def terms(letters: str) -> list[int]:
    """Return what a code is found by, worthless without the search key: as it is stored now, and as it was before."""
    return [vault.keyed([f"resume:{letters[:HALF]}"], by=key)[0] for key in vault.search_keys()]


def renew(draft: Draft) -> None:
    """Let a saved draft be found by the search key that makes new terms, if another one made its own."""
    now, *before = terms(codes.understand(code_of(draft)))
    Draft.objects.filter(pk=draft.pk, resume_term__in=before).update(resume_term=now)


def find(*, code: str, by: By) -> Draft | None:
    """Return the draft that the code opens, else None; all wrong codes look alike and take the same time.

    A code is made anew for the draft that its first half finds, or for none; only the right one is worth its hash.
    """
    letters = codes.understand(code)
    open_ones = Draft.objects.filter(expires_at__gt=timezone.now())
    found = open_ones.filter(resume_term__in=terms(letters)).values_list("pk", "resume_hash").first()
    pk, stored = found or (NOBODY, "")
    is_right = hmac.compare_digest(_letters_of(pk), letters) and fits(stored, letters[HALF:])
    return open_ones.filter(pk=pk).first() if is_right else None


def _letters_of(draft_id: UUID) -> str:
    return codes.understand(codes.resume_code(vault.derived_key("resume-code"), draft_id))
