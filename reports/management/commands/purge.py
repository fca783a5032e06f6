"""manage.py purge"""

from typing import Any

from django.core.management.base import CommandParser
from tqdm import tqdm

from reports.audit import SYSTEM
from reports.commands import WithExamples
from reports.retention import actions

EXAMPLES = """
examples:
  purge --dry-run    only a table of what would be deleted: how many, of which kind, by which rule
  purge              delete it now, as beat does every night
"""
HEADINGS = ("kind", "ended", "days", "by the period of", "reports")


class Command(WithExamples):
    """Delete the words, files and personal data of reports whose time is over."""

    help = "Delete what reports hold whose time is over; what is counted stays. Safe to interrupt and to repeat."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be done."""
        parser.add_argument("--dry-run", action="store_true", help="delete nothing, show what would be")

    def handle(self, *args: Any, **options: Any) -> None:
        """Purge, or show what a purge would do."""
        if options["dry_run"]:
            self._show(actions.plan())
            return
        quiet = options["verbosity"] == 0
        with tqdm(total=actions.to_purge(), unit=" reports", disable=quiet or None, leave=False) as bar:
            done = actions.purge(by=SYSTEM, tell=bar.update)
        if not quiet:
            self.stdout.write(f"The details of {done} reports were deleted.")

    def _show(self, lines: list[actions.Line]) -> None:
        told = [(each.type_name, each.state, each.period.days, each.period.rule.value, each.reports) for each in lines]
        cells = [HEADINGS, *(tuple(map(str, each)) for each in told)]
        widths = [max(len(row[at]) for row in cells) for at in range(len(HEADINGS))]
        for row in cells:
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        self.stdout.write(f"{sum(each.reports for each in lines)} reports in all. Nothing was deleted.")
