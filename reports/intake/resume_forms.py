"""What a resident types to keep a draft and to come back to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.sections.base import CodeField, PageForm


class LaterForm(PageForm):
    """Where to send the link, if they like."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_(
            "The letter holds nothing of what you wrote, and not your code. Leave it out if others read your e-mail."
        ),
    )


class ResumeForm(PageForm):
    """The code as it was written down."""

    code = CodeField(
        label=_("Code for your draft"),
        max_length=80,
        help_text=_("It has four groups of four letters and digits."),
    )
