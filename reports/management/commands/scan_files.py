"""manage.py scan_files: look again into every file that is not scanned."""

from typing import Any

from reports.commands import WithExamples
from reports.files.queries import unscanned
from reports.models import Job
from reports.processing.actions import ask_for

EXAMPLES = """
examples:
  scan_files    ask for every file that is not scanned; the workers do it, as soon as the scanner answers
"""


class Command(WithExamples):
    """Ask the workers for the files that a scanner has not seen: after one was added, or was down for long."""

    help = "Have every file scanned that is not yet: after a scanner was added or was down for long."
    examples = EXAMPLES

    def handle(self, *args: Any, **options: Any) -> None:
        """Store one job for each and print how many."""
        jobs = [Job(kind=Job.Kind.SCAN, report_id=row.report_id, attachment=row) for row in unscanned()]
        ask_for(jobs)
        self.stdout.write(f"Files to be scanned: {len(jobs)}")
