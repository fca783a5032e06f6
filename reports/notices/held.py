"""Letters of what is held for a look. A program may name one address in thousands of reports: it gets one letter a day.

The others wait, and go when a person has let their report in or taken it.
"""

from django.db import transaction
from django.utils import timezone

from reports import counters
from reports.models import Job, Notice, Report
from reports.processing.lanes import Lane
from reports.processing.nudge import nudge

DAY = 24 * 3600


def stays_back(notice: Notice, address: str) -> bool:
    """Tell whether an acknowledgement has to wait, since that of another held report went to the address today.

    Call inside a transaction: from now on nobody lets the report in until it has ended. Where Redis does not answer
    nothing waits. Neither the address nor anything to compute it from is kept: a hash with the day's salt is.
    """
    if notice.kind != Notice.Kind.RECEIVED or not notice.report.held:
        return False
    if not Report.objects.select_for_update().get(pk=notice.report_id).is_held_back:
        return False
    try:
        (name,) = counters.hashed(f"{notice.channel}:{address.lower()}")
        return counters.first(f"letter:{name}", says=str(notice.pk), seconds=DAY) != str(notice.pk)
    except counters.Unreachable:
        return False


def let_go(report: Report) -> None:
    """Have the letters go that stayed back while the report was held. Call it with the report locked."""
    if not report.is_held_back:
        return
    stayed = Job.objects.filter(notice__report=report, notice__sent_at=None, done_at__isnull=False)
    if stayed.update(done_at=None, attempts=0, leased_until=None, run_after=timezone.now()):
        transaction.on_commit(lambda: nudge(lane=Lane.LETTERS), robust=True)
