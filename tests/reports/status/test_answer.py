"""Answering an officer's question."""

import pytest

from accounts.models import Role, User
from reports import workflow
from reports.audit import RESIDENT
from reports.documents import read_messages
from reports.models import Message, Report
from reports.status import actions
from tests.desk import at_once
from tests.resident import Receipt, Resident

ANSWER = "The one on the left. La izquierda. 왼쪽."
CLOSED = "This question is no longer open. Your answer was not sent."


def send(browser: Resident, text: str):
    return browser.client.post(browser.url("status:answer"), {"text": text}, follow=True)


def test_the_question_stands_on_the_page_with_a_box(resident: Resident, asked: Receipt) -> None:
    page = resident.come_back(asked)
    assert page.context["report"]["state_label"] == "We need your answer"
    assert [message["text"] for message in page.context["messages"]] == ["Which window?"]
    assert page.context["answer_form"] is not None


def test_an_answer_gives_the_report_back_to_its_officer(resident: Resident, asked: Receipt, olga: User) -> None:
    page = send(resident, ANSWER)
    report = asked.report
    assert (report.state, report.claimed_by) == ("in_review", olga)
    assert [(text, message.from_agency, message.by) for message, text in read_messages(report)] == [
        ("Which window?", True, olga),
        (ANSWER, False, None),
    ]
    assert page.redirect_chain == [("/en/status/report/", 302)]
    assert page.context["answer_form"] is None
    assert report.moves.latest("id").action == "answer"


def test_it_is_sealed(resident: Resident, asked: Receipt) -> None:
    send(resident, ANSWER)
    assert all(b"left" not in bytes(message.sealed) for message in Message.objects.all())


def test_a_second_answer_is_refused_kindly_with_its_text_kept(resident: Resident, asked: Receipt) -> None:
    send(resident, "first")
    page = send(resident, ANSWER)
    assert page.status_code == 200
    assert page.context["answer_form"].non_field_errors() == [CLOSED]
    assert page.context["answer_form"]["text"].value() == ANSWER
    assert ANSWER in page.text
    assert CLOSED in page.text
    assert [text for _message, text in read_messages(asked.report)] == ["Which window?", "first"]


@pytest.mark.parametrize(("text", "error"), [("", "This field is required."), ("  \n ", "This field is required.")])
def test_an_empty_answer_is_no_answer(resident: Resident, asked: Receipt, text: str, error: str) -> None:
    page = send(resident, text)
    assert page.context["answer_form"].errors == {"text": [error]}
    assert asked.report.state == "waiting"


def test_a_too_long_answer_is_kept_on_the_page(resident: Resident, asked: Receipt) -> None:
    page = send(resident, "x" * 5001)
    assert list(page.context["answer_form"].errors) == ["text"]
    assert page.context["answer_form"]["text"].value() == "x" * 5001
    assert asked.report.state == "waiting"


def test_who_has_not_proven_the_code_is_asked_for_it(asked: Receipt) -> None:
    assert send(Resident(), ANSWER).redirect_chain == [("/en/status/", 302)]
    assert asked.report.state == "waiting"


def test_it_is_only_posted(resident: Resident, asked: Receipt) -> None:
    opened = resident.client.get(resident.url("status:answer"))
    assert (opened.status_code, opened.url) == (302, resident.url("status:show"))


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_kept(staff) -> None:
    receipt, olga = Resident().file("lost-property"), staff("olga", Role.OFFICER, areas=[1])
    Report.objects.update(state="waiting", claimed_by=olga)
    report = receipt.report
    results = at_once(
        *(lambda text=text: actions.answer(report=report, text=text, by=RESIDENT) for text in ("one", "two"))
    )
    assert sorted(type(result) for result in results if result is not None) == [workflow.CannotMove]
    assert Message.objects.count() == 1
    assert receipt.report.claimed_by == olga
