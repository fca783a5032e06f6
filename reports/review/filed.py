"""How a report is filed: what it is counted and routed by, beside what the resident chose."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import CodedFact, Correction, Report
from reports.review.correcting import counted
from reports.review.telling import value

Of, Kind = Correction.Of, CodedFact.Kind
LABELS: dict[Correction.Of, str | Promise] = {
    Of.TYPE: gettext_lazy("Kind of report"),
    Of.AREA: gettext_lazy("Area"),
    Of.PREMISE: gettext_lazy("Kind of place"),
    Of.OFFENCE: gettext_lazy("Offence"),
    Of.BIAS: gettext_lazy("Bias"),
    Of.PROPERTY: gettext_lazy("Property"),
    Of.PRIORITY: gettext_lazy("Priority"),
}


@dataclass(frozen=True)
class Filed:
    """One thing: its value in words, and what the resident chose where that is another."""

    of: Correction.Of
    label: str | Promise
    words: str
    chosen: str = ""


def _offence(report: Report) -> Any:
    rows = counted(report, Kind.OFFENCE)
    of_type = report.report_type.offence
    return rows[0]["code"] if rows else of_type.code if of_type else ""


NOW: dict[Correction.Of, Callable[[Report], Any]] = {
    Of.TYPE: lambda report: report.report_type_id,
    Of.AREA: lambda report: report.area_id,
    Of.PREMISE: lambda report: report.premise,
    Of.OFFENCE: _offence,
    Of.BIAS: lambda report: [row["code"] for row in counted(report, Kind.BIAS)],
    Of.PROPERTY: lambda report: counted(report, Kind.PROPERTY),
    Of.PRIORITY: lambda report: report.priority,
}
# What the resident's own part of the document says about it.
CHOSEN: dict[Correction.Of, Callable[[dict[str, Any]], Any]] = {
    Of.AREA: lambda parts: parts.get("where", {}).get("area"),
    Of.PREMISE: lambda parts: parts.get("where", {}).get("premise", ""),
    Of.BIAS: lambda parts: sorted(parts.get("bias", {}).get("motivations", [])),
}


def of_report(report: Report, parts: dict[str, Any]) -> list[Filed]:
    """Return all that is shown of how a report is filed."""
    return [one(report, parts, of) for of in LABELS if of != Of.BIAS or report.report_type.is_hate or NOW[of](report)]


def one(report: Report, parts: dict[str, Any], of: Correction.Of) -> Filed:
    """Return one thing with its value now, and the resident's choice where it differs."""
    now = NOW[of](report)
    chosen = CHOSEN[of](parts) if of in CHOSEN else now
    differs = chosen != now and not (chosen in (None, "", []) and now in (None, "", []))
    said = (value(of, chosen) if chosen else _("not known")) if differs else ""
    return Filed(of, LABELS[of], value(of, now), said)
