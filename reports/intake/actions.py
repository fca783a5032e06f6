"""From the first question to the acknowledged report."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Func, JSONField, Value
from django.utils import timezone

from reports import audit, codes, found_by, vault, workdays
from reports.audit import By
from reports.catalogue import live
from reports.files import actions as files
from reports.intake.callback import CallBack
from reports.intake.guard import NOTHING, Signs, in_haste
from reports.intake.likeness import sketch
from reports.intake.walk import WHERE, Raw, Walk
from reports.models import (
    Attachment,
    CodedFact,
    Document,
    Draft,
    HeldFor,
    Job,
    Notice,
    Priority,
    Report,
    ReportKey,
    ReportType,
)
from reports.notices.actions import announce
from reports.processing.actions import ask_for
from reports.proofs import HASHER, mark
from reports.sections import SECTIONS
from reports.sections.base import Document as Part
from reports.translating.passages import wanted

DRAFT_LIFE = timedelta(days=14)
TRIES = 3


class Incomplete(Exception):
    """A step is not answered or no longer valid; `step` is where to send the resident."""

    def __init__(self, step: str) -> None:
        self.step = step
        super().__init__(f"step {step} is open")


class NoDraft(Exception):
    """There is no such draft, and no report was made from it."""


@dataclass(frozen=True)
class Sent:
    """What the resident gets for a sent report. The code is nowhere stored but as its hash."""

    report: Report
    access_code: str


@dataclass(frozen=True)
class Proof:
    """An access code and its hash, which takes long enough to be made before anything is locked."""

    letters: str = field(repr=False)
    code_hash: str


def begin(*, report_type: ReportType, language: str, by: By) -> Draft:
    """Return a new draft with a data key of its own. Nothing is logged: a draft is the resident's affair."""
    draft = Draft(report_type=report_type, language=language, expires_at=timezone.now() + DRAFT_LIFE)
    key = vault.new_data_key(place=draft.key_place)
    draft.wrapped_key, draft.wrapped_by = key.wrapped, key.wrapped_by
    draft.save(force_insert=True)
    return draft


def save_step(*, walk: Walk, step: str, raw: Raw, by: By) -> None:
    """Keep what was typed for one step, valid or not, in one statement that touches no other step."""
    fresh = Value({step: walk.seal(step, raw)}, output_field=JSONField())
    merged = Func(F("answers"), fresh, template="(%(expressions)s)", arg_joiner=" || ", output_field=JSONField())
    Draft.objects.filter(pk=walk.draft.pk).update(answers=merged)


def discard(*, draft: Draft, by: By) -> None:
    """Delete a draft and with it the key of all that was typed, and the files that were added."""
    with transaction.atomic():
        files.forget(Attachment.objects.filter(draft=draft))
        draft.delete()


def purge(*, by: By) -> int:
    """Delete the drafts whose 14 days are over, with their keys and files; return how many."""
    now = timezone.now()
    with transaction.atomic():
        files.forget(Attachment.objects.filter(draft__expires_at__lte=now))
        _total, each = Draft.objects.filter(expires_at__lte=now).delete()
    return each.get("reports.Draft", 0)


def access_code(draft_id: UUID) -> str:
    """Return the access code of the report that this draft is or became."""
    return codes.access_code(vault.derived_key("access-code"), draft_id)


def submit(*, draft_id: UUID, language: str, by: By, signs: Signs = NOTHING) -> Sent:
    """Turn a draft into its one report and return it, however often and at however many places it is sent.

    In one transaction: lock the draft, check every step, store report, key, sealed document, coded facts,
    jobs and notice, delete the draft, write the audit event. `signs` are what the quiet checks say of it.
    Raises Incomplete or NoDraft.
    """
    return _submit(Walk, draft_id=draft_id, language=language, by=by, signs=signs)


def callback(*, draft_id: UUID, language: str, by: By, signs: Signs = NOTHING) -> Sent:
    """Turn a stopped draft into the wish for a call back, by the same way as `submit`.

    Raises Incomplete, NoDraft, or NoCallBack when the draft's answers do not lead to one.
    """
    return _submit(CallBack, draft_id=draft_id, language=language, by=by, signs=signs)


def _submit(walk_of: type[Walk], *, draft_id: UUID, language: str, by: By, signs: Signs) -> Sent:
    code = access_code(draft_id)
    letters = codes.understand(code)
    proof = Proof(letters, HASHER.hash(letters))
    for left in reversed(range(TRIES)):
        try:
            return Sent(_submit_once(walk_of, draft_id, language, proof, by, signs), code)
        except IntegrityError:
            # Two reports drew the same reference: draw again.
            if not left:
                raise
    raise AssertionError("unreachable")


def sent_report(draft_id: UUID) -> Report | None:
    """Return the report that a draft became, or None."""
    return Report.objects.select_related("report_type").filter(draft_id=draft_id).first()


@transaction.atomic
def _submit_once(walk_of: type[Walk], draft_id: UUID, language: str, proof: Proof, by: By, signs: Signs) -> Report:
    draft = Draft.objects.select_for_update().filter(pk=draft_id, expires_at__gt=timezone.now()).first()
    if draft is None:
        if report := sent_report(draft_id):
            return report
        raise NoDraft
    walk = walk_of(draft)
    if step := walk.first_open():
        raise Incomplete(step)
    if walk.stopper():
        raise Incomplete("screening")
    if walk.elsewhere():
        raise Incomplete(WHERE)
    if in_haste(draft) and not signs.held_for:
        signs = replace(signs, held_for=HeldFor.HASTE.value)
    return _store(walk, language=language, proof=proof, by=by, signs=signs)


def _store(walk: Walk, *, language: str, proof: Proof, by: By, signs: Signs) -> Report:
    parts, now = walk.documents(), timezone.now()
    report = new_report(walk.report_type, parts, draft_id=walk.draft.pk, language=language, now=now)
    report.access_code_hash, report.access_mark = proof.code_hash, mark(report.reference, proof.letters)
    report.possible_hate = walk.possible_hate
    hold_back(report, signs, parts)
    report.save(force_insert=True)
    store_document(report, parts)
    jobs = [Job(kind=Job.Kind.ENQUEUE, report=report)]
    jobs += announce(report=report, kind=Notice.Kind.RECEIVED, by=by)
    jobs += files.hand_over(draft=walk.draft, report=report, by=by)
    jobs += wanted(report=report, text=parts.get("narrative", {}).get("story", ""))
    walk.draft.delete()
    ask_for(jobs)
    audit.record("intake.submit", by=by, subject=f"report:{report.pk}", type=walk.report_type.slug, language=language)
    return report


def hold_back(report: Report, signs: Signs, parts: dict[str, Part]) -> None:
    """Mark an unsaved report that a check speaks against, with what it may have in common with others."""
    if signs.held_for:
        report.held, report.held_for, report.held_from = True, signs.held_for, signs.held_from
        report.held_like = sketch(parts.get("narrative", {}).get("story", ""))


def new_report(
    report_type: ReportType, parts: dict[str, Part], *, draft_id: UUID, language: str, now: datetime
) -> Report:
    """Return an unsaved report with its plain columns filled from the sections' parts."""
    report = Report(
        draft_id=draft_id,
        report_type=report_type,
        language=language,
        reported_at=now,
        state_since=now,
        due_at=workdays.after(now, days=report_type.review_target_days),
        possible_hate=False,
        priority=Priority.HIGH if report_type.is_hate else Priority.NORMAL,
    )
    for step, part in parts.items():
        for name, value in SECTIONS[step].columns(part).items():
            setattr(report, name, value)
    return report


def store_document(report: Report, parts: dict[str, Part]) -> None:
    """Seal the report's document under a key of its own and store both, with search terms and coded facts."""
    key = vault.new_data_key(place=vault.Place("report", "wrapped_key", str(report.pk)))
    facts = [fact for step, part in parts.items() for fact in SECTIONS[step].facts(part)]
    for fact in facts:
        fact.report = report
    ReportKey.objects.create(report=report, wrapped=key.wrapped, wrapped_by=key.wrapped_by)
    Document.objects.create(
        report=report,
        sealed=vault.seal({"sections": parts}, key=key, place=report.place("document")),
        **found_by.fields_of(report, parts),
    )
    if facts:
        CodedFact.objects.bulk_create(facts)


def live_type(pk: int) -> ReportType:
    """Return a type that can be filed now. Raises ReportType.DoesNotExist."""
    report_type = live.report_type(pk)
    if not report_type.is_live():
        raise ReportType.DoesNotExist
    return report_type
