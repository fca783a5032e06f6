"""The copy that a resident keeps."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.codes import understand
from reports.models import AuditEvent, Report
from tests.reports.paper.conftest import TOLD, text_of
from tests.resident import STORY, Resident

Told = Callable[..., tuple[Any, Report]]


def ask(resident: Resident, draft: Any) -> Any:
    return resident.client.get(resident.url("paper:copy", draft))


def test_it_holds_all_that_was_told(resident: Resident, told: Told) -> None:
    draft, report = told(STORY)
    text = text_of(ask(resident, draft).content)
    typed = [TOLD, "Ana Flores", "ana@example.org", "+1 213 555 0142", "200 N Spring St", "SN-0042-XY", "Fairphone"]
    ours = [
        report.reference,
        "Lost property",
        "Los Angeles Police Department",
        "What happens next",
        "Copy of your report",
    ]
    assert [words for words in [*typed, *ours] if words not in text] == []


def test_it_never_holds_the_access_code(resident: Resident, told: Told) -> None:
    draft, _report = told(STORY)
    code = resident.client.get(resident.url("intake:sent", draft)).context["access_code"]
    letters = text_of(ask(resident, draft).content)
    assert code not in letters
    assert understand(code) not in "".join(letters.split()).replace("-", "")


def test_it_is_a_file_that_no_cache_keeps_under_a_name_that_tells_nothing(resident: Resident, told: Told) -> None:
    answer = ask(resident, told(STORY)[0])
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="copy.pdf"'
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))


def test_it_speaks_the_residents_language(told: Told, resident: Resident) -> None:
    draft, _report = told("Perdí mi teléfono.", language="es")
    text = text_of(ask(resident, draft).content)
    assert "Objetos perdidos" in text
    assert "Lost property" not in text


def test_every_download_is_recorded(resident: Resident, told: Told) -> None:
    draft, report = told(STORY)
    ask(resident, draft)
    ask(resident, draft)
    events = AuditEvent.objects.filter(verb="paper.copy").values_list("actor", "subject", "details")
    assert list(events) == [("resident", f"report:{report.pk}", {})] * 2


def test_another_browser_does_not_get_it(told: Told) -> None:
    draft, _report = told(STORY)
    assert ask(Resident(), draft).status_code == 410
    assert not AuditEvent.objects.filter(verb="paper.copy").exists()


def test_after_half_an_hour_nobody_gets_it(resident: Resident, told: Told) -> None:
    draft, _report = told(STORY)
    Report.objects.update(reported_at=timezone.now() - timedelta(minutes=29))
    assert ask(resident, draft).status_code == 200
    Report.objects.update(reported_at=timezone.now() - timedelta(minutes=31))
    assert ask(resident, draft).status_code == 410


def test_a_draft_has_no_copy(resident: Resident) -> None:
    assert ask(resident, resident.answer_all("lost-property")).status_code == 410


def test_it_cannot_be_posted_for(resident: Resident, told: Told) -> None:
    assert resident.client.post(resident.url("paper:copy", told(STORY)[0])).status_code == 405


def test_the_thank_you_page_offers_it(resident: Resident, told: Told) -> None:
    draft, _report = told(STORY)
    assert (
        f'href="{reverse("paper:copy", args=[draft])}"' in resident.client.get(resident.url("intake:sent", draft)).text
    )


@pytest.mark.parametrize("length", [10, 20_000])
def test_it_takes_the_same_statements_however_long_the_story(resident: Resident, told: Told, length: int) -> None:
    draft, _report = told("a " * (length // 2 - 1) + ".")
    with CaptureQueriesContext(connection) as captured:
        assert ask(resident, draft).status_code == 200
    # The report with what is sealed; then the event between a savepoint's two ends.
    assert len([query for query in captured if "SAVEPOINT" not in query["sql"]]) == 2, captured.captured_queries
