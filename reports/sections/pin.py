"""A mark on the map of the areas, as a part of the question where it happened. Not a section of its own.

The mark is two hidden fields that the map's script fills in; which area it is in is decided here. Without script, and
without outlines of the areas, the list of areas serves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext

from reports import terms
from reports.catalogue import live, outlines
from reports.models import Area, ReportType
from reports.remembering import gettext_lazy as _
from reports.sections.base import Document, Line, SectionForm, area_name
from reports.sections.composed import Fields

if TYPE_CHECKING:
    from reports.catalogue.atlas import Map

LATITUDE, LONGITUDE, OUTSIDE = "latitude", "longitude", "outside"
NUMBER = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{0,20})?")
# Five decimals of a degree: one metre.
EXACT = Decimal("0.00001")
# What a person's keyboard or language may write for a point and a minus.
SIGNS = str.maketrans({"\u066b": ".", "\u2212": "-"})


class Unreadable(ValueError):
    """What stands in the fields is no place on earth."""


@dataclass(frozen=True)
class Pin:
    """A place in degrees (WGS 84), rounded to five decimals."""

    latitude: Decimal
    longitude: Decimal

    @classmethod
    def read(cls, latitude: str, longitude: str) -> "Pin | None":
        """Return what was typed as a pin, in any script's digits; None for nothing. Raises Unreadable."""
        if not (latitude or longitude):
            return None
        return cls(_degrees(latitude, most=90), _degrees(longitude, most=180))

    @classmethod
    def of(cls, document: Document) -> "Pin | None":
        """Return the pin in a sealed part, or None."""
        if not {LATITUDE, LONGITUDE} <= document.keys():
            return None
        return cls(Decimal(document[LATITUDE]), Decimal(document[LONGITUDE]))

    def area(self) -> Area | None:
        """Return the area it is in, or None."""
        return outlines.area_at(float(self.longitude), float(self.latitude))

    def fits(self, area_id: int) -> bool:
        """Tell whether it may mean this area: it is in it or close by. An area without outline cannot be judged."""
        is_near = outlines.is_near(area_id, float(self.longitude), float(self.latitude))
        return is_near or not outlines.knows(area_id)

    def __str__(self) -> str:
        """Return it with letters for the directions, so that it reads the same inside right-to-left text."""
        north = "N" if self.latitude >= 0 else "S"
        east = "E" if self.longitude >= 0 else "W"
        return f"{abs(self.latitude)} {north}, {abs(self.longitude)} {east}"


def _degrees(typed: str, *, most: int) -> Decimal:
    plain = terms.fold(typed).translate(SIGNS).strip()
    if not NUMBER.fullmatch(plain) or abs(Decimal(plain)) > most:
        raise Unreadable
    # Nought has no sign of its own.
    return Decimal(plain).quantize(EXACT) + 0


# A square of the grid by which marks near each other are found: about 600 yards on each side at this latitude.
SQUARE = Decimal("0.005")


def square(pin: Pin) -> tuple[int, int]:
    """Return the square of the grid that a mark is in."""
    return int(pin.latitude // SQUARE), int(pin.longitude // SQUARE)


def around(pin: Pin) -> list[str]:
    """Return the search terms of a mark's square and of the eight about it."""
    north, east = square(pin)
    return [f"square:{north + up},{east + right}" for up in (-1, 0, 1) for right in (-1, 0, 1)]


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by the square of its mark, which is all that is kept of it in a term."""
    if pin := Pin.of(document):
        north, east = square(pin)
        yield f"square:{north},{east}"


class DegreesField(forms.CharField):
    """One half of a mark, as the map's script writes it. The two are judged together, by the form."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(label=_("Mark on the map"), required=False)
        self.validators = []


class PinnedForm(SectionForm):
    """A form with an area from a list, a mark on the map, and the word that the mark is meant to be outside."""

    latitude = DegreesField()
    longitude = DegreesField()
    outside = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.pin: Pin | None = None
        self.pin_is_outside = False
        super().__init__(*args, **kwargs)

    @classmethod
    def compose(cls, fields: Fields, report_type: ReportType) -> None:
        """Name the city that a mark may be outside of."""
        super().compose(fields, report_type)
        words = gettext("The mark is right. It happened outside %(city)s.")
        fields[OUTSIDE].label = words % {"city": settings.AGENCY_CITY}

    @property
    def map(self) -> "Map | None":
        """The map to be shown, or None: the type asks for the area only, or no outline is known."""
        return outlines.drawing() if LATITUDE in self.fields else None

    def draw(self, name: str) -> str:
        """Draw the map after the list of areas, and beneath it the tick, where it is asked for."""
        if name in {LATITUDE, LONGITUDE, OUTSIDE}:
            return ""
        drawn = super().draw(name)
        if name != "area" or LATITUDE not in self.fields:
            return drawn
        # Asking for the errors judges what was typed, if nobody has yet.
        asks = (self.errors or self.is_bound) and self.pin_is_outside
        return drawn + self._drawn_map() + (super().draw(OUTSIDE) if asks else "")

    def _drawn_map(self) -> str:
        """Return the map with the mark's hidden fields, its error and its buttons; "" with neither map nor mark."""
        errors, area_map, pin = self.errors.get(LATITUDE), self.map, self.pin
        if not (area_map or pin or errors):
            return ""
        x, y = area_map.frame.point(float(pin.longitude), float(pin.latitude)) if area_map and pin else (0, 0)
        shown = {"form": self, "map": area_map, "pin": pin, "errors": errors, "x": x, "y": y}
        shown |= {"found": pin.area() if pin else None, "edition": live.edition()}
        return render_to_string("components/map.html", shown)

    def clean(self) -> dict[str, Any]:
        """Find the area of the mark, or say why it does not go with the rest; what was typed stays as it is."""
        cleaned: dict[str, Any] = super().clean()
        if LATITUDE not in self.fields:
            return cleaned
        try:
            self.pin = Pin.read(cleaned.get(LATITUDE, ""), cleaned.get(LONGITUDE, ""))
        except Unreadable:
            self.add_error(LATITUDE, _("We could not read the mark on the map. Please set it again or remove it."))
            return cleaned
        if self.pin and "area" in cleaned:
            self._place(self.pin, cleaned)
        # Without a mark outside the tick says nothing.
        cleaned[OUTSIDE] = (cleaned.get(OUTSIDE) or None) if self.pin_is_outside else None
        cleaned[LATITUDE] = str(self.pin.latitude) if self.pin else ""
        cleaned[LONGITUDE] = str(self.pin.longitude) if self.pin else ""
        return cleaned

    def _place(self, pin: Pin, cleaned: dict[str, Any]) -> None:
        """Let the list's choice stand where the mark fits to it; else take the mark's area, or ask."""
        chosen, found = cleaned["area"], pin.area()
        if self.map is None or (chosen and pin.fits(chosen)):
            return
        if found is None:
            self.pin_is_outside = True
            if not cleaned.get(OUTSIDE):
                self.add_error(LATITUDE, forms.ValidationError(OUTSIDE_WORDS, params={"city": settings.AGENCY_CITY}))
        elif chosen:
            names = {"marked": found.name, "chosen": live.area(chosen).name}
            self.add_error("area", forms.ValidationError(DISAGREE_WORDS, params=names))
        else:
            cleaned["area"] = found.pk


OUTSIDE_WORDS = _(
    "This mark is outside %(city)s. If that is not what you mean, move it or remove it. "
    "If it is, tick the box below the map."
)
DISAGREE_WORDS = _(
    "Your mark on the map is in %(marked)s, but %(chosen)s is chosen here. "
    "Choose %(marked)s if the mark is right. If not, move the mark or remove it."
)


def lines(document: Document) -> Iterator[Line]:
    """Show the mark with its area; it is as personal as an address."""
    pin = Pin.of(document)
    if pin is None:
        return
    area = live.area(document.get("area"))
    outside = gettext("Outside %(city)s") % {"city": settings.AGENCY_CITY} if document.get(OUTSIDE) else ""
    where = outside or area_name(area)
    # Each on a line of its own, as they may run in different directions.
    yield Line(_("Marked on the map"), "\n".join(filter(None, [where, str(pin)])), personal=True)
