"""What staff write about a report: to each other, and to the resident."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports import codes
from reports.review.forms import LONGEST_LETTER
from reports.review.noting import LONGEST_NOTE
from reports.sections.base import LongText, PageForm


class WrittenForm(PageForm):
    """Words that are kept once, however often they are sent: the form brings the id that they will have."""

    pk = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("pk", codes.new_id())


class NoteForm(WrittenForm):
    """A note to colleagues, and whom of them it mentions: out of those for whom the report exists."""

    text = LongText(label=_("Note"), max_length=LONGEST_NOTE, rows=3)
    mentioned = forms.TypedMultipleChoiceField(
        label=_("Mention"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = ((user.pk, user.get_full_name() or user.get_username()) for user in colleagues)
        self.fields["mentioned"].choices = sorted(named, key=lambda choice: choice[1].casefold())
        if not self.fields["mentioned"].choices:
            del self.fields["mentioned"]


class InformForm(WrittenForm):
    """A message to the resident that asks nothing."""

    text = LongText(
        label=_("Message"),
        max_length=LONGEST_LETTER,
        rows=4,
        help_text=_("In English. It is translated, and the resident sees both. They need not answer."),
    )
