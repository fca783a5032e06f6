"""The small forms of an officer's decisions, and the table of the decisions themselves."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.models import Report
from reports.permissions import may
from reports.questions import Question
from reports.review import actions, claiming
from reports.review.claiming_forms import AssignForm, StealForm
from reports.review.forms import LONGEST_LETTER, ReviewForm
from reports.states import Action, RejectReason


class ApproveForm(ReviewForm):
    """The number that the agency's own records system gave."""

    dr_number = forms.CharField(label=_("Report (DR) number"), max_length=20)

    def clean_dr_number(self) -> str:
        """Accept blanks and hyphens; the rest must fit the agency's pattern and be free."""
        number = re.sub(r"[\s-]", "", self.cleaned_data["dr_number"])
        if not re.fullmatch(settings.DR_NUMBER_PATTERN, number):
            raise forms.ValidationError(_("This is not a report number of this agency. Check the digits."))
        if Report.objects.filter(dr_number=number).exists():
            raise forms.ValidationError(_("Another report already has this number."))
        return number


class AskForm(ReviewForm):
    """A question to the resident: one that stands ready in every language, words of the officer's own, or both."""

    question = forms.ChoiceField(
        label=_("Ready question"),
        required=False,
        choices=[("", _("None: I write my own")), *Question.choices],
        help_text=_("The resident reads it in their language."),
    )
    text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("In English. It is translated, and the resident sees both."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean()
        if not self.errors and not (cleaned["question"] or cleaned["text"]):
            self.add_error("text", _("Choose a ready question or write one."))
        return cleaned


class RejectForm(ReviewForm):
    """Why the report is closed, with words of the officer's own if they help."""

    reason = forms.ChoiceField(label=_("Reason, as the resident reads it"), choices=RejectReason.choices)
    text = forms.CharField(
        label=_("Add a sentence of your own"),
        required=False,
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class EmptyForm(ReviewForm):
    """A step that needs only its button."""


@dataclass(frozen=True)
class Decision:
    """One step an officer can take on the report page: its form, its button, what is said afterwards."""

    action: Action
    form: type[ReviewForm]
    button: str | Promise
    done: str | Promise
    perform: Callable[..., None]


DECISIONS = {
    decision.action: decision
    for decision in (
        Decision(
            Action.CLAIM,
            EmptyForm,
            _("Claim this report"),
            _("The report is yours."),
            claiming.claim,
        ),
        Decision(
            Action.APPROVE,
            ApproveForm,
            _("Approve"),
            _("The report is approved."),
            actions.approve,
        ),
        Decision(Action.ASK, AskForm, _("Ask the resident"), _("Your question was sent."), actions.ask),
        Decision(Action.REJECT, RejectForm, _("Reject"), _("The report is closed."), actions.reject),
        Decision(
            Action.RELEASE,
            EmptyForm,
            _("Release"),
            _("The report is back in the queue."),
            claiming.release,
        ),
        Decision(
            Action.ASSIGN,
            AssignForm,
            _("Assign to a colleague"),
            _("The report is assigned."),
            claiming.assign,
        ),
        Decision(
            Action.STEAL,
            StealForm,
            _("Take over"),
            _("The report is yours now."),
            claiming.steal,
        ),
        Decision(Action.REOPEN, EmptyForm, _("Reopen"), _("The report is open again."), actions.reopen),
    )
}


def offered(
    request: HttpRequest, report: Report, tried: tuple[Action, ReviewForm] | None
) -> list[tuple[Decision, ReviewForm, bool]]:
    """Return the decisions this person may take now, each with its form and whether it stands open."""
    return [
        (decision, tried[1], True)
        if tried and tried[0] == action
        else (decision, decision.form(prefix=str(action), report=report), False)
        for action, decision in DECISIONS.items()
        if may(request.user, action, report) or (tried and tried[0] == action)
    ]
