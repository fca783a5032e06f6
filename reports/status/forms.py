"""What a resident types to come back."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reports.files.replies import Reply
from reports.phones import textable
from reports.sections.base import CodeField, LongText, PageForm
from reports.sections.files import OFFERED, ManyFiles
from reports.sections.person import NO_TEXTS, PersonForm
from reports.sections.screening import NO, YES
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
    """The resident's answer to an officer's question: words, files, or both.

    `is_sent` says that the button for sending was pressed: until then words may be missing. `has_files` says that
    files wait with it.
    """

    text = LongText(
        label=_("Your answer"), required=False, max_length=LONGEST_ANSWER, rows=6, help_text=_("In any language.")
    )
    files = forms.FileField(
        label=_("Photos or documents"),
        required=False,
        widget=ManyFiles(attrs={"accept": OFFERED}),
        help_text=_("Pictures, PDF, video or sound. Up to 10 files for the whole report, each up to 25 MB."),
    )
    reply = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # The reply in the making that it was posted for, with the files that wait there.
    basket: Reply
    # Whether the question closed while the report stays open: what was written can be added instead.
    is_too_late = False

    def __init__(self, *args: Any, is_sent: bool = False, has_files: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_sent, self.has_files = is_sent, has_files
        self.fields["text"].needed_together = True

    def clean(self) -> dict[str, Any]:
        """Ask for words where there are no files, once the answer is sent."""
        cleaned = super().clean() or {}
        if not self.is_sent:
            self.errors.pop("text", None)
        elif not (cleaned.get("text") or self.has_files or "text" in self.errors):
            self.add_error("text", self.fields["text"].error_messages["required"])
        return cleaned


class AddForm(AnswerForm):
    """What the resident wants to add."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What would you like to add?")


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

    texts = forms.ChoiceField(
        label=_("Text messages when there is news"),
        required=False,
        choices=[("", _("Leave it as it is")), (YES, _("Send me text messages")), (NO, _("Send me none"))],
        widget=forms.RadioSelect,
        help_text=_("They say only that there is news about a report. Your phone company may charge for them."),
    )

    clean_phone = PersonForm.clean_phone

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.SMS_BACKEND:
            del self.fields["texts"]

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean() or {}
        if not (any(cleaned.values()) or self.errors):
            self.add_error(None, _("Give a new e-mail or a new phone number."))
        if cleaned.get("texts") == YES and "phone" not in self.errors and not textable(cleaned.get("phone", "")):
            self.add_error("phone", NO_TEXTS)
        return cleaned
