"""The last form before sending."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.sections.base import page_helper


class SubmitForm(forms.Form):
    """The resident's word that it is true as far as they know."""

    use_required_attribute = False
    truth = forms.BooleanField(
        label=_("What I wrote is true as far as I know."),
        error_messages={"required": _("Tick this box to send your report.")},
    )

    @property
    def helper(self) -> object:
        """Return crispy's settings."""
        return page_helper(self)
