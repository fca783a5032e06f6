"""What a resident types to keep a draft and to come back to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.sections.base import page_helper


class LaterForm(forms.Form):
    """Where to send the link, if they like."""

    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_(
            "The letter holds nothing of what you wrote, and not your code. Leave it out if others read your e-mail."
        ),
    )

    @property
    def helper(self) -> object:
        """Return crispy's settings."""
        return page_helper(self)


class ResumeForm(forms.Form):
    """The code as it was written down."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("Code for your draft"),
        max_length=80,
        help_text=_("It has four groups of four letters and digits."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    @property
    def helper(self) -> object:
        """Return crispy's settings."""
        return page_helper(self)
