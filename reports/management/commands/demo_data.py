from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from tqdm import tqdm

from reports.commands import WithExamples
from reports.demo import actions
from reports.demo.making import Plan
from reports.demo.sketch import draw_areas

EXAMPLES = """
examples:
  demo_data                                      300 reports
  demo_data --reports 100000 --processes 4       a portal as large as a city's
  demo_data --reports 50 --seed 7 --until 2026-01-31

Killed, it may be run again: what was written stays, the same reports are not written twice.
"""


class Command(WithExamples):
    """Fill the portal with demo reports."""

    help = "Write believable, sealed demo reports of the last three years. Only for a machine of your own."
    examples = EXAMPLES

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
        quiet = options["verbosity"] == 0
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
            with tqdm(total=plan.reports, unit=" reports", disable=quiet or None, leave=False) as bar:
                actions.fill(plan, processes=options["processes"], tell=bar.update)
        except actions.Refused as refused:
            raise CommandError(str(refused)) from None
        if options["verbosity"]:
            self.stdout.write(f"{plan.reports} demo reports are there.")
