"""The machine's first draft of a translation: one job for each passage, where a service is named."""

from uuid import UUID

from reports import audit
from reports.models import Job, Origin, Passage
from reports.paper.script import language_of
from reports.states import State
from reports.translating import machine
from reports.translating.passages import add_version, kind_of, needs_none, original, told


def draft(job: Job) -> None:
    """Ask the service for the language, then for the translation, and keep what it says unless a person was faster.

    The passage is not locked meanwhile, so that nobody waits for the service. Raises machine.NoTranslation, so that
    the job is tried again and at last parked: the passage then waits for a person.
    """
    rows = Passage.objects.select_related("message", "report__sealing_key", "report__document")
    passage = rows.filter(jobs=job).first()
    if passage is None or not is_awaited(passage):
        return
    text = original(passage)
    source = language(passage, text)
    words = "" if source == passage.target else machine.translate(text, source=source, target=passage.target)
    keep(passage.pk, source=source, words=words)


def is_awaited(passage: Passage) -> bool:
    """Tell whether a draft still helps anybody, and may be asked for."""
    waiting = passage.stage == Passage.Stage.WAITING and passage.report.state != State.WITHDRAWN
    return machine.is_configured() and waiting


def language(passage: Passage, text: str) -> str:
    """Return what the text is written in: as a person said, else as the service is sure, else as the page was.

    That none is needed is believed only of letters in which the reader's language is written.
    """
    if passage.asked_by_id:
        return passage.source
    found = machine.detect(text)
    if not found or machine.are_alike(found, passage.source):
        return passage.source
    is_impossible = found == passage.target and language_of(text, found) != found
    return passage.source if is_impossible else found


def keep(passage_id: UUID, *, source: str, words: str) -> None:
    """Store a draft, or that none is needed where there are no words, inside the job's transaction."""
    rows = Passage.objects.select_for_update(of=("self",)).select_related("report__sealing_key")
    passage = rows.get(pk=passage_id)
    if passage.stage != Passage.Stage.WAITING:
        return
    passage.source = source
    if words:
        add_version(passage, words=words, origin=Origin.MACHINE, by=None)
        # No nudge is needed: the worker who does this job looks for the next one.
        Job.objects.bulk_create(told(passage, by=audit.SYSTEM))
    else:
        needs_none(passage, origin=Origin.MACHINE, by=None)
    audit.record(
        "translating.draft",
        by=audit.SYSTEM,
        subject=f"report:{passage.report_id}",
        text=kind_of(passage),
        source=source,
        target=passage.target,
        version=passage.version,
    )
