"""What an export holds: a table of columns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from reports.models import CodedFact, Report
from reports.sections import SECTIONS

Parts = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column: its heading, whether it holds personal data, and how a report fills it."""

    heading: str
    value: Callable[[Report, Parts], object]
    personal: bool = False


def _codes(kind: CodedFact.Kind) -> Callable[[Report, Parts], str]:
    return lambda report, parts: " ".join(sorted(fact.code for fact in report.facts.all() if fact.kind == kind))


def _offence(report: Report, parts: Parts) -> str:
    """Return the offence under which the report was approved; one from before that was chosen has its type's."""
    of_type = report.report_type.offence.code if report.report_type.offence else ""
    return _codes(CodedFact.Kind.OFFENCE)(report, parts) or of_type


def _local(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""


def _section(key: str) -> Callable[[Report, Parts], str]:
    """Return a section's answers as "label: value" pairs, so that a new section needs no new code here."""

    def value(report: Report, parts: Parts) -> str:
        lines = SECTIONS[key].lines(parts[key]) if key in parts else ()
        return "; ".join(f"{line.label}: {line.value}" for line in lines)

    return value


PLAIN = [
    Column("reference", lambda report, parts: report.reference),
    Column("dr_number", lambda report, parts: report.dr_number),
    Column("type", lambda report, parts: report.report_type.slug),
    Column("offence_code", _offence),
    Column("bureau", lambda report, parts: report.area.bureau.code if report.area else ""),
    Column("area", lambda report, parts: report.area.number if report.area else ""),
    Column("area_name", lambda report, parts: report.area.name if report.area else ""),
    Column("language", lambda report, parts: report.language),
    Column("anonymous", lambda report, parts: "yes" if report.is_anonymous else "no"),
    Column("premise_code", lambda report, parts: report.premise),
    Column("bias_codes", _codes(CodedFact.Kind.BIAS)),
    Column("property_codes", _codes(CodedFact.Kind.PROPERTY)),
    Column("occurred_from", lambda report, parts: _local(report.occurred_from)),
    Column("occurred_until", lambda report, parts: _local(report.occurred_until)),
    Column("reported_at", lambda report, parts: _local(report.reported_at)),
    Column("approved_at", lambda report, parts: _local(report.decided_at)),
]
PERSONAL = [
    Column("narrative_original", lambda report, parts: parts.get("narrative", {}).get("story", ""), personal=True),
    Column("latitude", lambda report, parts: parts.get("where", {}).get("latitude", ""), personal=True),
    Column("longitude", lambda report, parts: parts.get("where", {}).get("longitude", ""), personal=True),
    *(Column(f"section_{key}", _section(key), personal=True) for key in SECTIONS if key != "narrative"),
]


def columns(*, personal: bool) -> list[Column]:
    """Return the columns of an export, the personal ones last."""
    return PLAIN + PERSONAL if personal else PLAIN
