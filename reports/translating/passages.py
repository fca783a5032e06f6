"""The texts of a report that wait for a translation or have one: how they come to be, how their words are opened."""

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from reports import found_by, vault
from reports.alerts.actions import alert
from reports.audit import By
from reports.documents import message_place, opened
from reports.models import AlertKind, Job, Message, Origin, Passage, Report, Translation
from reports.paper.script import language_of
from reports.translating import machine

Stage = Passage.Stage
ENGLISH = settings.LANGUAGE_CODE


def wanted(*, report: Report, text: str, message: Message | None = None) -> list[Job]:
    """Store a passage for a text that its reader may not understand; return the job (unsaved) that drafts it.

    `message` is the stored message whose words `text` are, None for the narrative. Nothing is stored for a text in
    the reader's own language, and no job is made where no service is named.
    """
    from_agency = message is not None and message.from_agency
    source, target = languages(text, of_report=report.language, from_agency=from_agency)
    if not text.strip() or source == target:
        return []
    passage = Passage.objects.create(
        report=report, message=message, source=source, target=target, asked_at=timezone.now()
    )
    return draft_jobs(passage)


def draft_jobs(passage: Passage) -> list[Job]:
    """Return the job (unsaved) that lets the service draft a passage, if there is a service."""
    if not machine.is_configured():
        return []
    return [Job(kind=Job.Kind.TRANSLATE, report_id=passage.report_id, passage=passage)]


def languages(text: str, *, of_report: str, from_agency: bool) -> tuple[str, str]:
    """Return the language that a text is written in, as far as its letters and its page tell, and its reader's.

    Letters tell it where they are another script's than the page's. Latin letters tell nothing: they may be a language
    of their own or one that is spelled in them.
    """
    stated, target = (ENGLISH, of_report) if from_agency else (of_report, ENGLISH)
    found = language_of(text, stated)
    return stated if found == ENGLISH else found, target


def original(passage: Passage) -> str:
    """Return the words as they were written. Raises vault.CannotOpen."""
    report, message = passage.report, passage.message
    if message is None:
        return str(opened(report).get("narrative", {}).get("story", ""))
    key = report.sealing_key.unwrap()
    return str(vault.open_sealed(message.sealed, key=key, place=message_place(message.pk)))


def translated(translation: Translation, key: vault.DataKey) -> str:
    """Return the words of one version. Raises vault.CannotOpen."""
    place = translation.passage.place(translation.version)
    return str(vault.open_sealed(translation.sealed, key=key, place=place))


def add_version(passage: Passage, *, words: str, origin: Origin, by: User | None) -> None:
    """Put a translation in force for a locked passage; the ones before it stay as they are.

    From now on the report is found by its words.
    """
    passage.version, passage.origin, passage.by, passage.at = passage.version + 1, origin, by, timezone.now()
    passage.stage = Stage.DONE if origin == Origin.PERSON else Stage.DRAFT
    sealed = vault.seal(words, key=passage.report.sealing_key.unwrap(), place=passage.place(passage.version))
    Translation.objects.create(
        passage=passage, version=passage.version, sealed=sealed, origin=origin, by=by, at=passage.at
    )
    passage.save(update_fields=["version", "origin", "by", "at", "stage", "source"])
    found_by.renew(passage.report)


def told(passage: Passage, *, by: By) -> list[Job]:
    """Tell who holds the report that the resident's words can be read in English, and return the jobs (unsaved)."""
    return [] if passage.is_to_resident else alert(kind=AlertKind.TRANSLATED, report=passage.report, by=by)


def needs_none(passage: Passage, *, origin: Origin, by: User | None) -> None:
    """Mark a locked passage as written in its reader's language."""
    passage.source, passage.stage = passage.target, Stage.UNNEEDED
    passage.origin, passage.by, passage.at = origin, by, timezone.now()
    passage.save(update_fields=["source", "stage", "origin", "by", "at"])


def kind_of(passage: Passage) -> str:
    """Return which text it is, as the audit log says it."""
    if passage.message_id is None:
        return "narrative"
    return "officers_message" if passage.is_to_resident else "residents_message"
