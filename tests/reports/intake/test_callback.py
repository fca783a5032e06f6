"""Who was stopped because of a threat or worse may leave a way to be reached: nobody is sent away."""

from uuid import UUID

import pytest

from accounts.models import Role
from reports import vault
from reports.audit import RESIDENT
from reports.catalogue import live
from reports.documents import opened
from reports.intake import actions
from reports.intake.callback import NoCallBack
from reports.models import Area, AuditEvent, Document, Draft, Job, Priority, Report, ReportType, Stopper
from reports.permissions import sees
from reports.processing.actions import work
from reports.states import State
from tests.resident import SCREENING, Resident

HATE = ("in-danger", "threat", "contact-or-injury", "damage", "weapon", "stalking")
REACH = {"name": "Mina", "phone": "+1 213 555 0142", "speaks": "Korean", "safe_times": "after 6"}


def stopped(resident: Resident, slug: str = "hate-incident", key: str = "threat") -> UUID:
    """Begin a report and give one answer that stops it."""
    draft = resident.begin(slug)
    resident.fill(draft, "screening", SCREENING[slug] | {key: "yes"})
    return draft


def ask(resident: Resident, draft: UUID, go: str = "next", **typed: str):
    """Post the page."""
    return resident.client.post(resident.url("intake:callback", draft), {**typed, "go": go})


@pytest.mark.parametrize(
    ("slug", "key"), [*(("hate-incident", key) for key in HATE), ("vandalism", "hate"), ("graffiti", "hate")]
)
def test_it_becomes_a_report_that_is_read_first(resident: Resident, slug: str, key: str) -> None:
    draft = stopped(resident, slug, key)
    area = Area.objects.get(number=20)
    response = ask(resident, draft, **REACH, area=str(area.pk))
    assert response.url == resident.url("intake:sent", draft)
    report = Report.objects.get()
    assert report.report_type.slug == "hate-callback"
    assert (report.possible_hate, report.priority, report.area, report.state) == (
        True,
        Priority.HIGH,
        area,
        State.RECEIVED,
    )
    assert (report.is_anonymous, report.has_email, report.language) == (False, False, "en")
    parts = opened(report)
    assert parts["person"] == REACH
    assert parts["where"] == {"area": area.pk}
    assert parts["screening"][key] == "yes"
    assert AuditEvent.objects.get(verb="intake.submit").subject == f"report:{report.pk}"
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", HATE)
def test_each_answer_that_stops_shows_911_the_station_and_the_call_back(resident: Resident, key: str) -> None:
    draft = stopped(resident, key=key)
    page = resident.client.get(resident.url("intake:stop", draft))
    main = page.text.partition("<main")[2]
    assert 'href="tel:911"' in main
    assert resident.url("intake:callback", draft) in main
    assert page.context["stations"] == live.areas()


def test_it_shows_reference_and_code_that_lead_back(resident: Resident) -> None:
    draft = stopped(resident)
    page = resident.client.get(ask(resident, draft, **REACH).url)
    assert "Thank you. We will get in touch with you." in page.text
    assert "official number" not in page.text
    codes = {"reference": page.context["reference"], "access_code": page.context["access_code"]}
    assert Report.objects.get().reference == codes["reference"]
    status = resident.client.post(resident.url("status:find"), codes, follow=True)
    assert codes["reference"] in status.text


def test_it_reaches_the_queue_of_the_coordinator_and_the_supervisor(resident: Resident, staff) -> None:
    ask(resident, stopped(resident), **REACH, area=str(Area.objects.get(number=1).pk))
    work()
    report = Report.objects.get()
    assert report.state == State.QUEUED
    assert not Job.objects.filter(done_at=None).exists()
    assert sees(staff("cora", Role.COORDINATOR, areas=[1]), report)
    assert sees(staff("sue", Role.SUPERVISOR, bureaus=["OCB"]), report)
    assert not sees(staff("piet", Role.OFFICER, areas=[5]), report)


def test_without_an_area_it_is_the_supervisors(resident: Resident, staff) -> None:
    ask(resident, stopped(resident), **REACH)
    assert sees(staff("sue", Role.SUPERVISOR, bureaus=["OCB"]), Report.objects.get())


def test_officers_read_the_answers_that_stopped_it(resident: Resident, staff, at_desk) -> None:
    ask(resident, stopped(resident), **REACH, area=str(Area.objects.get(number=1).pk))
    work()
    olga = staff("olga", Role.OFFICER, areas=[1])
    page = at_desk(olga).get(f"/admin/review/{Report.objects.get().pk}/", follow=True).text
    assert "Did anyone say, write or show that they would hurt someone" in page
    assert "213 555 0142" not in page


def test_a_name_is_not_needed(resident: Resident) -> None:
    ask(resident, stopped(resident), email="mina@example.org")
    report = Report.objects.get()
    assert opened(report)["person"] == {"email": "mina@example.org"}
    assert report.has_email
    assert Job.objects.filter(kind="notify").count() == 1


def test_it_asks_for_a_way_to_reach_them_and_keeps_the_rest(resident: Resident) -> None:
    draft = stopped(resident)
    page = ask(resident, draft, name="Mina", safe_times="after 6")
    said = "Give an e-mail or a phone number, so that we can reach you."
    assert page.text.count(said) == 2  # in the summary and beside the field
    assert 'value="Mina"' in page.text
    assert not Report.objects.exists()
    assert 'value="after 6"' in resident.client.get(resident.url("intake:callback", draft)).text


def test_another_language_keeps_what_was_typed(resident: Resident) -> None:
    draft = stopped(resident)
    response = ask(resident, draft, go="language:es", name="Mi")
    assert response.url == Resident("es").url("intake:callback", draft)
    page = resident.client.get(response.url).text
    assert 'value="Mi"' in page
    assert '<html lang="es"' in page


def test_what_was_typed_is_sealed(resident: Resident) -> None:
    draft = stopped(resident)
    ask(resident, draft, go="language:es", **REACH)
    assert "Mina" not in str(Draft.objects.get(pk=draft).answers)
    ask(resident, draft, **REACH)
    assert b"Mina" not in bytes(Document.objects.get().sealed)
    assert Document.objects.filter(terms__contains=vault.keyed(["p:12135550142"])).exists()


def test_sent_twice_it_is_one_report(resident: Resident) -> None:
    draft = stopped(resident)
    first, second = ask(resident, draft, **REACH), ask(resident, draft, **REACH)
    assert first.url == second.url == resident.url("intake:sent", draft)
    assert Report.objects.count() == 1


def test_the_page_belongs_to_drafts_that_were_stopped_for_it(resident: Resident) -> None:
    free = resident.begin("hate-incident")
    resident.fill(free, "screening", SCREENING["hate-incident"])
    others = stopped(resident, "theft", "firearm")
    for draft in (free, others):
        assert resident.client.get(resident.url("intake:callback", draft)).url == resident.url(
            "intake:step", draft, "screening"
        )
        with pytest.raises(NoCallBack):
            actions.callback(draft_id=draft, language="en", by=RESIDENT)
    assert not Report.objects.exists()


def test_another_browser_does_not_see_it(resident: Resident) -> None:
    draft = stopped(resident)
    assert Resident().client.get(resident.url("intake:callback", draft)).status_code == 410


def test_a_half_answered_screening_leads_back_to_it(resident: Resident) -> None:
    draft = resident.begin("hate-incident")
    resident.fill(draft, "screening", {"threat": "yes"})
    assert ask(resident, draft, **REACH).url == resident.url("intake:step", draft, "screening")


def test_the_agency_may_close_it(resident: Resident) -> None:
    draft = stopped(resident)
    ReportType.objects.filter(slug="hate-callback").update(state="retired")
    live.clear()
    assert resident.url("intake:callback", draft) not in resident.client.get(resident.url("intake:stop", draft)).text
    assert ask(resident, draft, **REACH).status_code == 302
    assert not Report.objects.exists()


def test_going_back_leaves_the_report_as_it_was(resident: Resident) -> None:
    draft = stopped(resident)
    assert ask(resident, draft, go="back", **REACH).url == resident.url("intake:stop", draft)
    resident.fill(draft, "screening", SCREENING["hate-incident"])
    page = resident.client.get(resident.url("intake:step", draft, "person"))
    assert "+1 213 555 0142" not in page.text
    assert not page.context["form"].is_bound
    assert Stopper.objects.get(key="hate-with-an-officer").callback_type == "hate-callback"
