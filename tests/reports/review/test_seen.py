"""Two officers at one report: the second is told what happened meanwhile, and loses nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from reports.audit import RESIDENT
from reports.documents import new_note
from reports.models import Area, Message, Move, Note, Report
from reports.review import actions, claiming
from reports.review.correcting import correct_area
from reports.status import actions as status
from tests.desk import at_once, decide, show
from tests.resident import Resident

TYPED = "Which window was it? ¿Cuál?"


@pytest.fixture
def claimed(queued: Report, olga: User) -> Report:
    claiming.claim(report_id=queued.pk, by=olga)
    return Report.objects.get(pk=queued.pk)


def stamp_of(page) -> str:
    return page.context["decisions"][0][1]["seen"].value()


def form_of(page):
    [form] = [form for _decision, form, tried in page.context["decisions"] if tried]
    return form


def noted(report: Report, by: User) -> None:
    new_note(report, text="Call first.", by=by, at=timezone.now()).save(force_insert=True)


def added(report: Report, by: User) -> None:
    status.add(report=report, text="It was blue.", by=RESIDENT)


def moved_house(report: Report, by: User) -> None:
    status.contact(report=report, email="new@example.org", by=RESIDENT)


def placed(report: Report, by: User) -> None:
    correct_area(report_id=report.pk, area=Area.objects.get(number=2), by=by)


def released(report: Report, by: User) -> None:
    claiming.release(report_id=report.pk, by=by)


def asked(report: Report, by: User) -> None:
    actions.ask(report_id=report.pk, text="Where?", by=by)


HAPPENS = [
    (noted, "sue: wrote a note."),
    (added, "The resident wrote something."),
    (moved_house, "The resident corrected how to reach them."),
    (placed, "sue: Released to the queue. sue: corrected the area."),
    (released, "sue: Released to the queue."),
    (asked, "sue: Asked the resident."),
]


@pytest.mark.parametrize(("happens", "told"), HAPPENS)
def test_what_happened_meanwhile_is_told_and_what_was_typed_is_kept(claimed, sue: User, at_desk, happens, told) -> None:
    boss = User.objects.create_user("max", is_staff=True, roles=[Role.SUPERVISOR], citywide=True)
    client = at_desk(boss)
    seen, moves = stamp_of(show(client, claimed)), Move.objects.count()
    happens(claimed, sue)
    page = decide(client, claimed, "reject", reason="spam", text=TYPED, seen=seen)
    assert page.status_code == 200
    form = form_of(page)
    assert form["text"].value() == TYPED
    [error] = form.non_field_errors()
    assert error == f"Something happened while this page was open. {told} Look again, then press again."
    assert Move.objects.count() - moves <= 1
    assert Report.objects.get().state != "rejected"


def test_pressing_again_does_it_in_spite_of_that(claimed: Report, olga: User, sue: User, at_desk) -> None:
    client = at_desk(olga)
    seen = stamp_of(show(client, claimed))
    noted(claimed, sue)
    page = decide(client, claimed, "reject", reason="spam", text=TYPED, seen=seen)
    fresh = form_of(page)["seen"].value()
    assert fresh != seen
    decide(client, claimed, "reject", reason="spam", text=TYPED, seen=fresh)
    assert Report.objects.get().state == "rejected"


@pytest.mark.parametrize("seen", ["", "nonsense", "1-2-3", "1-1-1-1-1-1-" + "9" * 40, "-------", "１-0-0-0-0-0-1"])
def test_without_a_stamp_nothing_was_seen_that_could_have_changed(claimed, olga, at_desk, seen: str) -> None:
    decide(at_desk(olga), claimed, "reject", reason="spam", seen=seen)
    assert Report.objects.get().state == "rejected"


def test_a_step_that_is_not_possible_any_more_is_told_first_by_what_happened(claimed, olga, sue, at_desk) -> None:
    client = at_desk(sue)
    seen = stamp_of(show(client, claimed))
    actions.approve(report_id=claimed.pk, dr_number="260012345", by=olga)
    page = decide(client, claimed, "reject", reason="spam", text=TYPED, seen=seen)
    assert "olga: Approved." in form_of(page).non_field_errors()[0]
    page = decide(client, claimed, "reject", reason="spam", text=TYPED, seen=form_of(page)["seen"].value())
    assert "This is not possible now" in form_of(page).non_field_errors()[0]
    assert form_of(page)["text"].value() == TYPED


def test_a_report_that_was_given_away_meanwhile_gives_back_what_was_typed(claimed, olga, sue, at_desk) -> None:
    client = at_desk(olga)
    seen = stamp_of(show(client, claimed))
    correct_area(report_id=claimed.pk, area=Area.objects.get(number=5), by=sue)
    page = decide(client, claimed, "ask", text=TYPED, seen=seen)
    assert page.status_code == 404
    assert TYPED in page.text
    assert [each for each in (claimed.reference, "Harbor", "sue", seen) if each in page.text] == []


def test_one_that_never_was_looks_the_same(olga: User, at_desk) -> None:
    url = reverse("review:decide", args=["00000000-0000-7000-8000-000000000000", "ask"])
    page = at_desk(olga).post(url, {"ask-text": TYPED})
    assert (page.status_code, TYPED in page.text) == (404, True)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_does_and_the_other_is_told(staff, at_desk) -> None:
    report = Resident().file("lost-property").report
    Report.objects.update(state="queued")
    bosses = [staff(name, Role.SUPERVISOR, citywide=True) for name in ("sue", "max")]
    claiming.claim(report_id=report.pk, by=bosses[0])
    clients = [at_desk(boss) for boss in bosses]
    seen = [stamp_of(show(client, report)) for client in clients]
    pages = at_once(
        lambda: decide(clients[0], report, "ask", text="When was it lost?", seen=seen[0]),
        lambda: decide(clients[1], report, "reject", reason="spam", text=TYPED, seen=seen[1]),
    )
    assert [page.status_code for page in pages] == [200, 200]
    assert Move.objects.filter(action__in=["ask", "reject"]).count() == 1
    told = ["Something happened while this page was open." in page.text for page in pages]
    assert sorted(told) == [False, True]
    assert Message.objects.count() == 1
    assert TYPED in pages[1].text or not told[1]


def test_notes_are_no_message(claimed: Report, sue: User) -> None:
    noted(claimed, sue)
    assert (Note.objects.count(), Message.objects.count()) == (1, 0)
