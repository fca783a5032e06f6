"""What the resident would get, before anything is sent; and that every decision answers whatever is posted."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from reports.models import AuditEvent, Job, Message, Move, Notice, Partner, Referral, Report
from reports.processing import actions as processing
from reports.ready import worded
from reports.review import claiming
from reports.review.decision_forms import DECISIONS
from reports.states import Action
from tests.desk import DR_NUMBER
from tests.resident import PERSON, Resident

OWN = "The one on the left? ¿Cuál?"


def claimed_in(language: str, by: User, **person: str) -> Report:
    report = Resident(language).file("lost-property", **person).report
    processing.work()
    claiming.claim(report_id=report.pk, by=by)
    return Report.objects.get(pk=report.pk)


def press(client: Client, report: Report, action: str, *, button: str = "", **typed: Any) -> Any:
    """Press "Preview" of a decision, or another button of the page that it leads to."""
    posted = {f"{action}-{name}": value for name, value in typed.items()} | ({button: button} if button else {})
    return client.post(reverse("review:preview", args=[report.pk, action]), posted)


def rows() -> list[int]:
    return [model.objects.count() for model in (Message, Move, Notice, Job, Referral)]


def valid(action: str) -> dict[str, Any]:
    """Return what a form of this decision takes."""
    return {
        "approve": {"dr_number": DR_NUMBER},
        "ask": {"question": "photos", "text": OWN},
        "reject": {"reason": "civil", "question": "still-call"},
        "refer": {"place": f"partner-{Partner.objects.get(key='highway-patrol').pk}", "question": "need-nothing"},
        "withdraw": {"reason": "found"},
        "reopen": {"reason": "news"},
    }.get(action, {})


@pytest.mark.parametrize("language", ["fa", "ko", "en"])
def test_it_shows_letter_and_page_in_both_languages_and_changes_nothing(
    db: None, olga: User, at_desk, language: str, mailoutbox
) -> None:
    report = claimed_in(language, olga)
    before, seen, events = rows(), Report.objects.values().get(), AuditEvent.objects.count()
    page = press(at_desk(olga), report, "ask", **valid("ask"))
    heard = page.context["heard"]
    assert [each.language for each in heard] == list(dict.fromkeys([language, "en"]))
    assert heard[0].direction == ("rtl" if language == "fa" else "ltr")
    assert heard[-1].subject == f"A question about your report {report.reference}"
    assert heard[-1].standing["state_label"] == "We need your answer"
    [message] = heard[0].messages
    with translation.override(language):
        assert message["question"] == worded("photos")
    assert message["text"] == OWN
    assert f'lang="{language}"' in page.text
    assert (rows(), Report.objects.values().get(), AuditEvent.objects.count()) == (before, seen, events)
    sent = len(mailoutbox)
    processing.work()
    assert len(mailoutbox) == sent


def test_what_is_sent_is_what_was_shown(db: None, olga: User, at_desk, mailoutbox) -> None:
    report = claimed_in("ko", olga)
    client, typed = at_desk(olga), valid("ask")
    shown = press(client, report, "ask", **typed).context["heard"][0]
    client.post(reverse("review:decide", args=[report.pk, "ask"]), {f"ask-{name}": typed[name] for name in typed})
    processing.work()
    assert (mailoutbox[-1].subject, mailoutbox[-1].body) == (shown.subject, shown.letter)


def test_sending_and_going_back_keep_all_that_was_typed(db: None, olga: User, at_desk) -> None:
    report = claimed_in("fa", olga)
    client, typed = at_desk(olga), {"place": valid("refer")["place"], "along": ["story", "person"], "text": OWN}
    typed |= {"consent": "phone", "consent_on": "2026-01-02"}
    page = press(client, report, "refer", **typed)
    kept = page.context["typed"]
    assert {("refer-along", "story"), ("refer-along", "person"), ("refer-text", OWN)} <= set(kept)
    assert all(f'name="{name}"' in page.text for name, _value in kept)
    back = press(client, report, "refer", button="back", **typed)
    [form] = [form for _decision, form, tried in back.context["decisions"] if tried]
    assert {name: form[name].value() for name in typed} == typed
    assert not form.is_bound


def test_a_mistake_is_said_instead_of_a_preview(db: None, olga: User, at_desk) -> None:
    report = claimed_in("fa", olga)
    page = press(at_desk(olga), report, "approve", dr_number="12")
    [form] = [form for _decision, form, tried in page.context["decisions"] if tried]
    assert list(form.errors) == ["dr_number"]


def test_who_left_no_address_reads_it_on_the_status_page(db: None, olga: User, at_desk) -> None:
    report = claimed_in("en", olga, person=PERSON | {"email": ""})
    page = press(at_desk(olga), report, "approve", **valid("approve"))
    assert page.context["heard"][0].letter == ""
    assert "None: the resident left no e-mail address." in page.text
    assert page.context["heard"][0].standing["dr_number"] == DR_NUMBER


def test_a_text_message_is_shown_where_one_goes(db: None, olga: User, at_desk, settings) -> None:
    settings.SMS_BACKEND, settings.SMS_URL, settings.SMS_NAME = "json", "http://127.0.0.1:1/", "LAPD"
    report = claimed_in("en", olga)
    Report.objects.update(wants_texts=True)
    page = press(at_desk(olga), report, "approve", **valid("approve"))
    assert page.context["heard"][0].text_message.startswith(
        f"LAPD: There is news about your report {report.reference}."
    )


def test_a_get_leads_to_the_report(db: None, olga: User, at_desk) -> None:
    report = claimed_in("en", olga)
    answer = at_desk(olga).get(reverse("review:preview", args=[report.pk, "ask"]))
    assert answer.url == reverse("review:show", args=[report.pk])


def test_of_a_step_without_a_letter_there_is_none(db: None, olga: User, at_desk) -> None:
    report = claimed_in("en", olga)
    assert [press(at_desk(olga), report, action).status_code for action in ("claim", "release", "shred")] == [404] * 3


SPOILED = {"seen": "x", "question": "no-such", "reason": ["a", "b"], "place": "partner-x", "reference": "R", "to": "x"}


@pytest.mark.parametrize("state", ["in_review", "waiting", "approved"])
def test_every_decision_answers_whatever_is_posted(db: None, olga, sue, piet, at_desk, state: str) -> None:
    report, other = claimed_in("en", olga), Resident().file("lost-property").report
    clients = {user: at_desk(user) for user in (olga, sue, piet)}
    stands = {"state": state, "claimed_by": olga, "duplicate_of": None, "dr_number": "260000009"}
    stands["decided_at"] = report.reported_at if state == "approved" else None
    for action, decision in DECISIONS.items():
        who = clients[sue if action in {Action.REOPEN, Action.ASSIGN, Action.STEAL} else olga]
        typed = valid(action) | ({"reference": other.reference} if action == Action.JOIN else {})
        presses = [("decide", typed), ("decide", SPOILED), ("preview", typed)]
        for view, posted in presses[: 1 if state != "in_review" else 3 if decision.is_told else 2]:
            Report.objects.filter(pk=report.pk).update(**stands)
            url = reverse(f"review:{view}", args=[report.pk, action])
            answer = who.post(url, {f"{action}-{name}": value for name, value in posted.items()})
            assert answer.status_code in {200, 302}, (action, view, posted)
        assert clients[piet].post(reverse("review:decide", args=[report.pk, action]), typed).status_code == 404
