"""Counts that leave the portal. Each one leaves a trace."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from reports import audit, csv_files
from reports.audit import By
from reports.counts import files, paper
from reports.counts.book import open_book
from reports.counts.categories import DIMENSIONS
from reports.counts.cells import Kind
from reports.counts.choices import Choice
from reports.counts.periods import week as week_of
from reports.counts.rollup import Asked, read
from reports.counts.scope import scope_of
from reports.counts.tables import Table, table
from reports.models import Cuboid

WEEK_HEADINGS = ["week_ending", "type", "bureau", "area", "area_name", "received", "approved"]


@dataclass(frozen=True)
class Format:
    """One kind of file."""

    content_type: str
    make: Callable[[Table], bytes]


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", lambda made: files.as_csv(made).encode()),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda made: files.as_xlsx([made], made_at=timezone.now()),
    ),
    "pdf": Format("application/pdf", lambda made: paper.pdf([made])),
    "json": Format("application/json", lambda made: files.as_json_text(made).encode()),
    "table": Format("text/plain; charset=utf-8", lambda made: files.as_text(made).encode()),
}


@transaction.atomic
def download(*, choice: Choice, format: str, by: By) -> bytes:  # noqa: A002
    """Return the table of a choice, as far as `by` sees the reports in it, as a file. Raises choices.CannotCount."""
    made = FORMATS[format].make(table(choice, scope_of(by)))
    audit.record(
        "counts.download",
        by=by,
        subject="counts",
        format=format,
        as_of=choice.as_of.isoformat(),
        layout=choice.layout,
        rows=choice.by,
        # A heading of history is a free text.
        what=choice.of if choice.of not in DIMENSIONS else choice.what.strip(":"),
        basis=choice.basis,
    )
    return made


@transaction.atomic
def week(*, ending: date, by: By) -> Iterator[str]:
    """Return the lines of a CSV of a week by type and area, reported and approved by now. Raises NotSaturday."""
    lines = list(_week(ending, by))
    audit.record("counts.week", by=by, subject="counts", ending=ending.isoformat())
    return iter(lines)


def _week(ending: date, by: By) -> Iterator[str]:
    asked = Asked(Kind(Cuboid.CHANNEL), by_area=True, by_type=True, areas=scope_of(by).ids)
    counted, book = read([week_of(ending).ranges], asked), open_book()
    # Versions of a type are one type.
    sums: dict[tuple[str, int], list[int]] = {}
    for row in counted:
        cell = sums.setdefault((book.slugs.get(row.report_type, ""), row.area), [0, 0])
        cell[0] += row.reports
        cell[1] += row.approved
    yield csv_files.line(WEEK_HEADINGS)
    numbers = {pk: (area.bureau.code, area.number, area.name) for pk, area in book.areas.items()}
    for slug, pk in sorted(sums, key=lambda key: (key[0], key[1] == 0, numbers.get(key[1], ("", 0, ""))[1])):
        yield csv_files.line([ending.isoformat(), slug, *numbers.get(pk, ("", "", "")), *sums[slug, pk]])
