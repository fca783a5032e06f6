"""Unwanted calls and messages: from which number or account, how often, since when, in which words."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import ngettext

from reports import locales, terms
from reports.remembering import gettext_lazy as _
from reports.remembering import said
from reports.sections.base import Document, Line, LongText, RepeatedForm, Section, numbered, repeated
from reports.sections.fields import CountField, DayField

MOST = 10


class Channel(models.TextChoices):
    """By which way the person got in touch."""

    CALL = "call", _("Phone calls")
    TEXT = "text", _("Text messages")
    EMAIL = "email", _("E-mails")
    SOCIAL = "social", _("Messages in an app or on social media")
    LETTER = "letter", _("Letters or notes")
    OTHER = "other", _("Something else")


class ContactForm(RepeatedForm):
    """The contacts that came from one number or account."""

    channel = forms.ChoiceField(label=_("How did they contact you?"), choices=[("", _("Choose")), *Channel.choices])
    account = forms.CharField(
        label=_("Which number, address or account did they use?"),
        required=False,
        max_length=300,
        help_text=_("Write it as you see it. If it was hidden or blocked, write that."),
    )
    times = CountField(
        label=_("About how many times?"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("A guess is fine."),
    )
    first_date = DayField(label=_("When was the first time?"), required=False)
    last_date = DayField(label=_("When was the last time?"), required=False)
    wording = LongText(
        label=_("What did they say or write?"),
        required=False,
        max_length=5000,
        rows=4,
        help_text=_("In the language in which it came, as far as you remember. Write only what you want to."),
    )

    def clean(self) -> dict[str, Any]:
        """Check that the days have passed and stand in order."""
        cleaned: dict[str, Any] = super().clean()
        first, last, today = cleaned.get("first_date"), cleaned.get("last_date"), timezone.localdate()
        for name, day in (("first_date", first), ("last_date", last)):
            if day and day > today:
                self.add_error(name, _("This is in the future. Give a day that has passed."))
        if first and last and last < first:
            self.add_error("last_date", _("The last day is before the first day."))
        return cleaned


def _days(document: Document) -> list[date]:
    names = ("first_date", "last_date")
    return sorted(date.fromisoformat(each[name]) for each in document["each"] for name in names if name in each)


def columns(document: Document) -> dict[str, Any]:
    """Return the first and the last moment of all contacts, both None when no day was given."""
    days, zone = _days(document), timezone.get_default_timezone()
    if not days:
        return {"occurred_from": None, "occurred_until": None}
    return {
        "occurred_from": datetime.combine(days[0], time.min, zone),
        "occurred_until": datetime.combine(days[-1], time(23, 59), zone),
    }


def _times(number: int) -> str:
    return ngettext("about %(number)d time", "about %(number)d times", number) % {"number": number}


def lines(document: Document) -> Iterator[Line]:
    """Show each number or account, which is personal, with how often and when, and the words."""
    for position, each in enumerate(document["each"], start=1):
        times = _times(each["times"]) if "times" in each else ""
        shown = ", ".join(filter(None, (said(Channel(each["channel"]).label), times)))
        yield Line(numbered(_("Contact"), position), shown)
        if "account" in each:
            yield Line(_("Number or account"), each["account"], personal=True)
        for name, label in (("first_date", _("First time")), ("last_date", _("Last time"))):
            if name in each:
                yield Line(label, locales.day(date.fromisoformat(each[name])))
        if "wording" in each:
            yield Line(_("Their words"), each["wording"])


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by the number, address or account, and by the words."""
    for each in document["each"]:
        account = each.get("account", "")
        yield from terms.email(account) if "@" in account else terms.phone(account)
        yield from terms.words(f"{account} {each.get('wording', '')}")


SECTION = Section(
    key="contacts",
    title=_("Which calls or messages did you get?"),
    lead=_("Add one number or account at a time. You can add up to 10. Please keep the messages if you can."),
    form=repeated(ContactForm, key="contacts", least=1, most=MOST),
    lines=lines,
    row_title=_("Number or account"),
    columns=columns,
    terms=search_terms,
    options=("optional",),
)
