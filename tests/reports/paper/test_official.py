"""The agency's copy of an approved report."""

from django.urls import reverse

from accounts.models import User
from reports.models import AuditEvent, Report
from reports.states import State
from tests.desk import DR_NUMBER, approved
from tests.reports.paper.conftest import TOLD, text_of
from tests.resident import Receipt, Resident


def test_it_holds_the_official_number_and_what_was_told(
    resident: Resident, receipt: Receipt, queued: Report, olga: User
) -> None:
    approved(queued, olga)
    page = resident.come_back(receipt)
    assert f'href="{reverse("paper:official")}"' in page.text
    answer = resident.client.get(reverse("paper:official"))
    text = text_of(answer.content)
    official = "This is the official copy of Los Angeles Police Department"
    assert [words for words in (DR_NUMBER, receipt.reference, TOLD, "Ana Flores", official) if words not in text] == []
    assert (answer["Content-Disposition"], "no-store" in answer["Cache-Control"]) == (
        'attachment; filename="copy.pdf"',
        True,
    )
    event = AuditEvent.objects.get(verb="paper.official")
    assert (event.actor, event.subject) == ("resident", f"report:{queued.pk}")


def test_before_the_approval_there_is_none(resident: Resident, receipt: Receipt) -> None:
    assert reverse("paper:official") not in resident.come_back(receipt).text
    assert resident.client.get(reverse("paper:official")).status_code == 404


def test_a_reopened_report_has_none(resident: Resident, receipt: Receipt, queued: Report, olga: User) -> None:
    approved(queued, olga)
    Report.objects.update(state=State.IN_REVIEW, decided_at=None)
    resident.come_back(receipt)
    assert resident.client.get(reverse("paper:official")).status_code == 404


def test_without_the_proven_code_one_is_asked_for_it(resident: Resident, queued: Report, olga: User) -> None:
    approved(queued, olga)
    for browser in (resident.client, Resident().client):
        answer = browser.get(reverse("paper:official"))
        assert (answer.status_code, answer.url) == (302, reverse("status:find"))
    assert not AuditEvent.objects.filter(verb="paper.official").exists()
