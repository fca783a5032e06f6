"""What happened to a report, in words."""

import pytest
from django.urls import reverse

from accounts.models import User
from reports.audit import RESIDENT
from reports.models import Area, Report
from reports.processing import actions as processing
from reports.review import actions, claiming, informing, noting, telling, timeline
from reports.review.correcting import correct_area
from reports.status import actions as status
from tests.desk import show
from tests.resident import Resident


def told(client, report: Report) -> list[str]:
    """Return the entries, the oldest first, each as a line."""
    context = show(client, report).context
    entries = [*context["entries"], *context["earlier"]]
    return [" ".join(filter(None, [entry.name, entry.words, entry.to_name])) for entry in reversed(entries)]


def test_everything_is_told_the_newest_first(receipt, queued: Report, olga: User, sue: User, at_desk) -> None:
    client = at_desk(olga)
    show(client, queued)
    show(client, queued)
    claiming.claim(report_id=queued.pk, by=olga)
    client.post(reverse("review:reveal", args=[queued.pk]), {"reason": "contact"})
    noting.note(report_id=queued.pk, text="Call first.", by=sue)
    actions.ask(report_id=queued.pk, text="Which window?", by=olga)
    status.answer(report=queued, text="The left one.", by=RESIDENT)
    status.contact(report=queued, email="new@example.org", by=RESIDENT)
    informing.inform(report_id=queued.pk, text="Thank you.", by=olga)
    correct_area(report_id=queued.pk, area=Area.objects.get(number=2), by=sue, reason="told")
    olga.areas.add(Area.objects.get(number=2))
    processing.work()
    assert told(at_desk(olga), queued) == [
        "Received from the resident",
        "Told the resident by e-mail: received",
        "Put into the queue",
        "You looked at the report",
        "You claimed the report",
        "You revealed personal data to contact the resident",
        "sue wrote a note",
        "Told the resident by e-mail: question",
        "You asked the resident",
        "The resident answered",
        "Told the resident by e-mail: contact corrected",
        "Told the resident by e-mail: contact corrected, to the old address",
        "The resident corrected how to reach them",
        "You wrote to the resident",
        "Told the resident by e-mail: message of an officer",
        "sue gave it back to the queue",
        "sue corrected the area from “Central” to “Rampart”: the resident told us",
        "You looked at the report",
    ]


def test_looks_of_one_person_in_a_row_are_one_entry_and_long_ones_fold(queued: Report, olga, sue, at_desk) -> None:
    for user in (olga, sue):
        client = at_desk(user)
        for _look in range(2):
            show(client, queued)
    entries = timeline.of_report(queued)
    assert [(entry.who, entry.times) for entry in entries if entry.kind == "look"] == [(sue.pk, 2), (olga.pk, 2)]
    for number in range(timeline.OPEN):
        noting.note(report_id=queued.pk, text=f"{number}", by=olga)
    page = show(at_desk(olga), queued)
    assert len(page.context["entries"]) == timeline.OPEN
    assert f"Show {len(page.context['earlier'])} earlier entries" in " ".join(page.text.split())


def test_a_step_leads_to_its_words(queued: Report, olga: User, at_desk) -> None:
    claiming.claim(report_id=queued.pk, by=olga)
    actions.ask(report_id=queued.pk, text="Which window?", by=olga)
    message = queued.messages.get()
    page = show(at_desk(olga), queued)
    assert f'href="#message-{message.pk}"' in page.text
    assert f'id="message-{message.pk}"' in page.text


@pytest.mark.parametrize("verb", [verb for verb, words in telling.EVENTS.items() if words])
def test_words_can_be_told_whatever_the_log_holds(verb: str) -> None:
    details = {"reason": "none of ours", "file": 3, "found": "clean", "verdict": "crime", "revealed": True, "token": 7}
    assert telling.event(verb, details)
    assert "%(" not in telling.event(verb, details)


def test_a_verb_that_nobody_knows_is_shown_by_its_name() -> None:
    assert telling.event("review.unheard_of", {}) == "review.unheard_of"


def test_it_takes_two_statements(queued: Report, olga: User, django_assert_num_queries) -> None:
    Resident().file("lost-property")
    with django_assert_num_queries(1):
        entries = timeline.of_report(queued)
    assert {entry.kind for entry in entries} == {"start", "move", "notice"}
