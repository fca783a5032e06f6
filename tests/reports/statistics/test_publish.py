"""Weeks for everybody: each counted once, frozen, its small numbers neither shown nor kept."""

import json
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from reports.audit import SYSTEM
from reports.models import Area, AuditEvent, PublicWeek, Report, ReportType
from reports.statistics import publishing
from tests.desk import at_once
from tests.reports.counts.conftest import local
from tests.reports.statistics.conftest import KINDS, Fill

MONDAY = local("2026-11-23T06:00")
WEEK = timedelta(weeks=1)
AT = "2026-11-16T12:00"


def endings() -> list[str]:
    return [f"{ending}" for ending in PublicWeek.objects.order_by("ending").values_list("ending", flat=True)]


def figure(week: PublicWeek, kind: str, area: int | None = None) -> int | None:
    row = week.types.index(kind) if kind else -1
    column = [number for number, _ in week.areas].index(area) if area is not None else -1
    shown: int | None = week.figures[row][column]
    return shown


def latest() -> PublicWeek:
    """Publish what is due, and return the week that ended last."""
    return publishing.publish(by=SYSTEM, now=MONDAY)[-1]


def test_the_first_publication_goes_back_to_the_first_report(small_city: None) -> None:
    Report.objects.update(reported_at=local("2026-11-01T00:00"))
    made = publishing.publish(by=SYSTEM, now=MONDAY)
    assert endings() == ["2026-11-07", "2026-11-14", "2026-11-21"]
    event = AuditEvent.objects.get(verb="statistics.publish")
    assert event.details == {"weeks": 3, "first": "2026-11-07", "last": "2026-11-21"}
    assert {week.counted_at for week in made} == {MONDAY}
    assert publishing.publish(by=SYSTEM, now=MONDAY + WEEK - timedelta(seconds=1)) == []
    publishing.publish(by=SYSTEM, now=MONDAY + 2 * WEEK)
    assert endings()[3:] == ["2026-11-28", "2026-12-05"]


def test_the_first_publication_goes_back_a_year_at_most(small_city: None) -> None:
    latest()
    assert (len(endings()), endings()[0]) == (52, "2025-11-29")


@pytest.mark.django_db
def test_nothing_is_published_of_a_portal_without_reports() -> None:
    assert publishing.publish(by=SYSTEM, now=MONDAY) == []


def test_the_figures_by_hand(fill: Fill) -> None:
    # Sunday's first second and Saturday's last are of the week, their neighbours are not.
    fill("2026-11-15T00:00:00", {("theft", 1): 7})
    fill("2026-11-21T23:59:59", {("theft", 2): 5, ("theft", None): 1})
    fill("2026-11-14T23:59:59", {})
    fill("2026-11-22T00:00:00", {})
    week = latest()
    assert week.types == KINDS
    assert [number for number, _ in week.areas] == [1, 2, 3, 0]
    # Two times 40 in 20 places, but for 47, 45 and 41.
    assert week.figures == [
        [80, 80, 80, 80, 320],
        [47, 45, 80, 41, 213],
        *[[80, 80, 80, 80, 320]] * 3,
        [367, 365, 400, 361, 1493],
    ]


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [("hate-incident", 11, 11), ("hate-incident", 10, None), ("theft", 5, 5), ("theft", 4, None), ("theft", 0, None)],
)
def test_hate_is_hidden_below_eleven_and_others_below_five(
    fill: Fill, kind: str, number: int, shown: int | None
) -> None:
    fill(AT, {(kind, 2): number})
    week = latest()
    assert (week.hate_types, week.least, week.least_hate) == (["hate-incident"], 5, 11)
    # The totals stay, so a hidden figure takes another one along in its row and in its column.
    assert (figure(week, kind, 2), figure(week, kind), figure(week, "", 2)) == (shown, 120 + number, 160 + number)
    hidden = 0 if shown else 2
    assert sum(figure(week, kind, area) is None for area in (1, 2, 3, 0)) == hidden
    assert sum(figure(week, other, 2) is None for other in KINDS) == hidden


def test_the_measures_are_settings(fill: Fill, settings) -> None:
    settings.COUNTS_LEAST_PUBLIC, settings.COUNTS_LEAST_PUBLIC_HATE = 40, 41
    fill(AT, {})
    week = latest()
    assert [figure(week, kind, 1) for kind in ("theft", "hate-incident")] == [40, None]
    assert (week.least, week.least_hate) == (40, 41)


def test_kinds_that_are_not_open_everywhere_are_left_out(fill: Fill) -> None:
    fill(AT, {})
    for slug, state in (("vandalism", "trial"), ("lost-property", "approved"), ("package-theft", "retired")):
        ReportType.objects.filter(slug=slug, state="live").update(state=state)
    week = latest()
    assert (week.types, figure(week, "", 1)) == (["theft", "hate-incident"], 80)


def test_an_area_that_was_closed_still_counts(fill: Fill) -> None:
    fill(AT, {})
    Area.objects.filter(number=2).update(is_active=False)
    assert figure(latest(), "", 2) == 200


def test_a_week_is_never_counted_again(fill: Fill) -> None:
    fill(AT, {})
    week = latest()
    fill(AT, {})
    publishing.publish(by=SYSTEM, now=MONDAY + WEEK)
    assert PublicWeek.objects.get(ending=week.ending).figures == week.figures
    for change in (lambda rows: rows.update(least=1), lambda rows: rows._raw_delete(rows.db)):
        with pytest.raises(ProgrammingError, match="not changed or removed"), transaction.atomic():
            change(PublicWeek.objects.all())


def test_small_numbers_are_not_even_kept(fill: Fill) -> None:
    fill(AT, {("theft", 1): 3, ("theft", 2): 4, ("vandalism", 1): 2})
    latest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT figures FROM reports_publicweek WHERE ending = '2026-11-21'")
        [(kept,)] = cursor.fetchall()
    numbers = {figure for row in json.loads(kept) for figure in row}
    assert None in numbers
    assert min(numbers - {None}) == 40


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_publish_once(small_city: None) -> None:
    Report.objects.update(reported_at=local(AT))
    made = at_once(*[lambda: publishing.publish(by=SYSTEM, now=MONDAY)] * 2)
    assert sorted(len(each) for each in made) == [0, 1]
    assert endings() == ["2026-11-21"]
