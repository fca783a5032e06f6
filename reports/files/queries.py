"""A report's files as officers see them."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.files import actions, scanner
from reports.files.kinds import PICTURES
from reports.models import Attachment, Report
from reports.permissions import visible

# Officers' words, English as all of the staff side.
SCANS = {
    Attachment.Scan.UNSCANNED: "Not scanned",
    Attachment.Scan.CLEAN: "Scanned, clean",
    Attachment.Scan.INFECTED: "Infected",
    Attachment.Scan.FAILED: "Not readable as a picture",
}

# What an officer should mind who opens what cannot be looked at here.
CAUTIONS = {
    Attachment.Kind.PDF: _(
        "A PDF can hold links, scripts, forms and other files. Open it in a viewer that runs nothing, follow no link "
        "in it, and type nothing into it."
    ),
    **dict.fromkeys(
        (Attachment.Kind.MP4, Attachment.Kind.MOV, Attachment.Kind.WAV, Attachment.Kind.MP3),
        _("Play it in an up-to-date player, and let that load nothing from the internet."),
    ),
}

# What stands for a file of which there is no small picture.
DRAWINGS = {
    Attachment.Kind.PDF: "paper",
    Attachment.Kind.MP4: "film",
    Attachment.Kind.MOV: "film",
    Attachment.Kind.WAV: "sound",
    Attachment.Kind.MP3: "sound",
}


@dataclass(frozen=True)
class Shown:
    """One file with what may be done with it now."""

    row: Attachment
    name: str

    @property
    def scan_words(self) -> str:
        """What the scan found, in words."""
        return SCANS[Attachment.Scan(self.row.scan)]

    @property
    def may_view(self) -> bool:
        """Whether there is a copy that may be looked at."""
        return actions.may_view(self.row)

    @property
    def may_download(self) -> bool:
        """Whether the original may leave."""
        return actions.may_download(self.row)

    @property
    def drawing(self) -> str:
        """The name of the drawing that stands for it where there is no small picture."""
        return DRAWINGS.get(Attachment.Kind(self.row.kind), "picture")

    @property
    def caution(self) -> str:
        """What to mind when the original is opened."""
        return str(CAUTIONS.get(Attachment.Kind(self.row.kind), ""))

    @property
    def is_risky(self) -> bool:
        """Whether a download deserves a warning: nothing has looked into it, or something could not."""
        return self.row.scan != Attachment.Scan.CLEAN

    @property
    def is_waited_for(self) -> bool:
        """Whether a scanner will say more."""
        return self.row.scan == Attachment.Scan.UNSCANNED and scanner.is_configured()

    @property
    def is_picture(self) -> bool:
        """Whether a copy for viewing is made of it at all."""
        return self.row.kind in PICTURES


def of_report(report: Report) -> list[Shown]:
    """Return the report's files in their order, each with its name, in one statement; none that was not sent."""
    key = report.sealing_key.unwrap()
    return [Shown(row, row.name(key)) for row in report.attachments.filter(reply=None)]


def unscanned() -> QuerySet[Attachment]:
    """Return the files of reports that nothing has cleared or found harmful, and that nobody is to look into."""
    waiting = Q(jobs__done_at=None, jobs__parked_at=None, jobs__isnull=False)
    open_ones = [Attachment.Scan.UNSCANNED, Attachment.Scan.FAILED]
    return (
        Attachment.objects.filter(report__isnull=False, reply=None, scan__in=open_ones).exclude(waiting).order_by("pk")
    )


def within_reach(user: User) -> QuerySet[Attachment]:
    """Return the files that exist for the person: those of the reports that do."""
    return Attachment.objects.filter(report__in=visible(user), reply=None).select_related("report")
