"""Counts from before the portal, out of a CSV file: all of its lines or none. A second time changes nothing."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from reports import audit
from reports.audit import By
from reports.counts.history import fold
from reports.counts.periods import EARLIEST_YEAR, LATEST_YEAR
from reports.models import Area, Bureau, HistoricCategory, HistoricCount

Span = HistoricCount.Span
HEADERS = {"as_of": Span.TO_DATE, "date": Span.DAY}
COLUMNS = ["unit", "category", "count"]
MOST_NAMED, HIGHEST, LONGEST = 20, 2_000_000_000, 100
BATCH = 5_000


class CannotImport(Exception):
    """The file is refused; the text names each wrong line."""


class Cell(NamedTuple):
    """What one line counts: of which category (folded), on or to which day, in which bureau or area."""

    category: str
    day: date
    bureau: int | None
    area: int | None


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    lines: int
    new: int
    changed: int
    categories: list[str]


@dataclass
class File:
    """The lines of a file, read and checked."""

    span: HistoricCount.Span
    counts: dict[Cell, int]
    # Categories as they were first written, by their folded names.
    names: dict[str, str]
    first_lines: dict[Cell, int]


def import_counts(
    *, file: Path, by: By, dry_run: bool = False, tell: Callable[[int], None] = lambda lines: None
) -> Imported:
    """Store the counts of a file, in one transaction; `tell` hears of each line read. Raises CannotImport.

    A count that is there already is replaced, one that the file does not name stays.
    """
    read = read_file(file, tell)
    with transaction.atomic():
        done = _store(read)
        if dry_run:
            transaction.set_rollback(True)
        else:
            audit.record("counts.import_counts", by=by, subject="counts", lines=done.lines, changed=done.changed)
    return done


# --- Reading -------------------------------------------------------------------------
def read_file(file: Path, tell: Callable[[int], None]) -> File:
    """Read and check every line. Raises CannotImport, which names the wrong ones by their numbers."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            return _read(csv.reader(opened, strict=True), tell)
    except UnicodeDecodeError:
        raise CannotImport("The file is not UTF-8 text.") from None
    except csv.Error as error:
        raise CannotImport(f"The file is no CSV: {error}.") from None
    except OSError as error:
        raise CannotImport(f"The file cannot be read: {error.strerror}.") from None


def _read(rows: Iterator[list[str]], tell: Callable[[int], None]) -> File:
    header = [cell.strip().lower() for cell in next(rows, [])]
    if header[1:] != COLUMNS or header[0] not in HEADERS:
        raise CannotImport("Line 1: the header must be as_of,unit,category,count or date,unit,category,count.")
    reader, errors = _Reader(HEADERS[header[0]]), []
    for cells in rows:
        tell(1)
        if any(cell.strip() for cell in cells):
            errors += [f"Line {rows.line_num}: {why}" for why in reader.take(cells, rows.line_num)]  # type: ignore[attr-defined]
    if errors:
        more = [f"... and {len(errors) - MOST_NAMED} more."] if len(errors) > MOST_NAMED else []
        raise CannotImport("\n".join(errors[:MOST_NAMED] + more))
    return reader.file


class _Reader:
    """Takes lines one by one."""

    def __init__(self, span: HistoricCount.Span) -> None:
        self.file = File(span, {}, {}, {})
        self.bureaus = dict(Bureau.objects.values_list("code", "pk"))
        self.areas = {str(number): pk for number, pk in Area.objects.values_list("number", "pk")}

    def take(self, cells: list[str], number: int) -> list[str]:
        """Keep a line, or return what is wrong with it."""
        if len(cells) != 1 + len(COLUMNS):
            return [f"{len(cells)} cells, not {1 + len(COLUMNS)}."]
        day_text, unit, category, count_text = (cell.strip() for cell in cells)
        day, count, name = _day(day_text), _count(count_text), " ".join(category.split())
        wrong = [
            (day is None, f"“{day_text}” is no day such as 2019-11-21."),
            (
                unit not in self.bureaus and unit not in self.areas,
                f"“{unit}” is no bureau's code and no area's number.",
            ),
            (not name or len(name) > LONGEST, f"The category must have 1 to {LONGEST} characters."),
            (not name.isprintable(), "The category holds a sign that cannot be printed."),
            (count is None, f"“{count_text}” is no whole number from 0 to {HIGHEST}."),
        ]
        if errors := [why for is_wrong, why in wrong if is_wrong]:
            return errors
        assert day is not None and count is not None  # noqa: S101, PT018 (told above)
        return self._keep(Cell(fold(name), day, self.bureaus.get(unit), self.areas.get(unit)), name, count, number)

    def _keep(self, cell: Cell, name: str, count: int, number: int) -> list[str]:
        if cell in self.file.first_lines:
            return [f"The same count stands in line {self.file.first_lines[cell]}."]
        self.file.first_lines[cell] = number
        self.file.counts[cell] = count
        self.file.names.setdefault(cell.category, name)
        return []


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST_YEAR <= day.year <= LATEST_YEAR and text == day.isoformat() else None


def _count(text: str) -> int | None:
    is_whole = text.isascii() and text.isdecimal() and len(text) <= len(str(HIGHEST))
    return int(text) if is_whole and int(text) <= HIGHEST else None


# --- Storing -------------------------------------------------------------------------
def _store(read: File) -> Imported:
    categories = _categories(read.names)
    before = _stored(read, categories)
    _refuse_doubled(read, before)
    rows = [
        HistoricCount(
            category=categories[cell.category],
            span=read.span,
            day=cell.day,
            bureau_id=cell.bureau,
            area_id=cell.area,
            count=count,
        )
        for cell, count in read.counts.items()
        if before.get(cell) != count
    ]
    HistoricCount.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["category", "span", "day", "bureau", "area"],
        update_fields=["count"],
    )
    new = sum(cell not in before for cell in read.counts)
    return Imported(len(read.counts), new, len(rows) - new, [category.name for category in categories.values()])


def _categories(names: dict[str, str]) -> dict[str, HistoricCategory]:
    """Return the categories by their folded names, under the spelling that came first."""
    known = {fold(category.name): category for category in HistoricCategory.objects.select_for_update()}
    missing = [HistoricCategory(name=name) for folded, name in names.items() if folded not in known]
    made = {fold(category.name): category for category in HistoricCategory.objects.bulk_create(missing)}
    return {folded: (known | made)[folded] for folded in names}


def _stored(read: File, categories: dict[str, HistoricCategory]) -> dict[Cell, int]:
    folded = {category.pk: name for name, category in categories.items()}
    rows = HistoricCount.objects.filter(span=read.span, category__in=folded)
    days = [cell.day for cell in read.counts]
    if days:
        rows = rows.filter(day__range=(min(days), max(days)))
    found = rows.values_list("category", "day", "bureau", "area", "count")
    return {Cell(folded[category], day, bureau, area): count for category, day, bureau, area, count in found}


def _refuse_doubled(read: File, before: dict[Cell, int]) -> None:
    """Raise CannotImport where a bureau and an area of it are counted for one day: together they would count twice."""
    bureau_of = dict(Area.objects.values_list("pk", "bureau"))
    whole = {(cell.category, cell.day, cell.bureau) for cell in [*before, *read.counts] if cell.bureau is not None}
    parts = {
        (cell.category, cell.day, bureau_of[cell.area]) for cell in [*before, *read.counts] if cell.area is not None
    }
    doubled = whole & parts
    errors = [
        f"Line {number}: “{read.names[cell.category]}” of {cell.day} is counted for a bureau and for an area of it, "
        "in this file or an earlier one: give one of both."
        for cell, number in read.first_lines.items()
        if (cell.category, cell.day, cell.bureau or bureau_of.get(cell.area or 0)) in doubled
    ]
    if errors:
        raise CannotImport("\n".join(errors[:MOST_NAMED]))
