"""The small forms of an officer's decisions."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models import Report
from reports.questions import Question
from reports.sections.base import PageForm
from reports.states import RejectReason

LONGEST_LETTER = 5000


class RevealReason(models.TextChoices):
    """Why an officer reads personal data. A list, so that no personal text enters the audit log."""

    CONTACT = "contact", _("to contact the resident")
    DECIDE = "decide", _("to decide on the report")
    INVESTIGATE = "investigate", _("to investigate or compare with other reports")
    REQUEST = "request", _("at the resident's request")


class ReviewForm(PageForm):
    """A form on the report page."""


class RevealForm(ReviewForm):
    """Why the personal data is needed."""

    # None is chosen beforehand: a reason that was not given would be worth nothing in the log.
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose why")), *RevealReason.choices])


class ApproveForm(ReviewForm):
    """The number that the agency's own records system gave."""

    dr_number = forms.CharField(label=_("Report (DR) number"), max_length=20)

    def clean_dr_number(self) -> str:
        """Accept blanks and hyphens; the rest must fit the agency's pattern and be free."""
        number = re.sub(r"[\s-]", "", self.cleaned_data["dr_number"])
        if not re.fullmatch(settings.DR_NUMBER_PATTERN, number):
            raise forms.ValidationError(_("This is not a report number of this agency. Check the digits."))
        if Report.objects.filter(dr_number=number).exists():
            raise forms.ValidationError(_("Another report already has this number."))
        return number


class AskForm(ReviewForm):
    """A question to the resident: one that stands ready in every language, words of the officer's own, or both."""

    question = forms.ChoiceField(
        label=_("Ready question"),
        required=False,
        choices=[("", _("None: I write my own")), *Question.choices],
        help_text=_("The resident reads it in their language."),
    )
    text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("In English. It is translated, and the resident sees both."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean()
        if not self.errors and not (cleaned["question"] or cleaned["text"]):
            self.add_error("text", _("Choose a ready question or write one."))
        return cleaned


class RejectForm(ReviewForm):
    """Why the report is closed, with words of the officer's own if they help."""

    reason = forms.ChoiceField(label=_("Reason, as the resident reads it"), choices=RejectReason.choices)
    text = forms.CharField(
        label=_("Add a sentence of your own"),
        required=False,
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class EmptyForm(ReviewForm):
    """A step that needs only its button."""
