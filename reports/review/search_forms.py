"""The search box."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.review.search_terms import understand
from reports.sections.base import PageForm

LONGEST = 200


class SearchForm(PageForm):
    """What to look for."""

    text = forms.CharField(
        label=_("Search for"),
        max_length=LONGEST,
        error_messages={"required": _("Type what you are looking for.")},
        widget=forms.TextInput(
            attrs={"type": "search", "dir": "auto", "autocomplete": "off", "spellcheck": "false", "maxlength": LONGEST}
        ),
        help_text=_(
            "A reference, DR number, name, phone number, e-mail, plate, VIN or serial number, or words in any language."
            " All of it has to fit."
        ),
    )

    def clean_text(self) -> str:
        """Ask for a letter or digit."""
        text: str = self.cleaned_data["text"]
        if not understand(text):
            raise forms.ValidationError(_("Type at least one letter or digit."))
        return text
