"""Deciding what a hate report is."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Role, User
from reports import permissions
from reports.catalogue import live
from reports.hate.actions import Overtaken
from reports.hate.forms import ClassifyForm
from reports.models import Alert, AlertKind, AuditEvent, CodeTable, HateClassification, Priority, Report, Verdict
from reports.processing import actions as processing
from reports.states import State
from tests.desk import at_once, show
from tests.reports.hate.saying import CRIME, INCIDENT, NEITHER, classify, escalate, fresh, stands
from tests.resident import Resident


@pytest.fixture
def escalated(queued: Report, olga: User) -> Report:
    """A possible hate crime in Central's queue, escalated by Olga."""
    return escalate(queued, olga)


def url(report: Report) -> str:
    return reverse("hate:classify", args=[report.pk])


def typed(found: dict, seen: int = 1) -> dict:
    return {**found, "seen": seen}


# What a verdict does to the sign, the priority and what is counted.
@pytest.mark.parametrize(
    ("found", "possible", "priority"),
    [(CRIME, True, Priority.HIGH), (INCIDENT, False, Priority.HIGH), (NEITHER, False, Priority.NORMAL)],
)
def test_a_verdict_settles_the_escalation_and_is_no_state(
    escalated: Report, cora: User, found: dict, possible: bool, priority: Priority
) -> None:
    report = classify(escalated, cora, **found)
    assert (report.possible_hate, report.priority, report.state) == (possible, priority, State.QUEUED)
    assert report.hate_verdict == found["verdict"]
    assert stands(report).open is None
    row = HateClassification.objects.get()
    assert (row.by, row.version, row.offence) == (cora, 1, found.get("offence", ""))
    event = AuditEvent.objects.get(verb="hate.classify")
    assert event.details == {"verdict": found["verdict"].value, "version": 1}


def test_a_priority_that_was_set_meanwhile_stays(escalated: Report, cora: User) -> None:
    Report.objects.filter(pk=escalated.pk).update(priority=Priority.LOW)
    assert classify(escalated, cora, **NEITHER).priority == Priority.LOW


def test_a_later_verdict_is_a_version_and_the_earlier_stays(escalated: Report, cora: User, sue: User) -> None:
    classify(escalated, cora, **CRIME, note="First")
    before = HateClassification.objects.values().get()
    classify(escalated, sue, **INCIDENT, note="Second")
    rows = list(HateClassification.objects.order_by("version"))
    assert HateClassification.objects.values().get(version=1) == before
    assert [(row.version, row.verdict, row.by) for row in rows] == [(1, "crime", cora), (2, "incident", sue)]
    assert list(stands(escalated).notes.values()) == ["First", "Second"]


def test_who_escalated_and_who_holds_it_are_told(escalated: Report, olga: User, cora: User) -> None:
    classify(escalated, cora, **INCIDENT)
    assert list(Alert.objects.filter(kind=AlertKind.CLASSIFIED).values_list("user__username", flat=True)) == ["olga"]


@pytest.mark.parametrize("role", Role)
def test_who_may_classify(escalated: Report, staff, at_desk, role: Role) -> None:
    may, reads = role in permissions.CLASSIFIERS, role in permissions.CLASSIFIERS
    here, elsewhere = staff("here", role, areas=[1]), staff("elsewhere", role, areas=[5])
    answers = [at_desk(user).post(url(escalated), typed(CRIME)).status_code for user in (here, elsewhere)]
    assert answers == [302 if may else 403, 404 if reads else 403]
    assert HateClassification.objects.exists() == may


def test_an_action_called_past_the_page_is_refused(escalated: Report, olga: User, curt: User) -> None:
    for user in (olga, curt):
        with pytest.raises(Report.DoesNotExist):
            classify(escalated, user, **CRIME)


def test_a_report_that_nobody_called_hate_is_not_classified(queued: Report, sue: User, at_desk) -> None:
    assert at_desk(sue).get(url(queued)).status_code == 404


def test_a_hate_incident_can_be_classified_without_an_escalation(resident: Resident, cora: User) -> None:
    report = resident.file("hate-incident").report
    processing.work()
    report = classify(report, cora, **INCIDENT)
    assert (report.hate_verdict, report.priority) == ("incident", Priority.HIGH)


# --- Two coordinators --------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_of_two_who_classify_at_once_one_is_told_and_nothing_is_overwritten(
    queued: Report, olga: User, cora: User, sue: User
) -> None:
    report = escalate(queued, olga)
    results = at_once(
        lambda: classify(report, cora, **CRIME, seen=1), lambda: classify(report, sue, **INCIDENT, seen=1)
    )
    (overtaken,) = [result for result in results if isinstance(result, Overtaken)]
    row = HateClassification.objects.get()
    assert overtaken.standing.current == row
    assert fresh(report).hate_verdict == row.verdict


def test_who_comes_second_is_told_keeps_what_was_typed_and_may_go_on(
    escalated: Report, cora: User, sue: User, at_desk
) -> None:
    client = at_desk(sue)
    classify(escalated, cora, **CRIME)
    page = client.post(url(escalated), typed(INCIDENT) | {"note": "My own words"})
    assert "Cora has classified this report meanwhile: hate crime" in page.text
    assert "My own words" in page.text
    assert HateClassification.objects.count() == 1
    form = page.context["form"]
    again = {name: form[name].value() for name in form.fields}
    assert client.post(url(escalated), again).status_code == 302
    assert [row.verdict for row in HateClassification.objects.all()] == ["crime", "incident"]


def test_an_escalation_in_between_is_not_settled_unseen(escalated: Report, olga: User, cora: User) -> None:
    classify(escalated, cora, **NEITHER)
    escalate(escalated, olga)
    with pytest.raises(Overtaken):
        classify(escalated, cora, **NEITHER, seen=2)
    assert stands(escalated).open


# --- The form ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, set()),
        ({"offence": ""}, {"offence"}),
        ({"offence": "13Z"}, {"offence"}),
        ({"biases": []}, {"biases"}),
        ({"biases": ["88"]}, {"biases"}),
        ({"biases": ["99"]}, set()),
        ({"biases": ["99", "21"]}, {"biases"}),
        ({"biases": ["11", "12", "13", "14", "21"]}, set()),
        ({"biases": ["11", "12", "13", "14", "21", "22"]}, {"biases"}),
        ({"characteristics": []}, {"characteristics"}),
        ({"characteristics": ["unknown", "religion"]}, {"characteristics"}),
        ({"basis": []}, {"basis"}),
        ({"verdict": ""}, {"verdict"}),
        ({"verdict": "incident", "biases": []}, {"biases"}),
        ({"verdict": "incident", "offence": ""}, set()),
        ({"verdict": "neither", "biases": [], "characteristics": [], "offence": ""}, set()),
    ],
)
def test_what_goes_together(db: None, change: dict, wrong: set[str]) -> None:
    form = ClassifyForm(typed(CRIME) | change)
    form.is_valid()
    assert form.errors.keys() == wrong


def test_what_a_verdict_has_no_place_for_is_dropped(db: None) -> None:
    form = ClassifyForm(typed(CRIME) | {"verdict": "neither"})
    assert form.is_valid()
    dropped = {name: form.cleaned_data[name] for name in ("offence", "biases", "characteristics")}
    assert dropped == {"offence": "", "biases": [], "characteristics": []}


def test_all_codes_of_the_tables_are_offered_by_their_official_names(db: None) -> None:
    form = ClassifyForm()
    biases = {code for _group, members in form.fields["biases"].choices for code, _name in members}
    assert biases == {code.code for code in live.codes(CodeTable.BIAS)} - {"88"}
    assert len(form.fields["characteristics"].choices) == len(live.codes(CodeTable.CHARACTERISTIC))
    assert ("13C", "13C Intimidation") in form.fields["offence"].choices


@pytest.mark.parametrize(
    "spoiled",
    [CRIME | {"offence": ""}, INCIDENT | {"offence": "13C"}, INCIDENT | {"biases": []}, NEITHER | {"biases": ["21"]}],
)
def test_the_database_refuses_what_does_not_go_together(escalated: Report, cora: User, spoiled: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        classify(escalated, cora, **spoiled)


def test_the_database_holds_one_open_escalation_and_one_row_a_version(escalated: Report, cora: User) -> None:
    for table in ("reports_hateescalation", "reports_hateclassification"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table])
            assert any("UNIQUE" in row[0] and "report_id" in row[0] for row in cursor.fetchall())


# --- The pages -------------------------------------------------------------------------------
def test_the_report_page_tells_what_was_found_and_by_whom(escalated: Report, cora: User, at_desk) -> None:
    client = at_desk(cora)
    page = client.get(url(escalated))
    assert "Why it was escalated" in page.text
    assert page.context["form"]["characteristics"].initial == ["religion"]
    page = client.post(url(escalated), typed(CRIME), follow=True)
    for said in (
        "Classified: hate crime",
        "13C Intimidation",
        "21 Jewish",
        "by Cora",
        "Classify anew",
        "All that was said",
    ):
        assert said in page.text
    page = client.get(url(escalated))
    assert page.context["form"]["verdict"].initial == Verdict.CRIME


def test_an_officer_reads_what_was_found_and_cannot_change_it(
    escalated: Report, olga: User, cora: User, at_desk
) -> None:
    classify(escalated, cora, **CRIME)
    page = show(at_desk(olga), escalated)
    assert "Classified: hate crime" in page.text
    assert url(escalated) not in page.text
