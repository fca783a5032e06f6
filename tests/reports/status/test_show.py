"""What a resident sees of a report."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from reports.audit import RESIDENT
from reports.models import Report
from reports.review import actions, claiming
from reports.status.actions import answer
from tests.desk import DR_NUMBER, approved
from tests.resident import STORY, Receipt, Resident

TYPED = [STORY, "Ana Flores", "ana@example.org", "555 0142", "6th and Main", "7ABC123", "SN-0042-XY", "Fairphone"]


def test_what_was_reported_is_never_shown_again(resident: Resident, receipt: Receipt, olga: User) -> None:
    approved(queued_now(receipt), olga)
    page = resident.come_back(receipt)
    assert page.context["report"]["reference"] == receipt.reference
    assert [words for words in TYPED if words in page.text] == []
    assert "Ventana rota" not in page.text


def queued_now(receipt: Receipt) -> Report:
    Report.objects.filter(reference=receipt.reference).update(state="queued")
    return receipt.report


def test_an_approved_report_shows_its_official_number(resident: Resident, receipt: Receipt, olga: User) -> None:
    approved(queued_now(receipt), olga)
    page = resident.come_back(receipt)
    assert page.context["report"]["state_label"] == "Approved"
    assert DR_NUMBER in page.text


def test_a_closed_report_says_why(resident: Resident, receipt: Receipt, olga: User) -> None:
    claiming.claim(report_id=queued_now(receipt).pk, by=olga)
    actions.reject(report_id=receipt.report.pk, reason="civil", text="A mediator can help.", by=olga)
    page = resident.come_back(receipt)
    assert "This is a matter for a civil court, not for the police." in page.text
    assert "A mediator can help." in page.text
    assert "olga" not in page.text


def test_the_timeline_tells_what_happened_in_order(resident: Resident, receipt: Receipt, olga: User) -> None:
    approved(queued_now(receipt), olga)
    labels = [str(event["label"]) for event in resident.come_back(receipt).context["timeline"]]
    assert labels == ["Received", "Being read", "Approved"]


def test_the_state_is_named_in_the_residents_language(db: None) -> None:
    resident = Resident("es")
    page = resident.come_back(resident.file("lost-property"))
    assert page.request["PATH_INFO"] == "/es/status/report/"
    assert page.context["report"]["state_label"] == "Recibido"
    assert "Received" not in page.text


@pytest.mark.parametrize("messages", [0, 30])
def test_it_takes_the_same_statements_however_much_was_said(
    resident: Resident, receipt: Receipt, olga: User, messages: int
) -> None:
    claiming.claim(report_id=queued_now(receipt).pk, by=olga)
    for _each in range(messages // 2):
        actions.ask(report_id=receipt.report.pk, text="?", by=olga)
        answer(report=receipt.report, text="!", by=RESIDENT)
    resident.come_back(receipt)
    with CaptureQueriesContext(connection) as captured:
        page = resident.client.get("/en/status/report/")
    assert len(page.context["messages"]) == messages
    assert len(captured) == 4, [query["sql"][:90] for query in captured]
