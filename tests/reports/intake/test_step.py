"""One step: what was typed is kept first and judged afterwards."""

import pytest

from reports.catalogue import live
from reports.models import Draft, ReportType
from tests.resident import ITEMS, SCREENING, Resident, rows


@pytest.fixture
def draft(resident: Resident):
    return resident.begin("theft-from-vehicle")


def test_it_goes_on_to_the_next_step(resident: Resident, draft) -> None:
    response = resident.fill(draft, "screening", SCREENING["theft-from-vehicle"])
    assert response.url == resident.url("intake:step", draft, "when")


def test_it_says_what_is_missing_beside_the_field(resident: Resident, draft) -> None:
    page = resident.fill(draft, "where", {})
    assert page.status_code == 200
    said = "Tell us something about the place, or choose the part of the city."
    assert page.context["form"].errors == {"address": [said]}
    assert page.text.count(said) == 2  # in the summary and beside the field


def test_it_keeps_what_is_not_valid(resident: Resident, draft) -> None:
    resident.fill(draft, "when", {"date": "2999-01-01", "time": "25:99"})
    page = resident.client.get(resident.url("intake:step", draft, "when"))
    assert 'value="2999-01-01"' in page.text
    assert 'value="25:99"' in page.text


def test_back_keeps_what_was_typed(resident: Resident, draft) -> None:
    response = resident.fill(draft, "where", {"address": "half a wo"}, go="back")
    assert response.url == resident.url("intake:step", draft, "when")
    assert 'value="half a wo"' in resident.client.get(resident.url("intake:step", draft, "where")).text


def test_back_from_the_first_step_leads_to_the_types_page(resident: Resident, draft) -> None:
    type_id = Draft.objects.get().report_type_id
    assert resident.fill(draft, "screening", {}, go="back").url == resident.url("intake:begin", type_id)


def test_another_language_keeps_what_was_typed(resident: Resident, draft) -> None:
    response = resident.fill(draft, "narrative", {"story": "Medio esc"}, go="language:es")
    assert response.url == Resident("es").url("intake:step", draft, "narrative")
    page = resident.client.get(response.url)
    assert "Medio esc" in page.text
    assert '<html lang="es"' in page.text


def test_an_unknown_language_is_no_way_on(resident: Resident, draft) -> None:
    response = resident.fill(draft, "narrative", {"story": "words"}, go="language://evil.example/")
    assert response.url == resident.url("intake:step", draft, "files")


def test_it_adds_and_removes_items_without_script(resident: Resident, draft) -> None:
    url = resident.url("intake:step", draft, "items")
    assert resident.client.post(url, {**ITEMS, "add": "1"}).url == url
    assert len(resident.client.get(url).context["form"].forms) == 2
    two = rows({"kind": "75", "brand": "first"}, {"kind": "04", "brand": "second"})
    resident.client.post(url, {**two, "remove": "0"})
    forms = resident.client.get(url).context["form"].forms
    assert [form["brand"].value() for form in forms] == ["second"]


def test_a_change_from_the_check_page_leads_back_to_it(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    response = resident.fill(draft, "narrative", {"story": "Changed."}, query="?check")
    assert response.url == resident.url("intake:check", draft)
    assert "Changed." in resident.client.get(response.url).text


def test_the_check_page_leads_to_the_first_open_step(resident: Resident, draft) -> None:
    resident.fill(draft, "screening", SCREENING["theft-from-vehicle"])
    assert resident.client.get(resident.url("intake:check", draft)).url == resident.url("intake:step", draft, "when")


def test_a_stopping_answer_shows_who_helps_instead(resident: Resident, draft) -> None:
    answers = SCREENING["theft-from-vehicle"] | {"freeway": "yes"}
    page = resident.client.get(resident.fill(draft, "screening", answers).url)
    assert "California Highway Patrol" in page.text
    assert resident.url("intake:step", draft, "screening") in page.text


def test_two_tabs_are_two_drafts(resident: Resident, draft) -> None:
    other = resident.begin("lost-property")
    resident.fill(draft, "narrative", {"story": "the first tab"})
    resident.fill(other, "narrative", {"story": "the second tab"})
    texts = [resident.client.get(resident.url("intake:step", each, "narrative")).text for each in (draft, other)]
    assert ["the first tab" in text for text in texts] == [True, False]
    assert ["the second tab" in text for text in texts] == [False, True]


def test_steps_of_one_draft_saved_at_once_do_not_undo_each_other(resident: Resident, draft) -> None:
    from reports.audit import RESIDENT
    from reports.intake import actions
    from reports.intake.walk import Walk

    tabs = [Walk(Draft.objects.get()), Walk(Draft.objects.get())]
    actions.save_step(walk=tabs[0], step="when", raw={"date": ["2026-01-01"]}, by=RESIDENT)
    actions.save_step(walk=tabs[1], step="where", raw={"address": ["here"]}, by=RESIDENT)
    walk = Walk(Draft.objects.get())
    assert (walk.raw("when"), walk.raw("where")) == ({"date": ["2026-01-01"]}, {"address": ["here"]})


def test_a_strangers_draft_is_gone(draft) -> None:
    stranger = Resident()
    assert stranger.client.get(stranger.url("intake:step", draft, "when")).status_code == 410
    assert stranger.fill(draft, "when", {"date": "2026-01-01"}).status_code == 410
    assert Draft.objects.get().answers == {}


def test_leaving_forgets_the_draft_in_this_browser(resident: Resident, draft) -> None:
    page = resident.client.post(resident.url("intake:leave"))
    assert 'http-equiv="refresh"' in page.text
    assert resident.client.get(resident.url("intake:step", draft, "when")).status_code == 410


def test_discarding_deletes_it(resident: Resident, draft) -> None:
    resident.client.post(resident.url("intake:discard", draft))
    assert not Draft.objects.exists()


def test_a_step_of_another_type_does_not_exist(resident: Resident, draft) -> None:
    assert resident.client.get(resident.url("intake:step", draft, "bias")).status_code == 404


HINT = "You can add photos and receipts on a later page."


def test_a_step_about_things_says_that_receipts_come_later(resident: Resident) -> None:
    for slug, step in (("lost-property", "items"), ("vandalism", "damage")):
        assert HINT in resident.client.get(resident.url("intake:step", resident.begin(slug), step)).text
    assert HINT not in resident.client.get(resident.url("intake:step", resident.begin("theft"), "when")).text


def test_a_type_without_files_promises_none(resident: Resident) -> None:
    ReportType.objects.filter(slug="lost-property").update(sections=[{"key": "items"}, {"key": "person"}])
    live.clear()
    assert HINT not in resident.client.get(resident.url("intake:step", resident.begin("lost-property"), "items")).text
