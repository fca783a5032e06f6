"""What the models alone cannot check about a report type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reports.models import ReportType
from reports.sections import SECTIONS


class ReportTypeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A report type may only name sections that exist."""

    class Meta:
        model = ReportType
        exclude: list[str] = []

    def clean_sections(self) -> list[dict[str, Any]]:
        """Refuse a section that nobody could fill in."""
        sections: list[dict[str, Any]] = self.cleaned_data["sections"]
        unknown = sorted({entry["key"] for entry in sections} - SECTIONS.keys())
        if unknown:
            raise ValidationError(_("Unknown section: %(keys)s"), params={"keys": ", ".join(unknown)})
        return sections
