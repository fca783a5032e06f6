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
        help_text=_("Characteristics that the law of California protects, real or perceived."),
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
    offence = forms.ChoiceField(label=_("Offence"), required=False, help_text=_("Of a hate crime only."))
    characteristics = Ticks(
        label=_("Protected characteristics (California)"),
        required=False,
        help_text=_("Real or perceived. All that fit."),
    )
    biases = Ticks(
        label=_("Bias (NIBRS)"),
        required=False,
        help_text=_("Up to five. Nationality and association have no code of their own: choose the nearest, or 33."),
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
        """Ask for what the verdict needs, and drop what it has no place for."""
        cleaned = super().clean() or {}
        verdict = cleaned.get("verdict")
        if verdict == Verdict.CRIME and "offence" in cleaned and not cleaned["offence"]:
            self.add_error("offence", _("Choose the offence of the hate crime."))
        if verdict in {Verdict.CRIME, Verdict.INCIDENT}:
            for name in ("characteristics", "biases"):
                if name in cleaned and not cleaned[name]:
                    self.add_error(name, _("Choose at least one."))
        if verdict != Verdict.CRIME:
            cleaned["offence"] = ""
        if verdict == Verdict.NEITHER:
            cleaned["characteristics"] = cleaned["biases"] = []
        return cleaned

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
