"""What goes, what stays, and when."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import models
from django.utils import timezone

from accounts.models import User
from reports.audit import RESIDENT, SYSTEM, first_broken
from reports.counts import checking, rollup
from reports.files import actions as files
from reports.files import storage
from reports.files.upload import Incoming
from reports.models import (
    AuditEvent,
    CodedFact,
    Document,
    HoldReason,
    Job,
    Message,
    Move,
    Note,
    Report,
    ReportKey,
    Rule,
    Tally,
    Tombstone,
)
from reports.retention import actions, holding, periods
from reports.review import noting
from reports.states import FINAL, OPEN, State
from reports.status import actions as status
from tests.canary import age
from tests.desk import another, approved
from tests.resident import Resident


def purge() -> int:
    return actions.purge(by=SYSTEM)


def test_words_keys_and_terms_go_and_a_tombstone_stays(over: Report, sue: User) -> None:
    before = Report.objects.get(pk=over.pk)
    facts = list(CodedFact.objects.filter(report=over).order_by("id").values())
    moves = Move.objects.filter(report=over).count()
    assert purge() == 1
    for model in (ReportKey, Document, Message, Note, Job):
        assert not model.objects.filter(report=over).exists()
    left = Report.objects.get(pk=over.pk)
    kept = ["reference", "state", "report_type_id", "area_id", "language", "reported_at", "decided_at", "premise"]
    assert [getattr(left, name) for name in kept] == [getattr(before, name) for name in kept]
    assert left.draft_id != before.draft_id
    assert timezone.localdate(left.occurred_from) == timezone.localdate(before.occurred_from)
    assert (left.has_email, timezone.localtime(left.occurred_from).hour) == (False, 12)
    assert list(CodedFact.objects.filter(report=over).order_by("id").values()) == facts
    assert facts
    assert Move.objects.filter(report=over).count() == moves > 0
    stone = Tombstone.objects.get(report=over)
    assert (stone.rule, stone.days, stone.messages, stone.files) == (Rule.STATE, 365, 0, 0)
    event = AuditEvent.objects.get(verb="retention.purge")
    assert event.subject == f"report:{over.pk}"
    assert event.details == {"rule": "state", "days": 365, "messages": 0, "files": 0}


def test_a_second_purge_finds_nothing(purged: Report) -> None:
    assert purge() == 0
    assert Tombstone.objects.count() == 1


@pytest.mark.parametrize("state", sorted(State))
def test_each_state_has_its_period(queued: Report, state: str) -> None:
    """Kept to the day and not a day longer; what is open is kept."""
    days = periods.period(queued.report_type.retention_days, State(state)).days
    now = timezone.now()
    final = {"decided_at": now - timedelta(days=days)} if state in FINAL else {"decided_at": None}
    fields = {"dr_number": "260000001"} if state == State.APPROVED else {}
    fields |= {"reject_reason": "other"} if state == State.REJECTED else {}
    Report.objects.filter(pk=queued.pk).update(state=state, **final, **fields)
    assert actions.to_purge(now - timedelta(seconds=1)) == 0
    assert actions.to_purge(now + timedelta(days=9999 if state in OPEN else 0)) == (state in FINAL)


def test_the_shorter_period_holds(settings) -> None:
    settings.RETENTION_REJECTED_DAYS = 30
    assert periods.period(1825, State.REJECTED) == periods.Period(30, Rule.STATE)
    assert periods.period(10, State.REJECTED) == periods.Period(10, Rule.TYPE)
    assert periods.period(1825, State.APPROVED) == periods.Period(1825, Rule.TYPE)


def test_a_hold_stops_it_and_two_people_release_it(over: Report, sue: User, zoe: User) -> None:
    holding.hold(report_id=over.pk, reason=HoldReason.CASE, by=sue)
    assert (actions.to_purge(), purge()) == (0, 0)
    holding.ask_lift(report_id=over.pk, by=sue)
    assert purge() == 0
    holding.lift(report_id=over.pk, by=zoe)
    assert purge() == 1


def test_an_unclassified_escalation_stops_it(over: Report, sue: User) -> None:
    from reports.hate import actions as hate

    hate.escalate(report_id=over.pk, signs=[], characteristics=[], by=sue)
    assert purge() == 0


def test_a_hold_placed_while_it_was_running_is_obeyed(over: Report, sue: User) -> None:
    """The list of a purge may be old; each report is asked again under its lock."""
    listed = actions._batches(timezone.now())
    report_id = next(listed)
    holding.hold(report_id=over.pk, reason=HoldReason.ORDER, by=sue)
    assert actions._purge_one(report_id, timezone.now(), SYSTEM) is False
    assert Document.objects.filter(report=over).exists()


def test_one_that_was_stopped_goes_on(over: Report, monkeypatch) -> None:
    for _each in range(2):
        status.withdraw(report=Resident().file("theft-from-vehicle").report, by=RESIDENT)
    for report in Report.objects.exclude(pk=over.pk):
        age(report, 400)
    monkeypatch.setattr(actions, "BATCH", 1)

    def stop(number: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.purge(by=SYSTEM, tell=stop)
    assert Tombstone.objects.count() == 1
    assert purge() == 2


def test_counts_are_the_same_before_and_after(queued: Report, olga: User, sue: User) -> None:
    approved(queued, olga)
    age(queued, queued.report_type.retention_days + 1)

    def counted() -> list[tuple]:
        rollup.refresh()
        fields = [field.name for field in Tally._meta.fields if field.name != "id"]
        return sorted(Tally.objects.values_list(*fields))

    before = counted()
    assert before
    assert purge() == 1
    assert counted() == before
    assert not checking.check(by=SYSTEM).wrong


def test_a_dry_run_deletes_nothing_and_says_what_it_would(over: Report) -> None:
    said = StringIO()
    call_command("purge", "--dry-run", stdout=said)
    assert said.getvalue().splitlines() == [
        "kind                ended      days  by the period of  reports",
        "theft-from-vehicle  withdrawn  365   state             1",
        "1 reports in all. Nothing was deleted.",
    ]
    assert Document.objects.filter(report=over).exists()
    said = StringIO()
    call_command("purge", stdout=said)
    assert said.getvalue() == "The details of 1 reports were deleted.\n"


def test_files_that_a_killed_purge_left_open_with_no_key_and_are_swept(over: Report, settings, tmp_path) -> None:
    """Here nothing is committed, so what follows a commit never happens: as for a process killed between the two."""
    settings.FILES_DIR = tmp_path
    incoming = Incoming("a.pdf")
    incoming.add(b"%PDF-1.4\n%%EOF\n")
    incoming.end()
    attached = files.add(incoming, among=over.attachments.all(), parent=over.sealing_key.unwrap(), report=over)
    path = storage.path(attached.stored)
    assert purge() == 1
    assert (path.exists(), Tombstone.objects.get().files) == (True, 1)
    assert not ReportKey.objects.exists()
    assert files.sweep(by=SYSTEM) == 0
    os.utime(path, (0, 0))
    assert files.sweep(by=SYSTEM) == 1
    assert not path.exists()


def test_the_log_stays_whole(purged: Report) -> None:
    assert first_broken() is None


def test_many_are_done_in_few_statements_each(over: Report, sue: User, django_assert_max_num_queries) -> None:
    noting.note(report_id=over.pk, text="mind the dog", by=sue)
    another(over)
    with django_assert_max_num_queries(110):
        assert purge() == 2


# --- Accounts that go ---------------------------------------------------------------
def test_no_account_takes_a_report_along(db: None) -> None:
    """Whatever points to an account lets go of it, or is about the account alone."""
    own = {
        "ExportPreset",
        "Alert",
        "AlertChoice",
        "AlertMail",
        "CountLetter",
        "CountSubscription",
        "SavedView",
        "Letter",
    }
    takes_along = {
        relation.related_model.__name__
        for relation in User._meta.related_objects
        if relation.related_model._meta.app_label in {"reports", "accounts"}
        and relation.on_delete is models.CASCADE
        and not relation.many_to_many
    }
    assert takes_along <= own | {"User_areas", "User_bureaus", "Note_mentioned"}


def test_an_officer_who_goes_leaves_every_report(queued: Report, olga: User, sue: User) -> None:
    approved(queued, olga)
    noting.note(report_id=queued.pk, text="mind the dog", by=olga)
    holding.hold(report_id=queued.pk, reason=HoldReason.CASE, by=sue)
    for person in (olga, sue):
        person.delete()
    left = Report.objects.get(pk=queued.pk)
    assert (left.state, left.claimed_by) == (State.APPROVED, None)
    assert Note.objects.filter(report=queued, by=None).exists()
    assert holding.open_hold(left)
