"""Adding information while the report is open."""

import pytest

from accounts.models import User
from reports.documents import read_messages
from reports.models import AuditEvent, Message
from reports.states import FINAL, State
from tests.desk import show
from tests.resident import Receipt, Resident

WORDS = "I remember a red jacket. Una chaqueta roja. 빨간 재킷."


def add(browser: Resident, text: str):
    return browser.client.post(browser.url("status:add"), {"text": text}, follow=True)


@pytest.fixture
def opened(resident: Resident, receipt: Receipt) -> Receipt:
    """A report whose page stands open."""
    resident.come_back(receipt)
    return receipt


@pytest.mark.parametrize("state", sorted(set(State) - FINAL))
def test_it_is_kept_in_every_open_state_and_moves_nothing(resident: Resident, opened: Receipt, state: str) -> None:
    type(opened.report).objects.update(state=state)
    page = add(resident, WORDS)
    assert page.redirect_chain == [("/en/status/report/", 302)]
    assert [(message.from_agency, text) for message, text in read_messages(opened.report)] == [(False, WORDS)]
    assert opened.report.state == state


def test_it_is_sealed_and_audited_without_its_words(resident: Resident, opened: Receipt) -> None:
    add(resident, WORDS)
    assert b"jacket" not in bytes(Message.objects.get().sealed)
    event = AuditEvent.objects.get(verb="status.add")
    assert (event.actor, event.subject, event.details) == ("resident", f"report:{opened.report.pk}", {})


def test_the_officer_reads_it(resident: Resident, opened: Receipt, queued, olga: User, at_desk) -> None:
    add(resident, WORDS)
    assert "빨간 재킷" in show(at_desk(olga), queued).text


def test_a_decided_report_takes_nothing_more_and_keeps_the_words(resident: Resident, opened: Receipt) -> None:
    add(resident, "in time")
    resident.client.post(resident.url("status:withdraw"))
    page = add(resident, WORDS)
    assert page.status_code == 200
    assert "was not sent" in page.context["form"].non_field_errors()[0]
    assert WORDS in page.text
    assert len(read_messages(opened.report)) == 1


@pytest.mark.parametrize("text", ["", "  \n", "x" * 5001])
def test_what_is_no_text_is_said(resident: Resident, opened: Receipt, text: str) -> None:
    assert list(add(resident, text).context["form"].errors) == ["text"]
    assert not Message.objects.exists()
