"""What happens with a report after it was sent: the officers' and the resident's steps, each with its moment.

Steps that would lie after the end of the demo have not happened: so old reports are decided and new ones are open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from reports.demo.draw import Draw, Weighted
from reports.states import FINAL, Action, State, target

SATURDAY = 5
ANSWER_DAYS = 15


class Who(Enum):
    """Who takes a step."""

    SYSTEM = "system"
    RESIDENT = "resident"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True)
class Step:
    """One step of a report. `speaks` says that words go with it."""

    action: Action
    at: datetime
    by: Who
    speaks: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Taken:
    """A step with the state it led from and the state it led to."""

    step: Step
    source: State
    target: State


# Working days until an officer takes a report up.
CLAIM_DAYS = Weighted({0: 11, 1: 22, 2: 21, 3: 15, 4: 12, 5: 8, 6: 5, 8: 4, 10: 2})
ANSWER_AFTER_HOURS = Weighted({2: 8, 6: 10, 20: 18, 30: 16, 52: 16, 80: 12, 130: 12, 220: 8})
DECISIONS = Weighted({Action.APPROVE: 82, Action.REJECT: 12, Action.REFER: 6})
DECISIONS_ON_COPIES = Weighted({Action.JOIN: 78, Action.APPROVE: 14, Action.REJECT: 8})
DECISIONS_WITHOUT_ANSWER = Weighted({Action.REJECT: 72, Action.APPROVE: 28})
REASONS = Weighted(
    {
        "too_little": 30,
        "other_place": 24,
        "in_person": 18,
        "civil": 14,
        "not_a_report": 11,
        "spam": 3,
    }
)


class Impossible(Exception):
    """A step that the table of transitions does not have."""


@dataclass(frozen=True)
class Life:
    """The steps of one report as they would follow from when it was sent (UTC)."""

    draw: Draw
    sent_at: datetime
    zone: ZoneInfo
    is_hate: bool
    is_copy: bool

    def until(self, end: datetime) -> list[Taken]:
        """Return what has happened before `end`. Raises Impossible for a step out of the table."""
        state, taken = State.RECEIVED, []
        for step in self._steps():
            if step.at >= end:
                break
            following = target(step.action, state)
            if following is None:
                raise Impossible(f"{step.action} from {state}")
            taken.append(Taken(step, state, following))
            state = following
        return taken

    def _steps(self) -> Iterator[Step]:
        queued_at = self.sent_at + timedelta(seconds=self.draw.between(2, 40))
        yield Step(Action.QUEUE, queued_at, Who.SYSTEM)
        if self.draw.chance(0.015):
            yield Step(Action.WITHDRAW, self._later(queued_at, 20, 2000), Who.RESIDENT)
            return
        claimed_at = self._at_work(queued_at, days=self._claim_days())
        yield Step(Action.CLAIM, claimed_at, Who.OFFICER)
        if self.draw.chance(0.02):
            yield Step(Action.RELEASE, self._later(claimed_at, 3, 40), Who.OFFICER)
            claimed_at = self._at_work(claimed_at, days=1)
            yield Step(Action.CLAIM, claimed_at, Who.OFFICER)
        read_at = self._read(claimed_at)
        yield from self._asked(read_at) if self.draw.chance(0.24) else self._decided(read_at, DECISIONS)

    def _read(self, claimed_at: datetime) -> datetime:
        """Most reports are read at once; some wait for a call, a colleague or the next shift."""
        if self.draw.chance(0.7):
            return self._later(claimed_at, 6, 90)
        return self._at_work(claimed_at, days=self.draw.between(1, 3))

    def _asked(self, asked_at: datetime) -> Iterator[Step]:
        yield Step(Action.ASK, asked_at, Who.OFFICER, speaks=True)
        answered_at = asked_at + timedelta(hours=ANSWER_AFTER_HOURS.pick(self.draw), minutes=self.draw.between(-50, 90))
        end = self.draw.random()
        if end < 0.72:
            yield Step(Action.ANSWER, answered_at, Who.RESIDENT, speaks=True)
            yield from self._decided(self._at_work(answered_at, days=self.draw.between(0, 2)), DECISIONS)
        elif end < 0.96:
            lapsed_at = asked_at + timedelta(days=ANSWER_DAYS)
            yield Step(Action.LAPSE, lapsed_at, Who.SYSTEM)
            yield from self._decided(self._at_work(lapsed_at, days=1), DECISIONS_WITHOUT_ANSWER)
        else:
            yield Step(Action.WITHDRAW, answered_at, Who.RESIDENT)

    def _decided(self, at: datetime, usual: Weighted[Action]) -> Iterator[Step]:
        yield self._decision(at, DECISIONS_ON_COPIES if self.is_copy else usual)
        if self.draw.chance(0.006):
            reopened_at = self._at_work(at, days=self.draw.between(1, 20))
            yield Step(Action.REOPEN, reopened_at, Who.SUPERVISOR)
            yield self._decision(self._later(reopened_at, 20, 3000), DECISIONS, Who.SUPERVISOR)

    def _decision(self, at: datetime, usual: Weighted[Action], by: Who = Who.OFFICER) -> Step:
        action = usual.pick(self.draw)
        if action != Action.REJECT:
            return Step(action, at, by)
        return Step(action, at, by, speaks=self.draw.chance(0.5), reason=REASONS.pick(self.draw))

    def _claim_days(self) -> int:
        return self.draw.between(0, 1) if self.is_hate and self.draw.chance(0.9) else CLAIM_DAYS.pick(self.draw)

    def _later(self, at: datetime, least: int, most: int) -> datetime:
        """Return a moment so many minutes later."""
        return at + timedelta(minutes=self.draw.between(least, most), seconds=self.draw.between(0, 59))

    def _at_work(self, at: datetime, *, days: int) -> datetime:
        """Return a moment of a day shift, `days` working days later or as soon as that can be; seldom at a weekend."""
        local = at.astimezone(self.zone)
        day = local.date()
        while days > 0:
            day += timedelta(days=1)
            days -= day.weekday() < SATURDAY
        if day == local.date() and 7 <= local.hour < 16:
            return self._later(at, 15, 100)
        if day == local.date() and local.hour >= 16:
            day += timedelta(days=1)
        if day.weekday() >= SATURDAY and self.draw.chance(0.7):
            day += timedelta(days=7 - day.weekday())
        clock = time(self.draw.between(7, 16), self.draw.between(0, 59), self.draw.between(0, 59))
        return datetime.combine(day, clock, self.zone).astimezone(at.tzinfo)


def state_after(taken: list[Taken]) -> State:
    """Return where the steps lead."""
    return taken[-1].target if taken else State.RECEIVED


def decided_at(taken: list[Taken]) -> datetime | None:
    """Return when the decision that still stands was taken, or None while the report is open."""
    return taken[-1].step.at if taken and taken[-1].target in FINAL else None
