"""The catalogue in the admin: for supervisors and administrators."""

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
from reports.models import (
    Area,
    Bureau,
    Code,
    ExtraChoice,
    ExtraQuestion,
    ReportType,
    ScreeningQuestion,
    Stopper,
)
from reports.models.catalogue import next_version
from reports.permissions import may_open
from reports.workshop.forms import ReportTypeForm


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


def is_settled(report_type: ReportType | None) -> bool:
    """Tell whether residents may have answered this version: its texts may change, its questions may not."""
    return report_type is not None and report_type.state != ReportType.State.DRAFT


class QuestionInline(WorkshopPermissions, admin.StackedInline[Any, Any]):
    """Questions of one version of a report type; the shape of a settled version stays."""

    extra = 0
    shape: list[str] = []

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Show texts in English only."""
        return other_languages(self.model)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse another question in a settled version."""
        return super().has_add_permission(request) and not is_settled(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse to take a question out of a settled version."""
        return super().has_change_permission(request) and not is_settled(obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Keep what the answers given so far depend on."""
        return self.shape if is_settled(obj) else []


class ScreeningInline(QuestionInline):
    model = ScreeningQuestion
    shape = ["key", "stops_on", "stopper"]


class ExtraQuestionInline(QuestionInline):
    model = ExtraQuestion
    shape = ["key", "kind", "required", "is_personal"]
    show_change_link = True


class ChoiceInline(QuestionInline):
    model = ExtraChoice
    shape = ["value"]

    def has_add_permission(self, request: HttpRequest, obj: ExtraQuestion | None = None) -> bool:
        """Ask the version to which the question belongs."""
        return super().has_add_permission(request, obj and obj.report_type)

    def has_delete_permission(self, request: HttpRequest, obj: ExtraQuestion | None = None) -> bool:
        """Ask the version to which the question belongs."""
        return super().has_delete_permission(request, obj and obj.report_type)

    def get_readonly_fields(self, request: HttpRequest, obj: ExtraQuestion | None = None) -> list[str]:
        """Ask the version to which the question belongs."""
        return super().get_readonly_fields(request, obj and obj.report_type)


@admin.register(ReportType)
class ReportTypeAdmin(WorkshopAdmin):
    """Report types, one row for each version."""

    form = ReportTypeForm
    list_display = ["name", "slug", "version", "state", "live_from", "may_be_anonymous", "review_target_days"]
    list_filter = ["state", "slug"]
    filter_horizontal = ["areas"]
    inlines = [ScreeningInline, ExtraQuestionInline]
    # A second person approves and publishes; a plain form must not be a way around that.
    decided = ["version", "state", "author", "approved_by"]
    shape = ["slug", "sections", "may_be_anonymous", "is_hate", "offence"]

    def get_readonly_fields(self, request: HttpRequest, obj: ReportType | None = None) -> list[str]:
        """Keep what reports of a settled version depend on."""
        return [*self.decided, *self.shape] if is_settled(obj) else self.decided

    def has_delete_permission(self, request: HttpRequest, obj: ReportType | None = None) -> bool:
        """Allow to throw a draft away."""
        return obj is not None and not is_settled(obj) and self.has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: ReportType, form: Any, change: bool) -> None:
        """Give a new draft its author and the next version of its slug."""
        if not change:
            obj.author, obj.version = request.user, next_version(obj.slug)
        super().save_model(request, obj, form, change)


@admin.register(ExtraQuestion)
class ExtraQuestionAdmin(WorkshopAdmin):
    """One question with its choices, reached from its report type."""

    list_display = ["label", "report_type", "kind", "required", "is_personal"]
    list_select_related = ["report_type"]
    inlines = [ChoiceInline]
    shape = ["report_type", "key", "kind", "required", "is_personal"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: a question is added where its report type is edited."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: ExtraQuestion | None = None) -> list[str]:
        """Keep the shape of a question that residents may have answered."""
        return self.shape if obj and is_settled(obj.report_type) else ["report_type"]

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Stay out of the index."""
        return {}
