"""The published weeks of a year as files for everybody, and what their columns mean, for people and for programs."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports import csv_files
from reports.statistics.showing import ALL, Week, area_name, type_names, weeks_of

# A column's name, what kind of value it holds, and what it means. Kinds as in the Table Schema of the Frictionless
# Standards (https://specs.frictionlessdata.io/table-schema/).
COLUMNS: dict[str, tuple[str, Promise]] = {
    "week_start": ("date", _("First day of the week, a Sunday.")),
    "week_end": ("date", _("Last day of the week, a Saturday.")),
    "counted_at": ("datetime", _("When the week was counted.")),
    "kind_code": ("string", _("Short name of the kind of report. “all” is all kinds together.")),
    "kind_name": ("string", _("Name of the kind of report.")),
    "area_number": ("string", _("Number of the area. “all” is the whole city, 0 is an area that is not known.")),
    "area_name": ("string", _("Name of the area.")),
    "report_count": ("integer", _("How many reports came in that week. Empty where the number is not shown.")),
}
EVERYTHING = "all"
CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def dictionary() -> list[dict[str, Any]]:
    """Return what the columns mean, in the active language."""
    return [{"name": name, "type": kind, "description": str(words)} for name, (kind, words) in COLUMNS.items()]


def rows(weeks: list[Week]) -> Iterator[list[Any]]:
    """Yield a row for each week, kind and area, and for their totals."""
    names = type_names(list(dict.fromkeys(kind for week in weeks for kind in week.types)))
    for week in weeks:
        head = [week.first.isoformat(), week.ending.isoformat(), week.counted_at.isoformat(timespec="seconds")]
        for kind in [*week.types, ALL]:
            of_kind = [*head, kind or EVERYTHING, names.get(kind, "")]
            for number, name in week.areas.items():
                yield [*of_kind, number, area_name(number, name), week.figure(kind, number)]
            yield [*of_kind, EVERYTHING, "", week.figure(kind)]


def as_csv(year: int) -> str:
    """Return a year as CSV."""
    lines = ((("" if cell is None else cell) for cell in row) for row in rows(weeks_of(year)))
    return "".join(map(csv_files.line, [list(COLUMNS), *lines]))


def as_json(year: int) -> str:
    """Return a year as JSON: what the columns mean, then the rows in their order."""
    weeks = weeks_of(year)
    hidden = {f"{week.ending}": {"least": week.least, "least_hate": week.least_hate} for week in weeks}
    return json.dumps({"fields": dictionary(), "shown_from": hidden, "rows": list(rows(weeks))}, ensure_ascii=False)


MAKERS = {"csv": as_csv, "json": as_json}
