"""manage.py counts"""

import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from reports.audit import SYSTEM
from reports.commands import WithExamples
from reports.counts import actions, periods
from reports.counts.book import open_book
from reports.counts.choices import BASES, LAYOUTS, UNITS, CannotCount, Choice, find_category

EXAMPLES = """
examples:
  counts                                                  the year to last Saturday against the year before
  counts --as-of 2026-11-21 --layout ytd --compare 2025,2019
  counts --as-of 2026-11-21 --layout week --by area --bureau OCB
  counts --layout 28day --category all --by language --format csv
  counts --category "Theft from a vehicle" --basis occurred
  counts --layout ytd --format pdf --output counts.pdf
  counts --week-ending 2026-11-21                         a week as a plain list by type and area, as CSV
"""
BINARY = frozenset({"xlsx", "pdf"})


class Command(WithExamples):
    """Print the counts that the page in the admin shows."""

    help = "Print the department's table of counts: what the page in the admin shows."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the same choices as the page."""
        parser.add_argument("--as-of", type=date.fromisoformat, help="the last day (last Saturday)")
        parser.add_argument("--layout", choices=LAYOUTS, default="ytd", help="what is compared (ytd)")
        parser.add_argument("--compare", default="", help="years, as 2025,2019 (for ytd the year before)")
        parser.add_argument("--by", choices=UNITS, default="bureau", help="the rows (bureau)")
        parser.add_argument(
            "--category",
            default="type",
            help="what is counted: all, type, group, offence, bias, channel, state, language or history for each of "
            "these, or the name or code of one (type)",
        )
        parser.add_argument("--basis", choices=BASES, default="reported", help="by which of a report's days (reported)")
        parser.add_argument("--bureau", default="", help="only the areas of this bureau")
        parser.add_argument("--format", choices=actions.FORMATS, default="table", help="how it is printed (table)")
        parser.add_argument("--output", type=Path, help="a file to write to (else it is printed)")
        parser.add_argument("--week-ending", type=date.fromisoformat, help="a plain list of the week to this Saturday")

    def handle(self, **options: Any) -> None:
        """Count and print."""
        try:
            made = self.week(options["week_ending"]) if options["week_ending"] else self.table(options)
        except periods.NotSaturday:
            raise CommandError("A week runs from Sunday to Saturday: --week-ending must be a Saturday.") from None
        except CannotCount as why:
            raise CommandError(str(why)) from None
        self.give(made, options["output"], is_binary=options["format"] in BINARY)

    def week(self, ending: date) -> bytes:
        """Return the week's list."""
        return "".join(actions.week(ending=ending, by=SYSTEM)).encode()

    def table(self, options: dict[str, Any]) -> bytes:
        """Return the table. Raises CannotCount."""
        try:
            years = tuple(int(year) for year in options["compare"].split(",") if year.strip())
        except ValueError:
            raise CannotCount("--compare takes years, as 2025,2019.") from None
        choice = Choice(
            as_of=options["as_of"] or periods.last_week_ending(),
            layout=options["layout"],
            compare=years,
            by=options["by"],
            what=find_category(options["category"], open_book()),
            basis=options["basis"],
            bureau=options["bureau"],
        )
        return actions.download(choice=choice, format=options["format"], by=SYSTEM)

    def give(self, made: bytes, output: Path | None, *, is_binary: bool) -> None:
        """Write to the file, or to whatever reads our output; bytes never into a terminal."""
        if output:
            output.write_bytes(made)
        elif not is_binary:
            sys.stdout.write(made.decode())
        elif sys.stdout.isatty():
            raise CommandError("This format is not for a terminal: give --output FILE.")
        else:
            sys.stdout.buffer.write(made)
