"""Personal data in running text is covered until it is revealed; the words themselves are never changed."""

import time

import pytest
from django.urls import reverse

from reports.audit import RESIDENT
from reports.models import Report
from reports.review import actions, claiming, noting
from reports.review.masking import Mask
from reports.status import actions as status
from tests.desk import show

pytestmark = pytest.mark.django_db
PARTS = {
    "person": {"part": "myself", "name": "Ana Flores", "email": "ana@example.org", "phone": "+1 213 555 0142"},
    "vehicles": {"each": [{"plate": "7ABC123", "plate_from": "California", "vin": "1HGCM82633A004352"}]},
    "items": {"each": [{"kind": "75", "serial": "SN-0042-XY"}]},
    "where": {"address": "Vermont Ave and 8th St"},
    "suspects": {"each": [{"name": "김민수", "looks": "tall"}]},
}
COVERED = [
    ("Write to ana@example.org or ANA@Example.org.", "Write to [hidden] or [hidden]."),
    ("Her other address is b.c+d@mail.example.co.uk, she said", "Her other address is [hidden], she said"),
    ("Call (213) 555-0142 or 213.555.0142 x2", "Call [hidden] or [hidden] x2"),
    ("شماره ۲۱۳۵۵۵۰۱۴۲ است", "شماره [hidden] است"),
    ("Flores came, then Ana left", "[hidden] came, then [hidden] left"),
    ("ana flores", "[hidden]"),
    ("Plate 7ABC 123, or 7-abc-123", "Plate [hidden], or [hidden]"),
    ("serial sn0042xy", "serial [hidden]"),
    ("At vermont ave and 8th st, at night", "At [hidden], at night"),
    ("김민수가 왔다", "[hidden]가 왔다"),
]
LEFT = [
    "It was on 2026-03-02 at 21:30, or 03/02/2026 at 9.",
    "She saw a banana near the Anaheim bus, for $1,250.50.",
    "Room 12, unit 345678, five of 120 things.",
    "",
]


@pytest.mark.parametrize(("text", "shown"), COVERED)
def test_what_is_personal_is_covered_however_it_is_written(text: str, shown: str) -> None:
    assert Mask(PARTS)(text) == shown


@pytest.mark.parametrize("text", LEFT)
def test_the_rest_stays(text: str) -> None:
    assert Mask(PARTS)(text) == text


@pytest.mark.parametrize("text", [text for text, _shown in COVERED])
def test_after_a_reveal_the_words_stand_as_they_are(text: str) -> None:
    assert Mask(PARTS, is_open=True)(text) == text


@pytest.mark.parametrize("text", ["a" * 60_000, "1 " * 50_000 + "x", "a.a" * 30_000, "@a." * 30_000, "1-" * 50_000])
def test_no_text_takes_long(text: str) -> None:
    begun = time.monotonic()
    Mask(PARTS)(text)
    assert time.monotonic() - begun < 2


def test_a_report_without_anything_personal_is_no_trouble() -> None:
    assert Mask({})("Call 213 555 0142") == "Call [hidden]"


def test_on_the_page_everything_is_covered_until_revealed(queued: Report, olga, at_desk, resident) -> None:
    claiming.claim(report_id=queued.pk, by=olga)
    actions.ask(report_id=queued.pk, text="Is 7ABC123 the plate?", by=olga)
    status.answer(report=queued, text="Yes. Ana Flores, ana@example.org", by=RESIDENT)
    noting.note(report_id=queued.pk, text="Called +1 213 555 0142", by=olga)
    personal = ["Ana Flores", "ana@example.org", "555 0142", "7ABC123"]
    client = at_desk(olga)
    assert [value for value in personal if value in show(client, queued).text] == []
    client.post(reverse("review:reveal", args=[queued.pk]), {"reason": "contact"})
    assert [value for value in personal if value not in show(client, queued).text] == []
