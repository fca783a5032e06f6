"""manage.py verify_audit"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from reports.audit import SYSTEM
from reports.auditing import actions, chain
from reports.auditing.chain import Finding
from reports.commands import WithExamples

EXAMPLES = """
examples:
  verify_audit                              the whole log, against the heads in AUDIT_HEAD_FILE
  verify_audit --new                        behind the last head that was found whole, as beat does every night
  verify_audit --heads /var/log/auth.log    against the heads that a syslog wrote
"""


class Command(WithExamples):
    """Read the audit log's chain and compare it with the heads printed outside. Exits with 1 when it is not whole."""

    help = "Check that no event of the audit log was altered or removed; name the first one that was."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """Say where the printed heads are, and whether to read only what is new."""
        parser.add_argument(
            "--heads",
            type=Path,
            default=Path(settings.AUDIT_HEAD_FILE) if settings.AUDIT_HEAD_FILE else None,
            help="A file with printed heads: AUDIT_HEAD_FILE, or what syslog wrote.",
        )
        parser.add_argument("--new", action="store_true", help="Begin behind the last head that was found whole.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print the result, and fail when something is wrong."""
        file, quiet = options["heads"], options["verbosity"] == 0
        if not quiet and (file is None or not file.exists()):
            self.stdout.write("No printed heads are known: an end that was removed would not be noticed.")
        try:
            with tqdm(
                total=chain.last_event(), unit=" events", disable=None if not quiet else True, leave=False
            ) as bar:
                result = actions.verify(by=SYSTEM, heads_file=file, only_new=options["new"], on_row=bar.update)
        except OSError as error:
            raise CommandError(f"The heads cannot be read or printed: {error.strerror}.", returncode=2) from None
        if isinstance(result, Finding):
            raise CommandError(result.words, returncode=1)
        if not quiet:
            self.stdout.write(f"The log is whole: {result.count} events, up to event {result.event}.")
