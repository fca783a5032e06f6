"""What people do at the translation desk. Each look and each write leaves a trace."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reports import audit, workflow
from reports.models import Message, Origin, Passage, Report
from reports.processing.actions import ask_for
from reports.translating.passages import ENGLISH, add_version, draft_jobs, kind_of, needs_none, told


class Overtaken(Exception):
    """Another translation was saved since this one was begun."""


def look(*, passage: Passage, by: User) -> None:
    """Leave a trace that a translator opened a text."""
    _record("translating.look", passage, by)


@transaction.atomic
def write(*, passage_id: UUID, words: str, version: int, by: User) -> None:
    """Put a person's translation in force; `version` is the one that they saw. The earlier ones are kept.

    Raises Overtaken when that is no longer the one in force.
    """
    passage = _locked(passage_id)
    if passage.version != version:
        raise Overtaken
    add_version(passage, words=words, origin=Origin.PERSON, by=by)
    ask_for(told(passage, by=by))
    _record("translating.write", passage, by)


@transaction.atomic
def unneeded(*, passage_id: UUID, by: User) -> None:
    """Say that a text is already written in its reader's language."""
    passage = _locked(passage_id)
    needs_none(passage, origin=Origin.PERSON, by=by)
    _record("translating.unneeded", passage, by)


@transaction.atomic
def ask(*, report: Report, message_id: UUID | None, language: str, by: User) -> None:
    """Ask for the translation into English of a text that is in another language than was thought.

    Without `message_id` it is the narrative. Nothing changes where a translation is already asked for or there.
    Raises Message.DoesNotExist for what is no message of this resident.
    """
    report = workflow.locked(report.pk)
    message = Message.objects.get(pk=message_id, report=report, from_agency=False) if message_id else None
    fresh = {"source": language, "target": ENGLISH, "asked_at": timezone.now(), "asked_by": by}
    passage, made = Passage.objects.get_or_create(report=report, message=message, defaults=fresh)
    if not made and passage.stage != Passage.Stage.UNNEEDED:
        return
    for name, value in {**fresh, "stage": Passage.Stage.WAITING, "origin": "", "by": None, "at": None}.items():
        setattr(passage, name, value)
    passage.save()
    ask_for(draft_jobs(passage))
    _record("translating.ask", passage, by)


def _locked(passage_id: UUID) -> Passage:
    rows = Passage.objects.select_for_update(of=("self",)).select_related("report__sealing_key")
    return rows.get(pk=passage_id)


def _record(verb: str, passage: Passage, by: User) -> None:
    subject, text = f"report:{passage.report_id}", kind_of(passage)
    pair = {"source": passage.source, "target": passage.target}
    audit.record(verb, by=by, subject=subject, text=text, version=passage.version, **pair)
