"""Searching the sealed reports: by numbers, names and words of any script, within one's reach, and without a trace of
what was typed.
"""

import logging
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from reports import found_by, vault
from reports.models import AuditEvent, Document, Report
from reports.review import search_memory, search_queries
from reports.review.search_terms import understand
from tests.desk import another, approved
from tests.resident import ITEMS, VEHICLES, Resident

SEARCH = "/admin/review/search/"
PERSON = {"part": "myself", "name": "Ana Flores Núñez", "email": "ana@example.org", "phone": "+1 213 555 0142"}
STORY = "Somebody broke the window of my car with a crowbar."
# What a resident wrote, and what an officer types for it.
STORIES = {
    "hy": ("Ինչ-որ մեկը կոտրեց իմ մեքենայի ապակին", "մեքենայի ԱՊԱԿԻՆ"),
    "fa": ("یک نفر شیشه ماشین مرا شکست", "شيشه ماشين"),
    "th": ("มีคนทุบกระจกรถของฉันเมื่อคืน", "กระจกรถ"),
    "km": ("មាននរណាម្នាក់បំបែកកញ្ចក់ឡានរបស់ខ្ញុំ", "កញ្ចក់"),
    "zh-hans": ("有人打破了我汽车的玻璃", "汽车 玻璃"),
    "ko": ("누가 차 유리창을 깼어요", "유리창"),
    "hi": ("किसी ने मेरी कार की खिड़की तोड़ दी", "खिड़की कार"),
    "he": ("מישהו שבר את חלון הרכב שלי", "חלון הרכב"),
    "ar": ("كسر أحدهم زجاج سيارتي", "احدهم زجاج"),
    "ja": ("誰かが車の窓を割りました", "車"),
    "es": ("Alguien rompió la ventana de mi camión", "CAMION ventana"),
    "vi": ("Ai đó đã đập vỡ cửa kính xe", "dap vo kinh"),
    "ru": ("Кто-то разбил окно", "Окно разбил"),
    "pa": ("ਕਿਸੇ ਨੇ ਮੇਰੀ ਕਾਰ ਦਾ ਸ਼ੀਸ਼ਾ ਤੋੜ ਦਿੱਤਾ", "ਸ਼ੀਸ਼ਾ"),
}


@pytest.fixture
def stolen(db: None) -> Report:
    """A theft from a vehicle in Central, with a plate, a serial number and a person."""
    answers = {"narrative": {"story": STORY}, "person": PERSON, "vehicles": VEHICLES, "items": ITEMS}
    vehicle = {**VEHICLES, "form-0-vin": "1HGCM82633A004352"}
    return Resident().file("theft-from-vehicle", **answers | {"vehicles": vehicle}).report


def search(client: Client, text: str) -> object:
    return client.post(SEARCH, {"text": text}, follow=True)


def hits(page) -> list[tuple[str, list[str]]]:
    return [(hit.report.reference, hit.why) for hit in page.context["hits"]]


def find(user: User, text: str) -> list[str]:
    """Return the references found, without a page."""
    query = understand(text)
    found = search_queries.find(user, query)
    return [hit.report.reference for hit in search_queries.page(user, query, found)[0]]


def with_terms(pattern: Report, terms: list[int], **fields: object) -> Report:
    report = another(pattern, **fields)
    Document.objects.create(report=report, sealed=b"", terms=terms)
    return report


FINDS = {
    "Flores": ["name"],
    "nunez ANA": ["name"],
    "(213) 555-0142": ["phone"],
    "213.555.0142": ["phone"],
    "+1 213 555 0142": ["phone"],
    "001 213 5550142": ["phone"],
    "٢١٣ ٥٥٥ ٠١٤٢": ["phone"],
    "Ana@Example.ORG": ["email"],
    "7abc123": ["plate"],
    "7-ABC 123": ["plate"],
    "1HGCM82633A004352": ["vin"],
    "1hgcm 82633 a004352": ["vin"],
    "SN-0042-XY": ["serial"],
    "sn0042xy": ["serial"],
    "Fairphone": ["word"],
    "crowbar window": ["word"],
    "Flores crowbar": ["name", "word"],
    "7abc123 crowbar": ["plate", "word"],
    "213 555 0142 flores crowbar": ["phone", "name", "word"],
    "crowbar, ana@example.org": ["email", "word"],
}
FINDS_NOT = [
    "Flora",
    "crowbar doors",
    "7abc124",
    "213 555 0143",
    "ana@example.com",
    "wind",
    "crowbar Piet",
    "R-0000-0000",
]


def test_it_finds_by_numbers_names_and_words(stolen: Report, olga: User) -> None:
    for typed, reasons in FINDS.items():
        query = understand(typed)
        page, _next = search_queries.page(olga, query, search_queries.find(olga, query))
        assert [(hit.report.reference, hit.why) for hit in page] == [(stolen.reference, reasons)], typed


def test_a_reference_without_digits_is_found_however_it_is_typed(stolen: Report, olga: User) -> None:
    Report.objects.filter(pk=stolen.pk).update(reference="R-BFVT-VPQY")
    found_by.renew(Report.objects.get(pk=stolen.pk))
    for typed in ("R-BFVT-VPQY", "rbfvtvpqy", "bfvtvpqy", "BFVT VPQY"):
        assert find(olga, typed) == ["R-BFVT-VPQY"], typed


@pytest.mark.parametrize("typed", ["Martinez", "anna maya", "SN0042XY", "ask Martinez"])
def test_a_word_that_may_be_a_reference_is_asked_for_by_its_term(stolen: Report, olga: User, typed: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        find(olga, typed)
    meant = understand(typed).references
    assert meant
    never = re.compile("|".join({*meant, *typed.split()}), re.IGNORECASE)
    assert not [query for query in captured if never.search(query["sql"])]


def test_a_purged_report_is_found_by_its_reference_as_it_is_written(stolen: Report, olga: User) -> None:
    Document.objects.filter(report=stolen).delete()
    Report.objects.filter(pk=stolen.pk).update(purged_at=stolen.reported_at)
    assert find(olga, stolen.reference.lower()) == [stolen.reference]


def test_what_does_not_fit_is_not_found(stolen: Report, olga: User) -> None:
    assert {typed: find(olga, typed) for typed in FINDS_NOT} == {typed: [] for typed in FINDS_NOT}


def test_it_finds_by_reference_and_by_the_agencys_number(stolen: Report, olga: User, at_desk) -> None:
    call_command("shell", "-v", "0", "-c", "from reports.processing.actions import work; work()")
    done, client = approved(stolen, olga, "260012345"), at_desk(olga)
    bare = stolen.reference.replace("-", "").lower()
    for typed in (stolen.reference, bare, bare[1:], f"{bare[1:5]} {bare[5:]}"):
        assert hits(search(client, typed)) == [(stolen.reference, ["reference"])], typed
    for typed in ("260012345", "26-0012345", "26 001 2345"):
        assert hits(search(client, typed)) == [(stolen.reference, ["dr_number"])], typed
    assert done.dr_number == "260012345"


def test_it_finds_the_reports_that_name_another(stolen: Report, olga: User) -> None:
    where, original = {"area": "1"}, {"number": stolen.reference}
    later = Resident().file("supplement", where=where, original=original).report
    query = understand(stolen.reference)
    page, _next = search_queries.page(olga, query, search_queries.find(olga, query))
    assert [(hit.report.pk, hit.why) for hit in page] == [(stolen.pk, ["reference"]), (later.pk, ["report"])]


def test_words_of_many_scripts_are_found(stolen: Report, olga: User) -> None:
    made = {}
    for number, (language, (story, _typed)) in enumerate(STORIES.items()):
        made[language] = another(stolen, reported_at=stolen.reported_at + timedelta(minutes=number), language=language)
        Document.objects.create(
            report=made[language], sealed=b"", terms=found_by.of_parts({"narrative": {"story": story}})
        )
    for language, (_story, typed) in STORIES.items():
        assert find(olga, typed) == [made[language].reference], language


NAMES = {
    "Nguyễn Văn Đức": "duc nguyen",
    "李小明": "小明",
    "山田 太郎": "太郎 山田",
    "김철수": "철수",
    "سارا کریمی": "كريمي",
}


def test_a_name_is_found_in_any_order_and_writing(stolen: Report, olga: User) -> None:
    made = {name: with_terms(stolen, found_by.of_parts({"person": {"name": name}})) for name in NAMES}
    assert [find(olga, typed) for typed in NAMES.values()] == [[made[name].reference] for name in NAMES]


# --- What comes first --------------------------------------------------------------------
def test_exact_identifiers_come_first_then_names_then_words_and_the_newest_first(stolen: Report, olga: User) -> None:
    def made(days: int, *terms: str) -> str:
        at = stolen.reported_at + timedelta(days=days)
        return with_terms(stolen, vault.keyed(terms), reported_at=at).reference

    in_words, newer, named = made(1, "w:harper"), made(3, "w:harper"), made(2, "n:harper", "w:x")
    plate = made(0, "plate:harper")
    assert find(olga, "Harper") == [plate, named, newer, in_words]


# --- Within one's reach --------------------------------------------------------------------
def test_nobody_finds_what_is_out_of_reach(stolen: Report, olga: User, piet: User, sue: User, staff) -> None:
    cora = staff("cora", Role.COORDINATOR, areas=[1])
    for typed in (stolen.reference, "Flores", "213 555 0142", "crowbar"):
        assert (find(olga, typed), find(sue, typed)) == ([stolen.reference], [stolen.reference])
        assert (find(piet, typed), find(cora, typed)) == ([], [])
    assert find(staff("nobody", Role.OFFICER), "Flores") == []


@pytest.mark.parametrize("role", set(Role) - {Role.OFFICER, Role.COORDINATOR, Role.SUPERVISOR})
def test_only_readers_search(stolen: Report, staff, at_desk, role: Role) -> None:
    client = at_desk(staff("somebody", role, areas=[1]))
    assert [client.get(SEARCH).status_code, client.post(SEARCH, {"text": "Flores"}).status_code] == [403, 403]
    assert "search-box" not in client.get("/admin/").content.decode()


def test_the_box_stands_on_every_page_of_a_reader(stolen: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    for address in ("/admin/", "/admin/review/", reverse("review:show", args=[stolen.pk])):
        page = client.get(address).content.decode()
        assert f'action="{SEARCH}"' in page
        assert 'id="search-box"' in page


# --- No trace of what was typed ---------------------------------------------------------------
TYPED = "Zacharias Quux +1 213 555 0166 9XYZ987 zq@example.net"


def test_what_was_typed_is_in_no_address_session_log_or_event(stolen: Report, olga: User, at_desk, caplog) -> None:
    client = at_desk(olga)
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as captured:
        page = search(client, TYPED)
    assert hits(page) == []
    where = "\n".join(
        [
            *(url for url, _status in page.redirect_chain),
            *(str(row.get_decoded()) + row.session_data for row in Session.objects.all()),
            *(f"{row.subject} {row.details}" for row in AuditEvent.objects.all()),
            *(record.getMessage() for record in caplog.records if record.name != "django.db.backends"),
            *(query["sql"] for query in captured),
        ]
    ).lower()
    for word in ("zacharias", "quux", "5550166", "555 0166", "9xyz987", "example.net"):
        assert word not in where, word
    assert 'value="Zacharias Quux' in page.content.decode()


def test_each_search_is_an_event_that_says_what_kind_and_how_many(stolen: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    for typed in ("Flores", "213 555 0142 crowbar window", "ana@example.org", "26 0012345"):
        search(client, typed)
    events = AuditEvent.objects.filter(verb="review.search").order_by("id")
    assert {(event.actor, event.subject) for event in events} == {(f"user:{olga.pk}", "reports")}
    assert [event.details for event in events] == [
        {"kinds": "word", "words": 1, "hits": 1, "further": False},
        {"kinds": "phone,word", "words": 3, "hits": 1, "further": False},
        {"kinds": "email,word", "words": 1, "hits": 1, "further": False},
        {"kinds": "number,phone,word", "words": 1, "hits": 0, "further": False},
    ]


def test_a_search_belongs_to_its_session(stolen: Report, olga: User, sue: User, at_desk) -> None:
    page = search(at_desk(olga), "Flores")
    address = page.redirect_chain[-1][0]
    over = at_desk(sue).get(address)
    assert (over.status_code, over.context["is_over"], "found" in over.context) == (200, True, False)
    assert not AuditEvent.objects.filter(verb="review.search", actor=f"user:{sue.pk}").exists()


@pytest.mark.parametrize("change", [lambda kept: kept[:-4] + "AAA=", lambda kept: "no base64", lambda kept: ""])
def test_an_altered_search_is_over(stolen: Report, olga: User, at_desk, change) -> None:
    client = at_desk(olga)
    address = search(client, "Flores").redirect_chain[-1][0]
    session = client.session
    session["searches"] = {name: change(kept) for name, kept in session["searches"].items()}
    session.save()
    assert client.get(address).context["is_over"]


def test_a_search_put_under_another_name_does_not_open(stolen: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    search(client, "Flores")
    session = client.session
    session["searches"] = {"other": next(iter(session["searches"].values()))}
    session.save()
    assert client.get(f"{SEARCH}?for=other").context["is_over"]


def test_a_session_keeps_a_few_searches(stolen: Report, olga: User, at_desk) -> None:
    client = at_desk(olga)
    for number in range(search_memory.MOST + 3):
        client.post(SEARCH, {"text": f"word{number}"})
    assert len(client.session["searches"]) == search_memory.MOST


# --- The page -------------------------------------------------------------------------------
def test_what_cannot_be_looked_for_is_said(olga: User, at_desk) -> None:
    client = at_desk(olga)
    for typed in ("", "   ", "?!", "—", "x" * 201):
        page = client.post(SEARCH, {"text": typed})
        assert (page.status_code, list(page.context["form"].errors)) == (200, ["text"])
    assert not AuditEvent.objects.filter(verb="review.search").exists()


ODD = ["\x00", "' OR 1=1 --", "%", "\\", "{}[]", "𝔘𝔫𝔦", "a" * 200, "a " * 100, "1" * 200, "@@@ @", "()+-/ 123456789"]


def test_nothing_that_is_typed_breaks_it(olga: User, at_desk) -> None:
    client = at_desk(olga)
    assert {search(client, typed).status_code for typed in ODD} == {200}


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_the_same_few_statements_however_many_are_found(
    stolen: Report, olga: User, at_desk, count: int
) -> None:
    terms = Document.objects.get(report=stolen).terms
    for _each in range(count - 1):
        with_terms(stolen, terms)
    client = at_desk(olga)
    address = client.post(SEARCH, {"text": "crowbar 213 555 0142"}).url
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    assert len(hits(page)) == count
    statements = [query["sql"] for query in captured if not re.match("SAVEPOINT|RELEASE", query["sql"])]
    assert len(statements) == STATEMENTS, [statement[:100] for statement in statements]


STATEMENTS = 8


def test_its_pages_hold_each_report_once(stolen: Report, olga: User, at_desk) -> None:
    for number in range(70):
        with_terms(stolen, vault.keyed(["w:zebra"]), reported_at=stolen.reported_at + timedelta(minutes=number % 7))
    client, seen = at_desk(olga), []
    page = search(client, "zebra")
    address = page.redirect_chain[-1][0]
    assert page.context["found"].total == 70
    for _page in range(3):
        seen += [reference for reference, _why in hits(page)]
        following = page.context["next"]
        page = client.get(f"{address}&after={following}")
    assert (len(seen), len(set(seen)), following) == (70, 70, "")
    assert AuditEvent.objects.latest("id").details["further"] is False
    for tampered in ("x", "00000000-0000-7000-8000-000000000000"):
        assert hits(client.get(f"{address}&after={tampered}"))[0][0] == seen[0]


def test_words_in_too_many_reports_are_looked_for_among_the_newest(stolen: Report, olga, at_desk, monkeypatch) -> None:
    monkeypatch.setattr(search_queries, "MOST", 4)
    monkeypatch.setattr(search_queries, "WINDOWS", (3, 8))
    made = []
    for number in range(12):
        at = stolen.reported_at + timedelta(days=1 + number)
        made.append(with_terms(stolen, vault.keyed(["w:car" if number % 2 else "w:van"]), reported_at=at))
    page, newest = search(at_desk(olga), "car"), [report.reference for report in reversed(made)]
    found = page.context["found"]
    assert [reference for reference, _why in hits(page)] == newest[:8:2]
    assert (found.total, found.since) == (4, made[-8].reported_at)
    assert "Only those since" in page.content.decode()
    monkeypatch.setattr(search_queries, "SHOWN", 2)
    assert search(at_desk(olga), "car").context["found"].since == made[-3].reported_at
    assert search(at_desk(olga), "crowbar").context["found"].since is None
    assert find(olga, f"{stolen.reference} car")[0] == stolen.reference


def test_it_goes_by_the_index_of_terms(stolen: Report, olga: User) -> None:
    with CaptureQueriesContext(connection) as captured:
        find(olga, "Flores crowbar 7abc123")
    statement = next(query["sql"] for query in captured if query["sql"].startswith("WITH found"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Bitmap Index Scan on document_terms" in plan
    assert "Seq Scan on reports_document" not in plan
