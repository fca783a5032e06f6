"""What to export."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.sections.base import PageForm
from reports.sections.fields import DayField
from reports.sections.when import ANY_DAY


class ExportReason(models.TextChoices):
    """Why personal columns leave the portal. A list, so that no personal text enters the audit log."""

    RECORDS = "records", _("to enter the reports into the records system")
    INVESTIGATION = "investigation", _("for an investigation")
    REQUEST = "request", _("for a request under the law")


class DownloadForm(PageForm):
    """The period by date of approval, and whether personal columns are needed, and why."""

    first = DayField(label=_("Approved from"), validators=ANY_DAY)
    last = DayField(label=_("Approved until"), validators=ANY_DAY)
    personal = forms.BooleanField(label=_("With narrative and personal data"), required=False)
    reason = forms.ChoiceField(
        label=_("Reason for personal data"), required=False, choices=[("", "—"), *ExportReason.choices]
    )

    def clean(self) -> dict[str, Any]:
        """Check the order of the days, and ask for a reason where personal data leaves."""
        cleaned = super().clean()
        if not self.errors and cleaned["last"] < cleaned["first"]:
            self.add_error("last", _("The last day is before the first day."))
        if cleaned.get("personal") and not cleaned.get("reason"):
            self.add_error("reason", _("Choose why personal data is needed."))
        return cleaned
