"""When it happened: a moment, between two moments, or unknown."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from reports import locales
from reports.remembering import gettext_lazy as _
from reports.remembering import said
from reports.sections.base import Document, Line, Section, SectionForm
from reports.sections.fields import ClockField, DayField

EARLIEST_YEARS = 100
# A day that a staff form takes: at the very ends of the calendar there is no day before or after.
ANY_DAY = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 1, 1))]


class WhenForm(SectionForm):
    """One date with or without a time, a later end when it is not sure, or a tick for unknown."""

    needed_together = ("date",)

    date = DayField(
        label=_("What day did it happen?"),
        required=False,
        help_text=_("If you are not sure, give the first day it could have happened."),
    )
    time = ClockField(label=_("About what time?"), required=False, help_text=_("Leave empty if you do not know."))
    until_date = DayField(
        label=_("Could it have been later? Give the last day"),
        required=False,
        help_text=_("For example, the day you found out. Leave empty if you know when it happened."),
    )
    until_time = ClockField(label=_("Last time it could have been"), required=False)
    unknown = forms.BooleanField(label=_("I do not know when it happened"), required=False)

    def clean(self) -> dict[str, Any]:
        """Check that the moments exist, lie in the past and stand in order."""
        cleaned = super().clean()
        if cleaned.get("unknown"):
            return {"unknown": True}
        if not self.errors and not cleaned.get("date"):
            self.add_error("date", _("Give a day, or tick “I do not know when it happened”."))
        if not self.errors:
            self._clean_moments(cleaned)
        return cleaned

    def _clean_moments(self, cleaned: dict[str, Any]) -> None:
        start, end = moments(cleaned)
        if skipped(cleaned["date"], cleaned.get("time")):
            self.add_error("time", _("This time did not exist: the clocks went forward that night."))
        if skipped(cleaned.get("until_date") or cleaned["date"], cleaned.get("until_time")):
            self.add_error("until_time", _("This time did not exist: the clocks went forward that night."))
        if start > timezone.now():
            self.add_error("date", _("This is in the future. Give a day that has passed."))
        elif is_future(cleaned.get("until_date") or cleaned["date"], cleaned.get("until_time")):
            name = "until_date" if cleaned.get("until_date") else "until_time"
            self.add_error(name, _("This is in the future. Give the last day or time that has passed."))
        if start < timezone.now() - timedelta(days=365 * EARLIEST_YEARS):
            self.add_error("date", _("This is too long ago. Check the year."))
        if end < start:
            self.add_error("until_date", _("The last day is before the first day."))


def is_future(day: date, clock: time | None) -> bool:
    """Tell whether this local day, or this time of it, is still to come."""
    return datetime.combine(day, clock or time.min, timezone.get_default_timezone()) > timezone.now()


def skipped(day: date, clock: time | None) -> bool:
    """Tell whether the clocks jumped over this local time. A time that came twice is fine: the first is meant."""
    if clock is None:
        return False
    zone = timezone.get_default_timezone()
    first, second = (datetime.combine(day, clock).replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return first.utcoffset() < second.utcoffset()


def moments(answers: dict[str, Any]) -> tuple[datetime, datetime]:
    """Return the earliest and the latest moment (aware) that the answers allow; a day without a time is a whole day."""
    zone = timezone.get_default_timezone()
    start = datetime.combine(answers["date"], answers.get("time") or time.min, zone)
    last_day = answers.get("until_date") or answers["date"]
    last_time = answers.get("until_time") or (None if answers.get("until_date") else answers.get("time"))
    return start, datetime.combine(last_day, last_time or time(23, 59), zone)


def parsed(document: Document) -> dict[str, Any]:
    """Return the document's texts as dates and times again."""
    readers = {"date": date, "until_date": date, "time": time, "until_time": time}
    return {name: readers[name].fromisoformat(value) for name, value in document.items() if name in readers}


def columns(document: Document) -> dict[str, Any]:
    """Return occurred_from and occurred_until, both None when unknown."""
    if document.get("unknown"):
        return {"occurred_from": None, "occurred_until": None}
    start, end = moments(parsed(document))
    return {"occurred_from": start, "occurred_until": end}


def lines(document: Document) -> Iterator[Line]:
    """Show the first and the last moment as they were given."""
    if document.get("unknown"):
        yield Line(_("When"), said(_("Not known")))
        return
    answers = parsed(document)
    yield Line(_("When"), _shown(answers["date"], answers.get("time")))
    if {"until_date", "until_time"} & answers.keys():
        last_day = answers.get("until_date") or answers["date"]
        yield Line(_("At the latest"), _shown(last_day, answers.get("until_time")))


def _shown(day: date, clock: time | None) -> str:
    shown = locales.day(day)
    return f"{shown}, {locales.clock(clock)}" if clock else shown


SECTION = Section(
    key="when",
    title=_("When did it happen?"),
    lead=_("A rough answer is fine."),
    form=WhenForm,
    lines=lines,
    columns=columns,
)
