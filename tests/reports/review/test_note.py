"""Notes of the staff: kept once, told to whom they mention, read by no resident."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from reports import codes
from reports.export import actions as export
from reports.models import Alert, AuditEvent, Note, Report
from reports.review import noting
from reports.review.correcting import correct_area
from tests.desk import approved, show
from tests.resident import Receipt, Resident

WORDS = "Zwiebelkuchen: call Ana Flores first, she works nights."


@pytest.fixture
def otto(staff) -> User:
    return staff("otto", Role.OFFICER, areas=[1], first_name="Otto", last_name="Baum")


def write(client, report: Report, **typed: object):
    posted = {f"note-{name}": value for name, value in ({"pk": codes.new_id(), "text": WORDS} | typed).items()}
    return client.post(reverse("review:note", args=[report.pk]), posted, follow=True)


def test_a_note_is_sealed_and_stands_on_the_page_with_personal_data_covered(queued, olga, otto, at_desk) -> None:
    client = at_desk(olga)
    page = write(client, queued, mentioned=[otto.pk])
    row = Note.objects.get()
    assert b"Zwiebelkuchen" not in bytes(row.sealed)
    assert (row.by, list(row.mentioned.all())) == (olga, [otto])
    assert "Zwiebelkuchen: call [hidden] first" in page.text
    assert "@Otto Baum" in page.text
    client.post(reverse("review:reveal", args=[queued.pk]), {"reason": "contact"})
    assert "call Ana Flores first" in show(client, queued).text
    event = AuditEvent.objects.get(verb="review.note")
    assert (event.subject, event.details) == (f"report:{queued.pk}", {"mentioned": 1})


def test_who_is_mentioned_is_told(queued: Report, olga: User, otto: User, at_desk) -> None:
    write(at_desk(olga), queued, mentioned=[otto.pk])
    assert list(Alert.objects.values_list("user", "kind", "report")) == [(otto.pk, "mentioned", queued.pk)]


def test_only_colleagues_for_whom_it_exists_are_offered_and_taken(queued, olga, otto, piet, sue, ada, at_desk) -> None:
    client = at_desk(olga)
    offered = show(client, queued).context["note_form"]["mentioned"].field.choices
    assert [pk for pk, _name in offered] == [otto.pk, sue.pk]
    page = write(client, queued, mentioned=[piet.pk])
    assert list(page.context["note_form"].errors) == ["mentioned"]
    assert page.context["note_form"]["text"].value() == WORDS
    noting.note(report_id=queued.pk, text=WORDS, by=olga, mentioned=[piet, ada])
    assert list(Note.objects.get().mentioned.all()) == []


def test_a_second_press_keeps_it_once(queued: Report, olga: User, at_desk) -> None:
    client, pk = at_desk(olga), codes.new_id()
    assert [write(client, queued, pk=pk).status_code for _press in range(2)] == [200, 200]
    assert Note.objects.count() == 1


def test_it_leaves_for_no_resident_and_no_export(receipt: Receipt, queued: Report, olga, resident: Resident) -> None:
    noting.note(report_id=queued.pk, text=WORDS, by=olga)
    page = resident.come_back(receipt).text
    report = approved(queued, olga)
    decided = timezone.localdate(report.decided_at)
    lines = list(export.write_out(first=decided, last=decided, personal=True, reason="records"))
    assert "Zwiebelkuchen" not in page + "".join(lines)
    assert len(lines) == 2


def test_one_that_was_given_away_meanwhile_gives_back_the_words(queued, olga, sue, at_desk) -> None:
    correct_area(report_id=queued.pk, area=queued.area.__class__.objects.get(number=5), by=sue)
    page = write(at_desk(olga), queued)
    assert (page.status_code, "Zwiebelkuchen" in page.text, Note.objects.count()) == (404, True, 0)
