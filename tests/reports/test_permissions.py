"""Who sees and may what."""

from copy import copy
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role, User
from reports import codes, permissions
from reports.models import Area, Report, ReportType
from reports.permissions import PAGES, Reach, may, may_open, sees, visible
from reports.states import Action
from tests.resident import Resident

# Written by hand: which role opens which page.
OPENS = {
    "review.queue": {"officer", "coordinator", "supervisor"},
    "alerts.show": {"officer", "coordinator", "supervisor", "clerk"},
    "hate.due": {"coordinator", "supervisor"},
    "translating.desk": {"translator"},
    "export.download": {"supervisor", "clerk"},
    "counts.week": {"supervisor"},
    "dashboard.show": {"supervisor"},
    "texts.choose": {"supervisor", "administrator"},
    "workshop": {"supervisor", "administrator"},
    "accounts": {"administrator"},
    "audit": {"auditor"},
    "retention.holds": {"supervisor"},
    "feed": {"administrator"},
}
HARBOR = {"area": "5"}
NO_AREA = {"address": "somewhere on Main"}


@pytest.fixture
def reports(db: None) -> list[Report]:
    """One report of each kind that matters: two areas and none, plain, flagged and hate, open and approved."""
    patterns = {hate: Resident().file("hate-incident" if hate else "lost-property").report for hate in (False, True)}
    areas = [*Area.objects.filter(number__in=[1, 5]), None]
    return [
        copied(patterns[hate], number, area=area, possible_hate=flagged, approved=approved)
        for number, (area, hate, flagged, approved) in enumerate(product(areas, *[(False, True)] * 3))
    ]


def copied(pattern: Report, number: int, *, approved: bool, **fields: object) -> Report:
    """Store a report like another one; the first of each kind takes its place."""
    Report.objects.filter(pk=pattern.pk).delete()
    report = copy(pattern)
    report.pk = report.draft_id = codes.new_id()
    report.reference = codes.format_reference(f"{number:08}")
    for name, value in fields.items():
        setattr(report, name, value)
    if approved:
        report.state, report.decided_at, report.dr_number = "approved", report.reported_at, f"{number:09}"
    report.save(force_insert=True)
    return report


def test_the_database_and_the_hand_agree_on_every_reach(reports: list[Report]) -> None:
    central = Area.objects.get(number=1).pk
    seen = set()
    for areas, unplaced, hate, approved in product((None, frozenset(), frozenset({central})), *[(False, True)] * 3):
        reach = Reach(areas, unplaced, hate_only=hate, approved_only=approved)
        by_database = set(Report.objects.filter(reach.q()).values_list("pk", flat=True))
        fetched = Report.objects.select_related("report_type")
        assert {report.pk for report in fetched if reach.covers(report)} == by_database
        seen.add(len(by_database))
    assert {0, 3, 6, 8, 12, 24} <= seen


def test_every_role_sees_by_query_what_it_sees_in_hand(reports: list[Report], staff) -> None:
    combinations = [(role,) for role in Role] + [(Role.CLERK, Role.COORDINATOR), (Role.OFFICER, Role.AUDITOR)]
    for number, (roles, citywide) in enumerate(product(combinations, (False, True))):
        user = staff(f"user{number}", *roles, areas=[1], citywide=citywide)
        by_query = set(visible(user).values_list("pk", flat=True))
        assert {report.pk for report in reports if sees(user, report)} == by_query


@pytest.mark.parametrize(
    ("role", "areas", "citywide", "count"),
    [
        (Role.OFFICER, [1], False, 8),
        (Role.OFFICER, [1, 5], False, 16),
        (Role.OFFICER, [], False, 0),
        (Role.OFFICER, [], True, 24),
        (Role.COORDINATOR, [1], False, 6),
        (Role.COORDINATOR, [], True, 18),
        (Role.SUPERVISOR, [1], False, 16),
        (Role.SUPERVISOR, [], False, 8),
        (Role.CLERK, [1], False, 4),
        (Role.CLERK, [], True, 12),
        (Role.TRANSLATOR, [1], True, 0),
        (Role.ADMINISTRATOR, [1], True, 0),
        (Role.AUDITOR, [1], True, 0),
    ],
)
def test_how_much_each_role_sees(reports: list[Report], staff, role: Role, areas, citywide: bool, count: int) -> None:
    assert visible(staff("somebody", role, areas=areas, citywide=citywide)).count() == count


def test_a_bureau_stands_for_all_its_areas(reports: list[Report], staff) -> None:
    otto = staff("otto", Role.OFFICER, bureaus=["OSB"])
    assert set(visible(otto).values_list("area__number", flat=True)) == {5}


def test_the_cast_and_three_reports(olga: User, piet: User, sue: User, ada: User) -> None:
    resident = Resident()
    central = resident.file("lost-property").report
    harbor = resident.file("lost-property", where=HARBOR).report
    nowhere = resident.file("lost-property", where=NO_AREA).report
    names = {central.pk: "central", harbor.pk: "harbor", nowhere.pk: "nowhere"}
    seen = {
        user.username: {names[pk] for pk in visible(user).values_list("pk", flat=True)}
        for user in (olga, piet, sue, ada)
    }
    assert seen == {"olga": {"central"}, "piet": {"harbor"}, "sue": {"central", "nowhere"}, "ada": set()}


def test_a_switched_off_account_sees_and_may_nothing(queued: Report, olga: User) -> None:
    assert may(olga, Action.CLAIM, queued)
    olga.is_active = False
    assert not may(olga, Action.CLAIM, queued)
    assert not sees(olga, queued)
    assert not visible(olga).exists()
    assert [page for page in PAGES if may_open(olga, page)] == []


def test_two_roles_do_not_lend_each_other_their_reach(reports: list[Report], staff) -> None:
    """A coordinator who is also a clerk sees approved reports of all kinds, and still decides on hate only."""
    both = staff("both", Role.COORDINATOR, Role.CLERK, areas=[1])
    for report in reports:
        report.state = "queued"
        hate = report.possible_hate or report.report_type.is_hate
        assert may(both, Action.CLAIM, report) == (report.area is not None and report.area.number == 1 and hate)


def test_steps_of_residents_and_of_the_portal_are_no_officers(queued: Report, sue: User) -> None:
    steps = {"received": Action.QUEUE, "waiting": Action.ANSWER}
    for state, action in steps.items():
        queued.state = state
        assert not may(sue, action, queued)


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_its_pages(staff, role: Role) -> None:
    user = staff("somebody", role)
    assert {page for page in PAGES if may_open(user, page)} == {page for page in OPENS if role.value in OPENS[page]}


def test_the_pages_of_the_table_are_all_there(staff) -> None:
    assert set(PAGES) == set(OPENS)


def test_a_page_opens_to_staff_only(staff) -> None:
    olga = staff("olga", Role.OFFICER)
    olga.is_staff = False
    assert not may_open(olga, "review.queue")
    assert not may_open(AnonymousUser(), "review.queue")


def test_own_areas_are_asked_once(olga: User, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        permissions.own_areas(olga)
        permissions.own_areas(olga)


def test_a_hate_type_is_what_its_catalogue_says(db: None) -> None:
    assert set(ReportType.objects.filter(state="live", is_hate=True).values_list("slug", flat=True)) == {
        "hate-incident",
        "hate-callback",
    }
