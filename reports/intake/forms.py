"""The last form before sending."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.sections.base import PageForm


class SubmitForm(PageForm):
    """The resident's word that it is true as far as they know."""

    truth = forms.BooleanField(
        label=_("What I wrote is true as far as I know."),
        error_messages={"required": _("Tick this box to send your report.")},
    )
