"""The types and their versions as the workshop lists them."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from reports.models import Code, CodeTable, ReportType, TypeStep
from reports.sections import PLACED, SECTIONS, sections_of
from reports.sections.base import Section
from reports.texts import queries as texts
from reports.workshop.actions import IN_WORK, OFFERED
from reports.workshop.wording import OPTIONS, Words


@dataclass(frozen=True)
class TypeRow:
    """One type in the list: what residents can file, what is in work, and what has been."""

    name: str
    slug: str
    offered: list[ReportType]
    in_work: ReportType | None
    retired: int
    missing: int

    @property
    def newest(self) -> ReportType:
        """The version that a click opens: the one in work, or else the one that residents file."""
        return self.in_work or self.offered[-1]


def types() -> list[TypeRow]:
    """Return every type that has a version in work or offered, in the order of the start page."""
    rows = sorted(ReportType.objects.prefetch_related("areas"), key=lambda row: (row.slug, row.version))
    missing = missing_by_version()
    made = [_row(slug, list(versions), missing) for slug, versions in groupby(rows, key=lambda row: row.slug)]
    return sorted((row for row in made if row), key=lambda row: (row.newest.position, row.slug))


def _row(slug: str, versions: list[ReportType], missing: Counter[int]) -> TypeRow | None:
    offered = [version for version in versions if version.state in OFFERED]
    in_work = next((version for version in versions if version.state in IN_WORK), None)
    if not offered and not in_work:
        return None
    newest = in_work or offered[-1]
    retired = sum(version.state == ReportType.State.RETIRED for version in versions)
    return TypeRow(newest.name, slug, offered, in_work, retired, missing[newest.pk])


def retired_types() -> list[ReportType]:
    """Return the last version of every type of which nothing is left."""
    used = ReportType.objects.exclude(state=ReportType.State.RETIRED).values("slug")
    gone = ReportType.objects.exclude(slug__in=used).order_by("slug", "-version").distinct("slug")
    return list(gone)


def missing_by_version() -> Counter[int]:
    """Return how many texts of each version lack a language."""
    lacking: Counter[int] = Counter()
    for model, path in texts.OF_TYPE.items():
        columns = [(texts.column(name, texts.SOURCE), _translated(name)) for name in texts.fields(model)]
        names = {column for source, others in columns for column in (source, *others)}
        for row in texts.shown(model).values(path, *names):
            lacking[row[path]] += sum(_lacks(row, source, others) for source, others in columns)
    return lacking


def _lacks(row: dict[str, Any], source: str, others: list[str]) -> bool:
    return bool(row[source]) and not all(row[each] for each in others)


def _translated(name: str) -> list[str]:
    return [texts.column(name, code) for code in texts.TARGETS]


def versions(slug: str) -> list[ReportType]:
    """Return all versions of a type, the newest first."""
    rows = ReportType.objects.filter(slug=slug).select_related("author", "approved_by").prefetch_related("areas")
    return list(rows.order_by("-version"))


def history(version: ReportType) -> QuerySet[TypeStep]:
    """Return what happened to a version, the latest first."""
    return version.steps.select_related("by").order_by("-id")


@dataclass(frozen=True)
class Placed:
    """A section in its place, with what can be switched on in it."""

    section: Section
    options: list[dict[str, Any]]


def placed(version: ReportType) -> list[Placed]:
    """Return the chosen sections in their order."""
    chosen = [SECTIONS[key] for key in version.section_keys if key in SECTIONS]
    return [Placed(section, _options(version, section)) for section in chosen]


def _options(version: ReportType, section: Section) -> list[dict[str, Any]]:
    given = version.section_options(section.key)
    words: list[tuple[str, tuple[Words, Words]]] = [(name, OPTIONS[name]) for name in section.options]
    return [
        {"name": f"{section.key}.{name}", "label": label, "hint": hint, "on": bool(given.get(name))}
        for name, (label, hint) in words
    ]


def left_out(version: ReportType) -> list[Section]:
    """Return the sections that could be added."""
    return [section for key, section in SECTIONS.items() if key not in {*version.section_keys, *PLACED}]


def way(version: ReportType) -> list[Section]:
    """Return the steps as a resident walks them."""
    return sections_of(version)


def headings() -> list[tuple[str, str]]:
    """Return the headings of the start page: those that no other table of codes uses."""
    used = Code.objects.exclude(table=CodeTable.CATEGORY).values_list("category", flat=True).distinct()
    own = ~Q(code__in=used) | Q(code__in=ReportType.objects.values_list("group", flat=True))
    rows = Code.objects.filter(own, table=CodeTable.CATEGORY, is_active=True)
    return [(row.code, row.wording) for row in rows]
