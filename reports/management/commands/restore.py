"""manage.py restore"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from reports import vault
from reports.audit import SYSTEM
from reports.backups import actions, programs
from reports.backups.archive import NotABackup
from reports.commands import WithExamples

EXAMPLES = """
examples:
  restore today.backup --verify     only read it whole and say what it holds
  restore today.backup              into the empty database that DATABASE_URL names, files into FILES_DIR
  restore today.backup --replace    also over a filled database: what is there now is lost

Stop web, worker and beat before, run `migrate` afterwards, then start them.
"""
FAULTS = (NotABackup, vault.CannotOpen, programs.ProgramFailed, actions.NotWhole)


class Command(WithExamples):
    """Bring a backup back."""

    help = "Bring a backup back into an empty database, and look whether all of it is there. Safe to interrupt."
    examples = EXAMPLES
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the backup, and what is allowed."""
        parser.add_argument("source", type=Path, help="the file that `backup` wrote")
        parser.add_argument("--verify", action="store_true", help="only read it")
        parser.add_argument("--replace", action="store_true", help="over a filled database")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify or restore, and say what came of it."""
        source, quiet = options["source"], options["verbosity"] == 0
        try:
            times = source.stat().st_size * (1 if options["verify"] else 2)
            with tqdm(total=times, unit="B", unit_scale=True, disable=quiet or None, leave=False) as bar:
                said = self._perform(source, bar.update, verify=options["verify"], replace=options["replace"])
        except actions.Filled:
            raise CommandError("The database is not empty. To lose what is there, say --replace.") from None
        except FAULTS as fault:
            raise CommandError(str(fault)) from None
        except OSError as error:
            raise CommandError(f"The backup or a file cannot be read or written: {error.strerror}.") from None
        if not quiet:
            self.stdout.write(said)

    def _perform(self, source: Path, tell: actions.Tell, *, verify: bool, replace: bool) -> str:
        if verify:
            found = actions.verify(source=source, tell=tell)
            return f"The backup of {found['made_at']} is whole: {sum(found['rows'].values())} rows."
        made = actions.restore(source=source, by=SYSTEM, replace=replace, tell=tell)
        return (
            f"{made.rows} rows and {made.files} files are back. Counts, audit log and a sample of reports are as they "
            "were. Now run `migrate`."
        )
