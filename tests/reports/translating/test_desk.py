"""The list of texts that wait for a person."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from reports.audit import RESIDENT
from reports.documents import new_message
from reports.models import Passage, Report
from reports.permissions import translatable, translates
from reports.reasons import LetInReason
from reports.review import actions as review
from reports.review import claiming
from reports.review.letting_in import let_in
from reports.status import actions as status
from tests.desk import another
from tests.reports.translating.conftest import address

DESK = "/admin/translating/"


def more(report: Report, **fields: object) -> Passage:
    """Store a further report like `report`, with a text that waits."""
    priority = fields.pop("priority", report.priority)
    known = {"source": "es", "target": "en", "asked_at": timezone.now()}
    return Passage.objects.create(report=another(report, priority=priority), **{**known, **fields})


def listed(client, **query: str) -> list[Passage]:
    return list(client.get(DESK, query).context["page"])


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_the_same_few_statements_however_many_rows(story, spanish, tara, at_desk, count: int) -> None:
    for _each in range(count - 1):
        more(spanish)
    client = at_desk(tara)
    with CaptureQueriesContext(connection) as captured:
        assert len(listed(client)) == count
    assert len(captured) == 5, [query["sql"][:100] for query in captured]


def test_it_shows_no_words_of_a_report(story: Passage, spanish: Report, tara: User, at_desk) -> None:
    page = at_desk(tara).get(DESK)
    assert spanish.reference in page.text
    shown = [word for word in ("ventana", "Ana", "Theft", "Central", "Main", "olga") if word in page.text]
    assert shown == []


def test_urgent_texts_come_first_and_of_these_the_oldest(story: Passage, spanish: Report, tara, at_desk) -> None:
    older = more(spanish, asked_at=story.asked_at - timedelta(days=1))
    urgent = more(spanish, priority=1)
    assert listed(at_desk(tara)) == [urgent, older, story]


def test_its_lists_part_the_texts(story: Passage, spanish: Report, tara: User, at_desk) -> None:
    made = {stage: more(spanish, stage=stage, at=timezone.now()) for stage in ("draft", "done")}
    more(spanish, stage="unneeded", source="en")
    client = at_desk(tara)
    assert listed(client) == listed(client, tab="nonsense") == [story]
    assert listed(client, tab="draft") == [made["draft"]]
    assert listed(client, tab="done") == [made["done"]]
    assert client.get(DESK).context["counts"] == {"waiting": 1, "draft": 1}


def test_its_pages_hold_each_text_once(story: Passage, spanish: Report, tara: User, at_desk) -> None:
    for _each in range(34):
        more(spanish)
    client = at_desk(tara)
    first, second = listed(client), listed(client, page="2")
    assert (len(first), len({each.pk for each in first + second})) == (30, 35)
    assert listed(client, page="x") == first
    assert listed(client, page="99") == second


def test_other_languages_do_not_exist(story: Passage, rustam: User, tara: User, at_desk) -> None:
    client = at_desk(rustam)
    assert listed(client) == []
    posted = {"words": "x", "version": "0"}
    answers = [
        client.get(address("show", story)),
        client.post(address("write", story), posted),
        client.post(address("unneeded", story)),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Passage.objects.get().stage == "waiting"


def test_a_translator_without_languages_is_told_so(story: Passage, staff, at_desk) -> None:
    client = at_desk(staff("nora", Role.TRANSLATOR))
    assert listed(client) == []
    assert "Your account has no languages yet." in client.get(DESK).text


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TRANSLATOR])
def test_it_is_for_translators_only(story: Passage, staff, at_desk, role: Role) -> None:
    client = at_desk(staff("somebody", role, citywide=True, languages=["es"]))
    assert [client.get(url).status_code for url in (DESK, address("show", story))] == [403, 403]
    assert client.post(address("write", story), {"words": "x", "version": "0"}).status_code == 403


def test_a_translator_opens_nothing_else(story: Passage, spanish: Report, tara: User, at_desk) -> None:
    client = at_desk(tara)
    closed = [
        "/admin/review/",
        f"/admin/review/{spanish.pk}/",
        f"/admin/review/{spanish.pk}/paper/",
        "/admin/review/?tab=open",
        "/admin/export/",
        "/admin/counts/",
        "/admin/audit/",
        "/admin/accounts/user/",
    ]
    assert {url: client.get(url).status_code for url in closed} == dict.fromkeys(closed, 403)
    assert client.post(f"/admin/review/{spanish.pk}/decide/claim/").status_code == 403
    assert client.post(f"/admin/review/{spanish.pk}/reveal/", {"reason": "contact"}).status_code == 403
    assert client.post(f"/admin/translating/report/{spanish.pk}/ask/", {"language": "es"}).status_code == 403
    doors = client.get("/admin/").text
    assert (DESK in doors, "/admin/review/" in doors) == (True, False)


def test_of_a_decided_report_only_our_own_words_stay(story: Passage, spanish: Report, olga, tara, at_desk) -> None:
    status.add(report=spanish, text="La bolsa era roja.", by=RESIDENT)
    claiming.claim(report_id=spanish.pk, by=olga)
    review.reject(report_id=spanish.pk, reason="civil", text="A mediator can help.", by=olga)
    ours = Passage.objects.get(target="es")
    client = at_desk(tara)
    assert listed(client) == [ours]
    assert client.get(address("show", story)).status_code == 404
    assert client.get(address("show", ours)).status_code == 200


def test_the_database_and_the_hand_agree_on_what_a_translator_sees(spanish: Report, story, tara, rustam, olga) -> None:
    decided = another(spanish, state="withdrawn", decided_at=timezone.now())
    for report in (spanish, decided):
        message = {"id": None}
        for source, target in (("es", "en"), ("en", "es"), ("ru", "en"), ("en", "ru"), ("en", "en"), ("es", "es")):
            message["id"] = new_message(report=spanish, text="x", from_agency=True, at=timezone.now())
            message["id"].save(force_insert=True)
            Passage.objects.create(
                report=report, message=message["id"], source=source, target=target, asked_at=timezone.now()
            )
    for user in (tara, rustam, olga):
        by_query = set(translatable(user).values_list("pk", flat=True))
        assert {each.pk for each in Passage.objects.select_related("report") if translates(user, each)} == by_query
    assert {user.username: translatable(user).count() for user in (tara, rustam, olga)} == {
        "tara": 6,
        "rustam": 3,
        "olga": 0,
    }


def test_a_text_of_a_held_report_comes_when_a_person_has_let_it_in(story, spanish, tara, olga, at_desk) -> None:
    Report.objects.filter(pk=spanish.pk).update(held=True, held_for="flood")
    client, url = at_desk(tara), address("show", story)
    story.refresh_from_db()
    assert (listed(client), client.get(url).status_code, translates(tara, story)) == ([], 404, False)
    let_in(report_id=spanish.pk, reason=LetInReason.GENUINE, by=olga)
    story.refresh_from_db()
    assert (listed(client), client.get(url).status_code, translates(tara, story)) == ([story], 200, True)
