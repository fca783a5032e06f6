"""How reports stand between escalation and classification, and the numbers for the state."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from reports import vault, workdays
from reports.catalogue import live
from reports.models import CodeTable, HateClassification, HateEscalation, Report, Verdict
from reports.permissions import concerns_hate, visible

COUNTED = (Verdict.CRIME, Verdict.INCIDENT)
ALL = "all"
HEADINGS = ["Month", "Counted by", "Code", "Name", "Hate crimes", "Hate incidents"]


@dataclass(frozen=True)
class Standing:
    """All that was said of one report, oldest first."""

    report: Report
    escalations: list[HateEscalation]
    classifications: list[HateClassification]

    @property
    def open(self) -> HateEscalation | None:
        """The escalation that waits for a classification."""
        last = self.escalations[-1] if self.escalations else None
        return last if last and last.settled_at is None else None

    @property
    def current(self) -> HateClassification | None:
        """The classification in force."""
        return self.classifications[-1] if self.classifications else None

    @property
    def steps(self) -> int:
        """How much was said: by it a page knows whether somebody said more meanwhile."""
        return len(self.escalations) + len(self.classifications)

    @property
    def may_be_escalated(self) -> bool:
        """Whether it is neither escalated nor a hate crime already."""
        return self.open is None and not (self.current and self.current.verdict == Verdict.CRIME)

    @property
    def days_left(self) -> int:
        """Working days until an open escalation has to be classified."""
        return workdays.left(self.open.due_at) if self.open else 0

    @property
    def is_late(self) -> bool:
        """Whether the time to classify is over."""
        return self.open is not None and self.open.due_at < timezone.now()

    @cached_property
    def notes(self) -> dict[Any, str]:
        """The notes by their rows' ids. Raises vault.CannotOpen."""
        said: list[HateEscalation | HateClassification] = [*self.escalations, *self.classifications]
        if not any(row.sealed_note for row in said):
            return {}
        key = self.report.sealing_key.unwrap()
        opened = ((row.pk, row.sealed_note, row.place) for row in said)
        return {pk: vault.open_sealed(note, key=key, place=place) for pk, note, place in opened if note}


def standing(report: Report) -> Standing:
    """Return how a report stands; one that is no matter of hate is not asked about."""
    if not concerns_hate(report):
        return Standing(report, [], [])
    return Standing(
        report,
        list(report.escalations.select_related("by")),
        list(report.classifications.select_related("by")),
    )


def names(table: CodeTable, codes: Iterable[str]) -> list[str]:
    """Return codes with their official names."""
    return [_named(table, code) for code in codes]


def _named(table: CodeTable, code: str) -> str:
    found = live.code(table, code)
    if found is None:
        return code
    return found.name if table == CodeTable.CHARACTERISTIC else f"{code} {found.name}"


# --- The lists ------------------------------------------------------------------
def to_classify(user: User) -> QuerySet[HateEscalation]:
    """Return the open escalations of the reports in reach, what is due first first."""
    rows = HateEscalation.objects.filter(settled_at=None, report__in=visible(user).values("pk"))
    return rows.select_related("by", "report__report_type", "report__area__bureau").order_by("due_at", "id")


def without(user: User) -> QuerySet[Report]:
    """Return the hate reports in reach that nobody escalated and nobody classified, oldest first."""
    waiting = HateEscalation.objects.filter(report=OuterRef("pk"), settled_at=None)
    rows = visible(user).filter(~Exists(waiting), report_type__is_hate=True, hate_verdict="", purged_at=None)
    return rows.select_related("report_type", "area__bureau").order_by("reported_at", "id")


def classified(user: User) -> QuerySet[HateClassification]:
    """Return the classifications in force of the reports in reach, the newest first."""
    return in_force(user).select_related("by", "report__report_type", "report__area__bureau").order_by("-at", "-id")


def in_force(user: User) -> QuerySet[HateClassification]:
    """Return the last classification of each report in reach."""
    later = HateClassification.objects.filter(report=OuterRef("report"), version__gt=OuterRef("version"))
    return HateClassification.objects.filter(~Exists(later), report__in=visible(user).values("pk"))


# --- The numbers -----------------------------------------------------------------
def years(user: User) -> list[int]:
    """Return the years of which there is something to count, the newest first; this year in any case."""
    rows = in_force(user).filter(verdict__in=COUNTED)
    found = rows.order_by().values_list("report__reported_at__year", flat=True).distinct()
    return sorted({*found, timezone.localdate().year}, reverse=True)


def totals(year: int, user: User) -> dict[str, Any]:
    """Return a year's months, each with its first day, hate crimes and hate incidents, and their sums."""
    rows = [row for row in months(year, user) if row[1] == ALL]
    each = [(date.fromisoformat(f"{month}-01"), crimes, incidents) for month, *_, crimes, incidents in rows]
    sums = [sum(numbers) for numbers in zip(*(row[1:] for row in each), strict=True)]
    return {"months": each, "crimes": sums[0], "incidents": sums[1]}


def months(year: int, user: User) -> list[list[Any]]:
    """Return rows under HEADINGS: for each month of the year in which reports came in (agency's time zone) how many
    are hate crimes and how many hate incidents, in all and by characteristic, bias and offence.

    A report with several biases counts once in all, and once under each of them.
    """
    zone = timezone.get_default_timezone()
    rows = in_force(user).filter(
        verdict__in=COUNTED,
        report__reported_at__gte=datetime(year, 1, 1, tzinfo=zone),
        report__reported_at__lt=datetime(year + 1, 1, 1, tzinfo=zone),
    )
    counted: Counter[tuple[int, str, str, str]] = Counter()
    for row in rows.select_related("report").defer("sealed_note"):
        month = timezone.localtime(row.report.reported_at).month
        counted.update((month, by, code, row.verdict) for by, code in counted_under(row))
    return list(_table(year, counted))


def counted_under(row: HateClassification) -> Iterator[tuple[str, str]]:
    """Yield under which headings a classification counts."""
    yield ALL, ""
    yield from ((CodeTable.CHARACTERISTIC.value, code) for code in row.characteristics)
    yield from ((CodeTable.BIAS.value, code) for code in row.biases)
    if row.offence:
        yield CodeTable.OFFENCE.value, row.offence


ORDER = [ALL, CodeTable.CHARACTERISTIC.value, CodeTable.BIAS.value, CodeTable.OFFENCE.value]


def _table(year: int, counted: Counter[tuple[int, str, str, str]]) -> Iterator[list[Any]]:
    keys = {(month, by, code) for month, by, code, _verdict in counted}
    keys |= {(month, ALL, "") for month in range(1, 13)}
    for month, by, code in sorted(keys, key=lambda key: (key[0], ORDER.index(key[1]), key[2])):
        known = live.code(by, code) if code else None
        numbers = [counted[month, by, code, verdict.value] for verdict in COUNTED]
        yield [f"{year}-{month:02}", by, code, known.name if known else "", *numbers]
