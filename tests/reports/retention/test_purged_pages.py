"""Wherever a purged report is met, it is met calmly."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from reports import permissions
from reports.models import AuditEvent, HoldReason, Report
from reports.retention import holding
from reports.review import claiming, search_queries
from reports.review.search_terms import understand
from reports.states import Action
from tests.desk import show
from tests.outputs import exported


def test_staff_read_when_and_by_which_rule(purged: Report, sue: User, at_desk) -> None:
    client = at_desk(sue)
    page = show(client, purged)
    assert page.status_code == 200
    day = timezone.localdate().strftime("%B %-d").replace("September", "Sept").replace("January", "Jan")
    assert "What was here was deleted on" in page.text
    assert day[:3] in page.text
    assert "By rule: what ended like this is kept for 365 days after the decision." in page.text
    assert "What happened" not in page.text
    assert AuditEvent.objects.filter(verb="review.look", subject=f"report:{purged.pk}").exists()


@pytest.mark.parametrize(
    ("method", "name", "args"),
    [
        ("post", "review:reveal", []),
        ("get", "review:paper", []),
        ("post", "review:note", []),
        ("post", "review:inform", []),
        ("post", "review:decide", ["reopen"]),
        ("post", "review:correct", ["area"]),
    ],
)
def test_nothing_can_be_done_with_it(purged: Report, sue: User, at_desk, method: str, name: str, args: list) -> None:
    page = getattr(at_desk(sue), method)(reverse(name, args=[purged.pk, *args]), {"note-text": "words of mine"})
    assert page.status_code == (410 if method == "post" else 200)
    assert "What was here was deleted on" in page.text
    assert ("words of mine" in page.text) is (method == "post")


@pytest.mark.parametrize("name", ["hate:escalate", "hate:classify", "retention:hold"])
def test_no_page_beside_it_is_left(purged: Report, staff, at_desk, name: str) -> None:
    client = at_desk(staff("vera", Role.SUPERVISOR, Role.COORDINATOR, citywide=True))
    assert client.get(reverse(name, args=[purged.pk])).status_code == 404


def test_no_step_is_allowed(purged: Report, sue: User) -> None:
    assert not any(permissions.may(sue, action, purged) for action in Action)
    asked = [permissions.may_write, permissions.may_correct, permissions.may_escalate, permissions.may_hold_back]
    assert not any(each(sue, purged) for each in asked)
    with pytest.raises(Report.DoesNotExist):
        claiming.claim(report_id=purged.pk, by=sue)
    with pytest.raises(Report.DoesNotExist):
        holding.hold(report_id=purged.pk, reason=HoldReason.CASE, by=sue)


def test_the_queue_lists_it_as_deleted(purged: Report, sue: User, at_desk) -> None:
    page = at_desk(sue).get(reverse("review:queue"), {"tab": "decided"})
    assert purged.reference in page.text
    assert "Details deleted" in page.text


def test_it_is_found_by_its_number_alone(purged: Report, sue: User, at_desk) -> None:
    query = understand(purged.reference)
    hits, _next = search_queries.page(sue, query, search_queries.find(sue, query))
    assert [(hit.report.pk, hit.why) for hit in hits] == [(purged.pk, ["reference"])]
    assert search_queries.find(sue, understand("broke the window")).ids == []
    page = at_desk(sue).post(reverse("review:search"), {"text": purged.reference}, follow=True)
    assert purged.reference in page.text


def test_an_export_has_its_plain_columns_and_no_others(purged: Report) -> None:
    cells = exported(purged)
    assert purged.reference in cells
    assert not any("broke" in cell or "ana@" in cell for cell in cells)


def test_the_resident_reads_how_it_ended_and_nothing_else(receipt, purged: Report, resident) -> None:
    page = resident.come_back(receipt)
    assert page.status_code == 200
    assert "The details were deleted" in page.text
    assert "Withdrawn" in page.text
    assert "What happened so far" not in page.text
    for name in ("answer", "add", "contact", "withdraw"):
        again = resident.client.post(resident.url(f"status:{name}"), {"text": "more words"})
        assert again.status_code == 410
        assert "The details were deleted" in again.text
    wrong = resident.client.post(
        resident.url("status:find"), {"reference": receipt.reference, "access_code": "0000-0000-0000"}
    )
    assert "The details were deleted" not in wrong.text


def test_the_official_copy_leads_to_the_status_page(receipt, purged: Report, resident) -> None:
    Report.objects.filter(pk=purged.pk).update(state="approved", dr_number="260000001")
    resident.come_back(receipt)
    assert resident.client.get(resident.url("paper:official")).url == resident.url("status:show")
