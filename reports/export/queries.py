"""What is shown of exports: one's own, and what was asked for in words."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from reports import locales
from reports.export.table import PRESETS, chosen
from reports.models import Export, ExportPreset
from reports.permissions import PAGES
from reports.review.filters import FILTERS, Offers

PAGE = 30


def mine(user: User) -> QuerySet[Export]:
    """Return the exports that exist for a person: those they asked for."""
    return Export.objects.filter(requester=user)


def page(user: User, number: str) -> Page[Export]:
    """Return one page of them, the newest first; a number that is none is the first page."""
    return Paginator(mine(user).defer("wrapped"), PAGE).get_page(number)


def presets(user: User) -> QuerySet[ExportPreset]:
    """Return the saved choices that exist for a person: their own, and those shared by who still exports."""
    by_exporters = Q(shared=True, owner__is_active=True, owner__roles__overlap=sorted(PAGES["export.download"]))
    return ExportPreset.objects.filter(Q(owner=user) | by_exporters).select_related("owner")


def columns_of(key: str, user: User) -> tuple[str, ...] | None:
    """Return the columns of a choice by its key, the portal's own or a saved one; None for one that is not there."""
    if key in PRESETS:
        return PRESETS[key].columns
    saved = presets(user).filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 18 else None
    return tuple(saved.columns) if saved else None


def asked(export: Export, user: User) -> Iterator[tuple[str, str]]:
    """Yield in words what was asked for: the filters, the days, or how many reports were chosen."""
    wanted: dict[str, Any] = export.wanted
    names = {each.key: dict(choices) for each, choices in Offers(user).each()} if wanted.get("filters") else {}
    for key, values in wanted.get("filters", {}).items():
        if key in FILTERS:
            told = [str(names.get(key, {}).get(value, value)) for value in values]
            yield str(FILTERS[key].label), ", ".join(told)
    for name, label in (("first", _("Decided from")), ("last", _("Decided until"))):
        if name in wanted:
            yield label, locales.day(date.fromisoformat(wanted[name]))
    if "reports" in wanted:
        yield _("Chosen in the list"), str(len(wanted["reports"]))


def shown_columns(export: Export) -> list[str]:
    """Return the headings of an export's file."""
    return [column.title for column in chosen(export.columns)]


def known(keys: list[str]) -> bool:
    """Tell whether these are columns that there are, at least one."""
    return bool(chosen(keys))
