"""manage.py proxy_pages"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from cors.proxy_pages import write
from reports.commands import WithExamples

EXAMPLES = """
examples:
  proxy_pages /srv/portal-pages    once at each upgrade, and when languages or the emergency number change
"""


class Command(WithExamples):
    """Write what the proxy says by itself."""

    help = "Write the pages that the proxy shows when it refuses something or finds no web server, in every language."
    examples = EXAMPLES

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the proxy's PORTAL_PAGES")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = write(options["folder"])
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from None
        self.stdout.write(f"{number} pages are there.")
