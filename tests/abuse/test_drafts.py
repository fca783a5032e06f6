"""Fifty thousand open drafts: no page, no sweep and no figure gets slower, and no connection begins without end."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.audit import RESIDENT
from reports.intake import actions, guard, resume
from reports.models import Draft, ReportType
from tests.resident import Resident

MANY = """
INSERT INTO reports_draft (id, report_type_id, language, wrapped_key, wrapped_by, answers, created_at, expires_at,
                           resume_term, resume_hash)
SELECT gen_random_uuid(), %s, 'en', '', '', '{}', now(), now() + interval '7 days' + number * interval '1 second',
       -number, ''
  FROM generate_series(1, 50000) AS number
"""


def plan(rows: QuerySet[Any]) -> str:
    """Return how the database means to find rows."""
    return str(rows.explain())


def test_fifty_thousand_drafts_change_nothing(resident: Resident, client: Client) -> None:
    draft = resident.begin("lost-property")
    mine = Draft.objects.get(pk=draft)
    resume.save(draft=mine, language="en", by=RESIDENT)
    code = resume.code_of(mine)
    pages = {
        "start": lambda: client.get("/en/"),
        "step": lambda: resident.client.get(resident.url("intake:step", draft, "when")),
        "save": lambda: resident.fill(draft, "when", {"date": "2026-03-02", "time": "21:30"}),
        "resume": lambda: Client().post(reverse("intake:resume"), {"code": code}),
        "sweep": lambda: actions.purge(by=RESIDENT),
    }

    def statements() -> dict[str, int]:
        counted = {}
        for name, page in pages.items():
            with CaptureQueriesContext(connection) as captured:
                page()
            counted[name] = len(captured)
        return counted

    few = statements()
    with connection.cursor() as cursor:
        cursor.execute(MANY, [mine.report_type_id])
        cursor.execute("ANALYZE reports_draft")
    assert statements() == few
    assert Draft.objects.count() == 50_001
    now = timezone.now()
    plans = {
        "step": plan(Draft.objects.filter(pk=draft, expires_at__gt=now)),
        "resume": plan(Draft.objects.filter(expires_at__gt=now, resume_term__in=[1, 2])),
        "sweep": plan(Draft.objects.filter(expires_at__lte=now)),
    }
    assert {name: told for name, told in plans.items() if "Index" not in told or "Seq Scan" in told} == {}
    # What a day brings is swept by the hour.
    Draft.objects.filter(resume_term__range=(-50_000, -49_901)).update(expires_at=now - timedelta(seconds=1))
    assert actions.purge(by=RESIDENT) == 100


def begin(address: str) -> int:
    pk = ReportType.objects.get(slug="lost-property", state="live").pk
    return Client(REMOTE_ADDR=address).post(reverse("intake:begin", args=[pk])).status_code


def test_one_connection_begins_so_many_an_hour_and_others_go_on(db: None, settings) -> None:
    settings.MOST_BEGUN_FROM_ADDRESS = 2
    assert [begin("192.0.2.1") for _each in range(4)] == [302, 302, 429, 429]
    assert begin("192.0.2.2") == 302
    assert Draft.objects.count() == 3


def test_no_shelter_is_turned_away(db: None, settings) -> None:
    assert settings.MOST_BEGUN_FROM_ADDRESS >= 10 * settings.MOST_FROM_ADDRESS
    assert not any(guard.begins_too_many("") for _each in range(3))


def test_the_page_says_what_to_do(db: None, settings) -> None:
    settings.MOST_BEGUN_FROM_ADDRESS = 0
    pk = ReportType.objects.get(slug="lost-property", state="live").pk
    page = Client().post(reverse("intake:begin", args=[pk]))
    assert "Reports you already started still work." in page.text
    assert page.headers["Cache-Control"].startswith("max-age=0")
