"""Letters of what is held for a look. A program may name one address in thousands of reports: it gets one letter a day.

The others wait, and go when a person has let their report in or taken it. Where nobody did, and all are closed
together, only who was told that a report came in is told of its end.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from reports import counters
from reports.models import Job, Notice, Report
from reports.processing.lanes import Lane
from reports.processing.nudge import nudge

DAY = 24 * 3600
ENDS = (Notice.Kind.REJECTED, Notice.Kind.JOINED)


def stays_back(notice: Notice, address: str) -> bool:
    """Tell whether an acknowledgement has to wait, since that of another held report went to the address today, or the
    news of the end does, since the acknowledgement waits.

    Call inside a transaction: from now on nobody lets the report in until it has ended. Where Redis does not answer
    nothing waits. Neither the address nor anything to compute it from is kept: a hash with the day's salt is.
    """
    if not notice.report.held:
        return False
    if notice.kind in ENDS:
        return _stayed(notice.report).filter(notice__channel=notice.channel).exists()
    if notice.kind != Notice.Kind.RECEIVED:
        return False
    if not Report.objects.select_for_update().get(pk=notice.report_id).is_held_back:
        return False
    try:
        (name,) = counters.hashed(f"{notice.channel}:{address.lower()}")
        return counters.first(f"letter:{name}", says=str(notice.pk), seconds=DAY) != str(notice.pk)
    except counters.Unreachable:
        return False


def _stayed(report: Report) -> QuerySet[Job]:
    """Return the jobs of a report's acknowledgements that stayed back."""
    received = {"notice__kind": Notice.Kind.RECEIVED, "notice__sent_at": None}
    return Job.objects.filter(notice__report=report, done_at__isnull=False, **received)


def let_go(report: Report) -> None:
    """Have the letters go that stayed back while the report was held. Call it with the report locked."""
    if not report.is_held_back:
        return
    if _stayed(report).update(done_at=None, attempts=0, leased_until=None, run_after=timezone.now()):
        transaction.on_commit(lambda: nudge(lane=Lane.LETTERS), robust=True)
