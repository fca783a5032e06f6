"""What narrows the queue: each filter, several together, what is tampered with."""

from datetime import UTC, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Role, User
from reports.models import Area, Attachment, CodedFact, Report, ReportType
from reports.review import queries
from reports.review.filters import AGES, FILTERS, Offers
from reports.states import State
from tests.desk import another, listed

QUEUE = "/admin/review/"


@pytest.fixture
def cast(queued: Report, staff) -> dict[str, Report]:
    """One report for each thing that a filter can ask; "plain" is unlike any of them."""
    now, otto = timezone.now(), staff("otto", Role.OFFICER, areas=[1])
    areas = {area.number: area for area in Area.objects.all()}
    plain = Report.objects.get()
    made = {
        "plain": plain,
        "dumping": another(plain, report_type=ReportType.objects.get(slug="illegal-dumping", state="live")),
        "harbor": another(plain, area=areas[5]),
        "nowhere": another(plain, area=None),
        "korean": another(plain, language="ko"),
        "waiting": another(plain, state="waiting", claimed_by=otto),
        "urgent": another(plain, priority=1),
        "old": another(plain, reported_at=now - timedelta(days=8)),
        "ancient": another(plain, reported_at=now - timedelta(days=31)),
        "religion": another(plain),
        "race": another(plain),
        "photo": another(plain),
        "held": another(plain, held=True, held_for="flood", held_from="0123456789abcdef", held_like="f" * 16),
    }
    CodedFact.objects.create(report=made["religion"], kind="bias", code="21")
    CodedFact.objects.create(report=made["race"], kind="bias", code="12")
    # A stolen thing with the number of a bias is none.
    CodedFact.objects.create(report=made["photo"], kind="property", code="21")
    file = {"position": 0, "size": 1, "kind": "jpeg", "wrapped_key": b"", "sealed_name": b""}
    Attachment.objects.create(id=plain.draft_id, report=made["photo"], stored="a", **file)
    # Still in the making, and not sent with the plain one.
    Attachment.objects.create(id=plain.pk, report=plain, reply=plain.pk, stored="b", **file)
    return made


@pytest.fixture
def coco(staff) -> User:
    """An officer of the whole city."""
    return staff("coco", Role.OFFICER, citywide=True)


def shown(user: User, cast: dict[str, Report], query: str) -> set[str]:
    names = {report.pk: name for name, report in cast.items()}
    selected = queries.selection(QueryDict(f"tab=open&{query}"), queries.tabs(user))
    return {names[report.pk] for report in queries.listed(user, selected)}


def hour_of(report: Report) -> str:
    return report.reported_at.astimezone(UTC).strftime("%Y%m%d%H")


def test_each_filter_alone(cast: dict[str, Report], coco: User) -> None:
    all_of_them = set(cast)
    otto = cast["waiting"].claimed_by_id
    bureau = cast["harbor"].area.bureau.code
    young = all_of_them - {"old", "ancient"}
    expected = {
        "": all_of_them,
        "type=illegal-dumping": {"dumping"},
        "type=illegal-dumping&type=theft-from-vehicle": all_of_them,
        "area=5": {"harbor"},
        "area=none": {"nowhere"},
        "area=none&area=5": {"nowhere", "harbor"},
        f"bureau={bureau}": {"harbor"},
        "language=ko": {"korean"},
        "language=ko&language=en": all_of_them,
        "state=waiting": {"waiting"},
        "state=approved": set(),
        "priority=1": {"urgent"},
        "age=7": {"old"},
        "age=30": {"ancient"},
        "age=0": young,
        "age=30&age=7": {"old", "ancient"},
        "age=3": set(),
        "assigned=me": set(),
        "assigned=nobody": all_of_them - {"waiting"},
        f"assigned=u{otto}": {"waiting"},
        f"assigned=u{otto}&assigned=nobody": all_of_them,
        "bias=religion": {"religion"},
        "bias=race_ethnicity_ancestry": {"race"},
        "bias=religion&bias=race_ethnicity_ancestry": {"religion", "race"},
        "files=yes": {"photo"},
        "files=no": all_of_them - {"photo"},
        "files=yes&files=no": all_of_them,
        "held=yes": {"held"},
        "held=no": all_of_them - {"held"},
        "shares=source-0123456789abcdef": {"held"},
        "shares=story-ffffffffffffffff&shares=source-aaaaaaaaaaaaaaaa": {"held"},
        "shares=story-none": all_of_them - {"held"},
        f"shares=time-flood-{hour_of(cast['held'])}": {"held"},
        f"shares=time-trap-{hour_of(cast['held'])}": set(),
        "shares=time-flood-2026139925": set(),
    }
    assert {query: shown(coco, cast, query) for query in expected} == expected
    assert {query.split("=")[0] for query in expected if query} == set(FILTERS)


def test_they_combine(cast: dict[str, Report], coco: User) -> None:
    assert shown(coco, cast, "held=no&files=no&language=en&priority=2&area=5&area=1&age=7") == {"old"}
    assert shown(coco, cast, "bias=religion&held=yes") == set()


def test_ages_leave_no_gap_and_do_not_overlap() -> None:
    bounds = [(least, most) for _label, least, most in AGES.values()]
    assert bounds[0][0] == 0
    assert [most for _least, most in bounds] == [least for least, _most in bounds[1:]] + [None]


TAMPERED = {
    "type": ["", " ", "\x00", "a b", "'; --", "é", "x" * 61],
    "area": ["-1", "1.5", "١", "999999", "none ", "\x00"],
    "bureau": ["\x00", "%"],
    "language": ["\x00", "e n"],
    "state": ["In review", "queued\n", "\x00"],
    "priority": ["0", "4", "11", "1\n", "²"],
    "age": ["2", "-1", "", "\x00"],
    "assigned": ["u", "u-1", "u1234567890", "olga", "\x00"],
    "bias": ["\x00", "re ligion"],
    "files": ["maybe", "\x00", "YES"],
    "held": ["1", "\x00"],
    "shares": ["source-", "source-0123456789ABCDEF", "where-none", "time-flood-1", "time-flood-2026030211-", "\x00"],
}


def test_what_was_tampered_with_is_no_filter(cast: dict[str, Report], coco: User, at_desk) -> None:
    assert set(TAMPERED) == set(FILTERS)
    given = QueryDict(mutable=True)
    for key, values in TAMPERED.items():
        given.setlist(key, values)
    assert queries.selection(given, queries.tabs(coco)).chosen == {}
    page = at_desk(coco).get(QUEUE, TAMPERED)
    assert (page.status_code, len(listed(page))) == (200, len(cast) - 2)


def test_what_nobody_has_is_found_nowhere_and_can_be_removed(cast: dict[str, Report], coco: User, at_desk) -> None:
    unknown = {"type": "unheard-of", "area": "99999", "assigned": "u999999999", "bureau": "-", "bias": "_"}
    page = at_desk(coco).get(QUEUE, unknown)
    assert (page.status_code, listed(page)) == (200, [])
    assert {str(value) for _label, value, _query in page.context["chips"]} == set(unknown.values())
    assert "No report fits all that you filter by." in page.content.decode()


def test_a_chip_removes_its_own_value_only(queued: Report, olga: User, at_desk) -> None:
    given = {"tab": "open", "sort": "newest", "type": ["theft", "graffiti"], "held": "no"}
    page = at_desk(olga).get(QUEUE, given)
    assert {str(value): query for _label, value, query in page.context["chips"]} == {
        "Graffiti": "tab=open&sort=newest&type=theft&held=no",
        "Theft": "tab=open&sort=newest&type=graffiti&held=no",
        "Not held": "tab=open&sort=newest&type=graffiti&type=theft",
    }
    assert page.context["selected"].bare().query() == "tab=open&sort=newest"


def test_filters_stay_with_the_tabs_and_the_tabs_count_by_them(queued: Report, olga: User, at_desk) -> None:
    another(queued, language="ko", held=True)
    page = at_desk(olga).get(QUEUE, {"language": "ko", "sort": "due"})
    queries_of_tabs = {tab.key: query for tab, query in page.context["tabs"]}
    assert queries_of_tabs["held"] == "tab=held&sort=due&language=ko"
    # The decided ones have no order of that name.
    assert queries_of_tabs["decided"] == "tab=decided&language=ko"
    counted = page.context["counts"]
    assert {key: counted[key] for key in ("todo", "unclaimed", "held", "mine")} == {
        "todo": 0,
        "unclaimed": 0,
        "held": 1,
        "mine": 0,
    }


def test_what_is_offered_is_what_the_person_can_meet(cast: dict[str, Report], sue: User, coco: User, staff) -> None:
    def offered(user: User) -> dict[str, list[str]]:
        return {each.key: [str(label) for _value, label in choices] for each, choices in Offers(user).each()}

    central = offered(sue)
    assert "Central" in central["area"]
    assert "Harbor" not in central["area"]
    assert central["area"][-1] == "Not known"
    assert "bureau" not in central
    assert central["assigned"] == ["Me", "Nobody", "otto"]
    assert "Harbor" in offered(coco)["area"]
    assert len(offered(coco)["bureau"]) > 1
    assert offered(staff("rita", Role.OFFICER, areas=[1, 2]))["area"] == ["Central", "Rampart"]
    assert set(State.values) == set(dict(FILTERS["state"].choices(Offers(sue))))
    assert len(central["type"]) == len(set(central["type"])) > 10


def test_no_filter_reaches_beyond_ones_scope(cast: dict[str, Report], piet: User) -> None:
    for query in ("area=1", "area=none", "held=yes", "bias=religion", "files=yes", "assigned=nobody&area=1"):
        assert shown(piet, cast, query) == set()
    assert shown(piet, cast, "") == {"harbor"}


def test_the_form_shows_what_is_chosen(queued: Report, olga: User, at_desk) -> None:
    page = at_desk(olga).get(QUEUE, {"language": ["ko", "en"], "tab": "held"}).content.decode()
    form = " ".join(page[page.index("filter-body") :].split())
    assert 'name="language" value="ko" checked' in form
    assert 'name="language" value="es" >' in form
    assert 'name="tab" value="held"' in form


def test_one_selection_has_one_address(olga: User) -> None:
    tabs = queries.tabs(olga)
    written = (
        "held=yes&type=b&type=a&tab=todo",
        "type=a&type=b&type=a&held=yes&sort=urgent&x=y",
        "type=b&held=yes&type=a",
    )
    addresses = {queries.selection(QueryDict(text), tabs).query() for text in written}
    assert addresses == {"tab=todo&type=a&type=b&held=yes"}
