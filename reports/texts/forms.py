"""One text in all languages."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from reports.models import ReportType
from reports.models.catalogue import PLACEHOLDER
from reports.sections.base import PageForm
from reports.texts import queries
from reports.texts.queries import SOURCE, TARGETS, is_settled, models

ROWS_OF = 70


class FilterForm(PageForm):
    """Which texts to list."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    lacking = forms.ChoiceField(label=_("Not translated into"), required=False)
    words = forms.CharField(label=_("English words"), required=False, max_length=100)
    of = forms.TypedChoiceField(label=_("Report type"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(name, model._meta.verbose_name) for name, model in models().items()]
        self.fields["kind"].choices = [("", _("All")), *kinds]
        versions = queries.shown(ReportType).order_by("name_en", "version")
        named = [(each.pk, f"{each.name} ({each.version}, {each.get_state_display()})") for each in versions]
        self.fields["of"].choices = [("", _("All")), *named]
        names = [(code, name) for code, name in settings.LANGUAGES if code != SOURCE]
        self.fields["lacking"].choices = [("", _("No matter")), ("any", _("Any language")), *names]


class EditForm(PageForm):
    """A box for each language, in its own direction. Empty means that English stands in."""

    def __init__(self, *args: Any, row: Model, field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        settled = is_settled(row)
        # A row may hold its texts to more than their own column does.
        self.check: Callable[[str], None] = getattr(row, "check_text", lambda text: None)
        column = row._meta.get_field(build_localized_fieldname(field, SOURCE))
        for code in (SOURCE, *TARGETS):
            self.fields[code] = forms.CharField(
                label=get_language_info(code)["name_local"],
                initial=getattr(row, build_localized_fieldname(field, code)),
                required=code == SOURCE,
                disabled=settled and code == SOURCE,
                max_length=getattr(column, "max_length", None),
                validators=getattr(column, "validators", []),
                widget=forms.Textarea(attrs=_attributes(code, getattr(row, build_localized_fieldname(field, SOURCE)))),
            )

    def clean(self) -> dict[str, Any]:
        """Hold the English to what can be filled in, and each language to the same names as the English."""
        cleaned = super().clean() or {}
        try:
            self.check(cleaned.get(SOURCE, ""))
        except ValidationError as error:
            self.add_error(SOURCE, error)
        wanted = sorted(PLACEHOLDER.findall(cleaned.get(SOURCE, "")))
        for code in TARGETS:
            said = cleaned.get(code, "")
            if said and sorted(PLACEHOLDER.findall(said)) != wanted:
                names = ", ".join(f"{{{name}}}" for name in wanted) or "–"
                self.add_error(code, _("These names to fill in have to stand here, and no others: %s") % names)
        return cleaned


def _attributes(code: str, english: str) -> dict[str, Any]:
    lines = len(re.findall("\n", english)) + len(english) // ROWS_OF + 1
    return {"lang": code, "dir": "rtl" if get_language_info(code)["bidi"] else "ltr", "rows": min(lines + 1, 14)}
