"""Escalating and classifying: choices from the code tables, and which of them go together."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.catalogue import live
from reports.models import Code, CodeTable, Ground, Sign, Verdict
from reports.sections.base import LongText, PageForm

LONGEST_NOTE = 2000
# NIBRS takes up to five biases of one offence (data element 8A).
MOST_BIASES = 5
# What of the codes does not belong to a verdict.
MANY = ("characteristics", "biases")
OUT_OF_PLACE: dict[str, tuple[str, ...]] = {Verdict.INCIDENT: ("offence",), Verdict.NEITHER: ("offence", *MANY)}
# The bias "none" says that there was no hate at all.
NO_BIAS = "88"


class Ticks(forms.MultipleChoiceField):
    """Boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class EscalateForm(PageForm):
    """Which signs there are, and whom it was aimed at."""

    signs = Ticks(label=_("What makes it look like a hate crime?"), choices=Sign.choices)
    characteristics = Ticks(
        label=_("What may it have been about?"),
        help_text=_("Characteristics that the law of the state protects, real or perceived."),
    )
    note = LongText(
        label=_("Note for the coordinator"),
        required=False,
        max_length=LONGEST_NOTE,
        rows=4,
        help_text=_("Kept sealed. The resident never sees it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["characteristics"].choices = _choices(live.codes(CodeTable.CHARACTERISTIC))


class ClassifyForm(PageForm):
    """What it is, by which codes, and on what basis."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("This report is"),
        choices=[
            (Verdict.CRIME, _("A hate crime: an act against the law, in whole or in part because of bias")),
            (Verdict.INCIDENT, _("A hate incident: because of bias, but not against the law")),
            (Verdict.NEITHER, _("Neither")),
        ],
        widget=forms.RadioSelect,
    )
    offence = forms.ChoiceField(
        label=_("Offence"),
        help_text=_("Of a hate crime only."),
        error_messages={"required": _("Choose the offence of the hate crime.")},
    )
    characteristics = Ticks(
        label=_("Protected characteristics (state law)"),
        help_text=_("Of a hate crime or a hate incident. Real or perceived, all that fit."),
        error_messages={"required": _("Choose at least one.")},
    )
    biases = Ticks(
        label=_("Bias (NIBRS)"),
        help_text=_(
            "Of a hate crime or a hate incident, up to five. Nationality and association have no code of their own:"
            " choose the nearest, or 33."
        ),
        error_messages={"required": _("Choose at least one.")},
    )
    basis = Ticks(label=_("What this rests on"), choices=Ground.choices)
    note = LongText(
        label=_("Note"),
        required=False,
        max_length=LONGEST_NOTE,
        rows=4,
        help_text=_("Kept sealed. The resident never sees it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offences = [(code.code, f"{code.code} {code.name}") for code in live.codes(CodeTable.OFFENCE)]
        self.fields["offence"].choices = [("", _("None")), *offences]
        self.fields["characteristics"].choices = _choices(live.codes(CodeTable.CHARACTERISTIC))
        self.fields["biases"].choices = _grouped(code for code in live.codes(CodeTable.BIAS) if code.code != NO_BIAS)
        for name in self._out_of_place():
            self.fields[name].required = False

    def _out_of_place(self) -> tuple[str, ...]:
        """Return which codes the verdict that was typed has no place for."""
        return OUT_OF_PLACE.get(self["verdict"].value() or "", ()) if self.is_bound else ()

    def clean_characteristics(self) -> list[str]:
        """Refuse "unknown" beside a choice."""
        return self._alone(CodeTable.CHARACTERISTIC, self.cleaned_data["characteristics"])

    def clean_biases(self) -> list[str]:
        """Refuse "unknown" beside a choice, and more than the standard takes."""
        chosen = self._alone(CodeTable.BIAS, self.cleaned_data["biases"])
        if len(chosen) > MOST_BIASES:
            raise forms.ValidationError(_("Choose the five that fit best."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Drop what the verdict has no place for."""
        cleaned = super().clean() or {}
        return cleaned | {name: [] if name in MANY else "" for name in self._out_of_place()}

    @staticmethod
    def _alone(table: CodeTable, chosen: list[str]) -> list[str]:
        codes = [live.code(table, code) for code in chosen]
        if len(codes) > 1 and any(code.is_exclusive for code in codes if code):
            raise forms.ValidationError(_("“Unknown” stands alone: choose it, or what fits."))
        return chosen


def _choices(codes: Iterable[Code]) -> list[tuple[str, str]]:
    return [(code.code, code.name) for code in codes]


def _grouped(codes: Iterable[Code]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return codes with their numbers under the headings of their categories."""
    groups = []
    for category, members in groupby(codes, key=lambda code: code.category):
        heading = live.code(CodeTable.CATEGORY, category)
        named = [(code.code, f"{code.code} {code.name}") for code in members]
        groups.append((heading.name if heading else category, named))
    return groups


class YearForm(PageForm):
    """Of which year to count."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]
