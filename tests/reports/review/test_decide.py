"""What officers decide, by the page and by the action."""

import pytest

from accounts.models import Role, User
from reports import vault
from reports.documents import read_messages
from reports.models import Job, Message, Move, Notice, Report
from reports.review import actions, claiming
from reports.workflow import CannotMove
from tests.desk import DR_NUMBER, approved, at_once, decide
from tests.resident import Receipt, Resident

QUESTION = "Which window was it? ¿Cuál? 어느?"


@pytest.fixture
def claimed(queued: Report, olga: User) -> Report:
    """A report that Olga reads."""
    claiming.claim(report_id=queued.pk, by=olga)
    return Report.objects.get(pk=queued.pk)


def stored(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def notices() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("kind", flat=True))


def test_claiming_makes_it_hers(queued: Report, olga: User, at_desk) -> None:
    page = decide(at_desk(olga), queued, "claim")
    assert (stored(queued).state, stored(queued).claimed_by) == ("in_review", olga)
    assert [str(message) for message in page.context["messages"]] == ["The report is yours."]


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_one_gets_it_and_the_other_is_told_who(staff, at_desk) -> None:
    report = Resident().file("lost-property").report
    Report.objects.update(state="queued")
    names = ["olga", "otto"]
    clients = [at_desk(staff(name, Role.OFFICER, areas=[1])) for name in names]
    pages = at_once(*(lambda client=client: decide(client, report, "claim") for client in clients))
    holder = stored(report).claimed_by.username
    loser = pages[1 - names.index(holder)]
    assert f"This is not possible now: the report is in state “Being read”, with {holder}." in loser.text
    assert "The report is yours." not in loser.text
    assert Move.objects.filter(action="claim").count() == 1


def test_approving_takes_the_agencys_number(claimed: Report, olga: User, at_desk) -> None:
    decide(at_desk(olga), claimed, "approve", dr_number=" 2600 12-345 ")
    report = stored(claimed)
    assert (report.state, report.dr_number, report.decided_at) == ("approved", DR_NUMBER, report.state_since)
    assert notices() == ["received", "approved"]
    assert Job.objects.filter(notice__kind="approved", kind="notify").count() == 1


@pytest.mark.parametrize("typed", ["", "12345678", "1234567890", "26001234A", "२६००१२३४"])
def test_a_number_that_is_none_is_refused_with_what_was_typed(claimed: Report, olga: User, at_desk, typed: str) -> None:
    page = decide(at_desk(olga), claimed, "approve", dr_number=typed)
    [form] = [form for _decision, form, tried in page.context["decisions"] if tried]
    assert list(form.errors) == ["dr_number"]
    assert form["dr_number"].value() == typed
    assert stored(claimed).state == "in_review"


def test_the_agencys_pattern_is_a_setting(claimed: Report, olga: User, at_desk, settings) -> None:
    settings.DR_NUMBER_PATTERN = r"[A-Z]{2}\d{3}"
    decide(at_desk(olga), claimed, "approve", dr_number="AB 123")
    assert stored(claimed).dr_number == "AB123"


def test_a_taken_number_is_refused(claimed: Report, olga: User, at_desk) -> None:
    other = Resident().file("lost-property").report
    Report.objects.filter(pk=other.pk).update(state="queued")
    approved(other, olga)
    page = decide(at_desk(olga), claimed, "approve", dr_number=DR_NUMBER)
    [form] = [form for _decision, form, tried in page.context["decisions"] if tried]
    assert form.errors == {"dr_number": ["Another report already has this number."]}
    with pytest.raises(actions.NumberTaken):
        actions.approve(report_id=claimed.pk, dr_number=DR_NUMBER, by=olga)
    assert stored(claimed).state == "in_review"
    assert Notice.objects.filter(report=claimed, kind="approved").count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_reports_one_gets_the_number(staff) -> None:
    olga = staff("olga", Role.OFFICER, areas=[1])
    reports = [Resident().file("lost-property").report for _each in range(2)]
    Report.objects.update(state="in_review", claimed_by=olga)
    results = at_once(
        *(
            lambda report=report: actions.approve(report_id=report.pk, dr_number=DR_NUMBER, by=olga)
            for report in reports
        )
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "NumberTaken"]
    assert sorted(Report.objects.values_list("state", flat=True)) == ["approved", "in_review"]


def test_a_question_waits_for_the_resident(claimed: Report, olga: User, at_desk) -> None:
    decide(at_desk(olga), claimed, "ask", text=QUESTION)
    assert stored(claimed).state == "waiting"
    [(message, text)] = read_messages(stored(claimed))
    assert (text, message.from_agency, message.by) == (QUESTION, True, olga)
    assert notices() == ["received", "question"]


def test_messages_are_sealed_in_the_database(claimed: Report, olga: User) -> None:
    actions.ask(report_id=claimed.pk, text=QUESTION, by=olga)
    sealed = bytes(Message.objects.get().sealed)
    assert b"window" not in sealed
    assert "어느".encode() not in sealed


def test_a_message_does_not_open_in_anothers_place(claimed: Report, olga: User) -> None:
    actions.ask(report_id=claimed.pk, text=QUESTION, by=olga)
    first = Message.objects.get()
    Message.objects.create(
        id="00000000-0000-7000-8000-000000000001", report=claimed, from_agency=True, sealed=first.sealed, at=first.at
    )
    with pytest.raises(vault.CannotOpen):
        read_messages(stored(claimed))


def test_an_empty_question_is_refused(claimed: Report, olga: User, at_desk) -> None:
    page = decide(at_desk(olga), claimed, "ask", text="   ")
    [form] = [form for _decision, form, tried in page.context["decisions"] if tried]
    assert form.errors == {"text": ["Choose a ready question or write one."]}
    assert stored(claimed).state == "in_review"


def test_rejecting_says_why(claimed: Report, olga: User, at_desk) -> None:
    decide(at_desk(olga), claimed, "reject", reason="civil", text="A mediator can help.")
    report = stored(claimed)
    assert (report.state, report.reject_reason) == ("rejected", "civil")
    assert [text for _message, text in read_messages(report)] == ["A mediator can help."]
    assert notices() == ["received", "rejected"]


def test_rejecting_needs_a_reason_and_no_words(claimed: Report, olga: User, at_desk) -> None:
    page = decide(at_desk(olga), claimed, "reject", text="No.")
    [form] = [form for _decision, form, tried in page.context["decisions"] if tried]
    assert form.errors == {"reason": ["This field is required."]}
    assert form["text"].value() == "No."
    decide(at_desk(olga), claimed, "reject", reason="spam")
    assert stored(claimed).state == "rejected"
    assert not Message.objects.exists()


def test_releasing_puts_it_back(claimed: Report, olga: User, at_desk) -> None:
    page = decide(at_desk(olga), claimed, "release")
    assert page.redirect_chain == [("/admin/review/", 302)]
    assert (stored(claimed).state, stored(claimed).claimed_by) == ("queued", None)


def test_reopening_is_a_supervisors_and_keeps_the_number(
    claimed: Report, olga: User, sue: User, at_desk, resident: Resident, receipt: Receipt
) -> None:
    actions.approve(report_id=claimed.pk, dr_number=DR_NUMBER, by=olga)
    decide(at_desk(olga), claimed, "reopen", reason="news")
    assert stored(claimed).state == "approved"
    page = decide(at_desk(sue), claimed, "reopen", reason="news")
    report = stored(claimed)
    assert (report.state, report.claimed_by, report.dr_number, report.decided_at) == ("in_review", sue, DR_NUMBER, None)
    moves = list(report.moves.values_list("action", "reason"))
    assert moves == [("queue", ""), ("claim", ""), ("approve", ""), ("reopen", "news")]
    [form] = [form for decision, form, _open in page.context["decisions"] if decision.action == "approve"]
    assert form["dr_number"].value() == DR_NUMBER
    assert DR_NUMBER not in resident.come_back(receipt).text
    assert notices() == ["received", "approved", "reopened"]
    actions.approve(report_id=claimed.pk, dr_number=DR_NUMBER, by=sue)
    assert DR_NUMBER in resident.come_back(receipt).text


def test_what_was_typed_is_kept_when_somebody_else_was_faster(claimed: Report, olga: User, sue: User, at_desk) -> None:
    client = at_desk(olga)
    actions.reject(report_id=claimed.pk, reason="spam", text="", by=sue)
    page = decide(client, claimed, "ask", text=QUESTION)
    [form] = [form for _decision, form, tried in page.context["decisions"] if tried]
    assert form["text"].value() == QUESTION
    assert list(form.non_field_errors()) == ["This is not possible now: the report is in state “Closed”, with olga."]
    assert not Message.objects.exists()
    assert notices() == ["received", "rejected"]


def test_another_officers_report_is_left_alone(claimed: Report, staff) -> None:
    otto = staff("otto", Role.OFFICER, areas=[1])
    steps = [
        lambda: actions.approve(report_id=claimed.pk, dr_number=DR_NUMBER, by=otto),
        lambda: actions.ask(report_id=claimed.pk, text="?", by=otto),
        lambda: actions.reject(report_id=claimed.pk, reason="spam", text="", by=otto),
        lambda: claiming.release(report_id=claimed.pk, by=otto),
        lambda: claiming.claim(report_id=claimed.pk, by=otto),
    ]
    for step in steps:
        with pytest.raises(CannotMove):
            step()
    assert (stored(claimed).state, Message.objects.count(), notices()) == ("in_review", 0, ["received"])


def test_a_supervisor_decides_in_an_officers_stead(claimed: Report, olga: User, sue: User) -> None:
    actions.approve(report_id=claimed.pk, dr_number=DR_NUMBER, by=sue)
    assert stored(claimed).claimed_by == olga
    assert Move.objects.latest("id").by == sue


def test_nobody_is_written_to_who_left_no_address(olga: User, at_desk) -> None:
    report = Resident().file("hate-incident").report
    Report.objects.update(state="queued")
    approved(report, olga)
    assert notices() == []
