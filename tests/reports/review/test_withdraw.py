"""Taking a report back as the resident asked an officer to."""

import pytest

from accounts.models import Role, User
from reports.models import AuditEvent, Move, Notice, Report
from reports.processing import actions as processing
from reports.review import actions, claiming
from reports.workflow import CannotMove, NotAllowed
from tests.desk import decide, show
from tests.resident import Receipt, Resident


def test_it_is_kept_with_the_reason_and_the_resident_can_object(
    queued: Report, olga: User, at_desk, resident: Resident, receipt: Receipt, mailoutbox
) -> None:
    client = at_desk(olga)
    decide(client, queued, "claim")
    decide(client, queued, "withdraw", reason="found", text="Good that it is back.")
    assert Report.objects.get().state == "withdrawn"
    move = Move.objects.latest("id")
    assert (move.action, move.reason, move.by) == ("withdraw", "found", olga)
    event = AuditEvent.objects.filter(verb="review.withdraw").get()
    assert (event.actor, event.details["reason"]) == (f"user:{olga.pk}", "found")
    assert list(Notice.objects.order_by("id").values_list("kind", flat=True)) == ["received", "taken_back"]
    processing.work()
    assert "If you did not ask for this, please call us: 877-275-5273." in mailoutbox[-1].body
    page = resident.come_back(receipt)
    assert "This report was taken back, as you asked. No one will work on it." in page.text
    assert "Good that it is back." in page.text
    assert "what was lost or taken was found" in show(client, queued).text


def test_it_needs_a_reason(queued: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    decide(client, queued, "claim")
    for reason in ("", "because"):
        page = decide(client, queued, "withdraw", reason=reason)
        [form] = [form for _decision, form, tried in page.context["decisions"] if tried]
        assert list(form.errors) == ["reason"]
    assert Report.objects.get().state == "in_review"


def test_only_who_has_it_or_a_supervisor(queued: Report, olga: User, sue: User, staff) -> None:
    with pytest.raises(NotAllowed):
        actions.withdraw(report_id=queued.pk, reason="found", by=olga)
    claiming.claim(report_id=queued.pk, by=olga)
    with pytest.raises(NotAllowed):
        actions.withdraw(report_id=queued.pk, reason="found", by=staff("otto", Role.OFFICER, areas=[1]))
    actions.withdraw(report_id=queued.pk, reason="found", by=sue)
    with pytest.raises(CannotMove):
        actions.withdraw(report_id=queued.pk, reason="found", by=sue)
