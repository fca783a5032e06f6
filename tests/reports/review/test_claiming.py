"""Who works on a report: claim, claim next, release, assign, take over."""

import pytest
from django.urls import reverse

from accounts.models import Role, User
from reports.models import AuditEvent, Report
from reports.permissions import holders, may_hold, visible
from reports.review import claiming
from reports.states import State
from reports.workflow import CannotMove, NotAllowed, OutOfReach
from tests.desk import another, at_once, decide, show
from tests.resident import Resident


@pytest.fixture
def claimed(queued: Report, olga: User) -> Report:
    """A report that Olga reads."""
    claiming.claim(report_id=queued.pk, by=olga)
    return stored(queued)


@pytest.fixture
def otto(staff) -> User:
    """Another officer of Central."""
    return staff("otto", Role.OFFICER, areas=[1])


def stored(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def told(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def refused(page) -> list[str]:
    """Return what the form that did not go through says."""
    [form] = [form for _decision, form, tried in page.context["decisions"] if tried]
    return [str(error) for errors in form.errors.values() for error in errors]


def queue_of(user: User):
    return visible(user).filter(state=State.QUEUED).order_by("priority", "reported_at", "id")


def test_the_next_one_is_the_first_of_the_list(queued: Report, olga: User) -> None:
    urgent = another(queued, priority=1)
    assert claiming.claim_next(among=queue_of(olga), by=olga) == urgent.pk
    assert claiming.claim_next(among=queue_of(olga), by=olga) == queued.pk
    assert claiming.claim_next(among=queue_of(olga), by=olga) is None
    assert {stored(report).claimed_by for report in (queued, urgent)} == {olga}


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_for_the_next_one_at_once_get_two(staff) -> None:
    first = Resident().file("lost-property").report
    another(first)
    Report.objects.update(state="queued")
    officers = [staff(name, Role.OFFICER, areas=[1]) for name in ("olga", "otto")]
    got = at_once(*(lambda by=by: claiming.claim_next(among=queue_of(by), by=by) for by in officers))
    assert set(got) == set(Report.objects.values_list("pk", flat=True))
    assert {stored_by.claimed_by for stored_by in Report.objects.select_related("claimed_by")} == set(officers)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_for_the_last_one_exactly_one_gets_it(staff) -> None:
    report = Resident().file("lost-property").report
    Report.objects.update(state="queued")
    officers = [staff(f"officer{number}", Role.OFFICER, areas=[1]) for number in range(4)]
    got = at_once(*(lambda by=by: claiming.claim_next(among=queue_of(by), by=by) for by in officers))
    assert sorted(got, key=str) == sorted([report.pk, None, None, None], key=str)


def test_a_supervisor_gives_a_report_to_a_colleague(queued: Report, sue: User, otto: User, at_desk) -> None:
    page = decide(at_desk(sue), queued, "assign", to=str(otto.pk))
    assert (stored(queued).state, stored(queued).claimed_by) == ("in_review", otto)
    assert told(page) == ["The report is assigned."]
    assert AuditEvent.objects.filter(verb="review.assign").latest("id").details["to"] == f"user:{otto.pk}"


def test_who_has_it_already_keeps_it_without_a_trace(claimed: Report, sue: User, olga: User) -> None:
    claiming.assign(report_id=claimed.pk, to=olga, by=sue)
    assert not AuditEvent.objects.filter(verb="review.assign").exists()


def test_only_colleagues_in_whose_reach_it_is_are_offered(claimed: Report, sue: User, otto: User, piet: User, at_desk):
    client = at_desk(sue)
    [form] = [form for decision, form, _open in show(client, claimed).context["decisions"] if "to" in form.fields]
    names = [str(label) for _value, label in form.fields["to"].choices]
    assert names == ["Choose a colleague", "olga, 1 open report", "otto, 0 open reports", "sue, 0 open reports"]
    assert refused(decide(client, claimed, "assign", to=str(piet.pk)))
    with pytest.raises(OutOfReach):
        claiming.assign(report_id=claimed.pk, to=piet, by=sue)
    assert stored(claimed).claimed_by.username == "olga"


def test_an_officer_assigns_nothing(claimed: Report, olga: User, otto: User, at_desk) -> None:
    with pytest.raises(NotAllowed):
        claiming.assign(report_id=claimed.pk, to=otto, by=olga)
    assert "assign" not in [
        decision.action for decision, _form, _open in show(at_desk(olga), claimed).context["decisions"]
    ]


def test_taking_over_needs_a_reason_that_the_log_keeps(claimed: Report, otto: User, at_desk) -> None:
    client = at_desk(otto)
    assert refused(decide(client, claimed, "steal", reason="")) == ["This field is required."]
    assert refused(decide(client, claimed, "steal", reason="I want it"))
    assert told(decide(client, claimed, "steal", reason="away")) == ["The report is yours now."]
    assert stored(claimed).claimed_by == otto
    assert AuditEvent.objects.filter(verb="review.steal").latest("id").details["reason"] == "away"


def test_ones_own_is_not_taken_over_and_nobodys_is_claimed(claimed: Report, olga: User, otto: User) -> None:
    with pytest.raises(NotAllowed):
        claiming.steal(report_id=claimed.pk, reason="away", by=olga)
    claiming.release(report_id=claimed.pk, by=olga)
    with pytest.raises(CannotMove):
        claiming.steal(report_id=claimed.pk, reason="away", by=otto)


def test_a_report_whose_officer_is_gone_can_be_taken_over(claimed: Report, otto: User) -> None:
    Report.objects.update(claimed_by=None)
    claiming.steal(report_id=claimed.pk, reason="away", by=otto)
    assert stored(claimed).claimed_by == otto


def test_nobody_touches_a_report_out_of_reach(claimed: Report, piet: User, at_desk) -> None:
    for action in ("steal", "assign", "claim", "release"):
        assert decide(at_desk(piet), claimed, action, reason="away").status_code == 404


def test_the_resident_reads_nothing_of_hands(resident: Resident, receipt, olga: User, otto: User, sue: User) -> None:
    Report.objects.update(state="queued")
    claiming.claim(report_id=receipt.report.pk, by=olga)
    claiming.assign(report_id=receipt.report.pk, to=otto, by=sue)
    claiming.steal(report_id=receipt.report.pk, reason="away", by=olga)
    labels = [str(event["label"]) for event in resident.come_back(receipt).context["timeline"]]
    assert labels == ["Received", "Being read"]


def test_holders_by_query_are_holders_in_hand(queued: Report, staff) -> None:
    """Every role, with and without areas, bureau or the whole city, for reports of every kind and place."""
    hate = Resident().file("hate-incident").report
    nowhere = another(queued, area=None)
    places = [({"areas": [1]}, {}), ({"bureaus": ["OCB"]}, {}), ({"areas": [5]}, {}), ({}, {"citywide": True})]
    places.append(({"areas": [1]}, {"is_active": False}))
    reports = [queued, nowhere, another(queued, possible_hate=True), hate, another(hate, area=None)]
    users = [
        staff(f"{role}{number}", role, **where, **fields)
        for role in Role
        for number, (where, fields) in enumerate(places)
    ]
    users.append(staff("outside", Role.OFFICER, areas=[1]))
    User.objects.filter(username="outside").update(is_staff=False)
    for user in users:
        user.refresh_from_db()
    for report in reports:
        fresh = Report.objects.select_related("report_type").get(pk=report.pk)
        assert {user for user in users if may_hold(user, fresh)} == set(holders([fresh]))
    assert set(holders(reports)) == set().union(*(holders([report]) for report in reports))
    assert not holders([]).exists()


# --- From the queue ------------------------------------------------------------------------------
def press(client, name: str, *args: object, query: str = "", follow: bool = True):
    return client.post(f"{reverse(f'review:{name}', args=args)}?{query}", follow=follow)


def test_claiming_in_the_queue_opens_the_report_out_of_its_list(queued: Report, olga: User, at_desk) -> None:
    answer = press(at_desk(olga), "claim", queued.pk, query="tab=unclaimed&held=no&x=y", follow=False)
    assert answer.url == f"/admin/review/{queued.pk}/?tab=unclaimed&held=no"
    assert stored(queued).claimed_by == olga


def test_who_is_too_late_stays_in_the_list_and_is_told_who_has_it(claimed: Report, otto: User, at_desk) -> None:
    User.objects.filter(username="olga").update(first_name="Olga", last_name="Ortiz")
    page = press(at_desk(otto), "claim", claimed.pk, query="tab=unclaimed")
    assert page.redirect_chain[-1][0] == "/admin/review/?tab=unclaimed"
    assert told(page) == [f"Olga Ortiz was faster: {claimed.reference} is theirs now."]
    Report.objects.update(state="withdrawn", decided_at=claimed.reported_at)
    page = press(at_desk(otto), "claim", claimed.pk)
    assert told(page) == [f"{claimed.reference} cannot be claimed any more: Withdrawn."]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_claim_at_once_one_opens_it_and_the_other_reads_who_did(staff, at_desk) -> None:
    report = Resident().file("lost-property").report
    Report.objects.update(state="queued")
    names = ["olga", "otto"]
    clients = [at_desk(staff(name, Role.OFFICER, areas=[1])) for name in names]
    pages = at_once(*(lambda client=client: press(client, "claim", report.pk) for client in clients))
    winner = names.index(stored(report).claimed_by.username)
    # By what they read: the contexts of two threads mix.
    assert "The report is yours." in pages[winner].content.decode()
    told_late = f"{names[winner].capitalize()} was faster: {report.reference} is theirs now."
    assert told_late in pages[1 - winner].content.decode()


def test_claim_next_obeys_the_list_it_stands_over(queued: Report, olga: User, at_desk) -> None:
    held = another(queued, held=True)
    client = at_desk(olga)
    answer = press(client, "claim_next", query="tab=held", follow=False)
    assert answer.url == f"/admin/review/{held.pk}/?tab=held"
    page = press(client, "claim_next", query="tab=held")
    assert told(page)[-1] == "There is nothing left to claim here."
    assert stored(queued).claimed_by is None


def test_claim_next_takes_nothing_out_of_reach(queued: Report, piet: User, olga: User, at_desk) -> None:
    assert told(press(at_desk(piet), "claim_next")) == ["There is nothing left to claim here."]
    assert press(at_desk(piet), "claim", queued.pk).status_code == 404
    for name, args in (("claim", [queued.pk]), ("claim_next", [])):
        assert at_desk(olga).get(reverse(f"review:{name}", args=args)).url == "/admin/review/"
    assert stored(queued).claimed_by is None


def test_a_coordinator_with_a_clerks_eyes_claims_no_other_report(queued: Report, staff, at_desk) -> None:
    """What is in reach by another role may be there, and still not be theirs to claim."""
    both = staff("both", Role.COORDINATOR, Role.CLERK, areas=[1])
    Report.objects.update(state="approved", dr_number="260000001", decided_at=queued.reported_at)
    assert told(press(at_desk(both), "claim_next", query="tab=decided")) == ["There is nothing left to claim here."]
