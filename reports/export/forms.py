"""What to export: which reports, as what, which columns, and why."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.export.table import COLUMNS, GROUPS, chosen
from reports.export.wanted import Wanted
from reports.models import Export, ExportPreset
from reports.permissions import may_export
from reports.reasons import FOR_PERSONAL, ExportReason
from reports.review.filters import Offers
from reports.sections.base import PageForm
from reports.sections.fields import DayField
from reports.sections.when import ANY_DAY
from reports.states import State

NEEDS_REASON = _("Choose why it leaves the portal.")
NOT_FOR_PERSONAL = _(
    "Personal data does not leave for this reason. Choose another one, or leave the personal data out."
)
CHOOSE = ("", _("Choose"))
PAPERS = frozenset({Export.Format.PDF, Export.Format.PDFS})


class ReasonForm(PageForm):
    """Why a file is downloaded. A list, so that no personal text enters the audit log."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[CHOOSE, *ExportReason.choices])

    def __init__(self, *args: Any, personal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if personal:
            listed = [choice for choice in ExportReason.choices if choice[0] in FOR_PERSONAL]
            self.fields["reason"].choices = [CHOOSE, *listed]


class AskForm(PageForm):
    """Everything of a new export. Without filters and days it is every report in the person's reach."""

    first = DayField(label=_("Decided from"), validators=ANY_DAY, required=False)
    last = DayField(label=_("Decided until"), validators=ANY_DAY, required=False)
    kind = forms.ChoiceField(
        label=_("Format"), choices=Export.Format.choices, initial=Export.Format.CSV, widget=forms.RadioSelect
    )
    with_bom = forms.BooleanField(
        label=_("For Excel: mark the CSV as Unicode"),
        required=False,
        help_text=_("A byte order mark at its beginning. Most other programs need none."),
    )
    personal = forms.BooleanField(
        label=_("PDF with personal data"),
        required=False,
        help_text=_("Without it, names, contacts, addresses and numbers are covered."),
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"), required=False, choices=[(key, column.label) for key, column in COLUMNS.items()]
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=[CHOOSE, *ExportReason.choices])

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        self.offered = Offers(by).each()
        for each, choices in self.offered:
            initial = [State.APPROVED] if each.key == "state" else []
            self.fields[f"filter-{each.key}"] = forms.MultipleChoiceField(
                label=each.label, required=False, choices=choices, initial=initial
            )
        self.fields["reason"].error_messages["required"] = NEEDS_REASON

    def clean(self) -> dict[str, Any]:
        """Check the order of the days, that there are columns, and that personal data has a reason of its own."""
        cleaned: dict[str, Any] = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first day."))
        if cleaned.get("kind") not in PAPERS and "columns" not in self.errors and not cleaned["columns"]:
            self.add_error("columns", _("Choose at least one column."))
        if self.is_personal(cleaned) and not may_export(self.by, personal=True):
            self.add_error("columns", _("You may not export personal data."))
        if self.is_personal(cleaned) and cleaned.get("reason") and cleaned["reason"] not in FOR_PERSONAL:
            self.add_error("reason", NOT_FOR_PERSONAL)
        return cleaned

    def is_personal(self, cleaned: dict[str, Any]) -> bool:
        """Tell whether what was chosen holds personal data."""
        if cleaned.get("kind") in PAPERS:
            return bool(cleaned.get("personal"))
        return any(column.personal for column in chosen(cleaned.get("columns") or ()))

    def wanted(self) -> Wanted:
        """Return which reports are wanted, as far as the form could be read."""
        filters = {
            each.key: tuple(sorted(values))
            for each, _choices in self.offered
            if (values := self.cleaned_data.get(f"filter-{each.key}"))
        }
        return Wanted(filters, self.cleaned_data.get("first"), self.cleaned_data.get("last"))

    # --- As the page draws it ---------------------------------------------------------------------------
    def filters(self) -> Iterator[tuple[Any, int]]:
        """Yield the fields of the filters, each with how many of its values are chosen."""
        for each, _choices in self.offered:
            field = self[f"filter-{each.key}"]
            yield field, len(_several(field))

    def groups(self) -> Iterator[dict[str, Any]]:
        """Yield the columns by group, each with whether it is chosen."""
        picked = set(_several(self["columns"]))
        for group, title in GROUPS.items():
            of_group = [(column, column.key in picked) for column in COLUMNS.values() if column.group == group]
            if of_group:
                number = sum(is_picked for _column, is_picked in of_group)
                yield {"title": title, "columns": of_group, "picked": number}


def _several(field: Any) -> list[str]:
    value = field.value()
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


class SavePresetForm(PageForm):
    """A name for a choice of columns."""

    name = forms.CharField(label=_("Name"), max_length=ExportPreset._meta.get_field("name").max_length)
    shared = forms.BooleanField(label=_("Colleagues may use it too"), required=False)
