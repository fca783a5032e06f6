"""manage.py import_areas"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from reports.audit import SYSTEM
from reports.catalogue.boundaries import Imported, import_areas
from reports.catalogue.geojson import NUMBER_PROPERTIES, CannotImport
from reports.commands import WithExamples

EXAMPLES = """
examples:
  import_areas areas.geojson --dry-run
  import_areas areas.geojson --number-property PRECINCT
"""


class Command(WithExamples):
    """Load the outlines of the agency's areas; from then on residents can mark a place on the map."""

    help = "Load the areas' outlines from a GeoJSON file in degrees (WGS 84): all of them or none. Safe to repeat."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and where in it the area's number stands."""
        parser.add_argument("file", type=Path, help="a FeatureCollection of Polygon or MultiPolygon")
        parser.add_argument(
            "--number-property",
            default="",
            help=f"the property with the area's number (the first of: {', '.join(NUMBER_PROPERTIES)})",
        )
        parser.add_argument("--dry-run", action="store_true", help="check the file and say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and say what happened."""
        try:
            done = import_areas(
                file=options["file"],
                by=SYSTEM,
                number_property=options["number_property"],
                dry_run=options["dry_run"],
            )
        except CannotImport as refusal:
            raise CommandError(f"Nothing was imported from {options['file'].name}.\n{refusal}") from None
        if options["verbosity"]:
            self.stdout.write("\n".join(sentences(done, dry_run=options["dry_run"])))


def sentences(done: Imported, *, dry_run: bool) -> list[str]:
    """Return what an import did, in words."""
    said = [*done.notes]
    said.append(
        f"Outlines: {done.created} new, {done.changed} changed, {done.unchanged} unchanged, "
        f"{done.removed} schematic ones removed."
    )
    said.append(
        f"The drawing takes {done.drawing_bytes / 1000:.1f} KB; corners of less than {done.tolerance:.4f} degrees "
        f"(about {done.tolerance * 111_000:.0f} m) are left out of it."
    )
    if done.missing:
        said.append(f"Areas without an outline: {', '.join(map(str, done.missing))}.")
    if dry_run:
        said.append("This was a trial: nothing was stored.")
    return said
