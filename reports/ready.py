"""Message templates filled in: what a resident reads of one in each language, as it was sent.

A message keeps the words that were sent, so that what a supervisor betters later changes nothing that was said.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from reports import locales
from reports.catalogue import live
from reports.models import Area, Message, MessageTemplate, Referral, Report
from reports.models.catalogue import PLACEHOLDER, fill_placeholders, placeholders

# What a step knows beyond the report itself. A day is written as each language writes it; a call gives the words in
# the language that is active.
Facts = Mapping[str, str | date | Callable[[], str]]


class Unfillable(Exception):
    """The report in hand has nothing to put in the place of `names`."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(", ".join(names))


def filled(key: str, *, report: Report, facts: Facts) -> dict[str, str]:
    """Return a template's words by language, English where one lacks them. Raises Unfillable, or KeyError for none."""
    template = live.template(key)
    if template is None:
        raise KeyError(key)
    if missing := unfilled(template, report=report, facts=facts):
        raise Unfillable(missing)
    return {code: _in_language(template, code, report, facts) for code, _name in settings.LANGUAGES}


def unfilled(template: MessageTemplate, *, report: Report, facts: Facts) -> list[str]:
    """Return the names in a template's English for which there is nothing to put there."""
    known = _known(report, facts)
    with override(settings.LANGUAGE_CODE):
        named = PLACEHOLDER.findall(template.text)
    return sorted({name for name in named if not known.get(name)})


def _in_language(template: MessageTemplate, code: str, report: Report, facts: Facts) -> str:
    with override(code):
        known = _known(report, facts)
        return PLACEHOLDER.sub(lambda match: known.get(match[1], match[0]), template.text)


def _known(report: Report, facts: Facts) -> dict[str, str]:
    """Return what may be filled in, in the active language."""
    station = live.area(report.area_id)
    of_station = {
        "station": station_name(station),
        "station_address": station.station_address,
        "station_phone": station.station_phone or settings.AGENCY_PHONE,
    } if station else {}  # fmt: skip
    return {**placeholders(), "reference": report.reference, **of_station, **{n: _say(v) for n, v in facts.items()}}


def _say(value: str | date | Callable[[], str]) -> str:
    if isinstance(value, date):
        return locales.day(value)
    return value if isinstance(value, str) else value()


def station_name(station: Area) -> str:
    """Return how a resident is told of a station, in the active language."""
    return _("%(area)s police station") % {"area": station.name}


@dataclass(frozen=True)
class Contact:
    """How to reach whom a report was passed on to, each "" where it is not known."""

    phone: str
    address: str
    url: str = ""


def contact_of(referral: Referral) -> Contact:
    """Return how to reach a partner or a station."""
    if referral.partner:
        return Contact(referral.partner.phone, referral.partner.address, referral.partner.url)
    station = referral.station
    return (
        Contact(station.station_phone or settings.AGENCY_PHONE, station.station_address) if station else Contact("", "")
    )


def place_name(referral: Referral) -> str:
    """Return how a resident is told where a report went, in the active language."""
    return referral.partner.name if referral.partner else station_name(referral.station) if referral.station else ""


def facts_of(referral: Referral) -> Facts:
    """Return what a template may say of where a report went."""
    place = contact_of(referral)
    return {
        "partner": lambda: place_name(referral),
        "partner_phone": place.phone,
        "partner_address": place.address,
    }


def said(message: Message) -> str:
    """Return the words of a message's template in the active language: as sent, or as the row has them now; or ""."""
    if message.ready_in:
        return message.ready_in.get(get_language() or "") or message.ready_in.get(settings.LANGUAGE_CODE, "")
    return worded(message.question)


def worded(key: str) -> str:
    """Return a template's words as they stand in the catalogue, in the active language; "" for none."""
    template = live.template(key) if key else None
    return fill_placeholders(template.text) if template else ""
