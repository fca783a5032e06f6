"""manage.py languages"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import get_language_info, to_locale

from reports.catalogue.coverage import coverage, missing_texts
from reports.commands import WithExamples

ROW = "{:<8}  {:<22}  {:>6}  {:>12}  {:>9}  {:>6}  {:>17}"


EXAMPLES = """
examples:
  languages    texts, words and gaps of each language; exits with 1 where something is missing
"""


class Command(WithExamples):
    """How many texts, words and languages there are, and what is missing."""

    help = "Print for each language how many texts it has, and what is missing in its catalogue and in the database."
    examples = EXAMPLES

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line a language; fail when anything is missing."""
        self.stdout.write(
            ROW.format("code", "language", "texts", "untranslated", "doubtful", "words", "rows untranslated")
        )
        languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        gaps = sum([self.line(code) for code in languages])
        self.stdout.write(f"{len(languages) + 1} languages with the source, {settings.LANGUAGE_CODE}.")
        if gaps:
            raise CommandError(f"{gaps} texts are missing or doubtful.")

    def line(self, code: str) -> int:
        """Print a language's line and return the number of its gaps."""
        found = coverage(Path(settings.LOCALE_PATHS[-1]) / to_locale(code) / "LC_MESSAGES" / "django.po")
        rows = len(missing_texts(code))
        name = get_language_info(code)["name"]
        self.stdout.write(ROW.format(code, name, found.texts, found.missing, found.doubtful, found.words, rows))
        return found.missing + found.doubtful + rows
