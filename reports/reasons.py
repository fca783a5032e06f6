"""Why staff look at what is personal. Lists, so that no personal text enters the audit log. Imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RevealReason(TextChoices):
    """Why an officer reads personal data."""

    CONTACT = "contact", _("to contact the resident")
    DECIDE = "decide", _("to decide on the report")
    INVESTIGATE = "investigate", _("to investigate or compare with other reports")
    REQUEST = "request", _("at the resident's request")


class DownloadReason(TextChoices):
    """Why the original of a file leaves the portal."""

    EVIDENCE = "evidence", _("to book it as evidence")
    DECIDE = "decide", _("to decide on the report")
    INVESTIGATE = "investigate", _("to investigate or compare with other reports")
    REQUEST = "request", _("at the resident's request")


class LetInReason(TextChoices):
    """Why what was held for a look goes into the queue."""

    GENUINE = "genuine", _("reads like a person's own report")
    SHARED = "shared", _("many people share this connection or device")
    EVENT = "event", _("something happened that many people report")
    CONTACT = "contact", _("checked with the resident")


class ExportReason(TextChoices):
    """Why reports leave the portal as a file."""

    RECORDS = "records", _("to enter the reports into the records system")
    INVESTIGATION = "investigation", _("for an investigation")
    REQUEST = "request", _("for a request under the law")
    STATISTICS = "statistics", _("for statistics or to publish (nothing personal)")


# What personal data may leave for.
FOR_PERSONAL = frozenset({ExportReason.RECORDS, ExportReason.INVESTIGATION, ExportReason.REQUEST})
