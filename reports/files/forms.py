"""Why an officer takes the original of a file."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _


class DownloadReason(models.TextChoices):
    """Why an original leaves the portal. A list, so that no personal text enters the audit log."""

    EVIDENCE = "evidence", _("to book it as evidence")
    DECIDE = "decide", _("to decide on the report")
    INVESTIGATE = "investigate", _("to investigate or compare with other reports")
    REQUEST = "request", _("at the resident's request")


class DownloadForm(forms.Form):
    """The reason that the log keeps. None is chosen beforehand."""

    use_required_attribute = False
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose why")), *DownloadReason.choices])
