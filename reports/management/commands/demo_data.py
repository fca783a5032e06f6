import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.demo import actions
from reports.demo.making import Plan
from reports.demo.sketch import draw_areas

LINE_EVERY = 10_000


class Command(BaseCommand):
    """Fill the portal with demo reports."""

    help = "Write believable, sealed demo reports of the last three years. Only for a machine of your own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reports", type=int, default=300, help="how many (300)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed and day give the same reports (1)")
        parser.add_argument("--processes", type=int, default=2, help="how many processes write at once (2)")
        parser.add_argument(
            "--until", type=date.fromisoformat, help="the day before which they end, as 2026-01-31 (today)"
        )

    def handle(self, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo reports are refused because DEBUG is off.")
        draw_areas()
        people = actions.staff()
        plan = Plan(
            reports=options["reports"],
            seed=options["seed"],
            until=options["until"] or timezone.localdate(),
            officer=people.get("officer"),
            supervisor=people.get("supervisor"),
            translator=people.get("translator"),
        )
        try:
            actions.fill(plan, processes=options["processes"], tell=self.progress(plan.reports, options["verbosity"]))
        except actions.Refused as refused:
            raise CommandError(str(refused)) from None
        if options["verbosity"]:
            self.stdout.write(f"{plan.reports} demo reports are there.")

    def progress(self, reports: int, verbosity: int) -> actions.Tell:
        """Return what counts the written reports and shows a terminal how far it is."""
        written = 0

        def tell(count: int) -> None:
            nonlocal written
            before, written = written, written + count
            if verbosity and sys.stderr.isatty() and before // LINE_EVERY < written // LINE_EVERY:
                self.stderr.write(f"  {written} of {reports} reports ...")

        return tell
