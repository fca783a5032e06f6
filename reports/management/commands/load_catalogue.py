"""manage.py load_catalogue"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from reports.audit import SYSTEM
from reports.catalogue.folder import CatalogueError
from reports.catalogue.loader import load
from reports.commands import WithExamples

EXAMPLES = """
examples:
  load_catalogue                                the folder that CATALOGUE_DIR names
  load_catalogue --folder docs/town/catalogue   another one
"""


class Command(WithExamples):
    """Load the agency's catalogue; edits of the agency stay."""

    help = "Load the catalogue folder (CATALOGUE_DIR). Safe to repeat: what the agency edited is kept."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """Take another folder."""
        parser.add_argument("--folder", type=Path, default=settings.CATALOGUE_DIR)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what happened."""
        try:
            counts = load(folder=options["folder"], by=SYSTEM)
        except CatalogueError as error:
            raise CommandError(f"The catalogue cannot be loaded. {error}") from None
        if options["verbosity"]:
            self.stdout.write(
                f"Catalogue: {counts.created} created, {counts.updated} updated, "
                f"{counts.kept} kept as edited, {counts.unchanged} unchanged."
            )
