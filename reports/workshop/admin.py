"""The catalogue in the admin, but for report types, which are composed on pages of their own."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from reports import audit
from reports.catalogue import live
from reports.models import Area, Bureau, Code, Stopper
from reports.permissions import may_open


class WorkshopPermissions:
    """Who may open the workshop may edit all of it. Nothing that a report may name is ever deleted."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the catalogue in the index to those who may edit it."""
        return may_open(request.user, "workshop")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the table of pages."""
        return may_open(request.user, "workshop")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the table of pages."""
        return may_open(request.user, "workshop")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the table of pages."""
        return may_open(request.user, "workshop")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: what is not used any more is made inactive."""
        return False


def other_languages(model: type[Model]) -> list[str]:
    """Return the columns that are edited with all languages side by side, at Texts, and not here."""
    if model not in translator.get_registered_models():
        return []
    names = translator.get_options_for_model(model).get_field_names()
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return [*names, *(build_localized_fieldname(name, code) for name in names for code in others)]


class WorkshopAdmin(WorkshopPermissions, admin.ModelAdmin[Any]):
    """An edit is noted in the log and shown to residents at once by this process, soon by the others."""

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Show texts in English only."""
        return other_languages(self.model)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Note who added what."""
        _note("workshop.add", request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Note who changed what."""
        _note("workshop.change", request, obj)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Note who deleted what."""
        for obj in queryset:
            _note("workshop.delete", request, obj)
        return super().log_deletions(request, queryset)


def _note(verb: str, request: HttpRequest, obj: Model) -> None:
    audit.record(verb, by=request.user, subject=f"{obj._meta.model_name}:{obj.pk}")
    transaction.on_commit(live.clear)


@admin.register(Bureau)
class BureauAdmin(WorkshopAdmin):
    """Bureaus."""

    list_display = ["code", "name", "position"]


@admin.register(Area)
class AreaAdmin(WorkshopAdmin):
    """Areas and their stations."""

    list_display = ["number", "name", "bureau", "station_address", "station_phone", "is_active"]
    list_display_links = ["number", "name"]
    list_filter = ["bureau", "is_active"]
    list_select_related = ["bureau"]


@admin.register(Code)
class CodeAdmin(WorkshopAdmin):
    """Code tables: the official name stays, the label is the agency's."""

    list_display = ["code", "name", "label", "category", "offered", "is_active"]
    list_display_links = ["code", "name"]
    list_filter = ["table", "offered", "is_active"]
    search_fields = ["code", "name", "label"]

    def get_readonly_fields(self, request: HttpRequest, obj: Code | None = None) -> list[str]:
        """Keep the code of a row that reports may carry."""
        return ["table", "code"] if obj else []


@admin.register(Stopper)
class StopperAdmin(WorkshopAdmin):
    """The pages that send a resident to someone else."""

    list_display = ["key", "title", "is_emergency", "phone", "shows_stations", "other_type"]

    def get_readonly_fields(self, request: HttpRequest, obj: Stopper | None = None) -> list[str]:
        """Keep the key, by which a later load of the shipped folder finds the row again."""
        return ["key"] if obj else []
