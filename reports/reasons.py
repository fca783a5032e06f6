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
