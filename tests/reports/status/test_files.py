"""Files that come with an answer or an addition."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.models import User
from reports import cookies
from reports.audit import RESIDENT, SYSTEM
from reports.files import actions as files
from reports.files import replies
from reports.files.limits import MOST_FILES
from reports.models import Attachment, Job, Message, Report
from reports.processing import actions as processing
from reports.processing import clock
from reports.review import actions as review
from tests.desk import show
from tests.reports.files.conftest import KINDS, PDF, named, picture, stored
from tests.resident import Receipt, Resident

ANSWER = "Here is the receipt. Aquí está el recibo."
WAYS = [("status:answer", "answer_form"), ("status:add", "form")]


def page_id(resident: Resident, way: str = "status:answer") -> str:
    """Open the page of an answer or an addition and return the id that it was drawn with."""
    where = "status:show" if way == "status:answer" else way
    page = resident.client.get(resident.url(where))
    form = page.context["answer_form"] if way == "status:answer" else page.context["form"]
    return str(form["reply"].value())


def send(resident: Resident, reply: str, *added: Any, way: str = "status:answer", **fields: str) -> Any:
    """Post a page of an answer or an addition."""
    return resident.client.post(resident.url(way), {"reply": reply, "text": "", "files": list(added), **fields})


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_takes_every_kind_of_file(resident: Resident, asked: Receipt, kind: str) -> None:
    answer = send(resident, page_id(resident), named("misleading.txt", KINDS[kind]()), text=ANSWER)
    assert (answer.status_code, answer.url) == (302, "/en/status/report/")
    row, message = Attachment.objects.get(), Message.objects.get(from_agency=False)
    assert (row.kind, row.message, row.reply, row.report, row.draft) == (kind, message, None, asked.report, None)
    assert asked.report.state == "in_review"
    assert b"".join(files.original(row)) == KINDS[kind]()


@pytest.mark.parametrize("way", [way for way, _form in WAYS])
def test_a_file_without_words_is_an_answer_too(resident: Resident, asked: Receipt, way: str) -> None:
    assert send(resident, page_id(resident, way), named("a.pdf", PDF), way=way).status_code == 302
    assert Attachment.objects.get().message == Message.objects.get(from_agency=False)
    assert "With 1 file" in resident.client.get("/en/status/report/").text


@pytest.mark.parametrize(("way", "form"), WAYS)
def test_files_wait_on_the_page_until_it_is_sent(resident: Resident, asked: Receipt, way: str, form: str) -> None:
    reply = page_id(resident, way)
    page = send(resident, reply, named("a.pdf", PDF), named("b.jpg", picture()), way=way, add="1", text=ANSWER)
    assert page.status_code == 200
    assert page.context[form].errors == {}
    assert (page.context[form]["text"].value(), page.context[form]["reply"].value()) == (ANSWER, reply)
    assert [file.name for file in page.context["attached"]["each"]] == ["a.pdf", "b.jpg"]
    assert not Message.objects.filter(from_agency=False).exists()
    assert not Job.objects.filter(kind=Job.Kind.SCAN).exists()
    assert send(resident, reply, way=way, text=ANSWER).status_code == 302
    assert [row.position for row in Message.objects.get(from_agency=False).attachments.all()] == [1, 2]
    assert Job.objects.filter(kind=Job.Kind.SCAN).count() == 2


def test_one_is_removed_and_described_before_it_is_sent(
    resident: Resident, asked: Receipt, store, django_capture_on_commit_callbacks
) -> None:
    reply = page_id(resident)
    send(resident, reply, named("a.pdf", PDF), named("b.jpg", picture()), add="1")
    first, second = Attachment.objects.all()
    with django_capture_on_commit_callbacks(execute=True):
        page = send(resident, reply, text=ANSWER, remove=str(first.pk), **{f"about-{second.pk}": "receipt"})
    assert [file.name for file in page.context["attached"]["each"]] == ["b.jpg"]
    assert page.context["answer_form"]["text"].value() == ANSWER
    assert [path.name for path in stored(store)] == [second.stored]
    send(resident, reply, text=ANSWER)
    assert [row.about for row in Attachment.objects.all()] == ["receipt"]


@pytest.mark.parametrize(("way", "form"), WAYS)
def test_a_wrong_file_is_said_beside_the_field_and_sends_nothing(
    resident: Resident, asked: Receipt, way: str, form: str
) -> None:
    reply = page_id(resident, way)
    page = send(resident, reply, named("a.pdf", PDF), named("b.exe", b"MZ" + bytes(99)), way=way, text=ANSWER)
    assert page.status_code == 200
    assert page.text.count("“b.exe” is not a kind of file that we can take.") == 2  # in the summary, by the field
    assert ANSWER in page.text
    assert "a.pdf" in page.text
    assert not Message.objects.filter(from_agency=False).exists()
    assert send(resident, reply, way=way, text=ANSWER).status_code == 302
    assert Attachment.objects.get().message is not None


def test_ten_files_are_the_most_of_the_whole_report(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    for name in "abcdefgh":
        resident.fill(draft, "files", {"files": [named(f"{name}.pdf", PDF)]})
    resident.submit(draft)
    shown = resident.client.get(resident.url("intake:sent", draft)).context
    resident.come_back(Receipt(shown["reference"], shown["access_code"]))
    page = send(
        resident, page_id(resident, "status:add"), *[named(f"{n}.pdf", PDF) for n in range(3)], way="status:add"
    )
    assert page.context["form"].errors["files"] == ["“2.pdf” was not added: 10 files is the most. Remove one first."]
    assert Attachment.objects.count() == MOST_FILES


def test_two_tabs_never_mix(resident: Resident, asked: Receipt) -> None:
    one, two = page_id(resident), page_id(resident, "status:add")
    send(resident, one, named("one.pdf", PDF), add="1")
    page = send(resident, two, named("two.pdf", PDF), way="status:add", add="1")
    assert [file.name for file in page.context["attached"]["each"]] == ["two.pdf"]
    send(resident, two, way="status:add", text="added")
    send(resident, one, text="answered")
    key = asked.report.sealing_key.unwrap()
    assert [(row.name(key), str(row.message_id), row.position) for row in Attachment.objects.all()] == [
        ("two.pdf", two, 1),
        ("one.pdf", one, 2),
    ]


def test_tabs_that_are_too_many_together_are_told(resident: Resident, asked: Receipt) -> None:
    one, two = page_id(resident), page_id(resident, "status:add")
    for reply in (one, two):
        send(resident, reply, *[named(f"{n}.pdf", PDF) for n in range(6)], add="1")
    send(resident, two, way="status:add", text="added")
    page = send(resident, one, text=ANSWER)
    assert page.context["answer_form"].errors["files"] == [
        "“5.pdf” was not added: 10 files is the most. Remove one first."
    ]
    assert ANSWER in page.text
    assert asked.report.state == "waiting"
    assert Attachment.objects.filter(reply=UUID(one)).count() == 6


def test_what_is_left_behind_in_tabs_fills_no_store(resident: Resident, asked: Receipt) -> None:
    for _tab in range(4):
        send(resident, page_id(resident), *[named(f"{n}.pdf", PDF) for n in range(MOST_FILES)], add="1")
    assert Attachment.objects.count() == replies.MOST_WAITING


def test_the_clock_that_ends_meanwhile_loses_neither_words_nor_files(resident: Resident, asked: Receipt) -> None:
    reply = page_id(resident)
    send(resident, reply, named("a.pdf", PDF), add="1")
    Report.objects.update(answer_due_at=timezone.now() - timedelta(seconds=1))
    clock.lapse(by=SYSTEM)
    page = send(resident, reply, named("b.pdf", PDF), text=ANSWER)
    assert "This question is no longer open. Your answer was not sent." in page.text
    assert "Add it to your report instead" in page.text
    assert 'formaction="/en/status/add/"' in page.text
    assert ANSWER in page.text
    assert send(resident, reply, way="status:add", text=ANSWER).url == "/en/status/report/"
    assert Message.objects.get(from_agency=False).attachments.count() == 2
    assert asked.report.state == "in_review"


def test_an_officer_who_decides_meanwhile_leaves_the_words_on_the_page(
    resident: Resident, asked: Receipt, olga: User
) -> None:
    reply = page_id(resident)
    send(resident, reply, named("a.pdf", PDF), add="1")
    Report.objects.update(answer_due_at=timezone.now() - timedelta(seconds=1))
    clock.lapse(by=SYSTEM)
    review.reject(report_id=asked.report.pk, reason="civil", text="", by=olga)
    page = send(resident, reply, named("b.pdf", PDF), text=ANSWER)
    assert "“b.pdf” was not added: your report is decided." in page.text
    assert ANSWER in page.text
    assert "instead" not in page.text
    page = send(resident, reply, way="status:add", text=ANSWER)
    assert "Your report is decided" in page.text
    assert ANSWER in page.text
    assert [row.message_id for row in Attachment.objects.all()] == [None]


def test_pressing_twice_sends_once(resident: Resident, asked: Receipt) -> None:
    for way, words in (("status:answer", ANSWER), ("status:add", "one more")):
        reply = page_id(resident, way)
        for _press in range(2):
            assert send(resident, reply, way=way, text=words).status_code == 302
    assert Message.objects.filter(from_agency=False).count() == 2
    send(resident, reply, way="status:add", text="other words from the same page")
    assert Message.objects.filter(from_agency=False).count() == 3


def test_files_that_were_not_sent_are_nobodys(resident: Resident, asked: Receipt, olga: User, at_desk) -> None:
    send(resident, page_id(resident), named("a.pdf", PDF), add="1")
    row = Attachment.objects.get()
    assert "PDF document" not in show(at_desk(olga), asked.report).text
    for verb in ("", "view/"):
        assert at_desk(olga).get(f"/admin/files/{row.pk}/{verb}").status_code == 404
    assert at_desk(olga).post(f"/admin/files/{row.pk}/download/", {"reason": "evidence"}).status_code == 404


def test_another_reports_page_reaches_no_file(resident: Resident, asked: Receipt) -> None:
    reply = page_id(resident)
    send(resident, reply, named("a.pdf", PDF), add="1")
    row, other = Attachment.objects.get(), Resident()
    other.come_back(other.file("lost-property"))
    page = send(other, reply, way="status:add", remove=str(row.pk), **{f"about-{row.pk}": "receipt"})
    assert page.context["attached"]["each"] == []
    row.refresh_from_db()
    assert row.about == ""
    assert send(other, reply, way="status:add", text="mine").status_code == 302
    assert Attachment.objects.get().message is None


def test_the_officer_sees_them_beside_the_message(resident: Resident, asked: Receipt, olga: User, at_desk) -> None:
    send(resident, page_id(resident), named("window.jpg", picture()), text=ANSWER)
    processing.work()
    page = show(at_desk(olga), asked.report)
    assert page.context["files"] == []
    [(_question, _text, none), (_answer, text, [file])] = page.context["messages_of_report"]
    assert (none, text, file.row.message_id) == ([], ANSWER, _answer.pk)
    assert "File 1: JPEG picture" in page.text.partition('id="messages-title"')[2]
    assert "window.jpg" not in page.text
    assert file.may_view


def test_what_nobody_sends_is_deleted_after_a_day(
    resident: Resident, asked: Receipt, store, django_capture_on_commit_callbacks
) -> None:
    reply = page_id(resident)
    send(resident, reply, named("a.pdf", PDF), text=ANSWER)
    for _tab in range(2):
        send(resident, page_id(resident, "status:add"), named("b.pdf", PDF), way="status:add", add="1")
    yesterday = timezone.now() - timedelta(hours=25)
    Attachment.objects.exclude(reply=Attachment.objects.last().reply).update(added_at=yesterday)
    with django_capture_on_commit_callbacks(execute=True):
        assert replies.purge(by=SYSTEM) == 1
    assert sorted(path.name for path in stored(store)) == sorted(Attachment.objects.values_list("stored", flat=True))
    assert Attachment.objects.count() == 2


def test_a_stranger_leaves_nothing(asked: Receipt, store) -> None:
    assert send(Resident(), "", named("a.pdf", PDF), text=ANSWER).url == "/en/status/"
    assert stored(store) == []


def test_who_writes_or_sends_files_for_long_is_still_heard(resident: Resident, asked: Receipt, monkeypatch) -> None:
    reply = page_id(resident)
    monkeypatch.setattr(cookies, "STATUS_SECONDS", -1)
    assert send(resident, reply, named("a.pdf", PDF), text=ANSWER).url == "/en/status/report/"
    assert asked.report.state == "in_review"
    assert resident.client.get("/en/status/add/").url == "/en/status/"
    monkeypatch.setattr(cookies, "WRITING_SECONDS", -1)
    assert send(resident, reply, way="status:add", text="late").url == "/en/status/"


def test_a_reply_that_was_never_on_a_page_gets_an_id(resident: Resident, asked: Receipt) -> None:
    page = send(resident, "nonsense", named("a.pdf", PDF), add="1")
    assert send(resident, page.context["answer_form"]["reply"].value(), text=ANSWER).status_code == 302
    assert Attachment.objects.get().message is not None


def test_answers_without_a_page_still_count(asked: Receipt) -> None:
    from reports.status import actions

    actions.answer(report=asked.report, text=ANSWER, by=RESIDENT)
    assert asked.report.state == "in_review"
