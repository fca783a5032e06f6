"""The only writer of a version's state and history: the table of its life, the row, the audit event."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from reports import audit
from reports.audit import Actor, By
from reports.catalogue import live
from reports.models import LIFE, ReportType, TypeStep
from reports.permissions import may_step

Kind = TypeStep.Kind
EVENTS = {
    Kind.MAKE: "workshop.make",
    Kind.COPY: "workshop.copy",
    Kind.COMPOSE: "workshop.compose",
    Kind.SUBMIT: "workshop.submit",
    Kind.SEND_BACK: "workshop.send_back",
    Kind.APPROVE: "workshop.approve",
    Kind.PUBLISH: "workshop.publish",
    Kind.LAUNCH: "workshop.launch",
    Kind.RETIRE: "workshop.retire",
    Kind.DISCARD: "workshop.discard",
}


class CannotStep(Exception):
    """The step is not possible, or not for this person; `report_type` says how the version stands now."""

    def __init__(self, report_type: ReportType, kind: Kind) -> None:
        self.report_type, self.kind = report_type, kind
        super().__init__(f"{kind} is not possible in state {report_type.state}")


def locked(report_type_id: int) -> ReportType:
    """Return a version with all versions of its type locked until the transaction ends: one may replace another.

    Raises ReportType.DoesNotExist.
    """
    slug = ReportType.objects.values_list("slug", flat=True).get(pk=report_type_id)
    versions = ReportType.objects.select_for_update(of=("self",)).filter(slug=slug).order_by("pk")
    found = next((version for version in versions if version.pk == report_type_id), None)
    if found is None:
        raise ReportType.DoesNotExist
    return found


@contextmanager
def step(report_type_id: int, *, kind: Kind, by: By, note: str = "", **details: Any) -> Iterator[ReportType]:
    """Take one step with a locked version: what the block does, the new state, the history row, then the audit event.

    Raises CannotStep when the table has no such step from here or `by` may not take it.
    """
    with transaction.atomic():
        version = locked(report_type_id)
        check(version, kind=kind, by=by)
        yield version
        version.state = LIFE[kind].target or version.state
        version.save()
        remember(version, kind=kind, by=by, note=note, **details)


def check(version: ReportType, *, kind: Kind, by: By) -> None:
    """Raise CannotStep unless `by` may take this step now. The portal itself may take any that the table has."""
    allowed = version.state in LIFE[kind].sources if isinstance(by, Actor) else may_step(by, kind, version)
    if not allowed:
        raise CannotStep(version, kind)


def remember(version: ReportType, *, kind: Kind, by: By, note: str = "", **details: Any) -> None:
    """Write the history row and the audit event, and show the catalogue anew once all is committed."""
    tell(version, kind=kind, by=by, note=note, **details)
    audit.record(EVENTS[kind], by=by, subject=f"reporttype:{version.pk}", version=version.version)
    transaction.on_commit(live.clear)


def tell(version: ReportType, *, kind: Kind, by: By, note: str = "", **details: Any) -> None:
    """Write the history row alone. Changes that one person makes one after the other are one row."""
    person, now = None if isinstance(by, Actor) else by, timezone.now()
    last = version.steps.last() if kind == Kind.COMPOSE else None
    if last and last.kind == kind and last.by_id == (person and person.pk):
        parts = dict.fromkeys([*last.details["parts"], *details["parts"]])
        version.steps.filter(pk=last.pk).update(at=now, details={"parts": list(parts)})
    else:
        version.steps.create(kind=kind, by=person, at=now, note=note, details=details)


def mark(version: ReportType) -> str:
    """Return a text that is another after each change: what a person has seen before deciding on it."""
    last = version.steps.last()
    return f"{last.pk}:{last.at.timestamp():.6f}" if last else ""
