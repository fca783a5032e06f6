"""Why a report is held."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from reports.models import HoldReason
from reports.sections.base import PageForm


class HoldForm(PageForm):
    """The reason, from a list."""

    reason = forms.ChoiceField(
        label=_("Why must it be kept?"),
        choices=[(reason.value, capfirst(reason.label)) for reason in HoldReason],
        widget=forms.RadioSelect,
    )
