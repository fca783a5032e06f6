"""What staff of a demo say of hate reports: some are escalated, most of these classified in time, a few still wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from reports import workdays
from reports.catalogue import live
from reports.demo.draw import Draw, Weighted
from reports.demo.life import Taken
from reports.models import CodeTable, Priority, Report, Sign, Verdict
from reports.states import Action

ESCALATED = 0.4
VERDICTS = Weighted({Verdict.CRIME: 40, Verdict.INCIDENT: 44, Verdict.NEITHER: 16})
SIGNS = [Sign.THREAT, Sign.PATTERN, Sign.STALKING, Sign.SYMBOLS]
OFFENCES = ["13C", "13C", "13B", "290"]
BASES = {
    Verdict.CRIME: ["words", "statements", "suspect"],
    Verdict.INCIDENT: ["words", "no_crime"],
    Verdict.NEITHER: ["no_bias"],
}
# Under which characteristic of California the categories of the NIBRS codes fall.
CHARACTERISTICS = {
    "race_ethnicity_ancestry": "race_ethnicity",
    "religion": "religion",
    "sexual_orientation": "sexual_orientation",
    "disability": "disability",
    "gender": "gender",
    "gender_identity": "gender",
}
UNKNOWN = "unknown"
MOST_BIASES = 5
Values = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """The rows of one report without their keys, and the moments at which they were said."""

    escalation: Values | None = None
    classification: Values | None = None

    @property
    def verdict(self) -> str:
        """The classification in force, "" before one."""
        return self.classification["verdict"] if self.classification else ""


def said_of(draw: Draw, report: Report, parts: dict[str, Any], life: list[Taken], end: datetime) -> Said:
    """Return what was said of a report before `end` once an officer had claimed it; nothing of what is no hate."""
    claimed = [taken.step.at for taken in life if taken.step.action == Action.CLAIM]
    if not (report.report_type.is_hate and claimed):
        return Said()
    at = claimed[0] + timedelta(minutes=draw.between(4, 50))
    is_escalated, days = draw.chance(ESCALATED), draw.between(1, 9)
    verdict = VERDICTS.pick(draw) if is_escalated else Verdict.INCIDENT
    biases = parts.get("bias", {}).get("motivations", ["99"])[:MOST_BIASES]
    named = sorted({_characteristic(code) for code in biases})
    found_at = at + timedelta(days=days)
    return Said(
        _escalation(draw, named, at, found_at if found_at < end else None) if is_escalated and at < end else None,
        _classification(draw, verdict, biases, named, found_at) if found_at < end else None,
    )


def _characteristic(code: str) -> str:
    known = live.code(CodeTable.BIAS, code)
    return CHARACTERISTICS.get(known.category, UNKNOWN) if known else UNKNOWN


def _escalation(draw: Draw, named: list[str], at: datetime, settled_at: datetime | None) -> Values:
    return {
        "id": str(draw.identity(at)),
        "signs": _array([draw.pick(SIGNS).value]),
        "characteristics": _array(named),
        "at": at.isoformat(),
        "due_at": workdays.after(at, days=settings.CLASSIFICATION_DAYS).isoformat(),
        "priority_before": Priority.HIGH.value,
        "settled_at": settled_at.isoformat() if settled_at else None,
    }


def _classification(draw: Draw, verdict: Verdict, biases: list[str], named: list[str], at: datetime) -> Values:
    is_hate = verdict != Verdict.NEITHER
    return {
        "id": str(draw.identity(at)),
        "version": 1,
        "verdict": verdict.value,
        "offence": draw.pick(OFFENCES) if verdict == Verdict.CRIME else "",
        "biases": _array(biases if is_hate else []),
        "characteristics": _array(named if is_hate else []),
        "basis": _array(BASES[verdict]),
        "at": at.isoformat(),
    }


def _array(values: list[str]) -> str:
    """Return codes as PostgreSQL writes an array."""
    return "{" + ",".join(values) + "}"
