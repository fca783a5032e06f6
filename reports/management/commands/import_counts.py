"""manage.py import_counts"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from reports.audit import SYSTEM
from reports.commands import WithExamples
from reports.counts.importing import CannotImport, Imported, import_counts

EXAMPLES = """
the file is UTF-8 CSV with one of two headers:

  as_of,unit,category,count        the count of the year to that day
  2019-11-21,OCB,Theft,1243
  2019-11-21,OSB,Theft,987

  date,unit,category,count         the count of that day
  2019-11-21,7,Burglary,3

  unit      a bureau's code or an area's number, but not a bureau beside its own areas
  category  any name; that of a report type, a group or an offence is counted together with the portal's own
  a unit that the file leaves out for a day counts as 0 there

examples:
  import_counts history.csv --dry-run
  import_counts history.csv
"""


class Command(WithExamples):
    """Import counts from before the portal, so that comparisons work from the first day."""

    help = "Import counts from before the portal: all lines of the file or none. Safe to interrupt and to repeat."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="the CSV file")
        parser.add_argument("--dry-run", action="store_true", help="check the file and say what would be done")

    def handle(self, **options: Any) -> None:
        """Import and say what happened."""
        quiet = None if options["verbosity"] else True
        try:
            with tqdm(unit=" lines", disable=quiet, leave=False) as progress:
                done = import_counts(
                    file=options["file"],
                    by=SYSTEM,
                    dry_run=options["dry_run"],
                    tell=progress.update,
                )
        except CannotImport as refusal:
            raise CommandError(f"Nothing was imported from {options['file'].name}.\n{refusal}") from None
        if options["verbosity"]:
            self.stdout.write("\n".join(sentences(done, dry_run=options["dry_run"])))


def sentences(done: Imported, *, dry_run: bool) -> list[str]:
    """Return what an import did, in words."""
    unchanged = done.lines - done.new - done.changed
    said = [f"Counts: {done.new} new, {done.changed} changed, {unchanged} unchanged."]
    if done.categories:
        said.append(f"Categories: {', '.join(done.categories)}.")
    if dry_run:
        said.append("This was a trial: nothing was stored.")
    return said
