"""What an officer puts right about a report: one small form for each, and the table of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.catalogue import live
from reports.models import CodedFact, CodeTable, Correction, Priority, Report
from reports.permissions import sees
from reports.review import correcting
from reports.review.forms import ReviewForm
from reports.sections.base import amount
from reports.sections.fields import CountField, MoneyField

Of = Correction.Of
# What one offence may name at most (FBI NIBRS, data element 8A).
MOST_BIASES = 5
NONE = ("", _("None"))
# A row more than there are, for a thing that nobody counted yet.
ONE_MORE = 1


def table(name: CodeTable) -> list[tuple[str, str]]:
    """Return the active codes of a table as choices, by their official names."""
    return [(code.code, f"{code.code} {code.name}") for code in live.codes(name)]


class CorrectForm(ReviewForm):
    """A new value, why, and where the report would no longer exist for the officer, that they know it."""

    report: Report  # type: ignore[assignment]
    by: User  # type: ignore[assignment]

    reason = forms.ChoiceField(label=_("Why"), choices=[("", _("Choose why")), *Correction.Reason.choices])
    aware = forms.BooleanField(label=_("I know that I cannot open this report any more"), required=False)

    def __init__(self, *args: Any, report: Report, by: User, **kwargs: Any) -> None:
        super().__init__(*args, report=report, by=by, **kwargs)
        self.prepare(report)
        if not self.is_bound:
            del self.fields["aware"]

    def prepare(self, report: Report) -> None:
        """Fill the fields with what the report has."""

    def value(self) -> dict[str, Any]:
        """Return what the action takes besides the report, the reason and who."""
        raise NotImplementedError

    def columns(self) -> dict[str, Any]:
        """Return the columns on which it depends who sees the report, as they would be."""
        return {}

    def leaves(self) -> bool:
        """Tell whether the report would no longer exist for the officer."""
        return not sees(self.by, correcting.changed(self.report, **self.columns()))

    def clean(self) -> dict[str, Any]:
        """Say what it would mean before it is done."""
        cleaned: dict[str, Any] = super().clean()
        if not self.errors and self.leaves():
            if not cleaned.get("aware"):
                self.add_error(
                    "aware", _("After this the report does not exist for you any more. Tick this if that is right.")
                )
        elif "aware" in self.fields:
            del self.fields["aware"]
        return cleaned


class AreaForm(CorrectForm):
    """The area that serves it."""

    area = forms.TypedChoiceField(label=_("Area"), coerce=int)
    field_order = ("area", "reason", "aware")

    def prepare(self, report: Report) -> None:
        """Offer one's own areas first, then those in which the report would no longer exist for one."""
        groups: dict[bool, list[tuple[int, str]]] = {True: [], False: []}
        for area in live.areas():
            if area.pk != report.area_id:
                groups[sees(self.by, correcting.changed(report, area=area))].append((area.pk, area.name))
        mine, others = groups[True], groups[False]
        named = [(_("Areas in your reach"), mine), (_("Other areas: you cannot open it there"), others)]
        self.fields["area"].choices = [("", _("Choose the area")), *((name, rows) for name, rows in named if rows)]

    def columns(self) -> dict[str, Any]:
        """Return the area."""
        return self.value()

    def value(self) -> dict[str, Any]:
        """Return the area."""
        return {"area": live.area(self.cleaned_data["area"])}


class TypeForm(CorrectForm):
    """The kind of report."""

    type = forms.TypedChoiceField(label=_("Kind of report"), coerce=int)
    field_order = ("type", "reason", "aware")

    def prepare(self, report: Report) -> None:
        """Offer the kinds that are live."""
        others = [each for each in live.types() if each.slug != report.report_type.slug]
        choices = sorted(((each.pk, each.name) for each in others), key=lambda choice: choice[1])
        self.fields["type"].choices = [("", _("Choose the kind")), *choices]

    def columns(self) -> dict[str, Any]:
        """Return the kind."""
        return self.value()

    def value(self) -> dict[str, Any]:
        """Return the kind."""
        return {"report_type": live.report_type(self.cleaned_data["type"])}


class OffenceForm(CorrectForm):
    """The offence it is counted under."""

    code = forms.ChoiceField(label=_("Offence code"), required=False)
    field_order = ("code", "reason", "aware")

    def prepare(self, report: Report) -> None:
        """Offer the codes; what is counted now is chosen."""
        self.fields["code"].choices = [NONE, *table(CodeTable.OFFENCE)]
        now = correcting.counted(report, CodedFact.Kind.OFFENCE)
        of_type = report.report_type.offence.code if report.report_type.offence else ""
        self.initial.setdefault("code", now[0]["code"] if now else of_type)

    def value(self) -> dict[str, Any]:
        """Return the code."""
        return {"code": self.cleaned_data["code"]}


class BiasForm(CorrectForm):
    """The biases it is counted under."""

    codes = forms.MultipleChoiceField(label=_("Bias"), required=False, widget=forms.CheckboxSelectMultiple)
    field_order = ("codes", "reason", "aware")

    def prepare(self, report: Report) -> None:
        """Offer the codes; those counted now are ticked."""
        self.fields["codes"].choices = table(CodeTable.BIAS)
        now = correcting.counted(report, CodedFact.Kind.BIAS)
        self.initial.setdefault("codes", [row["code"] for row in now])

    def clean_codes(self) -> list[str]:
        """Refuse more than are counted, and "none" or "unknown" together with another."""
        codes: list[str] = self.cleaned_data["codes"]
        alone = [code for code in codes if (known := live.code(CodeTable.BIAS, code)) and known.is_exclusive]
        if alone and len(codes) > 1:
            raise forms.ValidationError(_("“None” and “unknown” stand alone."))
        if len(codes) > MOST_BIASES:
            raise forms.ValidationError(_("At most %(most)d are counted."), params={"most": MOST_BIASES})
        return codes

    def value(self) -> dict[str, Any]:
        """Return the codes."""
        return {"codes": self.cleaned_data["codes"]}


class PropertyForm(CorrectForm):
    """The things it counts: each with its code and what became of it. One without a code is not counted."""

    def prepare(self, report: Report) -> None:
        """Make a row for each thing that is counted, and one more."""
        rows = correcting.counted(report, CodedFact.Kind.PROPERTY)
        self.row_count = len(rows) + ONE_MORE
        for at in range(self.row_count):
            self._add_row(at, rows[at] if at < len(rows) else {})
        self.order_fields([*(name for name in self.fields if name[-1].isdigit()), "reason", "aware"])

    @property
    def helper(self) -> FormHelper:
        """Return crispy's settings with one frame for each thing."""
        helper = super().helper
        frames = [
            Fieldset(_("Thing %(number)d") % {"number": at + 1}, *self.row(at), css_class="thing")
            for at in range(self.row_count)
        ]
        rest = [name for name in self.fields if not name[-1].isdigit()]
        helper.layout = Layout(*frames, *rest)
        return helper

    @staticmethod
    def row(at: int) -> list[str]:
        """Return the names of one thing's fields."""
        return [f"{name}_{at}" for name in ("code", "loss", "quantity", "value")]

    def _add_row(self, at: int, row: dict[str, Any]) -> None:
        blank = ("", _("Not counted") if row else _("No further thing"))
        self.fields[f"code_{at}"] = forms.ChoiceField(
            label=_("Code"), required=False, choices=[blank, *table(CodeTable.PROPERTY)]
        )
        self.fields[f"loss_{at}"] = forms.ChoiceField(
            label=_("What became of it"), required=False, choices=[NONE, *table(CodeTable.LOSS)]
        )
        self.fields[f"quantity_{at}"] = CountField(label=_("How many"), required=False, min_value=1, max_value=9999)
        self.fields[f"value_{at}"] = MoneyField(label=_("Worth, in dollars"), required=False)
        self.initial.update({f"{name}_{at}": value for name, value in row.items()})

    def value(self) -> dict[str, Any]:
        """Return the rows that have a code."""
        rows = [self._row(at) for at in range(self.row_count)]
        return {"rows": [row for row in rows if row["code"]]}

    def _row(self, at: int) -> dict[str, Any]:
        typed = {name: self.cleaned_data.get(f"{name}_{at}") for name in ("code", "loss", "quantity", "value")}
        value = typed["value"]
        return typed | {"quantity": typed["quantity"] or 1, "value": None if value is None else amount(value)}


class PremiseForm(CorrectForm):
    """The kind of place it is counted under."""

    code = forms.ChoiceField(label=_("Kind of place"), required=False)
    field_order = ("code", "reason", "aware")

    def prepare(self, report: Report) -> None:
        """Offer the codes; the one counted now is chosen."""
        self.fields["code"].choices = [("", _("Not known")), *table(CodeTable.LOCATION)]
        self.initial.setdefault("code", report.premise)

    def value(self) -> dict[str, Any]:
        """Return the code."""
        return {"code": self.cleaned_data["code"]}


class PriorityForm(CorrectForm):
    """How soon it is read."""

    priority = forms.TypedChoiceField(
        label=_("Priority"), coerce=int, choices=Priority.choices, widget=forms.RadioSelect
    )
    field_order = ("priority", "reason", "aware")

    def prepare(self, report: Report) -> None:
        """Tick the one it has."""
        self.initial.setdefault("priority", report.priority)

    def value(self) -> dict[str, Any]:
        """Return the priority."""
        return {"priority": self.cleaned_data["priority"]}


@dataclass(frozen=True)
class Correcting:
    """One thing that can be put right: what its page is called, its form, and who does it."""

    of: Correction.Of
    title: str | Promise
    form: type[CorrectForm]
    perform: Callable[..., None]


CORRECTIONS = {
    each.of: each
    for each in (
        Correcting(Of.TYPE, _("Correct the kind of report"), TypeForm, correcting.correct_type),
        Correcting(Of.AREA, _("Correct the area"), AreaForm, correcting.correct_area),
        Correcting(Of.PREMISE, _("Correct the kind of place"), PremiseForm, correcting.correct_premise),
        Correcting(Of.OFFENCE, _("Correct the offence code"), OffenceForm, correcting.correct_offence),
        Correcting(Of.BIAS, _("Correct the bias codes"), BiasForm, correcting.correct_bias),
        Correcting(Of.PROPERTY, _("Correct the property codes"), PropertyForm, correcting.correct_property),
        Correcting(Of.PRIORITY, _("Correct the priority"), PriorityForm, correcting.correct_priority),
    )
}
