"""Files that come with an answer or an addition: they wait under the page's own id until it is sent."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from reports import workflow
from reports.audit import By
from reports.files import actions
from reports.files.limits import MOST_FILES, Refusal, Refused
from reports.files.upload import Incoming
from reports.models import Attachment, Job, Message, Report
from reports.states import FINAL
from reports.vault import DataKey

# In all tabs together: what is left behind in some must not keep the others from adding, nor fill the store.
MOST_WAITING = 3 * MOST_FILES


@dataclass(frozen=True)
class Reply:
    """An answer or addition in the making. Its id is drawn with the page, so that two tabs are two replies."""

    report: Report
    id: UUID

    def files(self) -> QuerySet[Attachment]:
        """Return the files that wait with it, in their order."""
        return Attachment.objects.filter(report=self.report, reply=self.id)

    def key(self) -> DataKey:
        """Return the report's key."""
        return self.report.sealing_key.unwrap()

    def attach(self, *, incoming: Incoming, by: By) -> Attachment:
        """Let one more file wait with it. Raises Refused."""
        return attach(reply=self, incoming=incoming, by=by)


@transaction.atomic
def attach(*, reply: Reply, incoming: Incoming, by: By) -> Attachment:
    """Add a stored file to a reply. Raises Refused when it, or one more, cannot be taken, or the report is decided."""
    report = workflow.locked(reply.report.pk)
    if report.state in FINAL:
        raise Refused(Refusal.CLOSED, incoming.name or "")
    every = Attachment.objects.filter(report=report)
    if every.exclude(reply=None).count() >= MOST_WAITING:
        raise Refused(Refusal.TOO_MANY, incoming.name or "")
    among = every.filter(Q(reply=None) | Q(reply=reply.id))
    return actions.add(incoming, among=among, parent=reply.key(), report=report, reply=reply.id)


def hand_over(*, reply: Reply, message: Message, by: By) -> list[Job]:
    """Give the waiting files to the message that is just sent, and return the jobs that look into them.

    The report must be locked. Raises Refused when another tab has sent so many meanwhile that they are too many.
    """
    before = Attachment.objects.filter(report=reply.report, reply=None)
    rows = list(reply.files())
    if rows and before.count() + len(rows) > MOST_FILES:
        raise Refused(Refusal.TOO_MANY, rows[-1].name(reply.key()))
    last = before.aggregate(last=Max("position"))["last"] or 0
    for position, row in enumerate(rows, start=last + 1):
        row.message, row.reply, row.position = message, None, position
        row.save(update_fields=["message", "reply", "position"])
    return [Job(kind=Job.Kind.SCAN, report=reply.report, attachment=row) for row in rows]


@transaction.atomic
def purge(*, by: By) -> int:
    """Delete the files of replies that nobody sent within a day; return how many."""
    left = Attachment.objects.filter(reply__isnull=False, added_at__lt=timezone.now() - actions.ORPHAN_AGE)
    count = left.count()
    actions.forget(left)
    return count
