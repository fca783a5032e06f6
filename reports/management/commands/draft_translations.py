"""manage.py draft_translations: ask the service for every text that waits without a draft."""

from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from reports.commands import WithExamples
from reports.processing.actions import ask_for
from reports.translating import machine
from reports.translating.passages import draft_jobs
from reports.translating.queries import undrafted

EXAMPLES = """
examples:
  draft_translations    ask for every draft that is missing; a second time finds nothing to do
"""


class Command(WithExamples):
    """Ask for the drafts that are missing: after a service was added, or was down for long."""

    help = "Have a translation drafted for every text that waits: after a service was added or was down for long."
    examples = EXAMPLES

    def handle(self, *args: Any, **options: Any) -> None:
        """Store one job for each and print how many."""
        if not machine.is_configured():
            raise CommandError("No translation service is named: set TRANSLATE_URL.")
        with transaction.atomic():
            jobs = [job for passage in undrafted() for job in draft_jobs(passage)]
            ask_for(jobs)
        self.stdout.write(f"Translations to be drafted: {len(jobs)}")
