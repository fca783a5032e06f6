"""manage.py renew_search"""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from reports.audit import SYSTEM
from reports.commands import WithExamples
from reports.keys import actions

EXAMPLES = """
examples:
  renew_search          reports whose terms are of another key, or of a version that knew less: after an upgrade
  renew_search --all    every report, whatever it says of itself

to change the key of the search:
  make_keyring --next search    print the keyring with a fresh key; install it everywhere, restart every process
  renew_search                  then make the terms anew, while the portal serves; both keys find meanwhile
  make_keyring --next last      print the keyring without the key before; install it, restart
"""


class Command(WithExamples):
    """Make the terms anew by which reports are found."""

    help = "Make search terms anew that another key or an earlier version made. Safe to interrupt and to repeat."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be done."""
        parser.add_argument("--all", action="store_true", help="the terms of every report")

    def handle(self, *args: Any, **options: Any) -> None:
        """Renew, and name what could not be opened."""
        quiet, everything = options["verbosity"] == 0, options["all"]
        total = actions.to_renew(everything=everything)
        with tqdm(total=total, unit=" reports", disable=quiet or None, leave=False) as bar:
            done = actions.renew_search(by=SYSTEM, everything=everything, tell=bar.update)
        if done.shut:
            raise CommandError(
                f"{done.rows} reports were done, {len(done.shut)} do not open with this keyring: "
                f"{', '.join(done.shut[:5])}."
            )
        if not quiet:
            self.stdout.write(f"The terms of {done.rows} reports were made anew.")
