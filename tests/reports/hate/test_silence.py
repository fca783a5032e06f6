"""That somebody thinks of a hate crime, and what was found, never reaches the resident."""

import re

import pytest
from django.core import mail

from accounts.models import User
from reports.models import Report
from reports.paper import sheets
from reports.processing import actions as processing
from reports.review import actions as review
from reports.review import claiming
from tests.reports.hate.saying import CRIME, classify, escalate
from tests.resident import Receipt, Resident

CANARY = "CANARYWORD"
NEVER = [CANARY, "escalat", "possible hate", "hate crime", "classif", "coordinator"]
# What is new on each page of its own accord.
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|name="reply" value="[^"]*"|[?&]v=\w+')


def plain(page) -> str:
    return CHANGING.sub("", page.text)


@pytest.fixture
def said(queued: Report, olga: User, cora: User) -> Report:
    """A report of a theft that was escalated and found to be a hate crime, with notes."""
    escalate(queued, olga, note=f"{CANARY} note")
    return classify(queued, cora, **CRIME, note=f"{CANARY} found")


def test_the_status_page_stays_as_it_was_to_the_letter(
    resident: Resident, receipt: Receipt, queued: Report, olga: User, cora: User
) -> None:
    before = plain(resident.come_back(receipt))
    escalate(queued, olga, note=CANARY)
    assert plain(resident.come_back(receipt)) == before
    classify(queued, cora, **CRIME, note=CANARY)
    assert plain(resident.come_back(receipt)) == before


def test_no_letter_is_written_for_it(queued: Report, olga: User, cora: User) -> None:
    mail.outbox.clear()
    escalate(queued, olga)
    classify(queued, cora, **CRIME)
    processing.work()
    assert {address for letter in mail.outbox for address in letter.to} == {"cora@example.org"}
    assert not queued.notices.exclude(kind="received").exists()


def test_letters_pages_and_papers_of_later_say_nothing_of_it(
    resident: Resident, receipt: Receipt, said: Report, olga: User
) -> None:
    claiming.claim(report_id=said.pk, by=olga)
    review.ask(report_id=said.pk, text="Which window?", by=olga)
    pages = [plain(resident.come_back(receipt))]
    Report.objects.filter(pk=said.pk).update(state="in_review", answer_due_at=None)
    review.approve(report_id=said.pk, dr_number="260012345", by=olga)
    processing.work()
    pages.append(plain(resident.come_back(receipt)))
    report = Report.objects.get(pk=said.pk)
    papers = [repr(make(report)) for make in (sheets.copy, sheets.official)]
    letters = [letter.subject + letter.body for letter in mail.outbox if letter.to == ["ana@example.org"]]
    assert len(letters) >= 3
    for text in pages + papers + letters:
        assert [word for word in NEVER if word.lower() in text.lower()] == []
