"""What the small forms of a report's page have in common, and why personal data is asked for."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models import Report
from reports.sections.base import PageForm

LONGEST_LETTER = 5000


class RevealReason(models.TextChoices):
    """Why an officer reads personal data. A list, so that no personal text enters the audit log."""

    CONTACT = "contact", _("to contact the resident")
    DECIDE = "decide", _("to decide on the report")
    INVESTIGATE = "investigate", _("to investigate or compare with other reports")
    REQUEST = "request", _("at the resident's request")


class ReviewForm(PageForm):
    """A form on the report page; some ask about the report what they offer.

    It carries the stamp of what its officer saw (reports.review.seen); `then` is that stamp, apart from the cleaned
    data, which are what the action takes.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    then = ""

    def __init__(self, *args: Any, report: Report | None = None, **kwargs: Any) -> None:
        self.report = report
        super().__init__(*args, **kwargs)

    def _post_clean(self) -> None:
        super()._post_clean()
        self.then = self.cleaned_data.pop("seen", "")

    def show(self, stamp: str) -> None:
        """Carry the stamp of the page that is being made; whatever else was typed stays."""
        self.initial = {**self.initial, "seen": stamp}
        if self.is_bound:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = stamp


class RevealForm(PageForm):
    """Why the personal data is needed."""

    # None is chosen beforehand: a reason that was not given would be worth nothing in the log.
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose why")), *RevealReason.choices])
