"""The letters of what is held for a look: one to an address and day, the others when somebody has looked."""

import pytest

from accounts.models import User
from reports import counters
from reports.models import Job, Notice, Report
from reports.processing import actions as processing
from reports.reasons import LetInReason
from reports.review import bulk, claiming
from reports.review.letting_in import let_in
from tests.resident import ANSWERS, Resident

CONTACT = ANSWERS["lost-property"]["person"]

pytestmark = pytest.mark.django_db
FLOOD = {"held": True, "held_for": "flood"}


@pytest.fixture
def three(db: None, mailoutbox) -> list[Report]:
    """Three held reports that all name one address, worked through."""
    made = [Resident().file("lost-property").report for _each in range(3)]
    Report.objects.update(**FLOOD)
    processing.work()
    return [Report.objects.get(pk=report.pk) for report in made]


def received() -> int:
    return Notice.objects.filter(kind="received").exclude(sent_at=None).count()


def test_one_address_gets_one_letter_a_day(three: list[Report], mailoutbox) -> None:
    assert len(mailoutbox) == received() == 1
    assert {report.state for report in three} == {"queued"}
    # Nothing is left over for a worker, and who sends once more sends nothing.
    assert not Job.objects.filter(done_at=None).exists()
    assert processing.work() == 0
    assert len(mailoutbox) == 1


def test_the_next_day_another_one_goes(three: list[Report], mailoutbox, monkeypatch) -> None:
    monkeypatch.setattr(counters, "salt", lambda day: b"the next day's")
    more = Resident().file("lost-property").report
    Report.objects.filter(pk=more.pk).update(**FLOOD)
    processing.work()
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("how", ["let_in", "claim", "claim_next", "assign"])
def test_the_letter_that_waited_goes_when_somebody_has_looked(
    three: list[Report], olga: User, sue: User, mailoutbox, how: str
) -> None:
    waiting = Notice.objects.get(pk=Notice.objects.filter(sent_at=None).earliest("pk").pk).report
    steps = {
        "let_in": lambda: let_in(report_id=waiting.pk, reason=LetInReason.GENUINE, by=olga),
        "claim": lambda: claiming.claim(report_id=waiting.pk, by=olga),
        "claim_next": lambda: claiming.claim_next(among=Report.objects.filter(pk=waiting.pk), by=olga),
        "assign": lambda: claiming.assign(report_id=waiting.pk, to=olga, by=sue),
    }
    steps[how]()
    processing.work()
    assert len(mailoutbox) == received() == 2
    assert waiting.reference in mailoutbox[1].body


@pytest.mark.parametrize("how", ["reject", "join"])
def test_who_was_told_of_one_report_is_told_of_the_end_of_that_one_alone(
    three: list[Report], olga: User, mailoutbox, how: str
) -> None:
    told = Notice.objects.exclude(sent_at=None).get().report
    kept = Resident().file("lost-property", person={**CONTACT, "email": "bea@example.org"}).report
    processing.work()
    steps = {
        "reject": lambda: bulk.reject(reports=three, reason="spam", by=olga),
        "join": lambda: bulk.join(reports=three, kept=kept, by=olga),
    }
    assert [outcome.refusal for outcome in steps[how]()] == [None] * 3
    processing.work()
    assert [told.reference in letter.body for letter in mailoutbox if letter.to == [CONTACT["email"]]] == [True] * 2
    assert not Job.objects.filter(done_at=None).exists()


def test_what_is_not_held_is_told_at_once_however_often(db: None, mailoutbox) -> None:
    for _each in range(2):
        Resident().file("lost-property")
    processing.work()
    assert len(mailoutbox) == 2


def test_other_addresses_are_told(three: list[Report], mailoutbox) -> None:
    person = {**CONTACT, "email": "bea@example.org"}
    other = Resident().file("lost-property", person=person).report
    Report.objects.filter(pk=other.pk).update(**FLOOD)
    processing.work()
    assert [letter.to for letter in mailoutbox] == [["ana@example.org"], ["bea@example.org"]]


def test_a_letter_that_is_tried_again_is_not_its_own_second(three: list[Report], mailoutbox) -> None:
    """A worker may die after it has sent the letter of the day and before it says so."""
    first = Notice.objects.exclude(sent_at=None).get()
    Notice.objects.filter(pk=first.pk).update(sent_at=None)
    Job.objects.filter(notice=first).update(done_at=None, leased_until=None)
    processing.work()
    assert received() == 1


def test_without_redis_every_letter_goes(db: None, settings, mailoutbox, monkeypatch) -> None:
    def unreachable(day: str) -> bytes:
        raise counters.Unreachable

    monkeypatch.setattr(counters, "salt", unreachable)
    for _each in range(2):
        Resident().file("lost-property")
    Report.objects.update(**FLOOD)
    processing.work()
    assert len(mailoutbox) == 2
