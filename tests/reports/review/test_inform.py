"""An officer writes to the resident without asking anything."""

import pytest
from django.urls import reverse

from accounts.models import Role, User
from reports import codes
from reports.catalogue import live
from reports.models import AuditEvent, Message, MessageTemplate, Notice, Passage, Report
from reports.processing import actions as processing
from reports.review import claiming, informing
from tests.desk import approved, show
from tests.resident import PERSON, Resident

WORDS = "Your window glass was found. You can fetch it."


def write(client, report: Report, **typed: object):
    posted = {f"inform-{name}": value for name, value in ({"pk": codes.new_id(), "text": WORDS} | typed).items()}
    return client.post(reverse("review:inform", args=[report.pk]), posted, follow=True)


def test_the_resident_reads_it_and_is_told_by_a_letter(resident, receipt, queued, olga, at_desk, mailoutbox) -> None:
    page = write(at_desk(olga), queued)
    assert WORDS in page.text
    processing.work()
    [letter] = [each for each in mailoutbox if "A message about your report" in each.subject]
    assert WORDS not in letter.body
    back = resident.come_back(receipt)
    assert WORDS in back.text
    assert back.context["answer_form"] is None
    event = AuditEvent.objects.get(verb="review.inform")
    assert (event.subject, event.details) == (f"report:{queued.pk}", {})


def test_it_goes_to_the_translators_where_the_resident_reads_another_language(olga: User) -> None:
    report = Resident("es").file("lost-property").report
    processing.work()
    informing.inform(report_id=report.pk, text=WORDS, by=olga)
    passage = Passage.objects.get(message__isnull=False)
    assert (passage.source, passage.target, passage.stage) == ("en", "es", "waiting")


def test_a_ready_text_is_read_in_the_residents_language(olga: User, at_desk) -> None:
    MessageTemplate.objects.create(key="found", kind="inform", name="Found", text_en="Found.", text_es="Lo hallamos.")
    live.clear()
    resident = Resident("es")
    receipt = resident.file("lost-property")
    processing.work()
    write(at_desk(olga), receipt.report, text="", question="found")
    assert "Lo hallamos." in resident.come_back(receipt).text


def test_also_after_the_decision(queued: Report, olga: User, at_desk) -> None:
    approved(queued, olga)
    write(at_desk(olga), queued)
    assert Message.objects.count() == 1
    assert list(Notice.objects.order_by("id").values_list("kind", flat=True)) == ["received", "approved", "message"]
    assert Report.objects.get().state == "approved"


def test_a_second_press_sends_it_once(queued: Report, olga: User, at_desk) -> None:
    client, pk = at_desk(olga), codes.new_id()
    for _press in range(2):
        write(client, queued, pk=pk)
    assert (Message.objects.count(), Notice.objects.filter(kind="message").count()) == (1, 1)


def test_a_colleagues_report_is_theirs_to_write_about(queued: Report, olga: User, sue: User, staff, at_desk) -> None:
    otto = staff("otto", Role.OFFICER, areas=[1])
    client = at_desk(otto)
    claiming.claim(report_id=queued.pk, by=olga)
    assert show(client, queued).context["inform_form"] is None
    page = write(client, queued)
    assert "A colleague works on this report now" in page.text
    assert WORDS in page.text
    with pytest.raises(informing.CannotWrite):
        informing.inform(report_id=queued.pk, text=WORDS, by=otto)
    informing.inform(report_id=queued.pk, text=WORDS, by=sue)
    assert Message.objects.count() == 1


def test_without_words_nothing_is_sent(queued: Report, olga: User, at_desk) -> None:
    page = write(at_desk(olga), queued, text=" ")
    assert list(page.context["inform_form"].errors) == ["text"]
    assert not Message.objects.exists()


def test_who_left_no_address_gets_no_letter(olga: User, at_desk) -> None:
    phone_only = {name: value for name, value in PERSON.items() if name != "email"}
    report = Resident().file("lost-property", person=phone_only).report
    processing.work()
    page = show(at_desk(olga), report)
    assert "They left no way to be told." in page.text
    write(at_desk(olga), report)
    assert (Message.objects.count(), Notice.objects.count()) == (1, 0)
