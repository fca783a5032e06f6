"""Reasons, partners and message templates in the admin: the words of officers' decisions, for supervisors."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from reports.models import MessageTemplate, Partner, RejectReason
from reports.models.catalogue import PLACEHOLDER
from reports.models.wording import REQUIRED, allowed
from reports.texts.queries import TARGETS
from reports.workshop.admin import WorkshopAdmin


class SameNames(forms.ModelForm):  # type: ignore[type-arg]
    """An English text with translations names the same things as they do; other names need all languages at once."""

    def clean_text_en(self) -> str:
        """Refuse a change that would leave the translations behind."""
        text: str = self.cleaned_data["text_en"]
        before = sorted(PLACEHOLDER.findall(self.initial.get("text_en") or ""))
        translated = any(getattr(self.instance, build_localized_fieldname("text", code)) for code in TARGETS)
        if translated and sorted(PLACEHOLDER.findall(text)) != before:
            raise ValidationError(_("Change what is filled in at Texts, where all languages stand side by side."))
        return text


class WordedAdmin(WorkshopAdmin):
    """Rows with one text in all languages: the English here, the others at Texts, what is missing in the list."""

    words = "text"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Keep the key, which reports and messages keep too."""
        return ["key", "languages"] if obj else ["languages"]

    @admin.display(description=_("Languages"))
    def languages(self, row: Any) -> SafeString | str:
        """Say which languages lack the text, with the way to all of them."""
        if row.pk is None or not getattr(row, f"{self.words}_en"):
            return "–"
        missing = [code for code in TARGETS if not getattr(row, build_localized_fieldname(self.words, code))]
        url = reverse("texts:edit", args=[row._meta.model_name, row.pk, self.words])
        said = _("Missing: %s") % ", ".join(missing) if missing else _("All languages")
        return format_html('<a href="{}">{}</a>', url, said)


class PartnerForm(forms.ModelForm):  # type: ignore[type-arg]
    """A partner, whose website is typed without its scheme."""

    url = forms.URLField(label=_("Website"), required=False, assume_scheme="https")


@admin.register(RejectReason)
class RejectReasonAdmin(WordedAdmin):
    """Why reports are closed, in words that residents read."""

    form = SameNames
    list_display = ["text", "key", "is_active", "position", "languages"]
    list_filter = ["is_active"]


@admin.register(Partner)
class PartnerAdmin(WordedAdmin):
    """To whom reports can be passed on."""

    form = PartnerForm
    words = "description"
    list_display = ["name", "kind", "phone", "named_in_letters", "is_active", "position", "languages"]
    list_filter = ["kind", "is_active"]
    search_fields = ["key", "name"]


@admin.register(MessageTemplate)
class MessageTemplateAdmin(WordedAdmin):
    """Texts that stand ready for officers' steps."""

    form = SameNames
    list_display = ["name", "kind", "text", "is_active", "position", "languages"]
    list_filter = ["kind", "is_active"]
    search_fields = ["key", "name", "text_en"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Say beside the text what can be filled in, kind by kind."""
        if db_field.name == "text_en":
            kwargs["help_text"] = "; ".join(f"{kind.label}: {_names(kind)}" for kind in MessageTemplate.Kind)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def _names(kind: MessageTemplate.Kind) -> str:
    required = REQUIRED.get(kind, frozenset())
    names = sorted(allowed(kind), key=lambda name: (name not in required, name))
    return ", ".join(f"{{{name}}}{'*' if name in required else ''}" for name in names)
