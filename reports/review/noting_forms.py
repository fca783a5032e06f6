"""What staff write about a report: to each other, and to the resident."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports import codes
from reports.models import MessageTemplate
from reports.review.decision_forms import WordsForm
from reports.review.noting import LONGEST_NOTE
from reports.sections.base import LongText, PageForm


class NoteForm(PageForm):
    """A note to colleagues, and whom of them it mentions: out of those for whom the report exists.

    It is kept once, however often it is sent: the form brings the id that it will have.
    """

    pk = forms.UUIDField(widget=forms.HiddenInput)
    text = LongText(label=_("Note"), max_length=LONGEST_NOTE, rows=3)
    mentioned = forms.TypedMultipleChoiceField(
        label=_("Mention"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("pk", codes.new_id())
        named = ((user.pk, user.get_full_name() or user.get_username()) for user in colleagues)
        self.fields["mentioned"].choices = sorted(named, key=lambda choice: choice[1].casefold())
        if not self.fields["mentioned"].choices:
            del self.fields["mentioned"]


class InformForm(WordsForm):
    """A message to the resident that asks nothing: a ready text, words of the officer's own, or both."""

    kind = MessageTemplate.Kind.INFORM
    pk = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("pk", codes.new_id())
        if len(self.fields["question"].choices) == 1:
            del self.fields["question"]

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("question") or cleaned.get("text")):
            self.add_error("text", _("Choose a ready text or write your own."))
        return cleaned
