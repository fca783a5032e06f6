"""Every answer of every type that ends the online path, walked to its page: nobody is left without a way on."""

import re

import pytest
from django.utils.html import escape

from reports.catalogue.extract import SHIPPED
from reports.catalogue.reader import read
from reports.models import Area, Report, ReportType, ScreeningQuestion
from tests.resident import ANSWERS, SCREENING, Resident

STOPS = [
    (entry.values["slug"], child.values["key"])
    for entry in read(SHIPPED).report_types
    for child in entry.children["screening"]
]
OFFERED = [entry.values["slug"] for entry in read(SHIPPED).report_types if entry.values["offered"]]


def test_the_tests_answer_every_type_and_every_first_question(db: None) -> None:
    assert set(ANSWERS) == set(SCREENING) == set(OFFERED)
    assert {(slug, key) for slug in SCREENING for key in SCREENING[slug]} == set(STOPS)


@pytest.mark.parametrize(("slug", "key"), STOPS)
def test_a_stopping_answer_leads_to_someone_who_helps(resident: Resident, slug: str, key: str) -> None:
    question = ScreeningQuestion.objects.select_related("stopper").get(
        report_type__slug=slug, report_type__state="live", key=key
    )
    draft = resident.begin(slug)
    answers = SCREENING[slug] | {key: "yes" if question.stops_on else "no"}
    response = resident.fill(draft, "screening", answers)
    assert response.url == resident.url("intake:stop", draft)
    page = resident.client.get(response.url).text
    stopper = question.stopper
    assert escape(stopper.title_for()) in page
    assert f'href="tel:{stopper.phone_for()}"' in page
    assert "{" not in re.sub(r"<style.*?</style>", "", page.partition("<main")[2], flags=re.DOTALL)
    # The number for an emergency stands on it, or at its top on every page.
    assert 'href="tel:911"' in page
    # Back to the questions, and to the other kinds of report.
    assert resident.url("intake:step", draft, "screening") in page
    assert f'href="{resident.url("intake:start")}"' in page
    if stopper.shows_stations:
        assert "251 E 6th St" in page
    if stopper.other_type:
        other = ReportType.objects.get(slug=stopper.other_type, state="live")
        assert other.slug != slug
        assert f'href="{resident.url("intake:begin", other.pk)}"' in page
    assert (resident.url("intake:callback", draft) in page) is bool(stopper.callback_type)


def test_the_station_of_ones_own_area_is_shown(resident: Resident) -> None:
    draft = resident.begin("hate-incident")
    resident.fill(draft, "screening", SCREENING["hate-incident"] | {"threat": "yes"})
    area = Area.objects.get(number=5)
    page = resident.client.post(resident.url("intake:stop", draft), {"area": str(area.pk)})
    assert page.context["station"] == area
    # Once on its own, once in the list of all.
    assert page.text.count(escape(area.station_address)) == 2
    assert resident.client.post(resident.url("intake:stop", draft), {"area": "nonsense"}).context["station"] is None


@pytest.mark.parametrize("slug", OFFERED)
def test_no_stopping_answer_can_be_sent(resident: Resident, slug: str) -> None:
    draft = resident.answer_all(slug)
    key = next(iter(SCREENING[slug]))
    resident.fill(draft, "screening", SCREENING[slug] | {key: "no" if SCREENING[slug][key] == "yes" else "yes"})
    assert resident.submit(draft).url == resident.url("intake:step", draft, "screening")
    assert not Report.objects.exists()
