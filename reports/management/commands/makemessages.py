"""manage.py makemessages"""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands import makemessages

from reports.catalogue import extract

# Whose pages only staff see, in English: their texts are marked and stand in a catalogue of their own,
# so that translators of the seventeen languages meet only what residents read.
STAFF = (
    "accounts/",
    "reports/alerts/",
    "reports/auditing/",
    "reports/counts/",
    "reports/dashboard/",
    "reports/export/",
    "reports/feed/",
    "reports/files/queries",
    "reports/hate/",
    "reports/models/",
    "reports/reasons",
    "reports/retention/",
    "reports/review/",
    "reports/staff",
    "reports/templatetags/alerts",
    "reports/templatetags/hate",
    "reports/templatetags/search",
    "reports/templatetags/dashboard",
    "reports/templatetags/staff",
    "reports/texts/",
    "reports/translating/",
    "reports/workshop/",
    "templates/429.html",
    "templates/accounts/",
    "templates/admin/",
    "templates/components/reports.html",
    "templates/reports/alerts/",
    "templates/reports/feed/",
    "templates/reports/auditing/",
    "templates/reports/counts/",
    "templates/reports/dashboard/",
    "templates/reports/export/",
    "templates/reports/files/list.html",
    "templates/reports/files/on_report.html",
    "templates/reports/files/show.html",
    "templates/reports/hate/",
    "templates/reports/retention/",
    "templates/reports/review/",
    "templates/reports/texts/",
    "templates/reports/translating/",
    "templates/reports/workshop/",
)
# Whose choices residents meet, though the models are the staff's.
RESIDENTS = ("reports/models/attachment.py", "reports/models/referral.py", "reports/models/support.py")
STAFF_CATALOGUE = "staff.pot"
DATE = re.compile(r'^"POT-Creation-Date:.*$', re.MULTILINE)


class Command(makemessages.Command):
    """Django's own, after the texts of the shipped catalogue were written where gettext finds them."""

    staff = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Allow to stop after the catalogue's texts, for machines without gettext."""
        super().add_arguments(parser)
        parser.add_argument("--texts-only", action="store_true", help="Only write the texts of the shipped catalogue.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the texts, then collect all messages. What tests say is no text of the product."""
        extract.write()
        if not options.pop("texts_only"):
            options["ignore_patterns"] = [*options["ignore_patterns"], "tests/*", "conftest.py"]
            # What no page says any more has no place in a translator's list.
            options["no_obsolete"] = True
            super().handle(*args, **options)

    def build_potfiles(self) -> list[str]:
        """Collect the staff's texts into their own file, then the residents' into the languages' template."""
        self.staff = True
        for collected in dict.fromkeys(super().build_potfiles()):
            self._keep_staff(Path(collected))
        self.staff = False
        return super().build_potfiles()

    def find_files(self, root: str) -> list[Any]:
        """Return the files of one audience."""
        return [file for file in super().find_files(root) if is_staff(file.path) == self.staff]

    def _keep_staff(self, collected: Path) -> None:
        kept, fresh = Path(settings.LOCALE_PATHS[-1]) / STAFF_CATALOGUE, collected.read_text(encoding="utf-8")
        # A new date alone is no change.
        if not kept.exists() or DATE.sub("", kept.read_text(encoding="utf-8")) != DATE.sub("", fresh):
            kept.write_text(fresh, encoding="utf-8")
        collected.unlink()


def is_staff(path: str) -> bool:
    """Tell whether a file's texts are shown to staff only. `path` is relative to the project."""
    path = path.removeprefix("./")
    return path.startswith(STAFF) and path not in RESIDENTS
