"""One text before a translator, and beside its report before an officer."""

import re

import pytest
from django.urls import reverse

from accounts.models import User
from reports.models import AuditEvent, Passage, Report
from reports.translating import actions
from tests.desk import show as show_report
from tests.reports.translating.conftest import STORY, address

UUID, TOKEN = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", r'name="csrfmiddlewaretoken" value="\w+"'
CONTACTS = ["ana@example.org", "+1 213 555 0142", "213", "6th and Main", "7ABC123", "SN-0042-XY", "Flores", "Toyota"]


def test_a_translator_sees_the_text_and_the_reference_only(story: Passage, spanish: Report, tara, at_desk) -> None:
    page = at_desk(tara).get(address("show", story))
    assert page.context["original"] == STORY
    assert "Rompieron la ventana" in page.text
    assert spanish.reference in page.text
    # By chance any digits may stand in an id, a reference or a token.
    said = re.sub(rf"{UUID}|{spanish.reference}|{TOKEN}", "", page.text)
    assert [value for value in CONTACTS if value in said] == []
    assert reverse("review:show", args=[spanish.pk]) not in page.text


def test_the_words_carry_their_language_and_direction(story: Passage, tara: User, staff, at_desk) -> None:
    page = " ".join(at_desk(tara).get(address("show", story)).text.split())
    assert '<div class="words" lang="es" dir="ltr">' in page
    Passage.objects.update(source="fa")
    farah = staff("farah", "translator", languages=["fa"])
    page = " ".join(at_desk(farah).get(address("show", story)).text.split())
    assert '<div class="words" lang="fa" dir="rtl">' in page
    assert 'lang="en" dir="ltr"' in page


def test_every_look_is_recorded(story: Passage, spanish: Report, tara: User, at_desk) -> None:
    client = at_desk(tara)
    client.get(address("show", story))
    client.post(address("write", story), {"words": "", "version": "0"})
    events = AuditEvent.objects.filter(verb="translating.look")
    assert [(event.actor, event.subject) for event in events] == [(f"user:{tara.pk}", f"report:{spanish.pk}")] * 2
    assert events[0].details == {"text": "narrative", "version": 0, "source": "es", "target": "en"}


def test_an_officer_reads_both_with_the_origin(story: Passage, spanish: Report, tara, olga, at_desk) -> None:
    client = at_desk(olga)
    page = show_report(client, spanish).text
    assert ("Original, in Spanish" in page, "Waiting for a translation" in page) == (True, True)
    actions.write(passage_id=story.pk, words="They broke my window.", version=0, by=tara)
    page = show_report(client, spanish).text
    assert "They broke my window." in page
    assert "Rompieron la ventana" in page
    assert "Translated by Tara Nuñez on" in " ".join(page.split())
    assert address("show", story) not in page


def test_an_unchecked_draft_says_so(service, story: Passage, spanish: Report, olga: User, at_desk) -> None:
    assert "Machine translation, not checked" in show_report(at_desk(olga), spanish).text


def test_an_officer_who_translates_finds_the_way_to_the_desk(story: Passage, spanish: Report, staff, at_desk) -> None:
    both = staff("both", "officer", "translator", areas=[1], languages=["es"])
    assert address("show", story) in show_report(at_desk(both), spanish).text


def test_an_english_report_stands_alone(queued: Report, olga: User, at_desk) -> None:
    page = show_report(at_desk(olga), queued).text
    assert "side-by-side" not in page
    assert "Not in English?" in page


@pytest.mark.parametrize(("name", "method"), [("show", "post"), ("unneeded", "get")])
def test_each_page_has_its_one_method(story: Passage, tara: User, at_desk, name: str, method: str) -> None:
    assert getattr(at_desk(tara), method)(address(name, story)).status_code == 405
