"""A report as a PDF for an officer."""

import pytest
from django.urls import reverse

from accounts.models import User
from reports.models import AuditEvent, Report
from tests.desk import show
from tests.reports.paper.conftest import TOLD, text_of

PERSONAL = ["Ana Flores", "ana@example.org", "+1 213 555 0142", "6th and Main", "7ABC123", "SN-0042-XY"]


def url(report: Report) -> str:
    return reverse("review:paper", args=[report.pk])


def test_personal_data_is_hidden_until_it_is_revealed(queued: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    assert f'href="{url(queued)}"' in show(client, queued).text
    text = text_of(client.get(url(queued)).content)
    assert [value for value in PERSONAL if value in text] == []
    assert TOLD in text
    client.post(reverse("review:reveal", args=[queued.pk]), {"reason": "contact"})
    text = text_of(client.get(url(queued)).content)
    assert [value for value in PERSONAL if value not in text] == []


def test_every_paper_is_recorded(queued: Report, olga: User, at_desk) -> None:
    at_desk(olga).get(url(queued))
    event = AuditEvent.objects.get(verb="review.paper")
    assert (event.actor, event.subject, event.details) == (
        f"user:{olga.pk}",
        f"report:{queued.pk}",
        {"revealed": False},
    )


def test_a_report_out_of_reach_has_no_paper(queued: Report, piet: User, ada: User, at_desk) -> None:
    assert [at_desk(user).get(url(queued)).status_code for user in (piet, ada)] == [404, 403]
    assert not AuditEvent.objects.filter(verb="review.paper").exists()


@pytest.mark.django_db
def test_who_is_not_logged_in_logs_in_first(queued: Report, client) -> None:
    assert client.get(url(queued)).url == f"/admin/login/?next={url(queued)}"
