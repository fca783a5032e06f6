"""The building blocks of a report, one module each. A report type names them in its order."""

from typing import Any

from reports.models import ReportType
from reports.sections import (
    accounts,
    bias,
    contacts,
    damage,
    dumping,
    files,
    items,
    narrative,
    original,
    person,
    questions,
    screening,
    suspects,
    vehicles,
    when,
    where,
)
from reports.sections.base import Section

SECTIONS: dict[str, Section] = {
    module.SECTION.key: module.SECTION
    for module in (
        screening,
        original,
        bias,
        contacts,
        accounts,
        when,
        where,
        vehicles,
        damage,
        dumping,
        items,
        suspects,
        questions,
        narrative,
        files,
        person,
    )
}


def sections_of(report_type: ReportType) -> list[Section]:
    """Return the steps of a type in order: screening first, its extra questions before the narrative."""
    keys = [key for key in report_type.section_keys if key in SECTIONS]
    if report_type.questions.all() and "questions" not in keys:
        keys.insert(keys.index("narrative") if "narrative" in keys else len(keys), "questions")
    if report_type.screening.all() and "screening" not in keys:
        keys.insert(0, "screening")
    return [SECTIONS[key] for key in keys]


# Placed by themselves: screening comes first, and only where questions are.
PLACED = frozenset({"screening"})


def unknown_parts(sections: list[dict[str, Any]]) -> list[str]:
    """Return what of a type's list of sections no section knows: keys, and options as "where.colour"."""
    keys = [entry["key"] for entry in sections if entry["key"] not in SECTIONS]
    known = (entry for entry in sections if entry["key"] in SECTIONS)
    options = [
        f"{entry['key']}.{name}"
        for entry in known
        for name in entry.get("options", {})
        if name not in SECTIONS[entry["key"]].options
    ]
    return sorted(keys + options)
