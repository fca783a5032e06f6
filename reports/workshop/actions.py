"""The life of a version: sent for approval, approved by a second person, live from a date, retired, begun anew."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from reports.audit import By
from reports.models import Area, ReportType, TypeStep
from reports.models.catalogue import Shipped, next_version
from reports.workshop import checks, life

Kind, State = TypeStep.Kind, ReportType.State
Row = TypeVar("Row", bound=Shipped)
# A version that somebody works on: there is one at most, so that nobody's work is overtaken by another's.
IN_WORK = frozenset({State.DRAFT, State.SUBMITTED, State.APPROVED})
OFFERED = frozenset({State.TRIAL, State.LIVE})


class NotReady(Exception):
    """Something has to be put right first; `findings` say what."""

    def __init__(self, findings: list[checks.Finding]) -> None:
        self.findings = findings
        super().__init__(f"{len(findings)} things to put right")


class Untranslated(Exception):
    """Some languages lack texts, and nobody has said that English may stand in."""


class ChangedMeanwhile(Exception):
    """What is to be approved is not any more what was looked at."""


class InWork(Exception):
    """Another version is in work already."""

    def __init__(self, report_type: ReportType) -> None:
        self.report_type = report_type
        super().__init__(f"version {report_type.version} is in work")


def submit(*, report_type_id: int, by: By) -> None:
    """Send a draft for approval. Raises NotReady or life.CannotStep."""
    with life.step(report_type_id, kind=Kind.SUBMIT, by=by) as version:
        _check_ready(version)


def send_back(*, report_type_id: int, note: str, by: By) -> None:
    """Make a version a draft again, with a word to those who work on it; its approval and date are gone.

    Raises life.CannotStep.
    """
    with life.step(report_type_id, kind=Kind.SEND_BACK, by=by, note=note) as version:
        version.approved_by, version.live_from, version.everywhere_from = None, None, None


@transaction.atomic
def approve(*, report_type_id: int, seen: str, english_stands_in: bool, by: User) -> None:
    """Approve a version that another person composed; what it lacks in other languages is remembered.

    `seen` is the mark of the version as it was looked at. Raises ChangedMeanwhile, NotReady, Untranslated, or
    life.CannotStep, which is also the answer to its author and its last editor.
    """
    life.locked(report_type_id)
    lacking = checks.lacking_languages(report_type_id)
    with life.step(report_type_id, kind=Kind.APPROVE, by=by, lacking=list(lacking)) as version:
        if seen != life.mark(version):
            raise ChangedMeanwhile
        _check_ready(version)
        if lacking and not english_stands_in:
            raise Untranslated
        version.approved_by = by


@transaction.atomic
def publish(
    *,
    report_type_id: int,
    live_from: datetime | None = None,
    areas: Iterable[Area] = (),
    everywhere_from: datetime | None = None,
    by: By,
) -> None:
    """Say from when an approved version is live (None: at once), and where: everywhere, or in `areas` first.

    `everywhere_from` ends the time of chosen areas (None: not yet). A version that is live in chosen areas already
    gets others, or is for everywhere from `live_from`. What is due goes live in the same transaction.
    Raises life.CannotStep.
    """
    now, chosen = timezone.now(), list(areas)
    begins = live_from or now
    told: dict[str, Any] = {"begins": begins.isoformat(), "areas": sorted(area.number for area in chosen)}
    if chosen and everywhere_from:
        told["everywhere_from"] = everywhere_from.isoformat()
    with life.step(report_type_id, kind=Kind.PUBLISH, by=by, **told) as version:
        if version.state == State.APPROVED:
            version.live_from, version.everywhere_from = begins, everywhere_from if chosen else None
            version.areas.set(chosen)
        else:
            version.everywhere_from = everywhere_from if chosen else begins
            version.areas.set(chosen or version.areas.all())
    _launch_if_due(version, now=now, by=by)


def launch(*, by: By, now: datetime | None = None) -> int:
    """Let every version go live, here or everywhere, whose date has come; return how many did.

    Each is a transaction of its own, in which the version before it is retired.
    """
    now = now or timezone.now()
    due = Q(state=State.APPROVED, live_from__lte=now) | Q(state=State.TRIAL, everywhere_from__lte=now)
    waiting = ReportType.objects.filter(due).order_by("live_from", "pk").values_list("pk", flat=True)
    return sum(_launch(pk, now=now, by=by) for pk in waiting)


@transaction.atomic
def _launch(report_type_id: int, *, now: datetime, by: By) -> bool:
    return _launch_if_due(life.locked(report_type_id), now=now, by=by)


def _launch_if_due(version: ReportType, *, now: datetime, by: By) -> bool:
    """Let a locked version go live where it is due, and retire what it takes the place of; tell whether it did."""
    if version.state not in {State.APPROVED, State.TRIAL} or version.live_from is None or version.live_from > now:
        return False
    widened = version.everywhere_from is not None and version.everywhere_from <= now
    state = State.TRIAL if version.areas.exists() and not widened else State.LIVE
    if version.state == state:
        return False
    replaced = {State.TRIAL} if state == State.TRIAL else OFFERED
    for other in ReportType.objects.filter(slug=version.slug, state__in=replaced).exclude(pk=version.pk):
        _retire(other, by=by, replaced_by=version.version)
    if state == State.LIVE:
        version.areas.clear()
    version.state = state
    version.save()
    life.remember(version, kind=Kind.LAUNCH, by=by, areas=sorted(area.number for area in version.areas.all()))
    return True


def _retire(version: ReportType, *, by: By, replaced_by: int) -> None:
    version.state = State.RETIRED
    version.save(update_fields=["state"])
    life.remember(version, kind=Kind.RETIRE, by=by, replaced_by=replaced_by)


def retire(*, report_type_id: int, note: str, by: By) -> None:
    """Offer a version no more. Drafts begun on it can still be finished. Raises life.CannotStep."""
    with life.step(report_type_id, kind=Kind.RETIRE, by=by, note=note):
        pass


def discard(*, report_type_id: int, by: By) -> None:
    """Throw a draft away with its questions and history; the log keeps that there was one. Raises life.CannotStep."""
    with transaction.atomic():
        version = life.locked(report_type_id)
        life.check(version, kind=Kind.DISCARD, by=by)
        life.remember(version, kind=Kind.DISCARD, by=by)
        version.delete()


@transaction.atomic
def copy(*, report_type_id: int, by: User) -> ReportType:
    """Begin the next version with all that this one has, translations too. Raises InWork or life.CannotStep."""
    source = life.locked(report_type_id)
    life.check(source, kind=Kind.COPY, by=by)
    in_work = ReportType.objects.filter(slug=source.slug, state__in=IN_WORK).first()
    if in_work:
        raise InWork(in_work)
    with override(settings.MODELTRANSLATION_DEFAULT_LANGUAGE):
        version = _copied(source, by=by)
    life.remember(version, kind=Kind.COPY, by=by, of=source.version)
    return version


def _copied(source: ReportType, *, by: User) -> ReportType:
    version = _another(
        source,
        version=next_version(source.slug),
        state=State.DRAFT,
        author=by,
        edited_by=by,
        approved_by=None,
        live_from=None,
        everywhere_from=None,
    )
    for screening in source.screening.all():
        _another(screening, report_type=version)
    for question in source.questions.prefetch_related("choices"):
        copied = _another(question, report_type=version)
        for choice in question.choices.all():
            _another(choice, question=copied)
    return version


def _another(row: Row, **changes: Model | object) -> Row:
    """Store a further row with every column of this one but for the changes, as the agency's own."""
    # Columns as they stand, each language's own: an attribute alone would be the text of the moment.
    made = type(row)(**{field.attname: vars(row)[field.attname] for field in row._meta.concrete_fields})
    made.pk, made.shipped = None, {}
    for name, value in changes.items():
        setattr(made, name, value)
    made.save(force_insert=True)
    return made


def _check_ready(version: ReportType) -> None:
    blocking = [finding for finding in checks.findings(version) if finding.blocks]
    if blocking:
        raise NotReady(blocking)
