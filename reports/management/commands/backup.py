"""manage.py backup"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from reports.audit import SYSTEM
from reports.backups import actions, programs
from reports.commands import WithExamples

EXAMPLES = """
examples:
  backup /mnt/backups                 a file there, named by the time
  backup /mnt/backups/today.backup    this file; one that is there already gives way when the new one is whole

The file is sealed by the newest key of KEYRING and does not hold it: keep the keyring elsewhere.
"""


class Command(WithExamples):
    """Write one sealed file with the database and the stored files."""

    help = "Back up the database and all files, sealed, while the portal serves. Safe to interrupt."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where it goes."""
        parser.add_argument("target", type=Path, help="a file, or a folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up, and say what the file holds."""
        quiet = options["verbosity"] == 0
        try:
            with tqdm(unit="B", unit_scale=True, disable=quiet or None, leave=False) as bar:
                made = actions.backup(target=options["target"], by=SYSTEM, tell=bar.update)
        except programs.ProgramFailed as failed:
            raise CommandError(str(failed)) from None
        except OSError as error:
            raise CommandError(f"The backup cannot be written: {error.strerror}.") from None
        if not quiet:
            self.stdout.write(f"{made.path} holds {made.rows} rows and {made.files} files.")
        if made.missing:
            are = "file that a report names is" if len(made.missing) == 1 else "files that reports name are"
            self.stderr.write(f"{len(made.missing)} {are} missing: {', '.join(made.missing[:5])}")
