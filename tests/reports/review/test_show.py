"""One report on an officer's desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from reports.audit import RESIDENT
from reports.documents import opened
from reports.intake.actions import store_document
from reports.models import AuditEvent, Report, ReportKey
from reports.processing import actions as processing
from reports.review import claiming, informing, noting
from reports.review.correcting import correct_priority
from reports.status import actions as status
from tests.desk import another, decide, show
from tests.resident import STORY, Resident

PERSONAL = ["Ana Flores", "ana@example.org", "+1 213 555 0142", "6th and Main", "7ABC123", "SN-0042-XY"]
ROUTES = [
    ("get", "review:show", ()),
    ("post", "review:reveal", ()),
    *[("post", "review:decide", (action,)) for action in ("claim", "approve", "ask", "reject", "release", "reopen")],
]


def verbs() -> list[str]:
    return list(AuditEvent.objects.filter(verb__startswith="review.").order_by("id").values_list("verb", flat=True))


def test_it_shows_the_story_and_masks_what_is_personal(queued: Report, olga: User, at_desk) -> None:
    page = show(at_desk(olga), queued)
    assert page.context["narrative"] == STORY
    assert "Somebody broke the window" in page.text
    assert [value for value in PERSONAL if value in page.text] == []


def test_personal_data_is_shown_after_a_reason(queued: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    page = client.post(reverse("review:reveal", args=[queued.pk]), {"reason": "contact"}, follow=True)
    assert [value for value in PERSONAL if value not in page.text] == []
    event = AuditEvent.objects.get(verb="review.reveal")
    assert (event.actor, event.subject, event.details) == (
        f"user:{olga.pk}",
        f"report:{queued.pk}",
        {"reason": "contact"},
    )


@pytest.mark.parametrize("reason", ["", "because I want to"])
def test_without_a_reason_from_the_list_nothing_is_shown(queued: Report, olga: User, at_desk, reason: str) -> None:
    page = at_desk(olga).post(reverse("review:reveal", args=[queued.pk]), {"reason": reason}, follow=True)
    assert [value for value in PERSONAL if value in page.text] == []
    assert verbs() == ["review.look"]


def test_a_reveal_is_for_this_person_and_session_only(queued: Report, olga: User, sue: User, at_desk) -> None:
    at_desk(olga).post(reverse("review:reveal", args=[queued.pk]), {"reason": "contact"})
    for user in (sue, olga):
        assert "Ana Flores" not in show(at_desk(user), queued).text


def test_every_look_is_recorded(queued: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    show(client, queued)
    show(client, queued)
    event = AuditEvent.objects.latest("id")
    assert (event.verb, event.actor, event.subject) == ("review.look", f"user:{olga.pk}", f"report:{queued.pk}")
    assert verbs() == ["review.look", "review.look"]


def test_a_look_by_way_of_a_refused_step_is_recorded_too(queued: Report, olga: User, at_desk) -> None:
    page = decide(at_desk(olga), queued, "approve", dr_number="nonsense")
    assert page.context["narrative"] == STORY
    assert verbs() == ["review.look"]


@pytest.mark.parametrize(("method", "name", "args"), ROUTES)
def test_a_report_out_of_reach_does_not_exist(queued: Report, piet: User, at_desk, method, name, args) -> None:
    url = reverse(name, args=[queued.pk, *args])
    assert getattr(at_desk(piet), method)(url, {"reason": "contact"}).status_code == 404
    assert verbs() == []


@pytest.mark.parametrize(("method", "name", "args"), ROUTES)
def test_an_administrator_is_refused(queued: Report, ada: User, at_desk, method, name, args) -> None:
    assert getattr(at_desk(ada), method)(reverse(name, args=[queued.pk, *args])).status_code == 403


@pytest.mark.parametrize(("method", "name", "args"), ROUTES)
def test_who_is_not_logged_in_logs_in_first(queued: Report, client, resident, method, name, args) -> None:
    url = reverse(name, args=[queued.pk, *args])
    for browser in (client, resident.client):
        answer = getattr(browser, method)(url)
        assert (answer.status_code, answer.url) == (302, f"/admin/login/?next={url}")


def test_a_switched_off_account_is_logged_out(queued: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    User.objects.update(is_active=False)
    assert show(client, queued).status_code == 302


def test_an_unknown_step_is_no_page(queued: Report, olga: User, at_desk) -> None:
    assert decide(at_desk(olga), queued, "shred").status_code == 404


@pytest.mark.parametrize(("name", "method"), [("show", "post"), ("reveal", "get")])
def test_each_page_has_its_one_method(queued: Report, olga: User, at_desk, name: str, method: str) -> None:
    assert getattr(at_desk(olga), method)(reverse(f"review:{name}", args=[queued.pk])).status_code == 405


def test_it_takes_the_same_statements_however_long_the_history(queued: Report, olga: User, at_desk) -> None:
    client, counts = at_desk(olga), []
    for _round in range(3):
        with CaptureQueriesContext(connection) as captured:
            show(client, queued)
        counts.append(len(captured))
        decide(client, queued, "claim")
        decide(client, queued, "release")
    assert counts == [18, 18, 18], [query["sql"][:100] for query in captured]


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_at_most_twenty_statements_however_much_there_is(staff, at_desk, number: int) -> None:
    """In a language that is translated, held by a supervisor, who is offered most, with as many others beside it."""
    max_ = staff("max", Role.SUPERVISOR, citywide=True)
    report = Resident("es").file("lost-property").report
    processing.work()
    claiming.claim(report_id=report.pk, by=max_)
    for each in range(number):
        informing.inform(report_id=report.pk, text=f"Word {each}.", by=max_)
        status.add(report=report, text=f"Palabra {each}.", by=RESIDENT)
        noting.note(report_id=report.pk, text=f"Note {each}.", by=staff(f"officer{each}", Role.OFFICER, citywide=True))
        correct_priority(report_id=report.pk, priority=1 + each % 3, by=max_, reason="told")
        store_document(another(report), opened(report))
    client = at_desk(max_)
    show(client, report)
    with CaptureQueriesContext(connection) as captured:
        page = show(client, report)
    assert len(page.context["messages_of_report"]) == 2 * number
    assert len(page.context["notes"]) == number
    assert len(page.context["related"]) == min(number, 6)
    assert len(captured) == 20, [query["sql"][:100] for query in captured]


def test_it_offers_only_what_may_be_done_now(queued: Report, olga: User, sue: User, at_desk) -> None:
    def offered(user: User) -> list[str]:
        page = show(at_desk(user), queued)
        return [str(decision.action) for decision, _form, _open in page.context["decisions"]]

    assert offered(olga) == ["claim"]
    decide(at_desk(olga), queued, "claim")
    decisions = ["approve", "ask", "reject", "refer", "join", "withdraw", "release"]
    assert offered(olga) == decisions
    assert offered(sue) == [*decisions, "assign", "steal"]
    decide(at_desk(olga), queued, "reject", reason="spam")
    assert offered(olga) == []
    assert offered(sue) == ["reopen"]


def test_a_shredded_report_fails_loudly_and_shows_nothing(queued: Report, olga: User, at_desk) -> None:
    ReportKey.objects.all().delete()
    with pytest.raises(ReportKey.DoesNotExist):
        show(at_desk(olga), queued)
