"""The catalogue as every page needs it, kept in this process and read anew when it has changed.

Whether it has is asked every few seconds, in one statement.

The rows are shared between requests and threads: read them, never change them. A text of a row is read in the
language that is active at that moment, so one copy serves all languages.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone
from psycopg.sql import SQL, Composed, Identifier

from reports.models import (
    Area,
    AreaBoundary,
    Bureau,
    Code,
    CodeTable,
    ExtraChoice,
    ExtraQuestion,
    MessageTemplate,
    Partner,
    RejectReason,
    ReportType,
    ScreeningQuestion,
    Stopper,
    SupportOrganisation,
)

State = ReportType.State
# Every table that a snapshot is made of.
SOURCES: tuple[type[models.Model], ...] = (
    Area,
    AreaBoundary,
    Bureau,
    Code,
    ExtraChoice,
    ExtraQuestion,
    MessageTemplate,
    Partner,
    RejectReason,
    ReportType,
    ReportType.areas.through,
    ScreeningQuestion,
    Stopper,
    SupportOrganisation,
    SupportOrganisation.areas.through,
)


@dataclass(frozen=True)
class _Snapshot:
    at: float
    stamp: str
    types: dict[int, ReportType]
    kinds: dict[int, ReportType]
    areas: dict[int, Area]
    outlined: frozenset[tuple[int, datetime]]
    codes: dict[tuple[str, str], Code]
    tables: dict[str, list[Code]]
    support: list[SupportOrganisation]
    reasons: dict[str, RejectReason]
    partners: dict[int, Partner]
    templates: dict[str, MessageTemplate]
    # Versions that are not live any more, or not yet, as drafts and reports ask for them.
    others: dict[int, ReportType] = field(default_factory=dict)


class _Memory:
    def __init__(self) -> None:
        self.snapshot: _Snapshot | None = None
        # The last one that was read, also when it was to be forgotten: it serves again if nothing has changed.
        self.last: _Snapshot | None = None
        self.lock = threading.Lock()

    def current(self) -> _Snapshot:
        """Return the snapshot, read anew when it is too old.

        While one thread reads, the others go on with the old copy; only the very first read makes them wait.
        """
        old = self.snapshot
        if old is not None and (_is_fresh(old) or not self.lock.acquire(blocking=False)):
            return old
        if old is None:
            self.lock.acquire()
        try:
            return self._renewed(old)
        finally:
            self.lock.release()

    def _renewed(self, old: _Snapshot | None) -> _Snapshot:
        # Another thread may have been faster.
        if self.snapshot is None or self.snapshot is old:
            at, stamp = time.monotonic(), _stamp()
            same = self.last is not None and self.last.stamp == stamp
            self.snapshot = self.last = replace(self.last, at=at) if self.last and same else _load(at, stamp)
        return self.snapshot


_memory = _Memory()


def _is_fresh(snapshot: _Snapshot) -> bool:
    return time.monotonic() - snapshot.at < settings.CATALOGUE_CACHE_SECONDS


def types() -> list[ReportType]:
    """Return the report types that the start page offers now, in order: of each the version for most residents."""
    return [each for each in _memory.current().types.values() if each.offered and each is type_named(each.slug)]


def types_by_group() -> list[tuple[str, list[ReportType]]]:
    """Return the offered types under their headings, both in order; those without a heading come last, under ""."""
    return grouped(types())


def grouped(report_types: Iterable[ReportType]) -> list[tuple[str, list[ReportType]]]:
    """Return types under their headings, as the start page shows them."""
    members = defaultdict(list)
    for each in report_types:
        members[each.group].append(each)
    headings = [heading for heading in codes(CodeTable.CATEGORY) if heading.code in members]
    grouped = [(heading.wording, members.pop(heading.code)) for heading in headings]
    left = [each for group in members.values() for each in group]
    return [*grouped, ("", left)] if left else grouped


def type_named(slug: str) -> ReportType | None:
    """Return the version of a type that is live everywhere, or else in chosen areas; offered or not, or None."""
    return _version(slug, State.LIVE) or trial(slug)


def trial(slug: str) -> ReportType | None:
    """Return the version of a type that is live in chosen areas first, or None."""
    return _version(slug, State.TRIAL)


def version_in(slug: str, area_id: int | None) -> ReportType | None:
    """Return the version that is filed in an area, or None: it is not online there. An unknown area is none of them."""
    first = trial(slug)
    if first and area_id in {area.pk for area in first.areas.all()}:
        return first
    return _version(slug, State.LIVE) or (first if area_id is None else None)


def _version(slug: str, state: str) -> ReportType | None:
    among = _memory.current().types.values()
    return next((each for each in among if each.slug == slug and each.state == state and each.is_live()), None)


def report_type(pk: int) -> ReportType:
    """Return any version of any type, live or not; raises ReportType.DoesNotExist."""
    snapshot = _memory.current()
    found = snapshot.types.get(pk) or snapshot.others.get(pk)
    if found is None:
        found = snapshot.others[pk] = fresh(pk)
    return found


def stamp_of(report_type: ReportType) -> str | None:
    """Return what changes with the catalogue, or None for a type that is not the very one that it holds now."""
    snapshot = _memory.current()
    held = snapshot.types.get(report_type.pk) or snapshot.others.get(report_type.pk)
    return snapshot.stamp if held is report_type else None


def kind(pk: int) -> ReportType:
    """Return any version of any type as a list names it: without questions and long texts; raises DoesNotExist."""
    return _memory.current().kinds.get(pk) or report_type(pk)


def kinds() -> list[ReportType]:
    """Return every kind of report that there is or was, in order, each as its newest version that is no draft."""
    known = (each for each in _memory.current().kinds.values() if each.state != State.DRAFT)
    newest = {each.slug: each for each in sorted(known, key=lambda each: each.version)}
    return sorted(newest.values(), key=lambda each: (each.position, each.name))


def fresh(pk: int) -> ReportType:
    """Return a version as it stands in the database now, as one needs who works on it; raises DoesNotExist."""
    return _with_questions(ReportType.objects.all()).get(pk=pk)


def areas() -> list[Area]:
    """Return the active areas with their bureaus, by number."""
    return [area for area in _memory.current().areas.values() if area.is_active]


def all_areas() -> list[Area]:
    """Return all areas, active or not, with their bureaus, by number."""
    return list(_memory.current().areas.values())


def area(pk: int | None) -> Area | None:
    """Return one area, active or not, or None."""
    return _memory.current().areas.get(pk) if pk is not None else None


def outlined() -> frozenset[tuple[int, datetime]]:
    """Return the ids of the active areas whose outline is known, each with the moment when it last changed."""
    return _memory.current().outlined


def codes(table: str, *, offered_only: bool = False) -> list[Code]:
    """Return the active codes of a table, those of one category together; or only those a resident may pick."""
    active = (code for code in _memory.current().tables.get(table, []) if code.is_active)
    return [code for code in active if code.offered or not offered_only]


def code(table: str, code: str) -> Code | None:
    """Return one code, active or not, or None."""
    return _memory.current().codes.get((str(table), code))


def categories(table: str) -> list[Code]:
    """Return the headings under which the codes of a table stand, in order, active or not."""
    snapshot = _memory.current()
    used = {code.category for code in snapshot.tables.get(table, [])}
    return [heading for heading in snapshot.tables.get(CodeTable.CATEGORY, []) if heading.code in used]


def support(report_type: ReportType, area_id: int | None, language: str) -> list[SupportOrganisation]:
    """Return the organisations that fit such a report, those that name the language first."""
    fitting = [each for each in _memory.current().support if each.fits(report_type, area_id, language)]
    return sorted(fitting, key=lambda each: language not in each.languages)


def reject_reasons() -> list[RejectReason]:
    """Return the reasons that may be chosen now, in order."""
    return [reason for reason in _memory.current().reasons.values() if reason.is_active]


def reject_reason(key: str) -> str:
    """Return a reason's words in the active language, of one that may be chosen no more as well; "" for none."""
    found = _memory.current().reasons.get(key)
    return found.text_for() if found else ""


def partners() -> list[Partner]:
    """Return whom a report may be passed on to now, in order."""
    return [partner for partner in _memory.current().partners.values() if partner.is_active]


def partner(pk: int | None) -> Partner | None:
    """Return one partner, active or not, or None."""
    return _memory.current().partners.get(pk) if pk is not None else None


def templates(kind: str) -> list[MessageTemplate]:
    """Return the message templates of one kind that may be chosen now, in order."""
    return [each for each in _memory.current().templates.values() if each.is_active and each.kind == kind]


def template(key: str) -> MessageTemplate | None:
    """Return one message template, active or not, or None."""
    return _memory.current().templates.get(key)


def edition() -> str:
    """Return what changes whenever what this process offers does: for what is made of the catalogue alone.

    That is after an edit, and when the day of a version has come.
    """
    snapshot, now = _memory.current(), timezone.now()
    coming = sum(1 for each in snapshot.types.values() if each.live_from and each.live_from > now)
    return f"{snapshot.stamp}:{coming}"


def clear() -> None:
    """Forget everything, so that the next reader of this process sees what was just saved."""
    _memory.snapshot = None


def _stamp() -> str:
    """Return a word that is another one after any change: made of the place and the writer of every row."""
    with connection.cursor() as cursor:
        cursor.execute(_stamp_query())
        return str(cursor.fetchone()[0])


@cache
def _stamp_query() -> Composed:
    # xmin is the transaction that wrote a version of a row, ctid the place where it lies: no later version has both.
    one = SQL("SELECT sum(hashtextextended(xmin::text || ctid::text, {})) AS part FROM {}")
    parts = [one.format(number, Identifier(source._meta.db_table)) for number, source in enumerate(SOURCES)]
    return SQL("SELECT sum(part) FROM ({}) AS parts").format(SQL(" UNION ALL ").join(parts))


def _load(at: float, stamp: str) -> _Snapshot:
    live = _with_questions(ReportType.objects.filter(state__in=[State.TRIAL, State.LIVE]))
    rows = list(Code.objects.all())
    areas = list(Area.objects.select_related("bureau").annotate(outlined_at=F("boundary__changed_at")))
    return _Snapshot(
        at=at,
        stamp=stamp,
        types={report_type.pk: report_type for report_type in live},
        kinds={each.pk: each for each in ReportType.objects.only(*_named_by())},
        areas={area.pk: area for area in areas},
        outlined=frozenset((area.pk, area.outlined_at) for area in areas if area.is_active and area.outlined_at),
        codes={(code.table, code.code): code for code in rows},
        tables=_in_order(rows),
        support=list(SupportOrganisation.objects.filter(is_active=True).prefetch_related("areas")),
        reasons={row.key: row for row in RejectReason.objects.all()},
        partners={row.pk: row for row in Partner.objects.all()},
        templates={row.key: row for row in MessageTemplate.objects.all()},
    )


def _with_questions(report_types: QuerySet[ReportType]) -> QuerySet[ReportType]:
    screening = Prefetch("screening", ScreeningQuestion.objects.select_related("stopper"))
    return report_types.select_related("offence").prefetch_related(screening, "questions__choices", "areas")


@cache
def _named_by() -> list[str]:
    """Return the columns that lists need: the name in every language, and what is asked of it."""
    asked = {"name", "slug", "version", "state", "position", "is_hate"}
    columns = ReportType._meta.concrete_fields
    return [column.name for column in columns if getattr(column, "translated_field", column).name in asked]


def _in_order(rows: list[Code]) -> dict[str, list[Code]]:
    headings = {code.code: code.position for code in rows if code.table == CodeTable.CATEGORY}
    tables = defaultdict(list)
    for code in sorted(rows, key=lambda code: (headings.get(code.category, 0), code.position, code.code)):
        tables[code.table].append(code)
    return dict(tables)
