"""manage.py rotate_keys"""

from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from reports.audit import SYSTEM
from reports.commands import WithExamples
from reports.keys import actions

EXAMPLES = """
examples, in this order:
  make_keyring --next encryption    print the keyring with a fresh key; install it everywhere, restart every process
  rotate_keys                       then wrap all data keys by it, while the portal serves
  make_keyring --next last          print the keyring without the keys before; install it, restart

Backups that were made before still need the keys before: keep these with them.
"""


class Command(WithExamples):
    """Wrap every data key by the primary key of KEYRING."""

    help = "Seal with the newest key of KEYRING all that an older one seals. Safe to interrupt and to repeat."
    examples = EXAMPLES

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate, then say whether an older key is still needed."""
        quiet = options["verbosity"] == 0
        with tqdm(total=actions.to_rotate(), unit=" rows", disable=quiet or None, leave=False) as bar:
            done = actions.rotate(by=SYSTEM, tell=bar.update)
        left = actions.still_wrapped()
        if done.shut or left:
            raise CommandError(
                f"{done.rows} rows were sealed anew, {len(done.shut)} do not open with this keyring and stay as they "
                f"are: {', '.join(done.shut[:5]) or 'none'}. Still needed: {', '.join(left) or 'all keys'}."
            )
        if not quiet:
            self.stdout.write(f"{done.rows} rows were sealed anew. The newest key alone opens the database now.")
