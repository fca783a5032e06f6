"""Escalating a report as possible hate crime."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from reports import permissions, workdays
from reports.audit import SYSTEM
from reports.hate import clock
from reports.hate.actions import Overtaken
from reports.models import Alert, AlertKind, Area, AuditEvent, HateEscalation, Priority, Report
from reports.processing import actions as processing
from reports.review.correcting import correct_area
from reports.states import State
from tests.desk import approved, at_once, show
from tests.reports.hate.saying import CRIME, NEITHER, SIGNS, classify, escalate, fresh, stands
from tests.resident import SCREENING, Resident


def url(report: Report) -> str:
    return reverse("hate:escalate", args=[report.pk])


def told(kind: AlertKind) -> set[str]:
    return set(Alert.objects.filter(kind=kind).values_list("user__username", flat=True))


def test_coordinator_and_supervisor_are_told_at_once_and_once(
    queued: Report, olga: User, sue: User, cora: User, curt: User, piet: User
) -> None:
    mail.outbox.clear()
    escalate(queued, olga)
    assert told(AlertKind.ESCALATED) == {"sue", "cora"}
    processing.work()
    processing.work()
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["cora@example.org"], f"Possible hate crime: {queued.reference}")
    ]


def test_in_another_area_its_coordinator_is_told_and_nobody_twice(
    queued: Report, olga: User, sue: User, cora: User, curt: User, staff
) -> None:
    staff("cita", Role.SUPERVISOR, citywide=True)
    escalate(queued, olga)
    Alert.objects.update(seen_at=timezone.now())
    valley = Area.objects.filter(bureau__code="OVB").first()
    correct_area(report_id=queued.pk, area=valley, by=sue)
    assert set(
        Alert.objects.filter(kind=AlertKind.ESCALATED, seen_at=None).values_list("user__username", flat=True)
    ) == {"curt"}


def test_what_nobody_escalated_is_no_news_in_another_area(queued: Report, sue: User, curt: User) -> None:
    correct_area(report_id=queued.pk, area=Area.objects.filter(bureau__code="OVB").first(), by=sue)
    assert not Alert.objects.exists()


def test_it_gets_high_priority_and_ten_working_days_and_no_other_state(queued: Report, olga: User) -> None:
    report = escalate(queued, olga)
    assert (report.priority, report.possible_hate, report.state) == (Priority.HIGH, True, State.QUEUED)
    row = stands(report).open
    assert row.due_at == workdays.after(row.at, days=10)
    assert row.priority_before == Priority.NORMAL
    event = AuditEvent.objects.get(verb="hate.escalate")
    due = timezone.localdate(row.due_at).isoformat()
    assert (event.actor, event.details) == (f"user:{olga.pk}", {"due": due, "threat": True, "weapon": True})


# --- The clock ---------------------------------------------------------------------
HOLIDAYS = frozenset({date(2026, 7, 3), date(2026, 9, 7)})


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-03-02T10:00-08:00", date(2026, 3, 16)),  # a Monday: two weekends
        ("2026-03-06T23:30-08:00", date(2026, 3, 20)),  # a Friday night, in UTC a Saturday already
        ("2026-03-07T10:00-08:00", date(2026, 3, 20)),  # a Saturday counts like the Friday before it
        ("2026-06-29T10:00-07:00", date(2026, 7, 14)),  # with a holiday in between
        ("2026-07-02T10:00-07:00", date(2026, 7, 17)),  # the day after is a holiday
    ],
)
def test_the_ten_days_leave_out_weekends_and_holidays(settings, at: str, due: date) -> None:
    settings.HOLIDAYS = HOLIDAYS
    assert timezone.localtime(workdays.after(datetime.fromisoformat(at), days=10)).date() == due


@pytest.mark.parametrize(
    ("day", "left"),
    [
        ("2026-07-01", 8),
        ("2026-07-03", 7),
        ("2026-07-05", 7),
        ("2026-07-14", 0),
        ("2026-07-15", -1),
        ("2026-07-20", -4),
    ],
)
def test_the_days_left_are_working_days(settings, day: str, left: int) -> None:
    settings.HOLIDAYS = HOLIDAYS
    noon = datetime.fromisoformat(f"{day}T19:00").replace(tzinfo=UTC)
    assert workdays.left(workdays.end_of(date(2026, 7, 14)), noon) == left


def late(report: Report) -> None:
    HateEscalation.objects.filter(report=report).update(due_at=timezone.now() - timedelta(minutes=1))


def test_that_it_is_not_classified_in_time_is_told_once(queued: Report, olga: User, sue: User, cora: User) -> None:
    escalate(queued, olga)
    assert clock.tell(by=SYSTEM) == 0
    late(queued)
    assert [clock.tell(by=SYSTEM) for _each in range(2)] == [1, 0]
    assert told(AlertKind.UNCLASSIFIED) == {"sue", "cora"}
    assert stands(queued).is_late


def test_what_is_classified_is_not_late(queued: Report, olga: User, cora: User) -> None:
    escalate(queued, olga)
    classify(queued, cora, **NEITHER)
    late(queued)
    assert clock.tell(by=SYSTEM) == 0


@pytest.mark.django_db(transaction=True)
def test_two_clocks_tell_once(queued: Report, olga: User, cora: User) -> None:
    escalate(queued, olga)
    late(queued)
    assert sorted(at_once(*[lambda: clock.tell(by=SYSTEM)] * 2)) == [0, 1]
    assert Alert.objects.filter(kind=AlertKind.UNCLASSIFIED).count() == 1


# --- Who may, and when ---------------------------------------------------------------
@pytest.mark.parametrize("role", Role)
def test_who_may_escalate(queued: Report, staff, at_desk, role: Role) -> None:
    may = role in {Role.OFFICER, Role.SUPERVISOR}
    here, elsewhere = staff("here", role, areas=[1]), staff("elsewhere", role, areas=[5])
    assert permissions.may_escalate(here, queued) == may
    answers = [at_desk(user).post(url(queued), SIGNS).status_code for user in (here, elsewhere)]
    # To a coordinator a report that nobody called hate does not exist.
    reads = role in permissions.READERS
    assert answers == [302 if may else 404 if reads else 403, 404 if reads else 403]
    assert HateEscalation.objects.exists() == may


def test_a_coordinator_may_escalate_a_hate_incident(resident: Resident, cora: User) -> None:
    report = resident.file("hate-incident").report
    processing.work()
    assert escalate(report, cora).possible_hate


def test_an_action_called_past_the_page_is_refused(queued: Report, piet: User) -> None:
    with pytest.raises(Report.DoesNotExist):
        escalate(queued, piet)


def test_a_decided_report_can_be_escalated_too(queued: Report, olga: User) -> None:
    report = escalate(approved(queued, olga), olga)
    assert (report.state, report.possible_hate) == (State.APPROVED, True)


def test_it_is_escalated_once_until_it_is_classified(queued: Report, olga: User, sue: User, cora: User) -> None:
    escalate(queued, olga)
    with pytest.raises(Overtaken):
        escalate(queued, sue)
    classify(queued, cora, **NEITHER)
    escalate(queued, sue)
    classify(queued, cora, **CRIME)
    with pytest.raises(Overtaken):
        escalate(queued, sue)
    assert HateEscalation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_escalate_at_once_one_is_told_who_was_faster(queued: Report, olga: User, sue: User) -> None:
    results = at_once(*[lambda user=user: escalate(queued, user) for user in (olga, sue)])
    (overtaken,) = [result for result in results if isinstance(result, Overtaken)]
    assert overtaken.standing.open.by in {olga, sue}
    assert HateEscalation.objects.count() == 1


# --- The coordinator's reach ------------------------------------------------------------
def test_an_escalated_report_comes_into_the_coordinators_reach_and_stays(
    queued: Report, olga: User, cora: User, curt: User
) -> None:
    def seen_by(user: User) -> bool:
        report = fresh(queued)
        user = User.objects.get(pk=user.pk)
        in_hand, by_query = permissions.sees(user, report), permissions.visible(user).filter(pk=report.pk).exists()
        assert in_hand == by_query
        return in_hand

    assert not seen_by(cora)
    escalate(queued, olga)
    assert seen_by(cora)
    assert not seen_by(curt)
    classify(queued, cora, **NEITHER)
    assert not fresh(queued).possible_hate
    assert seen_by(cora)


# --- A resident's own answers ----------------------------------------------------------
def test_a_call_back_is_escalated_by_the_answers_that_stopped_it(
    resident: Resident, olga: User, sue: User, cora: User
) -> None:
    draft = resident.begin("hate-incident")
    resident.fill(draft, "screening", SCREENING["hate-incident"] | {"threat": "yes", "weapon": "yes"})
    area = str(Area.objects.get(number=1).pk)
    resident.client.post(
        resident.url("intake:callback", draft), {"name": "Mina", "phone": "213 555 0142", "area": area, "go": "next"}
    )
    processing.work()
    row = HateEscalation.objects.get()
    assert (row.by, row.signs, row.report.state) == (None, ["threat", "weapon"], State.QUEUED)
    assert AuditEvent.objects.get(verb="hate.escalate").actor == "system"
    # The word of the escalation is enough for those who get it.
    assert (told(AlertKind.ESCALATED), told(AlertKind.PRIORITY)) == ({"sue", "cora"}, {"olga"})


# --- The page ---------------------------------------------------------------------------
def test_the_page_asks_for_signs_and_goes_back_to_the_report(queued: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    assert url(queued) in show(client, queued).text
    page = client.post(url(queued), {"characteristics": ["religion"], "note": "CANARY words"})
    assert page.context["form"].errors.keys() == {"signs"}
    assert "CANARY words" in page.text
    page = client.post(url(queued), {**SIGNS, "note": "Ask the <neighbour>"}, follow=True)
    assert page.request["PATH_INFO"] == f"/admin/review/{queued.pk}/"
    assert "To be classified by" in page.text
    assert "A threat of force · A weapon" in page.text
    assert "Ask the &lt;neighbour&gt;" in page.text
    assert url(queued) not in page.text


def test_who_comes_second_is_told_and_keeps_what_was_typed(queued: Report, olga: User, sue: User, at_desk) -> None:
    escalate(queued, olga)
    page = at_desk(sue).post(url(queued), {**SIGNS, "note": "My own words"})
    assert "olga has escalated this report meanwhile" in page.text
    assert "My own words" in page.text
    page = at_desk(sue).get(url(queued), follow=True)
    assert page.request["PATH_INFO"] == f"/admin/review/{queued.pk}/"


def test_the_note_is_sealed(queued: Report, olga: User) -> None:
    escalate(queued, olga, note="Ask the neighbour")
    row = HateEscalation.objects.get()
    assert b"neighbour" not in bytes(row.sealed_note)
    assert stands(queued).notes == {row.pk: "Ask the neighbour"}


def test_the_report_page_takes_the_same_statements_however_much_was_said(
    queued: Report, olga: User, cora: User, at_desk
) -> None:
    client, counts = at_desk(olga), []
    escalate(queued, olga)
    for found in (CRIME, NEITHER, CRIME):
        classify(queued, cora, **found, note="Why so")
        with CaptureQueriesContext(connection) as captured:
            show(client, queued)
        counts.append(len(captured))
    assert len(set(counts)) == 1
    assert counts[0] <= 20
