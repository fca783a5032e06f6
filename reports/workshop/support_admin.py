"""Support organisations in the admin."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reports.models import SupportOrganisation
from reports.models.support import Need
from reports.workshop.admin import WorkshopAdmin


class SupportForm(forms.ModelForm):  # type: ignore[type-arg]
    """An organisation with its needs, languages and areas as boxes to tick."""

    needs = forms.MultipleChoiceField(label=_("Needs"), choices=Need.choices, widget=forms.CheckboxSelectMultiple)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all, or not known."),
    )  # fmt: skip
    url = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = SupportOrganisation
        exclude: list[str] = []
        # Django's two lists side by side name an element that cannot have a name; boxes need no script either.
        widgets = {"areas": forms.CheckboxSelectMultiple}


@admin.register(SupportOrganisation)
class SupportAdmin(WorkshopAdmin):
    """Who else helps: shown to residents by need, area and language."""

    form = SupportForm
    list_display = ["name", "phone", "needs", "hate_only", "is_active", "position"]
    list_filter = ["is_active", "hate_only"]
    search_fields = ["key", "name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Keep the key, by which a later load of the shipped folder finds the row again."""
        return ["key"] if obj else []
