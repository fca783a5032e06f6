"""The preview is the resident's page, in any language, and nothing of it is stored."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reports.models import Attachment, AuditEvent, Draft, Report, ReportType
from reports.sections import SECTIONS, sections_of
from reports.workshop import composing
from tests.reports.workshop.conftest import live_version
from tests.resident import ANSWERS, SCREENING, Resident, with_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(sue: User, at_desk: Callable[[User], Client]) -> Client:
    return at_desk(sue)


def url(version: ReportType, page: str, language: str = "en") -> str:
    return reverse("workshop:preview", args=[version.pk, language, page])


def body(text: str) -> str:
    """Return a page's main part, without what is another on each page: addresses and tokens."""
    main = re.search(r"<main.*</main>", text, re.DOTALL)
    assert main
    return re.sub(r'(href|action|value)="[^"]*"', "", main[0])


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_page_opens_in_every_language(client: Client, draft: ReportType, language: str) -> None:
    for page in ["start", "begin", *(section.key for section in sections_of(draft)), "stop-was-a-gun-used", "end"]:
        shown = client.get(url(draft, page, language))
        assert shown.status_code == 200, page
        way = "rtl" if language in {"fa", "ar", "he"} else "ltr"
        assert f'<html lang="{language}" dir="{way}">' in shown.text
        assert shown.headers["Content-Language"] == language


@pytest.mark.parametrize("language", ["en", "ko", "fa"])
def test_it_is_the_residents_page(client: Client, language: str) -> None:
    version, resident = live_version("theft"), Resident(language)
    begun = resident.client.get(resident.url("intake:begin", version.pk)).text
    assert body(client.get(url(version, "begin", language)).text) == body(begun)
    draft = resident.begin("theft")
    for step in ("screening", "when", "where", "items", "questions", "narrative", "person"):
        theirs = resident.client.get(resident.url("intake:step", draft, step)).text
        same = body(client.get(url(version, step, language)).text)
        assert same == body(theirs), step
    started = body(resident.client.get(resident.url("intake:start")).text)
    assert body(client.get(url(version, "start", language)).text) == started


def test_a_new_type_stands_among_the_others(client: Client, draft: ReportType) -> None:
    page = client.get(url(draft, "start")).text
    assert "Somebody took your bicycle." in page
    assert url(draft, "begin") in page
    assert "Lost property" in page


def test_it_is_walked_as_a_resident_walks(client: Client, draft: ReportType) -> None:
    """Every step is judged as the resident's; the last leads to the end."""
    typed = {
        "screening": {"was-a-gun-used": "no"},
        "when": ANSWERS["theft"]["when"],
        "where": with_area(ANSWERS["theft"]["where"]),
        "questions": {"how-was-it-locked": "not-at-all"},
        "narrative": {"story": "It was gone."},
        "files": {},
        "person": ANSWERS["theft"]["person"],
    }
    page = client.post(url(draft, "begin")).url
    for step, answers in typed.items():
        assert page == url(draft, step)
        page = client.post(page, {**answers, "go": "next"}).url
    assert page == url(draft, "end")


def test_what_is_missing_is_said_in_the_pages_language(client: Client, draft: ReportType) -> None:
    for language, said in [
        ("en", "Tell us in a few words what happened."),
        ("es", "Cuéntenos en pocas palabras qué pasó."),
    ]:
        assert said in client.post(url(draft, "narrative", language), {"story": " ", "go": "next"}).text


def test_a_screening_answer_leads_to_its_page(client: Client, draft: ReportType) -> None:
    answer = client.post(url(draft, "screening"), {"was-a-gun-used": "yes", "go": "next"})
    assert answer.url == url(draft, "stop-was-a-gun-used")
    assert "gun" in client.get(answer.url).text


def test_a_stop_page_shows_the_station_that_is_asked_for(client: Client) -> None:
    version = live_version("theft")
    page = next(f"stop-{row.key}" for row in version.screening.select_related("stopper") if row.stopper.shows_stations)
    area = with_area({"area": "5"})["area"]
    assert client.post(url(version, page), {"area": area}).context["station"].number == 5


def test_back_and_other_languages_lead_on(client: Client, draft: ReportType) -> None:
    assert client.post(url(draft, "when"), {"go": "back"}).url == url(draft, "screening")
    assert client.post(url(draft, "when"), {"go": "language:ko"}).url == url(draft, "when", "ko")
    page = client.get(url(draft, "begin")).text
    assert f'href="{url(draft, "begin", "fa")}"' in page


def test_rows_are_added_and_removed(client: Client, draft: ReportType, sue: User) -> None:
    composing.put_in(report_type_id=draft.pk, key="items", by=sue)
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-brand": "Peugeot"}
    page = client.post(url(draft, "items"), {**rows, "add": "1"})
    assert len(page.context["form"].forms) == 2
    assert 'value="Peugeot"' in page.text
    removed = client.post(url(draft, "items"), {**rows, "form-TOTAL_FORMS": "2", "remove": "1"})
    assert len(removed.context["form"].forms) == 1


def test_nothing_is_stored(client: Client, draft: ReportType) -> None:
    kinds = (Draft, Report, Attachment, AuditEvent)
    before = [model.objects.count() for model in kinds]
    steps = draft.steps.count()
    for page in ("begin", *SCREENING["theft"], *SECTIONS):
        for verb in ("next", "later", "back"):
            client.post(url(draft, page), {"story": "A secret.", "go": verb})
    client.post(url(draft, "files"), {"files": SimpleUploadedFile("a.txt", b"A secret."), "go": "next"})
    assert [model.objects.count() for model in kinds] == before
    assert draft.steps.count() == steps


@pytest.mark.parametrize(
    ("language", "page"), [("xx", "start"), ("en", "mood"), ("en", "items"), ("en", "stop-nothing")]
)
def test_what_the_version_has_not_is_not_found(client: Client, draft: ReportType, language: str, page: str) -> None:
    assert client.get(url(draft, page, language)).status_code == 404


def test_officers_see_no_preview(olga: User, at_desk: Callable[[User], Client], draft: ReportType) -> None:
    assert at_desk(olga).get(url(draft, "start")).status_code == 403
