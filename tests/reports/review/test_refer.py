"""Passing a report on: to whom, with what, by which consent, and what the resident reads of it."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from accounts.models import User
from reports.documents import read_messages
from reports.models import Area, AuditEvent, MessageTemplate, Partner, Referral, Report
from reports.processing import actions as processing
from reports.ready import said
from reports.review import actions, claiming
from tests.desk import decide, show
from tests.resident import STORY


@pytest.fixture
def claimed(queued: Report, olga: User) -> Report:
    """A report that Olga reads."""
    claiming.claim(report_id=queued.pk, by=olga)
    return queued


def place(key: str) -> str:
    return f"partner-{Partner.objects.get(key=key).pk}"


def today() -> str:
    return timezone.localdate().isoformat()


def wrong(page: Any) -> dict[str, list[str]]:
    [form] = [form for _decision, form, tried in page.context["decisions"] if tried]
    return dict(form.errors)


def test_without_consent_only_facts_go_along(claimed: Report, olga: User, at_desk) -> None:
    decide(at_desk(olga), claimed, "refer", place=place("highway-patrol"))
    referral = Referral.objects.get()
    assert (referral.name, referral.along, referral.consent, referral.by) == (
        "California Highway Patrol (CHP)",
        ["facts"],
        "",
        olga,
    )
    assert Report.objects.get().state == "referred"
    event = AuditEvent.objects.get(verb="review.refer")
    assert event.details == {
        "source": "in_review",
        "target": "referred",
        "to": f"partner:{referral.partner_id}",
        "along": "facts",
        "consent": "",
    }


def test_a_consent_is_kept_with_its_day(claimed: Report, olga: User, at_desk) -> None:
    given = {"along": ["story", "person"], "consent": "phone", "consent_on": today()}
    decide(at_desk(olga), claimed, "refer", place=place("la-vs-hate"), **given)
    referral = Referral.objects.get()
    assert (referral.along, referral.consent) == (["facts", "story", "person"], "phone")
    assert referral.consent_on == timezone.localdate()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"along": ["person"]}, "consent"),
        ({"along": ["facts"]}, "along"),
        ({"along": ["story"], "consent": "phone"}, "consent_on"),
        ({"along": ["story"], "consent": "phone", "consent_on": "tomorrow"}, "consent_on"),
        ({"along": ["story"], "consent": "answer", "consent_on": "today"}, "consent_on"),
        ({"place": ""}, "place"),
        ({"place": "partner-999999"}, "place"),
        ({"place": "report-1"}, "place"),
    ],
)
def test_what_would_say_too_much_or_nothing_is_refused(claimed, olga, at_desk, typed, field: str) -> None:
    days = {"today": timezone.localdate(), "tomorrow": timezone.localdate() + timedelta(days=1)}
    typed = {"place": place("la-vs-hate")} | typed | {"consent_on": days.get(typed.get("consent_on", ""), "")}
    assert list(wrong(decide(at_desk(olga), claimed, "refer", **typed))) == [field]
    assert not Referral.objects.exists()


def test_an_answer_on_the_status_page_is_a_consent(claimed: Report, olga: User, at_desk, resident, receipt) -> None:
    decide(at_desk(olga), claimed, "ask", question="consent")
    resident.come_back(receipt)
    resident.client.post(resident.url("status:answer"), {"text": "Yes."})
    decide(
        at_desk(olga), claimed, "refer", place=place("la-vs-hate"), along="story", consent="answer", consent_on=today()
    )
    assert Referral.objects.get().consent == "answer"


def test_the_database_itself_lets_nothing_personal_go_without_consent(claimed: Report, olga: User) -> None:
    partner = Partner.objects.get(key="la-vs-hate")
    for spoiled in (
        Referral(partner=partner, along=["facts", "person"]),
        Referral(along=["facts"]),
        Referral(partner=partner, station=Area.objects.first(), along=["facts"]),
        Referral(partner=partner, along=["facts", "person"], consent="phone"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.refer(report_id=claimed.pk, referral=spoiled, by=olga)
    assert Report.objects.get().state == "in_review"


def test_the_resident_reads_where_it_went_and_with_what(claimed, olga, at_desk, resident, receipt, mailoutbox) -> None:
    decide(at_desk(olga), claimed, "refer", place=place("highway-patrol"), question="ask-them")
    processing.work()
    letter = mailoutbox[-1]
    assert letter.subject == f"Your report {receipt.reference} was passed on"
    assert "passed it on to: California Highway Patrol (CHP)." in letter.body
    page = resident.come_back(receipt)
    went = page.context["report"]["went_to"]
    assert (went["name"], went["phone"]) == ("California Highway Patrol (CHP)", "1-800-835-5247")
    assert went["along"] == [
        "what kind of report it is, when it happened and in which part of the city, without your name"
    ]
    assert "From now on California Highway Patrol (CHP) can tell you how it goes on." in page.text
    assert 'href="tel:1-800-835-5247"' in page.text


def test_a_name_that_says_too_much_stays_out_of_the_letter(
    claimed, olga, at_desk, resident, receipt, mailoutbox
) -> None:
    decide(at_desk(olga), claimed, "refer", place=place("la-vs-hate"))
    processing.work()
    assert "LA vs Hate" not in mailoutbox[-1].subject + mailoutbox[-1].body
    assert "LA vs Hate" in resident.come_back(receipt).text


def test_a_station_is_named_in_the_residents_language(claimed: Report, olga: User, at_desk, mailoutbox) -> None:
    harbor = Area.objects.get(number=5)
    decide(at_desk(olga), claimed, "refer", place=f"station-{harbor.pk}")
    processing.work()
    assert "passed it on to: Harbor police station." in mailoutbox[-1].body
    page = show(at_desk(olga), claimed).text
    assert harbor.station_address in page


def paper(client: Client, report: Report) -> str:
    made = client.get(reverse("review:handover", args=[report.pk]))
    assert made["Content-Type"] == "application/pdf"
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)


def test_the_paper_holds_no_more_than_what_goes_along(claimed: Report, olga: User, sue: User, at_desk) -> None:
    client = at_desk(olga)
    assert client.get(reverse("review:handover", args=[claimed.pk])).status_code == 404
    decide(client, claimed, "refer", place=place("la-vs-hate"))
    text = paper(client, claimed)
    assert claimed.reference in text
    secrets = ["Flores", "0142", "6th", "7ABC123", *(word for word in STORY.split() if len(word) > 4)]
    assert [word for word in secrets if word in text.split()] == []
    actions.reopen(report_id=claimed.pk, reason="wrong", by=sue)
    assert client.get(reverse("review:handover", args=[claimed.pk])).status_code == 404
    given = {"along": ["story", "person"], "consent": "phone", "consent_on": today()}
    decide(at_desk(sue), claimed, "refer", place=place("la-vs-hate"), **given)
    text = paper(client, claimed)
    assert "Flores" in text
    assert STORY.split()[0] in text
    assert [event.details for event in AuditEvent.objects.filter(verb="review.handover").order_by("id")] == [
        {"along": "facts"},
        {"along": "facts,story,person"},
    ]


def test_a_ready_text_that_cannot_be_filled_in_is_refused(claimed: Report, olga: User, at_desk) -> None:
    Report.objects.update(area=None, claimed_by=olga)
    olga.citywide = True
    olga.save()
    page = decide(at_desk(olga), claimed, "reject", reason="in_person", question="at-station")
    assert wrong(page) == {
        "question": ["This text says {station}, {station_address}, and that is not known of this report."]
    }


def test_every_language_of_the_portal_says_it(claimed: Report, olga: User, at_desk) -> None:
    """What was sent is kept in all languages, and changes no more."""
    decide(at_desk(olga), claimed, "refer", place=place("highway-patrol"), question="need-nothing")
    [(message, _text)] = read_messages(Report.objects.get())
    assert len(message.ready_in) == 17
    MessageTemplate.objects.update(text_en="Something else.")
    with translation.override("en"):
        assert said(message).startswith("You do not need to do anything.")
