"""A version's life in words."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from reports.catalogue import live
from reports.models import ReportType, TypeStep

Words = str | Promise
State, Kind = ReportType.State, TypeStep.Kind

# What each option of a section does, for those who compose.
OPTIONS: dict[str, tuple[Words, Words]] = {
    "optional": (_("May be left empty"), _("The resident may go on without naming one.")),
    "crash": (
        _("It was a crash"),
        _("Also asks what each vehicle had to do with it, and what is damaged on it."),
    ),
    "only_area": (_("Only the part of the city"), _("Asks for no address, and the part may stay unknown.")),
    "call_back": (
        _("For a call back"),
        _("Asks only how to reach the person: name, phone, e-mail, language, safe times."),
    ),
}
PARTS = {
    "basics": _("name, texts and rules"),
    "sections": _("sections"),
    "screening": _("screening questions"),
    "questions": _("extra questions"),
    "texts": _("texts"),
}


def day(moment: datetime) -> str:
    """Return a moment as it stands on staff pages."""
    return date_format(timezone.localtime(moment), "F j, Y, g:i A")


def stands(version: ReportType) -> str:
    """Return in a sentence how a version stands, and what happens next."""
    return STANDS[State(version.state)](version)


def _approved(version: ReportType) -> str:
    if version.live_from is None:
        return gettext("Approved. Say from when it is live, and where.")
    where = _areas(version.areas.all()) or gettext("everywhere")
    return gettext("Approved. Goes live by itself on %(day)s, %(where)s.") % {
        "day": day(version.live_from),
        "where": where,
    }


def _trial(version: ReportType) -> str:
    told = {"where": _areas(version.areas.all())}
    if version.everywhere_from:
        told["day"] = day(version.everywhere_from)
        return gettext("Residents can file it in %(where)s; from %(day)s everywhere.") % told
    return gettext("Residents can file it in %(where)s; elsewhere only a version before it, if there is one.") % told


STANDS: dict[ReportType.State, Callable[[ReportType], str]] = {
    State.DRAFT: lambda version: gettext("Nobody but staff sees it. Compose it, look at the preview, send it."),
    State.SUBMITTED: lambda version: gettext("Waits for a second person, who has not worked on it, to approve it."),
    State.APPROVED: _approved,
    State.TRIAL: _trial,
    State.LIVE: lambda version: gettext("Residents can file it everywhere. Changing it begins a new version."),
    State.RETIRED: lambda version: gettext("Offered no more. Who began a report with it can still send it."),
}


def _areas(areas: Any) -> str:
    return ", ".join(area.name for area in areas)


def told(step: TypeStep) -> str:
    """Return what a step was, in words."""
    return TOLD[Kind(step.kind)](step.details)


def _published(details: dict[str, Any]) -> str:
    names = _area_names(details.get("areas", []))
    where = gettext("in %s first") % names if names else gettext("everywhere")
    words = gettext("To be live from %(day)s, %(where)s.") % {"day": _moment(details["begins"]), "where": where}
    if later := details.get("everywhere_from"):
        words += " " + gettext("Everywhere from %s.") % _moment(later)
    return words


def _approved_with(details: dict[str, Any]) -> str:
    lacking = [str(get_language_info(code)["name"]) for code in details.get("lacking", [])]
    if not lacking:
        return gettext("Approved, in all languages.")
    return gettext("Approved; English stands in where these lack a text: %s.") % ", ".join(lacking)


def _launched(details: dict[str, Any]) -> str:
    names = _area_names(details.get("areas", []))
    return gettext("Went live in %s.") % names if names else gettext("Went live everywhere.")


def _retired(details: dict[str, Any]) -> str:
    if replaced := details.get("replaced_by"):
        return gettext("Retired: version %d took its place.") % int(replaced)
    return gettext("Retired.")


TOLD: dict[TypeStep.Kind, Callable[[dict[str, Any]], str]] = {
    Kind.MAKE: lambda details: gettext("Begun."),
    Kind.COPY: lambda details: gettext("Begun with all of version %d.") % int(details["of"]),
    Kind.COMPOSE: lambda details: (
        gettext("Changed: %s.") % ", ".join(str(PARTS[part]) for part in details.get("parts", []))
    ),
    Kind.SUBMIT: lambda details: gettext("Sent for approval."),
    Kind.SEND_BACK: lambda details: gettext("Sent back to be worked on."),
    Kind.APPROVE: _approved_with,
    Kind.PUBLISH: _published,
    Kind.LAUNCH: _launched,
    Kind.RETIRE: _retired,
    Kind.DISCARD: lambda details: gettext("Thrown away."),
}


def _area_names(numbers: list[int]) -> str:
    return _areas(area for area in live.areas() if area.number in numbers)


def _moment(iso: str) -> str:
    return day(datetime.fromisoformat(iso))


def missing_words(count: int) -> str:
    """Return how many texts lack a language."""
    return ngettext("%d text is missing", "%d texts are missing", count) % count
