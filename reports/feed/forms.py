"""What a token is made of: for which system, of which reports, which columns, for how long."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from reports.feed import addresses
from reports.feed.columns import PERSONAL, PLAIN, needs_reason
from reports.models import Area, FeedToken, ReportType
from reports.sections.base import PageForm

DAYS = (30, 90, 180, 365)
ALL, SOME = "all", "some"


class ScopeForm(PageForm):
    """Which reports. Nothing is open unless somebody ticks it."""

    name = forms.CharField(
        label=_("Name of the system"), max_length=60, help_text=_("As officers read it. For example: Records system.")
    )
    place = forms.ChoiceField(
        label=_("Where"),
        choices=[(ALL, _("The whole city, and reports whose area is not known")), (SOME, _("Only these areas:"))],
        widget=forms.RadioSelect,
    )
    areas = forms.ModelMultipleChoiceField(
        Area.objects.none(), label=_("Areas"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kinds = forms.ChoiceField(
        label=_("What"),
        choices=[(ALL, _("Every report type, also those to come")), (SOME, _("Only these report types:"))],
        widget=forms.RadioSelect,
    )
    types = forms.MultipleChoiceField(label=_("Report types"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = Area.objects.order_by("number")
        names = dict(ReportType.objects.order_by("version").values_list("slug", "name"))
        self.fields["types"].choices = sorted(names.items(), key=lambda each: str(each[1]))

    def clean(self) -> dict[str, Any]:
        """Ask for what "only these" needs."""
        cleaned = super().clean() or {}
        if cleaned.get("place") == SOME and not cleaned.get("areas"):
            self.add_error("areas", _("Choose at least one area."))
        if cleaned.get("kinds") == SOME and not cleaned.get("types"):
            self.add_error("types", _("Choose at least one report type."))
        return cleaned

    def scope(self) -> dict[str, Any]:
        """Return what a valid form says, as the actions take it. What "all" leaves open is not kept."""
        cleaned = self.cleaned_data
        citywide, every_type = cleaned["place"] == ALL, cleaned["kinds"] == ALL
        return {
            "name": cleaned["name"],
            "citywide": citywide,
            "areas": [] if citywide else list(cleaned["areas"]),
            "every_type": every_type,
            "types": [] if every_type else cleaned["types"],
        }


class TokenForm(ScopeForm):
    """Which reports, which columns and files, why, for how long."""

    plain = forms.MultipleChoiceField(
        label=_("Columns without personal data"),
        required=False,
        choices=[(column.key, column.label) for column in PLAIN],
        initial=[column.key for column in PLAIN],
        widget=forms.CheckboxSelectMultiple,
    )
    personal = forms.MultipleChoiceField(
        label=_("Columns with personal data"),
        required=False,
        choices=[(column.key, column.label) for column in PERSONAL],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Residents' words, names, addresses and numbers. Tick only what the system cannot do without."),
    )
    files = forms.ChoiceField(
        label=_("Files"),
        choices=FeedToken.Files.choices,
        initial=FeedToken.Files.NONE,
        widget=forms.RadioSelect,
        help_text=_("Only files that were scanned and found clean."),
    )
    reason = forms.ChoiceField(
        label=_("Why personal data or files are needed"),
        required=False,
        choices=[("", _("They are not needed")), *FeedToken.Reason.choices],
    )
    days = forms.TypedChoiceField(
        label=_("Works for"),
        coerce=int,
        choices=[(days, ngettext_lazy("%d day", "%d days", days) % days) for days in DAYS],
        initial=DAYS[1],
    )

    def clean(self) -> dict[str, Any]:
        """Ask why, where personal data leaves, and for something to tell."""
        cleaned = super().clean()
        if not self.errors and not self.columns(cleaned):
            self.add_error("plain", _("Choose at least one column."))
        personal = needs_reason(self.columns(cleaned), cleaned.get("files", ""))
        if not self.errors and personal and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the system needs personal data or files. It is recorded."))
        return cleaned

    @staticmethod
    def columns(cleaned: dict[str, Any]) -> list[str]:
        """Return all columns that were ticked."""
        return [*cleaned.get("plain", []), *cleaned.get("personal", [])]

    def asked(self) -> dict[str, Any]:
        """Return what a valid form asks for, as `tokens.make` takes it."""
        cleaned = self.cleaned_data
        return self.scope() | {
            "columns": self.columns(cleaned),
            "files": cleaned["files"],
            "reason": cleaned["reason"],
            "expires_at": timezone.now() + timedelta(days=cleaned["days"]),
        }


WHY = {
    "unreadable": _("This is no address of a webhook. It begins with https:// and has no user, password or #."),
    "not_https": _("The address must begin with https://."),
    "host": _("Webhooks may lead only to hosts that the settings name. Ask who runs the portal (WEBHOOK_HOSTS)."),
}


class WebhookForm(ScopeForm):
    """Who is told, where, and of which reports."""

    url = forms.CharField(
        label=_("Address"),
        max_length=addresses.LONGEST,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("name", "url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = ", ".join(settings.WEBHOOK_HOSTS)
        self.fields["url"].help_text = (
            _("On one of these hosts: %(hosts)s") % {"hosts": hosts} if hosts else WHY["host"]
        )

    def clean_url(self) -> str:
        """Refuse what the settings do not allow."""
        url: str = self.cleaned_data["url"]
        try:
            addresses.read(url)
        except addresses.Forbidden as forbidden:
            raise forms.ValidationError(WHY[forbidden.why]) from None
        return url
