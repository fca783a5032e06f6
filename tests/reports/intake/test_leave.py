"""Leaving quickly."""

import pytest
from django.conf import settings
from django.test import Client

from reports import cookies
from tests.resident import STORY, Receipt, Resident


def leads_away(page) -> bool:
    return f'content="0;url={settings.QUICK_EXIT_URL}"' in page.text and STORY[:10] not in page.text


@pytest.fixture
def left(resident: Resident) -> list[str]:
    """The addresses of a draft whose resident left."""
    draft = resident.answer_all("lost-property")
    resident.client.post(resident.url("intake:later", draft))
    resident.client.post(resident.url("intake:leave"))
    names = ("intake:check", "intake:later", "intake:stop", "intake:sent")
    return [resident.url("intake:step", draft, "narrative"), *(resident.url(name, draft) for name in names)]


def test_it_leads_away_and_empties_the_cache(resident: Resident) -> None:
    page = resident.client.post(resident.url("intake:leave"))
    assert (page.status_code, page.headers["Clear-Site-Data"]) == (200, '"cache"')
    assert leads_away(page)


def test_back_to_any_page_of_the_draft_leads_away_again(resident: Resident, left: list[str]) -> None:
    assert [leads_away(resident.client.get(url)) for url in left] == [True] * len(left)


def test_back_to_the_status_page_leads_away_again(resident: Resident, receipt: Receipt) -> None:
    resident.come_back(receipt)
    resident.client.post(resident.url("intake:leave"))
    for name in ("status:show", "status:add", "status:contact", "status:withdraw"):
        assert leads_away(resident.client.get(resident.url(name)))


def test_who_comes_back_on_purpose_is_let_in(resident: Resident, receipt: Receipt, left: list[str]) -> None:
    assert "Tell us what happened" in resident.client.get(resident.url("intake:start")).text
    assert resident.come_back(receipt).context["report"]["reference"] == receipt.reference
    draft = resident.begin("lost-property")
    assert resident.client.get(resident.url("intake:step", draft, "screening")).status_code == 200


def test_after_an_hour_the_page_says_that_it_is_gone(
    resident: Resident, left: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cookies, "LEFT_SECONDS", -1)
    page = resident.client.get(left[0])
    assert page.status_code == 410
    assert "We cannot show this page any more" in page.text


def test_it_works_without_a_token(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/en/leave/").status_code == 200


def test_every_page_of_a_draft_is_kept_by_no_cache(resident: Resident) -> None:
    draft = resident.answer_all("lost-property")
    resident.client.post(resident.url("intake:later", draft))
    pages = [resident.url(name, draft) for name in ("intake:check", "intake:later")]
    for url in (resident.url("intake:step", draft, "narrative"), resident.url("intake:resume"), *pages):
        assert "no-store" in resident.client.get(url).headers["Cache-Control"]
