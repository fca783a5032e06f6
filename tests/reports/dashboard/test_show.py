"""The dashboard's figures against figures worked out by hand, and the lists behind them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from reports.dashboard.board import Board
from reports.dashboard.charts import bar, course, scale
from reports.dashboard.measures import MEASURES
from reports.dashboard.periods import Period
from reports.models import Area, Move, Report, ReportType
from reports.states import Action, State
from reports.templatetags.dashboard import lasting
from tests.desk import another

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
SHOW = reverse("dashboard:show")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def made(queued: Report) -> Callable[..., Report]:
    """Store a report: made("theft", area=1, ago=DAY, looked=2 * HOUR, decided=5 * HOUR, asked=[...], lapsed=...)."""
    Move.objects.all().delete()
    pattern = queued

    def make(
        slug: str = "theft",
        area: int | None = 1,
        *,
        ago: timedelta = DAY,
        looked: timedelta | None = None,
        decided: timedelta | None = None,
        by: User | None = None,
        asked: int = 0,
        lapsed: bool = False,
        **fields: Any,
    ) -> Report:
        at = timezone.now() - ago
        placed = Area.objects.get(number=area) if area else None
        given = {"reported_at": at, "due_at": at + 5 * DAY, "state_since": at, "state": State.QUEUED, **fields}
        if decided:
            given |= {"state": State.REFERRED, "decided_at": at + decided}
        report_type = ReportType.objects.get(slug=slug, state="live")
        report = another(pattern, report_type=report_type, area=placed, **given)
        if looked is not None:
            step(report, Action.CLAIM, at + looked, by)
        for number in range(asked):
            step(report, Action.ASK, at + HOUR * (3 + number), by)
        if lapsed:
            step(report, Action.LAPSE, at + HOUR * 4, None)
        if decided:
            step(report, Action.REFER, at + decided, by)
        return report

    Report.objects.filter(pk=pattern.pk).update(state=State.REFERRED, decided_at=datetime(2020, 1, 1, tzinfo=UTC))
    Report.objects.filter(pk=pattern.pk).update(reported_at=datetime(2019, 12, 1, tzinfo=UTC))
    return make


def step(report: Report, action: Action, at: datetime, by: User | None) -> None:
    Move.objects.create(report=report, action=action, source=State.QUEUED, target=State.IN_REVIEW, at=at, by=by)


def board(user: User, days: str = "28") -> Board:
    return Board(user, Period.read(days))


def numbers(of: Board, by: str) -> dict[str, dict[str, int]]:
    """Return a table's numbers of the period by the rows' names."""
    return {str(row.name): {key: figure.number for key, figure in row.happened.items()} for row in of.rows(by)}


# --- Times ---------------------------------------------------------------------------
def test_median_and_ninetieth_are_those_of_the_book(made: Callable[..., Report], sue: User) -> None:
    """Ten reports decided after 1 to 10 days: half within 5.5, nine of ten within 9.1 (between 9 and 10, linear)."""
    for days in range(1, 11):
        made(ago=12 * DAY, looked=days * HOUR, decided=days * DAY)
    found = board(sue)
    assert found.times("decided").number == 10
    assert found.times("decided").median == pytest.approx(5.5 * 86400)
    assert found.times("decided").ninetieth == pytest.approx(9.1 * 86400)
    assert found.times("looked").median == pytest.approx(5.5 * 3600)
    assert found.times("looked").ninetieth == pytest.approx(9.1 * 3600)


def test_the_first_look_is_the_first_one(made: Callable[..., Report], sue: User) -> None:
    report = made(ago=3 * DAY, looked=2 * HOUR)
    step(report, Action.CLAIM, report.reported_at + 30 * HOUR, None)
    assert (board(sue).times("looked").number, board(sue).times("looked").median) == (1, pytest.approx(7200))


def test_a_report_that_was_assigned_has_been_looked_at(made: Callable[..., Report], sue: User) -> None:
    report = made(ago=3 * DAY)
    step(report, Action.ASSIGN, report.reported_at + HOUR, sue)
    assert board(sue).times("looked").median == pytest.approx(3600)


def test_a_look_before_the_period_is_not_made_again_by_a_second_one(made: Callable[..., Report], sue: User) -> None:
    report = made(ago=20 * DAY, looked=HOUR)
    step(report, Action.CLAIM, timezone.now(), None)
    assert board(sue, "7").times("looked").number == 0
    assert board(sue, "28").times("looked").number == 1


def test_nothing_takes_no_time(sue: User) -> None:
    found = board(sue)
    assert (found.times("looked").number, found.times("looked").median) == (0, None)
    assert lasting(found.times("decided").median) == "–"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 min"), (1800, "30 min"), (5400, "1.5 h"), (172_799, "48.0 h"), (5.5 * 86400, "5.5 days")],
)
def test_times_are_written_in_their_best_unit(seconds: float, words: str) -> None:
    assert lasting(seconds) == words


# --- What happened --------------------------------------------------------------------------
def test_it_counts_by_type_area_and_language(made: Callable[..., Report], sue: User) -> None:
    made("theft", 1, ago=2 * DAY, looked=HOUR, decided=DAY)
    made("theft", 1, ago=3 * DAY, language="ko", asked=2)
    made("graffiti", 2, ago=3 * DAY, language="ko", asked=1, lapsed=True)
    made("graffiti", None, ago=40 * DAY, decided=39 * DAY)
    found = board(sue)
    nothing = dict.fromkeys(MEASURES, 0)
    assert numbers(found, "type") == {
        "Theft": nothing | {"received": 2, "looked": 1, "decided": 1, "returned": 1},
        "Graffiti": nothing | {"received": 1, "decided": 1, "returned": 1, "lapsed": 1},
    }
    assert numbers(found, "area") == {
        "Central": nothing | {"received": 2, "looked": 1, "decided": 1, "returned": 1},
        "Rampart": nothing | {"received": 1, "returned": 1, "lapsed": 1},
        "Not known": nothing | {"decided": 1},
    }
    assert numbers(found, "language") == {
        "English": nothing | {"received": 1, "looked": 1, "decided": 2},
        "Korean": nothing | {"received": 2, "returned": 2, "lapsed": 1},
    }


def test_a_report_sent_back_twice_counts_once(made: Callable[..., Report], sue: User) -> None:
    made(asked=3)
    assert board(sue).times("returned").number == 1


@pytest.mark.parametrize(("days", "number"), [("7", 1), ("28", 2), ("90", 3), ("365", 4), ("", 2), ("13", 2), ("x", 2)])
def test_the_period_is_chosen(made: Callable[..., Report], sue: User, days: str, number: int) -> None:
    for ago in (6, 27, 89, 364, 400):
        made(ago=(ago - 0.4) * DAY)
    assert board(sue, days).times("received").number == number


def test_days_are_the_agencys(made: Callable[..., Report], sue: User) -> None:
    """The last minute of yesterday in Los Angeles is yesterday's, whatever day it is in London."""
    period = Period.read("7")
    midnight = period.since + 6 * DAY
    made(reported_at=midnight - timedelta(minutes=1))
    made(reported_at=midnight)
    assert [received.number for _first, _last, received, _decided in board(sue, "7").days()][:2] == [1, 1]


def test_a_long_period_goes_by_weeks(made: Callable[..., Report], sue: User) -> None:
    made(ago=8 * DAY)
    days = board(sue, "90").days()
    assert len(days) == 13
    assert sum(received.number for _first, _last, received, _decided in days) == 1
    assert days[-1][0] == Period.read("90").first
    assert all(later[0] - earlier[1] == DAY for later, earlier in pairwise(days))


# --- What is open ------------------------------------------------------------------------------
def test_the_backlog_is_told_by_age_and_area(made: Callable[..., Report], sue: User) -> None:
    for area, ago in [(1, 0.5), (1, 2), (1, 2.5), (2, 5), (2, 13), (None, 20), (1, 31), (1, 500)]:
        made(area=area, ago=ago * DAY)
    made(ago=DAY, state=State.WAITING)
    found = board(sue)
    assert [figure.number for _label, figure, _bits in found.ages()] == [1, 3, 1, 1, 1, 2]
    rows = {str(row.name): [figure.number for figure in row.open_figures] for row in found.rows("area")}
    # By age, all, and past the target of five days.
    assert rows == {
        "Central": [1, 3, 0, 0, 0, 2, 6, 2],
        "Rampart": [0, 0, 1, 1, 0, 0, 2, 2],
        "Not known": [0, 0, 0, 0, 1, 0, 1, 1],
    }
    assert {str(label): figure.number for label, figure in found.now()} == {
        "Open": 9,
        "Unclaimed": 8,
        "Waiting for the resident": 1,
        "Overdue": 5,
    }


def test_an_officers_load_is_told(made: Callable[..., Report], sue: User, olga: User, piet: User) -> None:
    for state in (State.IN_REVIEW, State.IN_REVIEW, State.WAITING):
        made(ago=6 * DAY, state=state, claimed_by=olga)
    made(ago=2 * DAY, looked=HOUR, decided=DAY, by=piet)
    again = made(ago=9 * DAY, looked=HOUR, decided=DAY, by=piet)
    # Reopened and decided by somebody else: the decision that stands is hers.
    Report.objects.filter(pk=again.pk).update(decided_at=again.decided_at + DAY)
    step(again, Action.REFER, again.decided_at + DAY, olga)
    rows = [
        {name: getattr(figure, "number", figure) for name, figure in row.items() if name != "bits"}
        for row in board(sue).officers()
    ]
    assert rows == [
        {"name": "olga", "reading": 2, "waiting": 1, "overdue": 3, "decided": 1},
        {"name": "piet", "reading": 0, "waiting": 0, "overdue": 0, "decided": 1},
    ]


# --- Who sees what ---------------------------------------------------------------------------
@pytest.mark.parametrize("role", list(Role))
def test_it_opens_to_supervisors_only(staff: Callable[..., User], at_desk: Desk, role: Role) -> None:
    expected = 200 if role == Role.SUPERVISOR else 403
    assert at_desk(staff("sam", role)).get(SHOW).status_code == expected
    assert at_desk(staff("sim", role)).get(reverse("dashboard:reports"), {"what": "received"}).status_code == expected


def test_it_counts_only_what_one_supervises(made: Callable[..., Report], staff: Callable[..., User]) -> None:
    harbor = staff("hal", Role.SUPERVISOR, areas=[5])
    made(area=1, ago=2 * DAY, looked=HOUR, decided=DAY, asked=1, by=harbor)
    made(area=1, ago=DAY, state=State.IN_REVIEW, claimed_by=harbor)
    made(area=5, ago=2 * DAY)
    found = board(harbor)
    assert {key: found.times(key).number for key in MEASURES} == {
        "received": 1,
        "looked": 0,
        "decided": 0,
        "returned": 0,
        "lapsed": 0,
    }
    assert found.backlog["", None].number == 1
    assert found.loads == []


# --- Each number opens its reports ---------------------------------------------------------------
def links(found: Board) -> dict[str, int]:
    """Return every address of the board with the number that it stands for."""
    figures = [figure for _label, figure in (*found.now(), *found.then())]
    figures += [figure for _label, figure, _bits in found.ages()]
    for _by, _heading, _name, rows in found.tables():
        figures += [figure for row in rows for figure in (*row.open_figures, *row.happened.values())]
    figures += [figure for _first, _last, *both in found.days() for figure in both]
    figures += [row[name] for row in found.officers() for name in ("reading", "waiting", "overdue", "decided")]
    return {figure.url: figure.number for figure in figures if figure.url}


def listed(client: Client, url: str) -> int:
    """Return how many reports an address lists."""
    context = client.get(url).context
    return context["number"] if "number" in context else len(context["rows"])


def test_every_number_opens_as_many_reports(made: Callable[..., Report], sue: User, olga: User, at_desk: Desk) -> None:
    made("theft", 1, ago=2 * DAY, looked=HOUR, decided=DAY, by=olga, asked=1)
    made("theft", 1, ago=8 * DAY, language="fa", looked=HOUR, state=State.WAITING, claimed_by=olga, asked=1)
    made("graffiti", 2, ago=3 * DAY, language="ko", state=State.IN_REVIEW, claimed_by=olga, lapsed=True)
    made("vandalism", None, ago=40 * DAY)
    # What is held for a look is nobody's backlog; once claimed it is work like any other.
    for state, holder in ((State.QUEUED, None), (State.RECEIVED, None), (State.IN_REVIEW, olga)):
        made("theft", 1, state=state, claimed_by=holder, held=True, held_for="flood")
    assert board(sue).backlog["", None].number == 4
    client, found = at_desk(sue), links(board(sue))
    assert len(found) > 40
    assert {url: listed(client, url) for url in found} == found


def test_a_list_goes_on_over_pages(made: Callable[..., Report], sue: User, at_desk: Desk) -> None:
    for hours in range(35):
        made(ago=hours * HOUR)
    client, asked = at_desk(sue), {"what": "received", "days": "7"}
    first = client.get(reverse("dashboard:reports"), asked)
    assert (first.context["number"], len(first.context["page"].rows)) == (35, 30)
    second = client.get(reverse("dashboard:reports"), asked | {"after": first.context["page"].next})
    assert len(second.context["page"].rows) == 5


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"what": "mood"},
        {"what": "received", "by": "mood"},
        {"what": "received", "by": "days", "unit": "2026-11-01"},
        {"what": "received", "by": "days", "unit": "2026-11-01_9999-12-31"},
    ],
)
def test_a_list_that_does_not_exist_is_not_found(sue: User, at_desk: Desk, asked: dict[str, str]) -> None:
    assert at_desk(sue).get(reverse("dashboard:reports"), asked).status_code == 404


@pytest.mark.parametrize("by", ["type", "area", "language", "officer"])
@pytest.mark.parametrize("unit", ["", "none", "x", "٣", "99999999999999999999", "'; --"])
def test_a_broken_address_lists_nothing(sue: User, at_desk: Desk, by: str, unit: str) -> None:
    page = at_desk(sue).get(reverse("dashboard:reports"), {"what": "decided", "by": by, "unit": unit})
    assert (page.status_code, page.context["number"]) == (200, 0)


# --- Speed and drawings -----------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_as_many_statements_for_many_as_for_one(
    made: Callable[..., Report],
    sue: User,
    olga: User,
    at_desk: Desk,
    number: int,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for _ in range(number):
        made(ago=3 * DAY, looked=HOUR, decided=DAY, by=olga)
        made(ago=3 * DAY, state=State.IN_REVIEW, claimed_by=olga)
    client = at_desk(sue)
    client.get(SHOW)
    with django_assert_max_num_queries(12) as asked:
        client.get(SHOW)
    STATEMENTS.add(len(asked))
    assert len(STATEMENTS) == 1


STATEMENTS: set[int] = set()


def test_every_drawing_has_its_table(made: Callable[..., Report], sue: User, at_desk: Desk) -> None:
    made(ago=3 * DAY, looked=HOUR, decided=DAY)
    page = at_desk(sue).get(SHOW).text
    assert page.count("<svg") > 5
    assert "style=" not in page
    assert "<title id=" in page
    assert page.count("<table") == 7


def test_bars_lie_one_behind_the_other() -> None:
    bits = bar([("fresh", 1), ("older", 0), ("late", 3)], 8)
    assert [(bit.kind, bit.start, bit.length) for bit in bits] == [("fresh", 0, 12.5), ("late", 12.5, 37.5)]
    assert bar([("fresh", 0)], 0) == []


@pytest.mark.parametrize(
    ("highest", "marks"), [(0, [1, 0]), (1, [1, 0]), (7, [8, 6, 4, 2, 0]), (41, [60, 40, 20, 0]), (100, [100, 50, 0])]
)
def test_scales_have_round_marks(highest: int, marks: list[int]) -> None:
    assert scale(highest) == marks


def test_lines_keep_to_their_scale() -> None:
    drawn = course([("received", [0, 4]), ("decided", [2, 2])])
    assert drawn.lines == [("received", "0.0,180.0 600.0,0.0"), ("decided", "0.0,90.0 600.0,90.0")]
    assert drawn.levels[0] == 0
    assert drawn.levels[-1] == 180
