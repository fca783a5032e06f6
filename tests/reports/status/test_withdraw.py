"""Taking a report back."""

import pytest
from django.core import mail

from accounts.models import User
from reports.models import AuditEvent, Report
from reports.processing import actions as processing
from reports.states import FINAL, State
from tests.desk import approved
from tests.resident import Receipt, Resident


def withdraw(browser: Resident):
    return browser.client.post(browser.url("status:withdraw"), follow=True)


def test_looking_at_the_page_takes_nothing_back(resident: Resident, receipt: Receipt) -> None:
    resident.come_back(receipt)
    page = resident.client.get(resident.url("status:withdraw"))
    assert "No officer will work on it any more" in page.text
    assert receipt.report.state == "received"


@pytest.mark.parametrize("state", sorted(set(State) - FINAL))
def test_every_open_report_can_be_taken_back(resident: Resident, receipt: Receipt, state: str) -> None:
    Report.objects.update(state=state)
    resident.come_back(receipt)
    page = withdraw(resident)
    assert page.context["report"]["state_label"] == "Withdrawn"
    assert not page.context["report"]["is_open"]
    report = receipt.report
    assert (report.state, report.answer_due_at) == ("withdrawn", None)
    assert report.decided_at is not None
    assert AuditEvent.objects.get(verb="status.withdraw").details == {"source": state, "target": "withdrawn"}


def test_a_decided_one_stays_decided(resident: Resident, queued: Report, receipt: Receipt, olga: User) -> None:
    approved(queued, olga)
    resident.come_back(receipt)
    assert withdraw(resident).context["report"]["state_label"] == "Approved"
    assert resident.client.get(resident.url("status:withdraw")).status_code == 302
    assert receipt.report.state == "approved"


def test_a_letter_confirms_it_once(resident: Resident, receipt: Receipt) -> None:
    resident.come_back(receipt)
    withdraw(resident)
    withdraw(resident)
    processing.work()
    assert [letter.subject for letter in mail.outbox if "taken back" in letter.subject] == [
        f"Your report {receipt.reference} was taken back"
    ]


def test_a_stranger_takes_nothing_back(receipt: Receipt) -> None:
    assert withdraw(Resident()).redirect_chain == [("/en/status/", 302)]
    assert receipt.report.state == "received"
