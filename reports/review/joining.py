"""Which report may be joined with which: the one that stays is joined with none, so there is no chain and no circle."""

from enum import Enum
from uuid import UUID

from accounts.models import User
from reports import codes, workflow
from reports.models import Report
from reports.permissions import sees, visible
from reports.states import State


class Why(Enum):
    """What stands in the way of joining a report with another one."""

    UNKNOWN = "unknown"
    ITSELF = "itself"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"
    HAS_OTHERS = "has_others"


class CannotJoin(Exception):
    """The reports cannot be joined; `why` says what stands in the way."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why.value)


def named(reference: str, *, by: User) -> Report | None:
    """Return the report that is meant, if it exists for the person."""
    known = visible(by).filter(purged_at=None).select_related("report_type")
    return known.filter(reference=codes.understand_reference(reference)).first()


def locked_pair(report_id: UUID, kept_id: UUID) -> tuple[Report, Report]:
    """Return both reports, locked in the order of their ids: two officers who join them crosswise do not hang."""
    locked = {pk: workflow.locked(pk) for pk in sorted({report_id, kept_id})}
    return locked[report_id], locked[kept_id]


def why_not(*, report: Report, kept: Report, by: User) -> Why | None:
    """Return what stands in the way of joining `report` with `kept`, or None."""
    refusals = {
        Why.ITSELF: kept.pk == report.pk,
        Why.UNKNOWN: not sees(by, kept),
        Why.JOINED: kept.state == State.DUPLICATE,
        Why.WITHDRAWN: kept.state == State.WITHDRAWN,
    }
    found = next((why for why, applies in refusals.items() if applies), None)
    return found or (Why.HAS_OTHERS if report.duplicates.exists() else None)
