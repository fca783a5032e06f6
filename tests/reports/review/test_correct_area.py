"""A report goes to the area that serves it."""

import pytest
from django.db import transaction

from accounts.models import User
from reports import workflow
from reports.models import Area, AuditEvent, Correction, Move, Report
from reports.permissions import visible
from reports.review import actions, claiming
from reports.review.correcting import Awaited, CannotCorrect, correct_area
from reports.states import Action


def area(number: int) -> Area:
    return Area.objects.get(number=number)


def stored(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


@pytest.fixture
def claimed(queued: Report, olga: User) -> Report:
    claiming.claim(report_id=queued.pk, by=olga)
    return stored(queued)


def test_it_is_a_version_with_who_when_and_why(queued: Report, sue: User) -> None:
    correct_area(report_id=queued.pk, area=area(2), by=sue, reason="told")
    row = Correction.objects.get()
    assert (row.of, row.before, row.after, row.reason, row.by) == ("area", area(1).pk, area(2).pk, "told", sue)
    assert stored(queued).area == area(2)
    event = AuditEvent.objects.latest("id")
    assert (event.verb, event.subject) == ("review.correct", f"report:{queued.pk}")
    assert event.details == {"of": "area", "correction": row.pk}


def test_the_same_area_is_no_correction(queued: Report, sue: User) -> None:
    correct_area(report_id=queued.pk, area=area(1), by=sue)
    assert not Correction.objects.exists()


def test_an_officer_hands_it_over_and_it_no_longer_exists_for_them(claimed: Report, olga: User, piet: User) -> None:
    correct_area(report_id=claimed.pk, area=area(5), by=olga)
    report = stored(claimed)
    assert (report.state, report.claimed_by) == ("queued", None)
    assert not visible(olga).exists()
    assert list(visible(piet)) == [report]
    assert list(Move.objects.values_list("action", flat=True))[-1] == "release"
    with pytest.raises(Report.DoesNotExist):
        correct_area(report_id=claimed.pk, area=area(1), by=olga)


def test_who_still_sees_it_keeps_it(claimed: Report, olga: User, sue: User) -> None:
    olga.areas.add(area(2))
    correct_area(report_id=claimed.pk, area=area(2), by=sue)
    assert (stored(claimed).state, stored(claimed).claimed_by) == ("in_review", olga)


def test_a_supervisor_sends_it_beyond_the_own_bureau(claimed: Report, sue: User) -> None:
    correct_area(report_id=claimed.pk, area=area(5), by=sue)
    assert (stored(claimed).area, stored(claimed).claimed_by) == (area(5), None)
    assert not visible(sue).exists()


def test_a_supervisor_places_what_came_without_an_area(queued: Report, olga: User, sue: User) -> None:
    Report.objects.update(area=None)
    with pytest.raises(Report.DoesNotExist):
        correct_area(report_id=queued.pk, area=area(1), by=olga)
    correct_area(report_id=queued.pk, area=area(1), by=sue)
    assert Correction.objects.get().before is None


def test_while_an_answer_is_awaited_it_is_not_taken_from_who_waits(claimed: Report, olga: User, sue: User) -> None:
    with transaction.atomic():
        workflow.move(workflow.locked(claimed.pk), action=Action.ASK, by=olga)
    with pytest.raises(Awaited):
        correct_area(report_id=claimed.pk, area=area(5), by=sue)
    assert (stored(claimed).area, Correction.objects.count()) == (area(1), 0)


def test_a_colleagues_report_and_a_decided_one_are_a_supervisors(claimed: Report, olga, sue, staff) -> None:
    otto = staff("otto", "officer", areas=[1, 2])
    with pytest.raises(CannotCorrect):
        correct_area(report_id=claimed.pk, area=area(2), by=otto)
    actions.reject(report_id=claimed.pk, reason="spam", text="", by=olga)
    with pytest.raises(CannotCorrect):
        correct_area(report_id=claimed.pk, area=area(2), by=olga)
    correct_area(report_id=claimed.pk, area=area(2), by=sue)
    assert (stored(claimed).state, stored(claimed).area, stored(claimed).claimed_by) == ("rejected", area(2), olga)
