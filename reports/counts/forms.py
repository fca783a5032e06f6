"""Which week to count."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.counts.queries import SATURDAY
from reports.sections.base import PageForm
from reports.sections.fields import DayField
from reports.sections.when import ANY_DAY


class WeekForm(PageForm):
    """A week by its last day."""

    ending = DayField(label=_("Week ending (a Saturday)"), validators=ANY_DAY)

    def clean_ending(self) -> date:
        """Refuse a day that is not a Saturday."""
        ending: date = self.cleaned_data["ending"]
        if ending.weekday() != SATURDAY:
            raise forms.ValidationError(_("A week runs from Sunday to Saturday. Give a Saturday."))
        return ending
