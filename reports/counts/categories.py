"""What is counted under which heading: one row of a table for each way to part the reports. Headings may overlap."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.counts.book import CHANNELS, Book, language_name, languages, state_names
from reports.counts.cells import BETWEEN, Kind
from reports.counts.periods import Range
from reports.counts.rollup import Asked, Counted, read
from reports.models import Basis, Cuboid

Periods = list[tuple[Range, ...]]


@dataclass(frozen=True)
class Cell:
    """Some reports of a period: where, of which type and language, and what else was asked. May be fewer than none."""

    period: int
    area: int
    report_type: int
    language: str
    value: str
    reports: int


@dataclass(frozen=True)
class Dimension:
    """One way to part the reports: which headings a cell counts under, and which there are with their names."""

    label: Promise
    cuboid: Cuboid
    keys: Callable[[Book, Cell], Iterable[str]]
    headings: Callable[[Book], dict[str, str]]
    needs_type: bool = False
    needs_offences: bool = False
    # Headings that stand there also with zeros; of the others only those with a figure.
    always: Callable[[Book], Iterable[str]] = lambda book: ()
    # The heading's one value in its cuboid, or the one type, which narrows what is read.
    is_value: bool = False


def _in_group(book: Book, cell: Cell) -> Iterator[str]:
    slug, codes = book.slugs.get(cell.report_type), set(cell.value.split())
    for key, group in book.groups.items():
        if slug in group.report_types or codes & set(group.offences):
            yield key


DIMENSIONS = {
    "all": Dimension(_("All reports together"), Cuboid.CHANNEL, lambda book, cell: [""],
                     lambda book: {"": gettext("All reports")}, always=lambda book: [""]),
    "type": Dimension(_("Types"), Cuboid.CHANNEL, lambda book, cell: [book.slugs.get(cell.report_type, "")],
                      lambda book: book.type_names, needs_type=True, always=lambda book: book.live),
    "group": Dimension(_("Groups of the agency"), Cuboid.CHANNEL, _in_group,
                       lambda book: {key: group.name for key, group in book.groups.items()},
                       needs_type=True, needs_offences=True, always=lambda book: book.groups),
    "offence": Dimension(_("Offences"), Cuboid.CHANNEL, lambda book, cell: cell.value.split(),
                         lambda book: book.offences, needs_type=True, needs_offences=True,
                         always=lambda book: [code for code in book.offences if code in set(book.offence_of.values())]),
    "bias": Dimension(_("Bias categories"), Cuboid.BIAS,
                      lambda book, cell: {book.bias_category.get(code, code) for code in cell.value.split()},
                      lambda book: book.bias_categories, always=lambda book: book.bias_categories),
    "channel": Dimension(_("Named or anonymous"), Cuboid.CHANNEL, lambda book, cell: [cell.value],
                         lambda book: CHANNELS, always=lambda book: CHANNELS, is_value=True),
    "state": Dimension(_("State or outcome"), Cuboid.STATE, lambda book, cell: [cell.value],
                       lambda book: state_names(), always=lambda book: state_names(), is_value=True),
    "language": Dimension(_("Languages"), Cuboid.LANGUAGE, lambda book, cell: [cell.value],
                          lambda book: {code: language_name(code) for code in languages()}, is_value=True),
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """What is to be counted: a dimension, one heading of it or all, in rows by `unit`."""

    of: str
    key: str | None
    unit: str
    basis: Basis
    areas: frozenset[int] | None

    @property
    def dimension(self) -> Dimension:
        """The row of the table."""
        return DIMENSIONS[self.of]


def cells(book: Book, question: Question, periods: Periods) -> Iterator[Cell]:
    """Yield the cells of the rollup that the question needs, coarse enough for it and no finer."""
    dimension, by_language = question.dimension, question.unit == "language"
    asked = Asked(
        kind=_kind(dimension, by_language=by_language),
        basis=question.basis,
        by_area=question.unit in {"bureau", "area"},
        by_type=dimension.needs_type or question.unit == "type",
        by_value=by_language or dimension.is_value or dimension.cuboid == Cuboid.BIAS,
        areas=question.areas,
        types=book.type_ids(question.key) if question.of == "type" and question.key else None,
        values=frozenset({question.key}) if dimension.is_value and question.key and not by_language else None,
    )
    plain = [_cell(row, by_language=by_language) for row in read(periods, asked)]
    if not dimension.needs_offences:
        yield from plain
        return
    yield from (replace(cell, value=book.offence_of.get(cell.report_type, "")) for cell in plain)
    coded = replace(asked, kind=Kind(Cuboid.OFFENCE, with_language=by_language), by_value=True)
    for cell in (_cell(row, by_language=by_language) for row in read(periods, coded)):
        # A report with offences of its own counts under these, and no more under its type's.
        yield cell
        yield replace(cell, value=book.offence_of.get(cell.report_type, ""), reports=-cell.reports)


def _kind(dimension: Dimension, *, by_language: bool) -> Kind:
    is_plain = dimension.cuboid == Cuboid.CHANNEL and not dimension.is_value
    if by_language and (is_plain or dimension.cuboid == Cuboid.LANGUAGE):
        return Kind(Cuboid.LANGUAGE)
    return Kind(dimension.cuboid, with_language=by_language)


def _cell(row: Counted, *, by_language: bool) -> Cell:
    language, _between, rest = row.value.partition(BETWEEN) if by_language else ("", "", row.value)
    return Cell(row.period, row.area, row.report_type, language, rest, row.reports)


def unit_of(book: Book, cell: Cell, unit: str) -> str:
    """Return the row in which a cell counts; "" for a report that is not placed, and where no rows are asked for."""
    if not unit:
        return ""
    if unit == "type":
        return book.slugs.get(cell.report_type, "")
    if unit == "language":
        return cell.language
    area = book.areas.get(cell.area)
    if area is None:
        return ""
    return area.bureau.code if unit == "bureau" else str(area.number)


Sums = dict[tuple[str, str], dict[int, int]]


def sums(book: Book, question: Question, periods: Periods) -> Sums:
    """Return the figures: by heading and row, then by the period's place. Nothing stands for zero."""
    found: Sums = {}
    for cell in cells(book, question, periods):
        unit = unit_of(book, cell, question.unit)
        for key in question.dimension.keys(book, cell):
            if question.key is None or key == question.key:
                by_period = found.setdefault((key, unit), {})
                by_period[cell.period] = by_period.get(cell.period, 0) + cell.reports
    return found
