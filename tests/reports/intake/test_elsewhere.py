"""A kind of report that is online in chosen parts of the city first."""

import pytest
from django.http import HttpResponse

from reports.catalogue import live
from reports.models import Area, Draft, Report, ReportType
from tests.resident import ANSWERS, SCREENING, Resident, with_area

pytestmark = pytest.mark.django_db
CENTRAL, HARBOR = 1, 5
SLUG = "graffiti"


@pytest.fixture
def trial() -> ReportType:
    """Graffiti, live in Central only."""
    version = ReportType.objects.get(slug=SLUG, state="live")
    version.state = ReportType.State.TRIAL
    version.save()
    version.areas.set(Area.objects.filter(number=CENTRAL))
    live.clear()
    return version


def begin(resident: Resident, version: ReportType, area: int | None) -> HttpResponse:
    """Choose the area on the page before the first question and go on."""
    pk = Area.objects.get(number=area).pk if area else ""
    return resident.client.post(resident.url("intake:begin", version.pk), {"area": pk})


def test_a_page_asks_for_the_area_only_then(resident: Resident, trial: ReportType) -> None:
    asked = resident.client.get(resident.url("intake:begin", trial.pk)).text
    assert 'name="area"' in asked
    other = ReportType.objects.get(slug="theft", state="live")
    assert 'name="area"' not in resident.client.get(resident.url("intake:begin", other.pk)).text


def test_it_is_begun_in_a_chosen_area(resident: Resident, trial: ReportType) -> None:
    assert begin(resident, trial, CENTRAL).status_code == 302
    assert Draft.objects.get().report_type == trial


def test_who_does_not_know_the_area_may_begin(resident: Resident, trial: ReportType) -> None:
    assert begin(resident, trial, None).status_code == 302


def test_elsewhere_it_says_whom_to_call_instead(resident: Resident, trial: ReportType) -> None:
    page = begin(resident, trial, HARBOR)
    assert page.status_code == 200
    assert "Not online yet in this part of the city" in page.text
    assert Area.objects.get(number=HARBOR).station_address in page.text
    assert not Draft.objects.exists()


def test_elsewhere_the_version_before_goes_on(resident: Resident, trial: ReportType) -> None:
    before = ReportType.objects.create(slug=SLUG, version=9, name="Graffiti", state="live", sections=trial.sections)
    live.clear()
    begin(resident, trial, HARBOR)
    assert Draft.objects.get().report_type == before


def test_an_area_named_on_the_way_is_judged_too(resident: Resident, trial: ReportType) -> None:
    begin(resident, trial, None)
    draft = Draft.objects.get().pk
    answers = {"screening": SCREENING[SLUG]} | ANSWERS[SLUG]
    for step, typed in answers.items():
        answer = resident.fill(draft, step, with_area({**typed, "area": str(HARBOR)} if step == "where" else typed))
        if step == "where":
            assert answer.url == resident.url("intake:elsewhere", draft)
    page = resident.client.get(resident.url("intake:elsewhere", draft)).text
    assert resident.url("intake:step", draft, "where") in page
    assert resident.client.get(resident.url("intake:check", draft)).url == resident.url("intake:elsewhere", draft)
    assert resident.submit(draft).url == resident.url("intake:step", draft, "where")
    assert not Report.objects.exists()

    resident.fill(draft, "where", with_area({**answers["where"], "area": str(CENTRAL)}))
    assert resident.client.get(resident.url("intake:elsewhere", draft)).url == resident.url("intake:check", draft)
    assert resident.submit(draft).url == resident.url("intake:sent", draft)
    assert Report.objects.get().report_type == trial
