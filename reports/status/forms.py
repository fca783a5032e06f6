"""What a resident types to come back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.sections.base import CodeField, LongText, PageForm
from reports.sections.person import PersonForm
from reports.status.actions import LONGEST_ANSWER


class FindForm(PageForm):
    """Reference and access code, as they were written down."""

    reference = CodeField(
        label=_("Reference"),
        max_length=40,
        help_text=_("It looks like this: R-7K4M-93QX."),
    )
    access_code = CodeField(
        label=_("Access code"),
        max_length=60,
        help_text=_("The secret code that you got with the reference."),
    )


class AnswerForm(PageForm):
    """The resident's answer to an officer's question."""

    text = LongText(label=_("Your answer"), max_length=LONGEST_ANSWER, rows=6, help_text=_("In any language."))


class AddForm(AnswerForm):
    """What the resident wants to add."""

    text = LongText(
        label=_("What would you like to add?"), max_length=LONGEST_ANSWER, rows=6, help_text=_("In any language.")
    )


class ContactForm(PageForm):
    """A new e-mail address, a new phone number or both. What we have is not shown: someone may look on."""

    email = forms.EmailField(label=_("New e-mail"), required=False, max_length=254)
    phone = forms.CharField(
        label=_("New phone number"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=_("With the country code if it is not from the United States."),
    )

    clean_phone = PersonForm.clean_phone

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean() or {}
        if not (cleaned.get("email") or cleaned.get("phone") or self.errors):
            self.add_error(None, _("Give a new e-mail or a new phone number."))
        return cleaned
