"""manage.py compile_catalogues"""

from pathlib import Path
from typing import Any

from babel.messages.pofile import PoFileError
from django.conf import settings
from django.core.management.base import CommandError

from cors.catalogues import compile_catalogues
from reports.commands import WithExamples

EXAMPLES = """
examples:
  compile_catalogues    after each change of a .po file; what is up to date stays as it is
"""


class Command(WithExamples):
    """Compile what changed since the last time."""

    help = "Compile the language catalogues (.po) that are newer than their .mo, without gettext."
    examples = EXAMPLES
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            try:
                compiled = compile_catalogues(Path(folder))
            except PoFileError as error:
                raise CommandError(f"A language catalogue in {folder} is broken: {error}") from None
            for path in compiled:
                self.stdout.write(f"Compiled {path.relative_to(folder)}")
