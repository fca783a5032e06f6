"""Joining a report with one that was made before: never with itself, in a chain, in a circle, or out of reach."""

import pytest

from accounts.models import Role, User
from reports.models import Notice, Report
from reports.processing import actions as processing
from reports.review import actions, claiming
from reports.review.joining import CannotJoin, Why
from reports.workflow import NotAllowed
from tests.desk import at_once, decide, show
from tests.resident import Resident


@pytest.fixture
def reports(db: None, olga: User) -> list[Report]:
    """Three reports that Olga reads."""
    made = [Resident().file("lost-property").report for _each in range(3)]
    processing.work()
    for report in made:
        claiming.claim(report_id=report.pk, by=olga)
    return made


def stored(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def error(page) -> list[str]:
    [form] = [form for _decision, form, tried in page.context["decisions"] if tried]
    return form.errors.get("reference", [])


def test_it_names_the_one_that_stays_and_that_one_names_it(reports: list[Report], olga: User, at_desk) -> None:
    copy, kept, _third = reports
    client = at_desk(olga)
    page = decide(client, copy, "join", reference=kept.reference.lower().replace("-", " "))
    assert (stored(copy).state, stored(copy).duplicate_of) == ("duplicate", kept)
    assert kept.reference in page.text
    assert copy.reference in show(client, kept).text
    assert Notice.objects.filter(report=copy, kind="joined").exists()
    assert not Notice.objects.filter(report=kept, kind="joined").exists()


def test_the_resident_is_told_without_a_word_about_the_other(reports, olga: User, mailoutbox) -> None:
    copy, kept, _third = reports
    actions.join(report_id=copy.pk, kept_id=kept.pk, by=olga)
    processing.work()
    assert mailoutbox[-1].subject == f"Your report {copy.reference} was joined with another one"
    assert kept.reference not in mailoutbox[-1].body


@pytest.mark.parametrize("typed", ["R-0000-0000", "nonsense", "R-0000"])
def test_an_unknown_reference_is_none(reports: list[Report], olga: User, at_desk, typed: str) -> None:
    assert error(decide(at_desk(olga), reports[0], "join", reference=typed)) == ["There is no such report."]


def test_a_report_out_of_reach_is_as_if_it_did_not_exist(reports: list[Report], olga: User, at_desk) -> None:
    foreign = Resident().file("lost-property", where={"area": "5"}).report
    assert error(decide(at_desk(olga), reports[0], "join", reference=foreign.reference)) == ["There is no such report."]
    with pytest.raises(CannotJoin) as refused:
        actions.join(report_id=reports[0].pk, kept_id=foreign.pk, by=olga)
    assert refused.value.why == Why.UNKNOWN
    Report.objects.filter(pk=reports[0].pk).update(
        state="duplicate", decided_at=foreign.reported_at, duplicate_of=foreign
    )
    assert foreign.reference not in show(at_desk(olga), reports[0]).text


def test_no_chain_and_no_circle(reports: list[Report], olga: User, at_desk) -> None:
    copy, kept, third = reports
    actions.join(report_id=copy.pk, kept_id=kept.pk, by=olga)
    client = at_desk(olga)
    assert error(decide(client, third, "join", reference=third.reference)) == ["This is the report itself."]
    assert error(decide(client, third, "join", reference=copy.reference))[0].startswith("That report was itself joined")
    assert error(decide(client, kept, "join", reference=third.reference))[0].startswith("Others were joined with this")
    assert [stored(report).state for report in reports] == ["duplicate", "in_review", "in_review"]


def test_not_with_one_that_was_withdrawn(reports: list[Report], olga: User, at_desk) -> None:
    actions.withdraw(report_id=reports[1].pk, reason="found", by=olga)
    page = decide(at_desk(olga), reports[0], "join", reference=reports[1].reference)
    assert error(page) == ["That report was withdrawn, so nobody would work on this one."]


def test_reopening_parts_them(reports: list[Report], olga: User, sue: User) -> None:
    actions.join(report_id=reports[0].pk, kept_id=reports[1].pk, by=olga)
    actions.reopen(report_id=reports[0].pk, reason="wrong", by=sue)
    assert stored(reports[0]).duplicate_of is None


def test_a_colleague_cannot_join_anothers_report(reports: list[Report], staff) -> None:
    otto = staff("otto", Role.OFFICER, areas=[1])
    with pytest.raises(NotAllowed):
        actions.join(report_id=reports[0].pk, kept_id=reports[1].pk, by=otto)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_join_crosswise_one_is_refused_and_nobody_hangs(staff, at_desk) -> None:
    officers = [staff(name, Role.OFFICER, areas=[1]) for name in ("olga", "otto")]
    pair = [Resident().file("lost-property").report for _officer in officers]
    for report, officer in zip(pair, officers, strict=True):
        Report.objects.filter(pk=report.pk).update(state="in_review", claimed_by=officer)
    clients = [at_desk(officer) for officer in officers]
    pages = at_once(
        lambda: decide(clients[0], pair[0], "join", reference=pair[1].reference),
        lambda: decide(clients[1], pair[1], "join", reference=pair[0].reference),
    )
    assert [page.status_code for page in pages] == [200, 200]
    assert sorted(Report.objects.values_list("state", flat=True)) == ["duplicate", "in_review"]
