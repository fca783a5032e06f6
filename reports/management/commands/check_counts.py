"""manage.py check_counts"""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from reports.audit import SYSTEM
from reports.commands import WithExamples
from reports.counts import checking

EXAMPLES = """
examples:
  check_counts              compare every day with the reports, as happens each night by itself
  check_counts --rebuild    throw all sums away and count every day anew
"""


class Command(WithExamples):
    """Compare the sums from which counts are read with the reports themselves."""

    help = "Compare the sums of the counts with the reports, and put right what differs. Safe to interrupt and repeat."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be done."""
        parser.add_argument("--rebuild", action="store_true", help="count every day anew")

    def handle(self, **options: Any) -> None:
        """Check or rebuild, and say what was found."""
        with tqdm(unit=" days", disable=None if options["verbosity"] else True, leave=False) as progress:
            if options["rebuild"]:
                said = f"{checking.rebuild(by=SYSTEM, tell=progress.update)} days were counted anew."
            else:
                found = checking.check(by=SYSTEM, tell=progress.update)
                if found.wrong:
                    raise CommandError(f"{len(found.wrong)} sums were not right. They are counted anew.")
                said = f"{found.days} days were compared: all sums are right."
        if options["verbosity"]:
            self.stdout.write(said)
