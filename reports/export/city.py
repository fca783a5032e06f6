"""The layout of the city's open crime data (28 columns, as published until 2024): for what leaves to be published.

Addresses are cut to the hundred block and marks on the map to about a hundred metres; of a hate report no place finer
than its area leaves. What only the records system knows (its crime codes, premise codes, status) stays empty.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.export import nibrs
from reports.export.columns import Column, Misfit, Text, offence
from reports.export.hundred_block import cut
from reports.export.source import DOCUMENT, FACTS, Source
from reports.permissions import concerns_hate
from reports.sections.pin import Pin

GROUP = "city"
# Three decimals of a degree: about a hundred metres.
BLOCK = Decimal("0.001")
NOT_KNOWN = _("Only the records system knows this.")
NOT_ASKED = _("The portal does not ask this.")


def _day(moment: Any) -> str:
    return f"{timezone.localtime(moment):%m/%d/%Y} 12:00:00 AM"


def _occurred(source: Source) -> str | Misfit:
    moment = source.report.occurred_from
    return _day(moment) if moment else Misfit(_("When it happened is not known."))


def _time(source: Source) -> str:
    moment = source.report.occurred_from
    return f"{timezone.localtime(moment):%H%M}" if moment else ""


def _number(source: Source) -> str | Misfit:
    return source.report.dr_number or Misfit(_("It has no official number yet."))


def _area(source: Source) -> str | Misfit:
    return f"{source.report.area.number:02}" if source.report.area else Misfit(_("The area is not known."))


@cache
def _offences() -> dict[str, str]:
    return nibrs.table("offenses")


def _crime(source: Source) -> str | Misfit:
    """Return the offence by its official name; the department's own names go with its own codes."""
    names = [_offences().get(code, "") for code in offence(source).split()]
    return ", ".join(names).upper() if names and all(names) else Misfit(_("It has no offense code of the table."))


def _premise(source: Source) -> str:
    return nibrs.table("locations").get(source.report.premise, "").upper()


def _place(position: int) -> Callable[[Source], str | Misfit]:
    def value(source: Source) -> str | Misfit:
        if concerns_hate(source.report):
            return "" if position else Misfit(_("Of a hate report no place finer than the area is published."))
        address = source.parts.get("where", {}).get("address", "")
        found = cut(address)
        if not position and not found[0]:
            return Misfit(_("The address cannot be cut to a hundred block.") if address else _("There is no address."))
        return found[position]

    return value


def _degrees(name: str) -> Callable[[Source], str]:
    def value(source: Source) -> str:
        pin = None if concerns_hate(source.report) else Pin.of(source.parts.get("where", {}))
        return str(getattr(pin, name).quantize(BLOCK)) if pin else ""

    return value


def _column(heading: str, label: Text, value: Callable[[Source], Any], *needs: str) -> Column:
    return Column(_key(heading), label, value, GROUP, heading=heading, needs=frozenset(needs))


def _never(heading: str, why: Text) -> Column:
    return Column(_key(heading), heading, lambda source: "", GROUP, heading=heading, never=why)


def _key(heading: str) -> str:
    return "city_" + heading.lower().replace(" ", "_").replace("-", "_")


COLUMNS = [
    _column("DR_NO", _("DR number"), _number),
    _column("Date Rptd", _("Day it was reported"), lambda source: _day(source.report.reported_at)),
    _column("DATE OCC", _("Day it happened"), _occurred),
    _column("TIME OCC", _("Time it happened"), _time),
    _column("AREA", _("Number of the area"), _area),
    _column("AREA NAME", _("Name of the area"), lambda source: source.report.area.name if source.report.area else ""),
    _never("Rpt Dist No", NOT_KNOWN),
    _never("Part 1-2", NOT_KNOWN),
    _never("Crm Cd", NOT_KNOWN),
    _column("Crm Cd Desc", _("Offense by its name"), _crime, FACTS),
    _never("Mocodes", NOT_KNOWN),
    _never("Vict Age", NOT_ASKED),
    _never("Vict Sex", NOT_ASKED),
    _never("Vict Descent", NOT_ASKED),
    _never("Premis Cd", NOT_KNOWN),
    _column("Premis Desc", _("Kind of place by its name"), _premise),
    _never("Weapon Used Cd", NOT_ASKED),
    _never("Weapon Desc", NOT_ASKED),
    _never("Status", NOT_KNOWN),
    _never("Status Desc", NOT_KNOWN),
    *(_never(f"Crm Cd {number}", NOT_KNOWN) for number in (1, 2, 3, 4)),
    _column("LOCATION", _("Hundred block"), _place(0), DOCUMENT),
    _column("Cross Street", _("Cross street"), _place(1), DOCUMENT),
    _column("LAT", _("Latitude, to about a hundred meters"), _degrees("latitude"), DOCUMENT),
    _column("LON", _("Longitude, to about a hundred meters"), _degrees("longitude"), DOCUMENT),
]
