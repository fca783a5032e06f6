"""Pieces of pages that are rendered once: as fresh as rendered ones, and nothing of anybody in them."""

from django.template import Context, Template
from django.test import Client
from django.utils import translation

from reports.catalogue import live
from reports.models import ReportType
from reports.templatetags import remembered
from tests.resident import Resident

PIECE = Template("{% load remembered %}{% remembered 'piece' key %}{{ shown }}{% endremembered %}")


def rendered(**context: object) -> str:
    return PIECE.render(Context(context))


def test_a_piece_is_rendered_once_for_each_key_and_language() -> None:
    assert [rendered(key=1, shown="a"), rendered(key=1, shown="b"), rendered(key=2, shown="b")] == ["a", "a", "b"]
    with translation.override("ko"):
        assert rendered(key=1, shown="c") == "c"


def test_a_piece_without_its_key_is_rendered_each_time() -> None:
    assert [rendered(shown="a"), rendered(shown="b"), rendered(key=None, shown="c")] == ["a", "b", "c"]


def test_a_piece_stays_escaped() -> None:
    assert {rendered(key=1, shown="<b>"), rendered(key=1, shown="<b>")} == {"&lt;b&gt;"}


def test_it_does_not_grow_without_end(monkeypatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 3)
    for key in range(10):
        rendered(key=key, shown=key)
    assert len(remembered._pieces) <= 3


def test_an_edit_of_the_catalogue_is_seen_by_who_asked_before(resident: Resident) -> None:
    page = resident.url("intake:start")
    assert "Lost property" in resident.client.get(page).text
    ReportType.objects.filter(slug="lost-property").update(name_en="Things that were lost")
    live.clear()
    assert "Things that were lost" in resident.client.get(page).text


def test_no_answer_and_no_token_of_one_resident_reaches_another(resident: Resident) -> None:
    draft = resident.begin("theft")
    resident.fill(draft, "where", {"address": "44 Secret Street"}, go="back")
    theirs = resident.client.get(resident.url("intake:step", draft, "where")).text
    assert "44 Secret Street" in theirs
    assert resident.client.get(resident.url("intake:step", draft, "narrative")).status_code == 200
    kept = "".join(remembered._pieces.values())
    assert "Secret Street" not in kept
    assert "csrfmiddlewaretoken" not in kept
    assert str(draft) not in kept
    other = Resident()
    shown = other.client.get(other.url("intake:step", other.begin("theft"), "where")).text
    assert "Secret Street" not in shown


def test_each_address_leads_to_the_same_page_in_every_language(db: None, client: Client) -> None:
    for path in ("/en/", "/en/?from=mail", "/en/status/"):
        text = client.get(path).text
        assert f'hreflang="ko" href="{path.replace("/en/", "/ko/")}"' in text.replace("\n", " ")
