"""One whole demo report: its answers, its plain columns, its life. Everything here follows from the seed alone."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from reports.demo.answers import Choices, Filing, Part, fill
from reports.demo.draw import Draw, Numbers, for_report
from reports.demo.hate import Said, said_of
from reports.demo.life import Life, Taken
from reports.demo.moments import Moments
from reports.intake.actions import new_report
from reports.models import Report

COPIES = 0.025


@dataclass(frozen=True)
class Plan:
    """What one run makes, and in whose name. Small and plain, so that it travels to another process."""

    reports: int
    seed: int
    until: date
    officer: int | None = None
    supervisor: int | None = None
    translator: int | None = None


@dataclass(frozen=True)
class Made:
    """One report that is not stored yet. `draw` goes on for letters, whose words nothing else depends on."""

    number: int
    report: Report
    parts: dict[str, Part]
    life: list[Taken]
    draw: Draw
    said: Said


class Maker:
    """Makes the reports of a plan by their numbers, in any order."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.zone = plan, _zone()
        self.moments = Moments(reports=plan.reports, seed=plan.seed, until=plan.until, zone=self.zone)
        self.numbers = Numbers(plan.seed)

    @cached_property
    def choices(self) -> Choices:
        """What the catalogue offers, read at the first report."""
        return Choices([code for code, _ in settings.LANGUAGES])

    def identity(self, number: int) -> UUID:
        """Return the id that a report has or would have."""
        begun = self._begin(number)
        return begun.draw.identity(begun.sent_at)

    def original(self, number: int) -> UUID | None:
        """Return the id of the report whose facts one repeats, or None."""
        copy_of = self._begin(number).copy_of
        return None if copy_of == number else self.identity(copy_of)

    def make(self, number: int) -> Made:
        """Return a report with everything that belongs to it."""
        begun = self._begin(number)
        draw, sent_at = begun.draw, begun.sent_at
        identity, draft_id = draw.identity(sent_at), draw.identity(sent_at)
        filing = self._filing(begun)
        report = new_report(filing.report_type, filing.parts, draft_id=draft_id, language=filing.language, now=sent_at)
        report.pk, report.reference = identity, self.numbers.reference(number)
        life = Life(draw, sent_at, self.zone, is_hate=filing.report_type.is_hate, is_copy=begun.copy_of != number)
        taken = [] if self.moments.is_just_sent(number) else life.until(self.moments.end)
        said = said_of(for_report(self.plan.seed, number, "hate"), report, filing.parts, taken, self.moments.end)
        return Made(number, report, filing.parts, taken, draw, said)

    def _begin(self, number: int) -> "Begun":
        """Draw when a report is sent and, in a few cases, of which earlier report it is a copy."""
        draw = for_report(self.plan.seed, number, "own")
        sent_at = self.moments.moment(number, draw)
        if number < 2 or not draw.chance(COPIES):
            return Begun(draw, sent_at, number, sent_at)
        original = self._begin(max(0, number - draw.between(1, max(2, self.plan.reports // 400))))
        return Begun(draw, sent_at, original.copy_of, min(sent_at, original.first_sent_at))

    def _filing(self, begun: "Begun") -> Filing:
        """Answer the steps. A copy takes the facts of its original and tells them a little differently."""
        facts = for_report(self.plan.seed, begun.copy_of, "facts")
        filing = Filing(
            choices=self.choices,
            facts=facts,
            telling=begun.draw,
            report_type=self.choices.types[self.choices.type_ids.pick(facts)],
            language=self.choices.languages.pick(facts),
            sent_at=begun.first_sent_at,
            zone=self.zone,
        )
        fill(filing)
        return filing


@dataclass(frozen=True)
class Begun:
    """The first draws of a report. `copy_of` is its own number, or that of the report whose facts it repeats."""

    draw: Draw
    sent_at: datetime
    copy_of: int
    first_sent_at: datetime


def _zone() -> ZoneInfo:
    zone = timezone.get_default_timezone()
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(settings.TIME_ZONE)
