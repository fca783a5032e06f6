"""Writes the approved reports of a period as CSV."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from reports.audit import SYSTEM
from reports.commands import WithExamples
from reports.export.actions import write_out
from reports.reasons import FOR_PERSONAL

EXAMPLES = """
examples:
  export_reports --from 2026-11-01 --until 2026-11-30 --output november.csv
  export_reports --from 2026-11-01 --until 2026-11-30 --personal records > november.csv
"""


class Command(WithExamples):
    help = "Write the approved reports of a period as CSV. Safe to interrupt: half a file is never put in place."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True, help="first day, local")
        parser.add_argument("--until", dest="last", type=date.fromisoformat, required=True, help="last day, included")
        parser.add_argument("--personal", choices=sorted(FOR_PERSONAL), help="add personal columns, for this reason")
        parser.add_argument("--output", help="a file; without it the lines are printed")

    def handle(self, **options: Any) -> None:
        if options["last"] < options["first"]:
            raise CommandError("--until is before --from.")
        reason = options["personal"] or ""
        lines = write_out(first=options["first"], last=options["last"], personal=bool(reason), reason=reason, by=SYSTEM)
        if not options["output"]:
            sys.stdout.writelines(lines)
            return
        # The lines come in the end under their own name: one that was broken off is no export.
        target, half = Path(options["output"]), Path(f"{options['output']}.half")
        quiet = options["verbosity"] == 0
        with (
            half.open("w", encoding="utf-8", newline="") as file,
            tqdm(unit=" reports", disable=quiet or None, leave=False) as bar,
        ):
            for line in lines:
                file.write(line)
                bar.update()
        half.replace(target)
