"""An officer asks for the translation of a text that was taken for English."""

from uuid import UUID

import pytest

from accounts.models import User
from reports.audit import RESIDENT
from reports.models import AuditEvent, Message, Passage, Report
from reports.processing import actions as processing
from reports.review import actions as review
from reports.review import claiming
from reports.status import actions as status
from reports.translating.queries import of_report
from tests.reports.translating.conftest import Service, address


def ask(client, report: Report, language: str = "es", message: UUID | str = ""):
    return client.post(f"/admin/translating/report/{report.pk}/ask/", {"language": language, "message": message})


def test_the_story_then_waits_at_the_desk(queued: Report, olga: User, tara: User, at_desk) -> None:
    answer = ask(at_desk(olga), queued)
    assert (answer.status_code, answer.url) == (302, f"/admin/review/{queued.pk}/")
    passage = Passage.objects.get()
    assert (passage.source, passage.target, passage.stage, passage.asked_by) == ("es", "en", "waiting", olga)
    assert at_desk(tara).get(address("show", passage)).status_code == 200
    event = AuditEvent.objects.get(verb="translating.ask")
    assert (event.actor, event.details["source"]) == (f"user:{olga.pk}", "es")


def test_what_a_person_says_the_machine_does_not_doubt(service: Service, queued: Report, olga: User, at_desk) -> None:
    service.language = "en"
    ask(at_desk(olga), queued)
    processing.work()
    assert of_report(queued)[None].passage.stage == "draft"
    assert service.sent("/detect") == []


def test_a_residents_message_can_be_asked_for(queued: Report, olga: User, at_desk) -> None:
    status.add(report=queued, text="La bolsa era roja.", by=RESIDENT)
    message = Message.objects.get()
    ask(at_desk(olga), queued, message=message.pk)
    assert Passage.objects.get().message == message


def test_what_was_marked_as_english_can_be_asked_for_again(
    service: Service, spanish: Report, story: Passage, olga, tara, at_desk
) -> None:
    at_desk(tara).post(address("unneeded", story))
    ask(at_desk(olga), spanish)
    passage = Passage.objects.get()
    assert (passage.stage, passage.source, passage.origin, passage.by) == ("waiting", "es", "", None)


def test_what_is_asked_for_already_stays_as_it_is(spanish: Report, story: Passage, olga: User, at_desk) -> None:
    ask(at_desk(olga), spanish)
    assert Passage.objects.get().asked_by is None
    assert not AuditEvent.objects.filter(verb="translating.ask").exists()


@pytest.mark.parametrize("language", ["", "en", "xx", "<b>"])
def test_it_needs_a_language_of_the_portal(queued: Report, olga: User, at_desk, language: str) -> None:
    assert ask(at_desk(olga), queued, language).status_code == 302
    assert not Passage.objects.exists()


def test_only_what_the_resident_said_can_be_asked_for(queued: Report, olga: User, at_desk) -> None:
    claiming.claim(report_id=queued.pk, by=olga)
    review.ask(report_id=queued.pk, text="Which window?", by=olga)
    ours = Message.objects.get()
    for message in (ours.pk, UUID(int=7)):
        assert ask(at_desk(olga), queued, message=message).status_code == 404
    assert not Passage.objects.exists()


def test_a_report_out_of_reach_does_not_exist(queued: Report, piet: User, at_desk) -> None:
    assert ask(at_desk(piet), queued).status_code == 404
