"""What the small forms of a report's page have in common, and why personal data is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.models import Report
from reports.reasons import RevealReason
from reports.sections.base import PageForm

LONGEST_LETTER = 5000


class ReviewForm(PageForm):
    """A form on the report page, on one report by one person; some ask about these what they offer.

    It carries the stamp of what its officer saw (reports.review.seen); `then` is that stamp, apart from the cleaned
    data, which are what the action takes.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    then = ""

    def __init__(self, *args: Any, report: Report | None = None, by: User | None = None, **kwargs: Any) -> None:
        self.report, self.by = report, by
        super().__init__(*args, **kwargs)

    def _post_clean(self) -> None:
        super()._post_clean()
        self.then = self.cleaned_data.pop("seen", "")

    def show(self, stamp: str) -> None:
        """Carry the stamp of the page that is being made; whatever else was typed stays."""
        self.initial = {**self.initial, "seen": stamp}
        if self.is_bound:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = stamp

    def given(self) -> dict[str, Any]:
        """Return what the action takes beside report and person, of a valid form."""
        return dict(self.cleaned_data)

    def unchecked(self) -> "ReviewForm":
        """Return the form with all that was typed, before anybody looks for mistakes in it."""
        typed = {name: self[name].value() for name in self.fields}
        return type(self)(prefix=self.prefix, report=self.report, by=self.by, initial=typed)

    def hold(self) -> None:
        """Lock what the step needs besides the report, in a transaction that goes on: nothing, mostly."""


class RevealForm(PageForm):
    """Why the personal data is needed."""

    # None is chosen beforehand: a reason that was not given would be worth nothing in the log.
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose why")), *RevealReason.choices])
