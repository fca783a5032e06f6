"""The rollup equals plain SQL on the reports, whatever happened to them and whenever it was last brought up to date."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from reports import workflow
from reports.counts import rollup
from reports.counts.cells import Kind
from reports.counts.rollup import Asked, read
from reports.models import Area, Basis, CodedFact, Cuboid, Report, ReportType, StaleMoment, Tally, TallyZone
from reports.states import Action
from tests.desk import another
from tests.reports.counts.conftest import ZONE, ask, local

# Around both changes of the clocks, the ends of years, and 29 February: minutes before and after midnight.
EDGES = [
    local(f"{day}T{clock}")
    for day in (
        "2023-12-31", "2024-01-01", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-09", "2024-03-10", "2024-03-11",
        "2024-11-02", "2024-11-03", "2024-11-04", "2024-12-31", "2025-01-01", "2025-02-28", "2025-03-01",
    )
    for clock in ("00:00:00", "00:59:59.999999", "01:30:00", "12:00:00", "23:59:59.999999")
]  # fmt: skip
MOMENTS = st.sampled_from(EDGES)
COLUMNS = st.fixed_dictionaries(
    {
        "area": st.sampled_from([None, 1, 5]),
        "language": st.sampled_from(["en", "es"]),
        "is_anonymous": st.booleans(),
        "occurred_from": st.none() | MOMENTS,
    }
)
CODES = st.lists(st.sampled_from([("bias", "11"), ("bias", "12"), ("offence", "23F"), ("property", "20")]), max_size=3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), MOMENTS, COLUMNS, CODES),
        st.tuples(st.just("edit"), st.integers(0, 9), COLUMNS),
        st.tuples(st.just("later"), st.integers(0, 9), MOMENTS),
        st.tuples(st.just("code"), st.integers(0, 9), CODES),
        st.tuples(st.just("decide"), st.integers(0, 9)),
        st.tuples(st.just("reopen"), st.integers(0, 9)),
        st.tuples(st.just("delete"), st.integers(0, 9)),
        st.tuples(st.just("refresh")),
    ),
    min_size=1,
    max_size=14,
)

VALUES = {
    Cuboid.CHANNEL: "CASE WHEN is_anonymous THEN 'anonymous' ELSE 'named' END",
    Cuboid.STATE: "state",
    Cuboid.LANGUAGE: "language",
    Cuboid.BIAS: "array_to_string(ARRAY(SELECT DISTINCT code FROM reports_codedfact"
    " WHERE report_id = r.id AND kind = 'bias' ORDER BY 1), ' ')",
    Cuboid.OFFENCE: "array_to_string(ARRAY(SELECT DISTINCT code FROM reports_codedfact"
    " WHERE report_id = r.id AND kind = 'offence' ORDER BY 1), ' ')",
}
COLUMN = {Basis.REPORTED: "reported_at", Basis.OCCURRED: "occurred_from"}
STRETCHES = [
    (date(2024, 1, 1), date(2024, 12, 31)),
    (date(2024, 2, 29), date(2024, 2, 29)),
    (date(2024, 3, 10), date(2024, 3, 16)),
    (date(2024, 10, 27), date(2024, 11, 23)),
    (date(2023, 12, 31), date(2025, 1, 4)),
]


def by_plain_sql(cuboid: Cuboid, basis: Basis, first: date, last: date) -> Counter[tuple[Any, ...]]:
    """Count the reports of some days one by one."""
    rows = ask(
        f"SELECT coalesce(area_id, 0), report_type_id, {VALUES[cuboid]}, state = 'approved' FROM reports_report r"
        f" WHERE ({COLUMN[basis]} AT TIME ZONE 'America/Los_Angeles')::date BETWEEN %s AND %s",
        first,
        last,
    )
    counted: Counter[tuple[Any, ...]] = Counter()
    for area, report_type, value, is_approved in rows:
        if value:
            counted[area, report_type, value, "reports"] += 1
            counted[area, report_type, value, "approved"] += is_approved
    return +counted


def by_rollup(cuboid: Cuboid, basis: Basis, stretches: list[tuple[date, date]]) -> list[Counter[tuple[Any, ...]]]:
    """Count the same by the rollup, all stretches in one statement."""
    found: list[Counter[tuple[Any, ...]]] = [Counter() for _ in stretches]
    asked = Asked(Kind(cuboid), basis, by_area=True, by_type=True, by_value=True)
    for row in read([(stretch,) for stretch in stretches], asked):
        found[row.period][row.area, row.report_type, row.value, "reports"] += row.reports
        found[row.period][row.area, row.report_type, row.value, "approved"] += row.approved
    return [+counted for counted in found]


def check() -> None:
    for basis in Basis:
        for cuboid in Cuboid:
            expected = [by_plain_sql(cuboid, basis, *stretch) for stretch in STRETCHES]
            assert by_rollup(cuboid, basis, STRETCHES) == expected, (basis, cuboid)


class Life:
    """Carries out the steps of a random history."""

    def __init__(self, pattern: Report, sue: User) -> None:
        self.pattern, self.sue = pattern, sue
        self.types = list(ReportType.objects.order_by("pk"))
        self.areas = {area.number: area for area in Area.objects.all()} | {None: None}
        self.reports: list[Report] = []

    def columns(self, chosen: dict[str, Any]) -> dict[str, Any]:
        return chosen | {"area": self.areas[chosen["area"]]}

    def some(self, number: int) -> Report | None:
        return self.reports[number % len(self.reports)] if self.reports else None

    def add(self, at: datetime, columns: dict[str, Any], codes: list[tuple[str, str]]) -> None:
        report_type = self.types[len(self.reports) % len(self.types)]
        report = another(self.pattern, reported_at=at, report_type=report_type, **self.columns(columns))
        self.reports.append(report)
        self.put(report, codes)

    def put(self, report: Report, codes: list[tuple[str, str]]) -> None:
        CodedFact.objects.bulk_create([CodedFact(report=report, kind=kind, code=code) for kind, code in codes])

    def edit(self, number: int, columns: dict[str, Any]) -> None:
        if report := self.some(number):
            Report.objects.filter(pk=report.pk).update(**self.columns(columns))

    def later(self, number: int, at: datetime) -> None:
        if report := self.some(number):
            Report.objects.filter(pk=report.pk).update(reported_at=at)

    def code(self, number: int, codes: list[tuple[str, str]]) -> None:
        if report := self.some(number):
            report.facts.all()[:1].get().delete() if report.facts.exists() else self.put(report, codes)

    def decide(self, number: int) -> None:
        if report := self.some(number):
            Report.objects.filter(pk=report.pk, decided_at=None).update(
                state="approved", decided_at=report.reported_at, dr_number=str(report.pk)[-20:]
            )

    def reopen(self, number: int) -> None:
        report = self.some(number)
        locked = report and workflow.locked(report.pk)
        if locked and locked.state == "approved":
            workflow.move(locked, action=Action.REOPEN, by=self.sue)

    def delete(self, number: int) -> None:
        if report := self.some(number):
            self.reports.remove(report)
            Report.objects.get(pk=report.pk).delete()

    def refresh(self) -> None:
        rollup.refresh()


@given(STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=False)
def test_it_equals_plain_sql_after_any_history(pattern: Report, sue_of_all: User, steps: list[tuple[Any, ...]]) -> None:
    Report.objects.exclude(pk=pattern.pk).delete()
    life = Life(pattern, sue_of_all)
    for name, *values in steps:
        getattr(life, name)(*values)
    check()
    rollup.refresh()
    assert not StaleMoment.objects.exists()
    check()


@pytest.fixture
def sue_of_all(staff) -> User:
    """A supervisor of the whole city, who may reopen any report."""
    return staff("sue", "supervisor", citywide=True)


def test_a_fresh_rollup_is_read_and_not_the_reports(make) -> None:
    make("2024-05-05T12:00")
    rollup.refresh()
    Tally.objects.update(reports=7)
    [(counted, *_)] = [by_rollup(Cuboid.CHANNEL, Basis.REPORTED, [(date(2024, 5, 5), date(2024, 5, 5))])]
    assert {number for *_, number in counted.items()} == {7}


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every step of a plan."""
    yield plan
    for each in plan.get("Plans", []):
        yield from nodes(each)


@pytest.mark.parametrize("cuboid", Cuboid)
def test_no_report_is_looked_at_while_no_day_is_stale(make, cuboid: Cuboid) -> None:
    make("2024-05-05T12:00")
    rollup.refresh()
    plans: list[Any] = []

    def explain(execute, sql, params, many, context):
        execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params, many, context)
        plans.extend(context["cursor"].fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        read([[(date(2024, 1, 1), date(2024, 12, 31))]], Asked(Kind(cuboid), by_value=True))
    [([found],)] = plans
    looks = [node for node in nodes(found["Plan"]) if node.get("Relation Name") == "reports_report"]
    assert [node["Actual Loops"] for node in looks] == [0]


def test_a_change_is_seen_before_it_is_brought_up_to_date(make) -> None:
    report = make("2024-05-05T12:00")
    rollup.refresh()
    Report.objects.filter(pk=report.pk).update(language="ko")
    assert StaleMoment.objects.count() == 1
    [counted] = by_rollup(Cuboid.LANGUAGE, Basis.REPORTED, [(date(2024, 1, 1), date(2024, 12, 31))])
    assert {key[2] for key in counted} == {"ko"}


def test_what_is_not_counted_makes_nothing_stale(make) -> None:
    report = make("2024-05-05T12:00")
    rollup.refresh()
    Report.objects.filter(pk=report.pk).update(priority=1, held=True, has_email=True)
    CodedFact.objects.create(report=report, kind="property", code="20")
    assert not StaleMoment.objects.exists()


def test_another_time_zone_counts_everything_anew(make, settings) -> None:
    make("2024-05-05T23:30")
    rollup.refresh()
    settings.TIME_ZONE = "America/New_York"
    day = [(date(2024, 5, 6), date(2024, 5, 6))]
    assert sum(by_rollup(Cuboid.CHANNEL, Basis.REPORTED, day)[0].values()) == 1
    rollup.refresh()
    assert TallyZone.objects.get().zone == "America/New_York"
    assert Tally.objects.filter(cuboid="c", grain="d", start=day[0][0]).count() == 1
    assert sum(by_rollup(Cuboid.CHANNEL, Basis.REPORTED, day)[0].values()) == 1


def test_emptying_the_reports_empties_the_counts(make) -> None:
    make("2024-05-05T12:00")
    rollup.refresh()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE reports_report CASCADE")
    year = [(date(2024, 1, 1), date(2024, 12, 31))]
    assert by_rollup(Cuboid.CHANNEL, Basis.REPORTED, year) == [Counter()]
    rollup.refresh()
    assert not Tally.objects.exists()


def test_many_days_are_counted_a_few_at_a_time(make, monkeypatch) -> None:
    monkeypatch.setattr(rollup, "CHUNK", 2)
    for day in range(1, 6):
        make(f"2024-05-0{day}T12:00")
    told: list[int] = []
    assert rollup.refresh(tell=told.append) == 6  # and the pattern's own
    assert told == [2, 2, 2]
    assert rollup.refresh() == 0
    month = timedelta(days=30)
    [counted] = by_rollup(Cuboid.CHANNEL, Basis.REPORTED, [(date(2024, 5, 1), date(2024, 5, 1) + month)])
    assert sum(counted.values()) == 5
    assert local("2024-05-01T12:00").tzinfo is ZONE
