"""Groups of counts in the admin: the agency's own headings over types and offences."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reports.models import Code, CodeTable, CountGroup, ReportType
from reports.workshop.admin import WorkshopAdmin


class GroupForm(forms.ModelForm):  # type: ignore[type-arg]
    """A group with its types and offences as boxes to tick."""

    report_types = forms.MultipleChoiceField(
        label=_("Report types"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("All their reports.")
    )
    offences = forms.MultipleChoiceField(
        label=_("Offences"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("And all reports that count under one of these."),
    )

    class Meta:
        model = CountGroup
        exclude: list[str] = []

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        types = ReportType.objects.order_by("position", "slug", "version").values_list("slug", "name")
        codes = Code.objects.filter(table=CodeTable.OFFENCE).values_list("code", "name")
        self.fields["report_types"].choices = list(dict(types).items())  # type: ignore[attr-defined]
        self.fields["offences"].choices = [(code, f"{code} {name}") for code, name in codes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Ask for something that can be counted."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("report_types") and not cleaned.get("offences"):
            self.add_error(None, _("Tick at least one type or offence."))
        return cleaned


@admin.register(CountGroup)
class GroupAdmin(WorkshopAdmin):
    """Headings of the counts' table beside the single types and offences. They may overlap; they are never added up."""

    form = GroupForm
    list_display = ["name", "report_types", "offences", "position"]
    search_fields = ["name"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No report refers to a group, so one may go."""
        return self.has_change_permission(request, obj)
