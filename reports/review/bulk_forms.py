"""What is asked for before many reports take the same step, and the table of these steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from reports.catalogue import live
from reports.export import queries as exports
from reports.export.table import PRESETS, chosen
from reports.models import Area, Export, Report
from reports.permissions import AT_ONCE
from reports.reasons import FOR_PERSONAL, ExportReason, LetInReason
from reports.review import bulk
from reports.review.claiming_forms import ColleagueField, colleagues
from reports.review.decision_forms import CHOOSE, JOIN_REFUSALS
from reports.review.joining import Why, named
from reports.sections.base import CodeField, PageForm


class BulkForm(PageForm):
    """A step with many reports, by one person."""

    def __init__(self, *args: Any, reports: list[Report], by: User, **kwargs: Any) -> None:
        self.reports, self.by = reports, by
        super().__init__(*args, **kwargs)


class AssignForm(BulkForm):
    """To whom: those are offered who may get at least one of the reports."""

    to = ColleagueField(label=_("Colleague"), queryset=User.objects.none(), empty_label=_("Choose a colleague"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues(self.reports)


class AreaForm(BulkForm):
    """Which area."""

    area = forms.ModelChoiceField(
        label=_("Area"),
        queryset=Area.objects.filter(is_active=True).order_by("name"),
        empty_label=_("Choose an area"),
    )


class LetInForm(BulkForm):
    """Why it need not be held."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[CHOOSE, *LetInReason.choices])


class RejectForm(BulkForm):
    """Why, in words that every one of the residents reads."""

    reason = forms.ChoiceField(label=_("Reason, as the residents read it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [(reason.key, reason.text_for()) for reason in live.reject_reasons()]
        self.fields["reason"].choices = [CHOOSE, *reasons]


class JoinForm(BulkForm):
    """With which report."""

    kept = CodeField(
        label=_("Reference of the report that stays"), max_length=40, help_text=_("It looks like this: R-7K4M-93QX.")
    )

    def clean_kept(self) -> Report:
        """Find the report among those that exist for the person."""
        found = named(self.cleaned_data["kept"], by=self.by)
        if found is None:
            raise forms.ValidationError(JOIN_REFUSALS[Why.UNKNOWN])
        return found


class ExportForm(BulkForm):
    """As what, with which columns, and why. What is personal leaves for a listed reason only."""

    kind = forms.ChoiceField(label=_("Format"), choices=Export.Format.choices, initial=Export.Format.CSV)
    columns = forms.ChoiceField(label=_("Columns (PDF has none)"), required=False)
    personal = forms.BooleanField(label=_("PDF with personal data"), required=False)
    reason = forms.ChoiceField(label=_("Reason"), choices=[CHOOSE, *ExportReason.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        saved = [(str(preset.pk), preset.name) for preset in exports.presets(self.by)]
        self.fields["columns"].choices = [*((key, preset.name) for key, preset in PRESETS.items()), *saved]

    def clean(self) -> dict[str, Any]:
        """Return what the step takes."""
        typed: dict[str, Any] = super().clean()
        keys = exports.columns_of(typed.pop("columns", "") or "standard", self.by) or ()
        is_paper = typed.get("kind") in {Export.Format.PDF, Export.Format.PDFS}
        is_personal = typed.get("personal") if is_paper else any(column.personal for column in chosen(keys))
        if is_personal and typed.get("reason") and typed["reason"] not in FOR_PERSONAL:
            self.add_error("reason", _("Personal data does not leave for this reason."))
        return typed | {"keys": keys}


@dataclass(frozen=True)
class Step:
    """One step for many reports: its name among the buttons, the heading and button of its page, how it is done."""

    key: str
    label: str | Promise
    heading: Any
    form: type[BulkForm]
    perform: Callable[..., list[bulk.Outcome]]
    # With which reports it can be taken: what is decided, or only what is held for a look.
    of_decided: bool = False
    of_held: bool = False
    # The page on which one sees what came of it; without one it is the list.
    leads_to: str = ""


STEPS = {
    step.key: step
    for step in (
        Step(
            "assign",
            _("Assign"),
            ngettext_lazy("Assign %(number)s report", "Assign %(number)s reports", "number"),
            AssignForm,
            bulk.assign,
        ),
        Step(
            "area",
            _("Change area"),
            ngettext_lazy(
                "Give %(number)s report to another area", "Give %(number)s reports to another area", "number"
            ),
            AreaForm,
            bulk.area,
        ),
        Step(
            "let_in",
            _("Let in"),
            ngettext_lazy("Let %(number)s report into the queue", "Let %(number)s reports into the queue", "number"),
            LetInForm,
            bulk.let_in,
            of_held=True,
        ),
        Step(
            "reject",
            _("Reject"),
            ngettext_lazy("Reject %(number)s report", "Reject %(number)s reports", "number"),
            RejectForm,
            bulk.reject,
        ),
        Step(
            "join",
            _("Join as duplicates"),
            ngettext_lazy(
                "Join %(number)s report with another one", "Join %(number)s reports with another one", "number"
            ),
            JoinForm,
            bulk.join,
        ),
        Step(
            "export",
            _("Export"),
            ngettext_lazy("Export %(number)s report", "Export %(number)s reports", "number"),
            ExportForm,
            bulk.export,
            of_decided=True,
            leads_to="export:exports",
        ),
    )
}


def offered(user: User, tab: str) -> list[Step]:
    """Return the steps that the person may take with many reports of a tab at once; of decided ones few."""
    fitting = [step for step in taken(user) if step.of_decided or tab != "decided"]
    return [step for step in fitting if not step.of_held or tab == "held"]


def taken(user: User) -> list[Step]:
    """Return every step that the person may take with many reports at once."""
    return [step for key, step in STEPS.items() if user.has_role(*AT_ONCE[key])]
