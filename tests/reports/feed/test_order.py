"""Transactions commit in another order than they begin: no change is ever behind a cursor. Real connections."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Role, User
from reports.feed import actions, entries, tokens
from reports.models import FeedEntry, FeedToken, Report
from reports.processing import actions as processing
from tests.desk import another, approved, at_once
from tests.resident import Resident

pytestmark = pytest.mark.django_db(transaction=True)


class Elsewhere:
    """A process of its own, with a connection of its own: changes a report, and commits when it is told to."""

    def __init__(self, report: Report) -> None:
        self.changed, self.may_commit = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self.work, args=[report])
        self.thread.start()
        assert self.changed.wait(10)

    def work(self, report: Report) -> None:
        try:
            with transaction.atomic():
                Report.objects.filter(pk=report.pk).update(language="es")
                self.changed.set()
                assert self.may_commit.wait(10)
        finally:
            connections.close_all()

    def commit(self) -> None:
        self.may_commit.set()
        self.thread.join(10)


@pytest.fixture
def token(staff: Callable[..., User]) -> FeedToken:
    scope = {"citywide": True, "every_type": True, "columns": ["language"]}
    expires = timezone.now() + timedelta(days=1)
    made, _text = tokens.make(name="r", areas=[], by=staff("ada", Role.ADMINISTRATOR), expires_at=expires, **scope)
    return made


@pytest.fixture
def three(staff: Callable[..., User], token: FeedToken) -> list[Report]:
    """Three approved reports."""
    report = Resident().file("theft-from-vehicle").report
    processing.work()
    first = approved(report, staff("cleo", Role.SUPERVISOR, Role.OFFICER, citywide=True))
    return [first, *(another(first, dr_number=f"26000000{number}") for number in range(2))]


def pull(token: FeedToken, cursor: str, most: int = 50) -> tuple[list[str], str]:
    found = actions.find(token=token, cursor=cursor, most=most)
    return [item["reference"] for item in found.items], found.following


def test_a_change_that_commits_late_is_told_although_later_ones_were(three: list[Report], token: FeedToken) -> None:
    one, two, three_ = three
    _told, cursor = pull(token, "")
    late = Elsewhere(one)
    Report.objects.filter(pk=two.pk).update(language="ko")
    told, cursor = pull(token, cursor)
    assert told == [two.reference]
    later = Elsewhere(three_)
    later.commit()
    told, cursor = pull(token, cursor)
    assert told == [three_.reference]
    late.commit()
    assert pull(token, cursor)[0] == [one.reference]


def test_numbers_are_seen_in_their_order_however_many_give_them(three: list[Report], token: FeedToken) -> None:
    """Six readers at once number what six writers write: each sees no gap, and each entry gets one number."""
    seen: list[list[int]] = []

    def write(number: int) -> None:
        Report.objects.filter(pk=three[number % 3].pk).update(occurred_from=timezone.now())

    def read() -> None:
        entries.number()
        seen.append(list(FeedEntry.objects.exclude(number=None).order_by("number").values_list("number", flat=True)))

    results = at_once(*(lambda at=at: write(at) for at in range(6)), *([read] * 6))
    assert results == [None] * 12
    entries.number()
    for numbers in seen:
        assert numbers == list(range(1, len(numbers) + 1))
    assert not FeedEntry.objects.filter(number=None).exists()


STEPS = st.lists(st.sampled_from(["begin", "commit", "change", "reopen", "pull"]), max_size=12)


@settings(max_examples=10, deadline=None, database=None)
@given(steps=STEPS, most=st.integers(1, 3))
def check(three: list[Report], token: FeedToken, steps: list[str], most: int) -> None:
    running: list[Elsewhere] = []
    known: dict[str, str] = {}
    cursor, turn = "", 0
    for step in [*steps, "commit", *["pull"] * 6]:
        report = three[turn % 3]
        if step == "begin" and not running:
            running.append(Elsewhere(report))
            turn += 1
        elif step == "commit" and running:
            running.pop().commit()
        elif step in {"change", "reopen"}:
            turn += 1
            free = three[turn % 3] if running else report
            write(free, step)
        elif step == "pull":
            cursor = hear(token, cursor, most, known)
    assert known == {report.reference: report.language for report in Report.objects.filter(state="approved")}


def write(report: Report, step: str) -> None:
    """Change a report's language, or take its approval away and give it back; one that another holds is left alone."""
    with transaction.atomic():
        free = Report.objects.select_for_update(skip_locked=True).filter(pk=report.pk).first()
        if free is None:
            return
        if step == "change":
            Report.objects.filter(pk=report.pk).update(language="ko" if free.language != "ko" else "fa")
        else:
            Report.objects.filter(pk=report.pk).update(
                state="in_review" if free.state == "approved" else "approved",
                decided_at=None if free.state == "approved" else timezone.now(),
            )


def hear(token: FeedToken, cursor: str, most: int, known: dict[str, str]) -> str:
    """Pull one page as a records system does, and keep what it says."""
    found = actions.find(token=token, cursor=cursor, most=most)
    for item in found.items:
        if item["status"] == "gone":
            known.pop(item["reference"], None)
        else:
            known[item["reference"]] = item["fields"]["language"]
    return found.following


def test_whoever_pulls_to_the_end_knows_all_that_is_approved(three: list[Report], token: FeedToken) -> None:
    """After any course of late commits, changes and reopenings, pulling alone leads to what the database holds."""
    check(three, token)
