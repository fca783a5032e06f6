"""Which part of the log to look at, and why it is taken out."""

import re
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports import codes
from reports.auditing import queries, wording
from reports.auditing.queries import Asked
from reports.sections.base import PageForm
from reports.sections.fields import DayField
from reports.sections.when import ANY_DAY


class AuditReason(models.TextChoices):
    """Why a part of the log leaves the portal. A list, so that no personal text enters the log."""

    REVIEW = "review", _("for a regular review")
    INCIDENT = "incident", _("to look into an incident")
    REQUEST = "request", _("for a request under the law")


class FilterForm(PageForm):
    """What, who, of which, and when."""

    verb = forms.ChoiceField(label=_("What"), required=False)
    actor = forms.ChoiceField(label=_("Who"), required=False)
    subject = forms.CharField(
        label=_("Report"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "placeholder": "R-0000-0000"}),
    )
    first = DayField(label=_("From"), required=False, validators=ANY_DAY)
    last = DayField(label=_("Until"), required=False, validators=ANY_DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(title, sorted(verbs.items(), key=lambda each: str(each[1]))) for title, verbs in wording.VERBS]
        self.fields["verb"].choices = [("", _("Everything")), *((title, verbs) for title, verbs in groups if verbs)]
        self.fields["actor"].choices = [("", _("Everybody")), *queries.actors()]

    def clean_subject(self) -> str:
        """Turn a report's reference into what the log calls it; other subjects are taken as the log names them."""
        typed = self.cleaned_data["subject"].strip()
        if not typed or re.fullmatch(r"[a-z_]+(:[0-9A-Za-z-]+)?", typed):
            return str(typed)
        found = queries.report_subject(codes.understand_reference(typed))
        if not found:
            raise forms.ValidationError(_("No report has this reference. Check its letters and digits."))
        return found

    def clean(self) -> dict[str, Any]:
        """Check the order of the days."""
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first day."))
        return cleaned

    @property
    def asked(self) -> Asked:
        """Return what a valid form asks for."""
        return Asked(**{name: self.cleaned_data[name] for name in ("verb", "actor", "subject", "first", "last")})


class ReasonForm(PageForm):
    """Why the same part of the log is wanted as a file."""

    # None is chosen beforehand: a reason that was not given would be worth nothing in the log.
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose why")), *AuditReason.choices])
