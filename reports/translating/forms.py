"""What is typed at the translation desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reports.sections.base import PageForm
from reports.translating.passages import ENGLISH
from reports.translating.words import direction_of

# A narrative of 20,000 characters in a dense script, written out in English.
LONGEST = 100_000


class WriteForm(PageForm):
    """A translation, and which version its writer had before them."""

    words = forms.CharField(label=_("Translation"), max_length=LONGEST, strip=True, widget=forms.Textarea)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, target: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"rows": 14, "lang": target, "dir": direction_of(target), "spellcheck": "true"}
        self.fields["words"].widget.attrs.update(attrs)


class AskForm(PageForm):
    """Which text of a report is in which language."""

    message = forms.UUIDField(required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[
            ("", _("Choose the language")),
            *((code, name) for code, name in settings.LANGUAGES if code != ENGLISH),
        ],
    )
