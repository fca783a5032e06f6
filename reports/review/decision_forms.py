"""The small forms of an officer's decisions, and the table of the decisions themselves."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports import ready, workdays
from reports.catalogue import live
from reports.models import Along, CodedFact, CodeTable, Consent, MessageTemplate, Partner, Referral, Report
from reports.notices.actions import AFTER
from reports.permissions import may
from reports.review import actions, claiming, wording
from reports.review.claiming_forms import AssignForm, StealForm
from reports.review.forms import LONGEST_LETTER, ReviewForm
from reports.review.joining import Why, locked_pair, named, why_not
from reports.review.reasons import ReopenReason, WithdrawReason
from reports.sections.base import CodeField
from reports.sections.fields import DayField
from reports.sections.when import ANY_DAY
from reports.states import Action

Kind = MessageTemplate.Kind
CHOOSE = ("", _("Choose one"))


class DecisionForm(ReviewForm):
    """A decision on one report by one person."""

    report: Report  # type: ignore[assignment]
    by: User  # type: ignore[assignment]


class EmptyForm(DecisionForm):
    """A step that needs only its button."""


class WordsForm(DecisionForm):
    """A decision with words for the resident: a ready text, words of the officer's own, both or none."""

    kind = Kind.INFORM

    question = forms.ChoiceField(
        label=_("Ready text"), required=False, help_text=_("The resident reads it in their language.")
    )
    text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Words come after what is decided.
        self.order_fields([name for name in self.fields if name not in {"question", "text"}])
        texts = [(template.key, template.name) for template in live.templates(self.kind)]
        self.fields["question"].choices = [("", _("None")), *texts]
        if self.report.language != settings.LANGUAGE_CODE:
            self.fields["text"].help_text = _("In English. It is translated, and the resident sees both.")

    def facts(self) -> ready.Facts:
        """Return what the step itself lets a ready text say."""
        return {}

    def clean(self) -> dict[str, Any]:
        """Refuse a ready text that this report cannot fill in."""
        cleaned = super().clean() or self.cleaned_data
        template = live.template(cleaned.get("question", ""))
        if template and not self.errors:
            missing = ready.unfilled(template, report=self.report, facts=self.facts())
            if missing:
                names = ", ".join(f"{{{name}}}" for name in missing)
                self.add_error("question", _("This text says %s, and that is not known of this report.") % names)
        return cleaned


class ApproveForm(WordsForm):
    """The number that the agency's own records system gave, and the offence under which the report is counted."""

    kind = Kind.APPROVE

    dr_number = forms.CharField(label=_("Report (DR) number"), max_length=20)
    offence = forms.ChoiceField(label=_("Counted as"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_type = live.report_type(self.report.report_type_id).offence
        codes = [(code.code, f"{code.code} {code.name}") for code in live.codes(CodeTable.OFFENCE)]
        self.fields["offence"].choices = codes if of_type else [("", _("No offense")), *codes]
        corrected = self.report.facts.filter(kind=CodedFact.Kind.OFFENCE).values_list("code", flat=True).first()
        self.fields["offence"].initial = corrected or (of_type.code if of_type else "")
        self.fields["offence"].needed_together = True
        self.fields["dr_number"].initial = self.report.dr_number

    def clean_dr_number(self) -> str:
        """Accept blanks and hyphens; the rest must fit the agency's pattern and be free."""
        number = re.sub(r"[\s-]", "", self.cleaned_data["dr_number"])
        if not re.fullmatch(settings.DR_NUMBER_PATTERN, number):
            raise forms.ValidationError(_("This is not a report number of this agency. Check the digits."))
        if Report.objects.filter(dr_number=number).exclude(pk=self.report.pk).exists():
            raise forms.ValidationError(NUMBER_TAKEN)
        return number

    def clean_offence(self) -> str | None:
        """Take what was not posted at all as the type's own."""
        return self.cleaned_data["offence"] or (None if self.fields["offence"].initial else "")

    def facts(self) -> ready.Facts:
        """Let a ready text say the number."""
        return {"dr_number": self.cleaned_data["dr_number"]}


class AskForm(WordsForm):
    """A question to the resident: one that stands ready in every language, words of the officer's own, or both."""

    kind = Kind.ASK

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].label = _("Ready question")

    def facts(self) -> ready.Facts:
        """Let a ready question say until when it can be answered."""
        return {"answer_by": timezone.localdate(workdays.days_after(timezone.now(), days=settings.ANSWER_DAYS))}

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean()
        if not self.errors and not (cleaned["question"] or cleaned["text"]):
            self.add_error("text", _("Choose a ready question or write one."))
        return cleaned


class RejectForm(WordsForm):
    """Why the report is closed, with more words if they help."""

    kind = Kind.REJECT

    reason = forms.ChoiceField(label=_("Reason, as the resident reads it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [(reason.key, reason.text_for()) for reason in live.reject_reasons()]
        self.fields["reason"].choices = [CHOOSE, *reasons]


class ReferForm(WordsForm):
    """To whom the report goes, what goes along, and the resident's consent where that is personal."""

    kind = Kind.REFER

    place = forms.ChoiceField(label=_("Pass it on to"))
    along = forms.MultipleChoiceField(
        label=_("What goes along besides kind, day and area"),
        required=False,
        choices=[(each.value, words) for each, words in wording.ALONG.items() if each != Along.FACTS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only with the resident's consent. There is a ready question that asks for it."),
    )
    consent = forms.ChoiceField(
        label=_("The resident agreed"),
        required=False,
        choices=[("", _("Did not agree, or was not asked")), *Consent.choices],
    )
    consent_on = DayField(label=_("Agreed on"), required=False, validators=ANY_DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("consent", "consent_on"):
            self.fields[name].needed_together = True
        among = live.partners()
        partners = {
            str(kind.label).capitalize(): [(f"partner-{each.pk}", each.name) for each in among if each.kind == kind]
            for kind in Partner.Kind
        }
        stations = [(f"station-{area.pk}", ready.station_name(area)) for area in live.areas()]
        groups = [*partners.items(), (_("Our own stations"), stations)]
        self.fields["place"].choices = [CHOOSE, *((name, rows) for name, rows in groups if rows)]

    def clean(self) -> dict[str, Any]:
        """Let nothing personal go along without a consent and its day."""
        cleaned = super().clean()
        if cleaned.get("along") and not cleaned.get("consent"):
            self.add_error("consent", _("Without the resident's consent nothing personal may go along."))
        if cleaned.get("consent") and "consent_on" not in self.errors:
            self._check_day(cleaned["consent_on"], cleaned["consent"])
        return cleaned

    def _check_day(self, day: date | None, consent: str) -> None:
        if day is None:
            self.add_error("consent_on", _("Say on which day the resident agreed."))
        elif day > timezone.localdate():
            self.add_error("consent_on", _("This day is still to come."))
        elif consent == Consent.ANSWER and not self._answered_on(day):
            self.add_error("consent_on", _("No message from the resident came on that day."))

    def _answered_on(self, day: date) -> bool:
        moments = self.report.messages.filter(from_agency=False).values_list("at", flat=True)
        return day in map(timezone.localdate, moments)

    def _referral(self) -> Referral:
        kind, _dash, pk = self.cleaned_data["place"].partition("-")
        found = {"partner": live.partner, "station": live.area}[kind](int(pk))
        consent = self.cleaned_data["consent"]
        return Referral(
            **{kind: found},
            # The plain facts always go along.
            along=[Along.FACTS.value, *self.cleaned_data["along"]],
            consent=consent,
            consent_on=self.cleaned_data["consent_on"] if consent else None,
        )

    def facts(self) -> ready.Facts:
        """Let a ready text say to whom it goes."""
        return ready.facts_of(self._referral())

    def given(self) -> dict[str, Any]:
        """Return whom and what."""
        said = {name: self.cleaned_data[name] for name in ("question", "text")}
        return {"referral": self._referral(), **said}


JOIN_REFUSALS = {
    Why.UNKNOWN: _("There is no such report."),
    Why.ITSELF: _("This is the report itself."),
    Why.JOINED: _("That report was itself joined with another one. Join this one with that other."),
    Why.WITHDRAWN: _("That report was withdrawn, so nobody would work on this one."),
    Why.HAS_OTHERS: _("Others were joined with this report, so it has to stay. Join that one with this one instead."),
}
NUMBER_TAKEN = _("Another report already has this number.")


class JoinForm(WordsForm):
    """The reference of the report that stays."""

    reference = CodeField(
        label=_("Reference of the report that stays"), max_length=40, help_text=_("It looks like this: R-7K4M-93QX.")
    )
    kept: Report

    def clean_reference(self) -> str:
        """Find the report among those that exist for the person, and ask whether the two can be joined."""
        reference: str = self.cleaned_data["reference"]
        found = named(reference, by=self.by)
        if found is None:
            raise forms.ValidationError(JOIN_REFUSALS[Why.UNKNOWN])
        if why := why_not(report=self.report, kept=found, by=self.by):
            raise forms.ValidationError(JOIN_REFUSALS[why])
        self.kept = found
        return reference

    def hold(self) -> None:
        """Lock both reports, in an order that two officers who join them crosswise have in common."""
        locked_pair(self.report.pk, self.kept.pk)

    def given(self) -> dict[str, Any]:
        """Return the report that stays, by its id."""
        return {"kept_id": self.kept.pk, "question": self.cleaned_data["question"], "text": self.cleaned_data["text"]}


class WithdrawForm(WordsForm):
    """Why the resident asked for it."""

    reason = forms.ChoiceField(label=_("Why the resident asks for it"), choices=[CHOOSE, *WithdrawReason.choices])


class ReopenForm(WordsForm):
    """Why the decision does not stand."""

    reason = forms.ChoiceField(label=_("Why"), choices=[CHOOSE, *ReopenReason.choices])


@dataclass(frozen=True)
class Decision:
    """One step an officer can take on the report page: its form, its button, what is said afterwards."""

    action: Action
    form: type[DecisionForm]
    button: str | Promise
    done: str | Promise
    perform: Callable[..., None]

    @property
    def is_told(self) -> bool:
        """Tell whether the resident hears of it, so that there is something to look at before it is sent."""
        return self.action in AFTER


DECISIONS = {
    decision.action: decision
    for decision in (
        Decision(Action.CLAIM, EmptyForm, _("Claim this report"), _("The report is yours."), claiming.claim),
        Decision(Action.APPROVE, ApproveForm, _("Approve"), _("The report is approved."), actions.approve),
        Decision(Action.ASK, AskForm, _("Ask the resident"), _("Your question was sent."), actions.ask),
        Decision(Action.REJECT, RejectForm, _("Reject"), _("The report is closed."), actions.reject),
        Decision(Action.REFER, ReferForm, _("Refer"), _("The report is passed on."), actions.refer),
        Decision(Action.JOIN, JoinForm, _("Join as duplicate"), _("The report is joined."), actions.join),
        Decision(Action.WITHDRAW, WithdrawForm, _("Withdraw"), _("The report is taken back."), actions.withdraw),
        Decision(Action.RELEASE, EmptyForm, _("Release"), _("The report is back in the queue."), claiming.release),
        Decision(Action.ASSIGN, AssignForm, _("Assign to a colleague"), _("The report is assigned."), claiming.assign),
        Decision(Action.STEAL, StealForm, _("Take over"), _("The report is yours now."), claiming.steal),
        Decision(Action.REOPEN, ReopenForm, _("Reopen"), _("The report is open again."), actions.reopen),
    )
}


def offered(
    request: HttpRequest, report: Report, tried: tuple[Action, ReviewForm] | None
) -> list[tuple[Decision, ReviewForm, bool]]:
    """Return the decisions this person may take now, each with its form and whether it stands open."""
    return [
        (decision, tried[1], True)
        if tried and tried[0] == action
        else (decision, decision.form(prefix=str(action), report=report, by=request.user), False)
        for action, decision in DECISIONS.items()
        if may(request.user, action, report) or (tried and tried[0] == action)
    ]
