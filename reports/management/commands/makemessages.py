"""manage.py makemessages"""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import makemessages

from reports.catalogue import extract


class Command(makemessages.Command):
    """Django's own, after the texts of the shipped catalogue were written where gettext finds them."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Allow to stop after the catalogue's texts, for machines without gettext."""
        super().add_arguments(parser)
        parser.add_argument("--texts-only", action="store_true", help="Only write the texts of the shipped catalogue.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the texts, then collect all messages."""
        extract.write()
        if not options.pop("texts_only"):
            super().handle(*args, **options)
