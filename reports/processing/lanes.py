"""Which jobs go together. Each lane is a queue of its own, so that workers may be given some of them (`--queues`)."""

from collections.abc import Iterable
from enum import StrEnum

from reports.models import Job

Kind = Job.Kind


class Lane(StrEnum):
    """A queue of jobs."""

    # What only needs the database: a report comes before the officers.
    REPORTS = "reports"
    # What goes to people by the mail server or the gateway of text messages.
    LETTERS = "letters"
    # What asks the scanner and reads pictures, which takes memory and time.
    FILES = "files"
    # What asks services that nothing of ours waits for.
    OUTSIDE = "outside"


KINDS: dict[Lane, frozenset[Job.Kind]] = {
    Lane.REPORTS: frozenset({Kind.ENQUEUE}),
    Lane.LETTERS: frozenset({Kind.NOTIFY, Kind.SAVED, Kind.EXPIRING, Kind.ALERT}),
    Lane.FILES: frozenset({Kind.SCAN}),
    Lane.OUTSIDE: frozenset({Kind.TRANSLATE, Kind.WEBHOOK}),
}


def lanes_of(jobs: Iterable[Job]) -> list[Lane]:
    """Return the lanes of some jobs, the reports' first."""
    kinds = {Kind(job.kind) for job in jobs}
    return [lane for lane, own in KINDS.items() if own & kinds]
