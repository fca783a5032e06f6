"""A hold is placed by a supervisor with a reason from a list, and lifted by two people."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reports.models import AuditEvent, HoldReason, LegalHold, Report
from reports.retention import holding
from tests.desk import another, show


def url(verb: str, report: Report) -> str:
    return reverse(f"retention:{verb}", args=[report.pk])


@pytest.fixture
def held(queued: Report, sue: User) -> Report:
    holding.hold(report_id=queued.pk, reason=HoldReason.CASE, by=sue)
    return queued


def verbs() -> list[str]:
    return list(AuditEvent.objects.filter(verb__startswith="retention.").values_list("verb", flat=True).order_by("id"))


def test_it_is_placed_and_lifted_on_the_pages(queued: Report, sue: User, zoe: User, at_desk) -> None:
    first, second = at_desk(sue), at_desk(zoe)
    assert "Place a legal hold" in show(first, queued).text
    assert "An investigation or a case in court" in first.get(url("hold", queued)).text
    page = first.post(url("hold", queued), {"reason": "case"}, follow=True)
    assert "for an investigation or a case in court. Nothing of it is deleted meanwhile." in page.text
    page = first.post(url("ask_lift", queued), follow=True)
    assert "Another supervisor has to lift it." in page.text
    assert "Lift the hold" not in page.text
    page = second.get(reverse("review:show", args=[queued.pk]))
    assert "Lift the hold" in page.text
    page = second.post(url("lift", queued), follow=True)
    assert "Place a legal hold" in page.text
    assert "lifted the legal hold" in page.text
    assert verbs() == ["retention.hold", "retention.ask_lift", "retention.lift"]
    row = LegalHold.objects.get(report=queued)
    assert (row.by, row.asked_by, row.lifted_by) == (sue, sue, zoe)


def test_a_hold_needs_a_reason_of_the_list(queued: Report, sue: User, at_desk) -> None:
    for posted in ({}, {"reason": "because"}):
        page = at_desk(sue).post(url("hold", queued), posted)
        assert page.status_code == 200
        assert page.context["form"].errors
    assert not LegalHold.objects.exists()


def test_nobody_lifts_alone(held: Report, sue: User, zoe: User, at_desk) -> None:
    client = at_desk(sue)
    page = client.post(url("lift", held), follow=True)
    assert "Somebody was faster" in page.text
    client.post(url("ask_lift", held))
    page = client.post(url("lift", held), follow=True)
    assert "You asked to lift this hold. Another supervisor has to lift it." in page.text
    assert holding.open_hold(held)
    row = LegalHold.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.filter(pk=row.pk).update(lifted_by=sue, lifted_at=timezone.now())


def test_who_asked_and_is_gone_cannot_be_the_other_one(held: Report, sue: User, zoe: User) -> None:
    """Whether it would be a second person cannot be told any more: it has to be asked for anew."""
    holding.ask_lift(report_id=held.pk, by=sue)
    sue.delete()
    with pytest.raises(holding.SamePerson):
        holding.lift(report_id=held.pk, by=zoe)
    holding.keep(report_id=held.pk, by=zoe)
    assert holding.open_hold(held)


def test_a_hold_that_was_asked_about_may_stay(held: Report, sue: User, zoe: User, at_desk) -> None:
    holding.ask_lift(report_id=held.pk, by=sue)
    page = at_desk(zoe).post(url("keep", held), follow=True)
    assert "Ask to lift the hold" in page.text
    for step in (holding.lift, holding.keep):
        with pytest.raises(holding.Overtaken):
            step(report_id=held.pk, by=zoe)
    with pytest.raises(holding.Overtaken):
        holding.hold(report_id=held.pk, reason=HoldReason.CASE, by=zoe)


@pytest.mark.parametrize("verb", ["hold", "ask_lift", "keep", "lift"])
def test_only_supervisors_of_the_area_have_a_say(held: Report, olga: User, staff, at_desk, verb: str) -> None:
    from accounts.models import Role

    assert at_desk(olga).post(url(verb, held)).status_code == 403
    elsewhere = staff("wes", Role.SUPERVISOR, bureaus=["OWB"])
    assert at_desk(elsewhere).post(url(verb, held), {"reason": "case"}).status_code == 404
    assert "Legal hold" in show(at_desk(olga), held).text
    assert "Ask to lift" not in show(at_desk(olga), held).text


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_the_same_statements_for_one_and_for_thirty(held: Report, sue: User, at_desk, number) -> None:
    for _each in range(number - 1):
        report = another(held)
        LegalHold.objects.create(report=report, reason="case", by=sue, at=timezone.now())
    client = at_desk(sue)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("retention:holds"))
    assert page.text.count("for an investigation or a case in court") == number
    assert len(asked) == 6


def test_the_list_shows_only_what_is_in_reach(held: Report, staff, at_desk) -> None:
    from accounts.models import Role

    page = at_desk(staff("wes", Role.SUPERVISOR, bureaus=["OWB"])).get(reverse("retention:holds"))
    assert "No report is on hold." in page.text
