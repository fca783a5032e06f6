"""What stands on each kind of paper, in the language that is active. Raises vault.CannotOpen for a shredded report."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from reports import locales
from reports.catalogue import live
from reports.documents import opened
from reports.models import Along, Referral, Report
from reports.paper.script import Words, isolated, words
from reports.paper.typeset import Part, Row, Sheet
from reports.ready import place_name
from reports.review.masking import Mask
from reports.sections import SECTIONS, sections_of
from reports.sections.base import Line
from reports.states import State


def copy(report: Report) -> Sheet:
    """Return the resident's copy: what they sent, and what happens next. The access code is not in it."""
    lead = [_("This is what you sent us. Keep it for yourself."), _("The access code is not on this paper.")]
    return _sheet(
        report,
        title=_("Copy of your report"),
        lead=lead,
        number=(_("Reference"), report.reference),
        facts=[(_("Kind of report"), report.report_type.name), (_("Sent on"), _moment(report.reported_at))],
        parts=[*_answers(report), Part(_say(_("What happens next")), [], [_say(line) for line in _next(report)])],
    )


def official(report: Report) -> Sheet:
    """Return the agency's copy of an approved report, with its official number."""
    lead = _("This is the official copy of %(agency)s for the person who reported it.") % {
        "agency": isolated(settings.AGENCY_NAME)
    }
    facts = [
        (_("Reference"), report.reference),
        (_("Kind of report"), report.report_type.name),
        (_("Sent on"), _moment(report.reported_at)),
        (_("Approved on"), _moment(report.decided_at)),
    ]
    number = (_("Official report number"), report.dr_number)
    return _sheet(
        report, title=_("Official copy of your report"), lead=[lead], number=number, facts=facts, parts=_answers(report)
    )


def desk(report: Report, *, revealed: bool, further: Iterable[Part] = ()) -> Sheet:
    """Return an officer's paper; what is personal stands in it only after a reveal. `further` parts stand last."""
    lead = [] if revealed else [_("Personal data is hidden on this paper.")]
    facts = [
        (_("Reference"), report.reference),
        (_("Kind of report"), report.report_type.name),
        (_("Area"), report.area.name if report.area else _("Not known")),
        (_("Received"), _moment(report.reported_at)),
        (_("State"), str(State(report.state).label)),
    ]
    number = (_("Official report number"), report.dr_number) if report.dr_number else (_("Reference"), report.reference)
    return _sheet(
        report,
        title=_("Report for official use"),
        lead=lead,
        number=number,
        facts=facts,
        parts=[*_answers(report, personal=revealed), *further],
    )


def handover(report: Report, referral: Referral) -> Sheet:
    """Return the paper for those to whom a report was passed on: no more than what goes along."""
    facts = [
        (_("Kind of report"), report.report_type.name),
        (_("Area"), report.area.name if report.area else _("Not known")),
        (_("Sent on"), _moment(report.reported_at)),
        (_("Passed on"), _moment(referral.at)),
    ]
    return _sheet(
        report,
        title=_("Passed on to %(name)s") % {"name": isolated(place_name(referral))},
        lead=[],
        number=(_("Reference"), report.reference),
        facts=facts,
        parts=_along(report, frozenset(referral.along)),
    )


# Days say nothing about a person, whatever was typed; other answers are the resident's own words.
OF_KIND = {"when": Along.FACTS, "files": Along.FILES}


def _along(report: Report, along: frozenset[str]) -> Iterator[Part]:
    """Yield of every section the lines that may go along: days always, other words and personal ones where agreed."""
    parts = opened(report)
    mask = Mask(parts, is_open=True)
    for section in sections_of(live.report_type(report.report_type_id)):
        lines = section.lines(parts[section.key]) if section.key in parts else ()
        rows = [_row(line, report.language, mask) for line in lines if _kind(section.key, line) in along]
        if rows:
            yield Part(_say(section.title), rows, [])


def _kind(key: str, line: Line) -> Along:
    if key in OF_KIND:
        return OF_KIND[key]
    return Along.PERSON if line.personal else Along.STORY


def _sheet(
    report: Report,
    *,
    title: str,
    lead: list[str],
    number: tuple[str, str],
    facts: list[tuple[str, str]],
    parts: Iterable[Part],
) -> Sheet:
    return Sheet(
        language=get_language() or settings.LANGUAGE_CODE,
        dir="rtl" if get_language_bidi() else "ltr",
        agency=_say(settings.AGENCY_NAME),
        title=_say(title),
        lead=[_say(text) for text in lead],
        number_label=_say(number[0]),
        number=number[1],
        facts=[Row(_say(label), [_say(value)]) for label, value in facts],
        parts=list(parts),
    )


def _answers(report: Report, *, personal: bool = True) -> Iterator[Part]:
    """Yield every section's lines, in the order in which the resident was asked.

    What the kind of report does not ask, because the kind was corrected, comes last: it was said all the same.
    """
    parts = opened(report)
    mask = Mask(parts, is_open=personal)
    asked = {section.key: section for section in sections_of(live.report_type(report.report_type_id))}
    for key, section in (asked | {key: SECTIONS[key] for key in SECTIONS if key not in asked}).items():
        if key in parts:
            yield Part(
                _say(section.title), [_row(line, report.language, mask) for line in section.lines(parts[key])], []
            )


def _row(line: Line, language: str, mask: Mask) -> Row:
    shown = mask(line.value) if mask.is_open or not line.personal else _("hidden")
    values = shown.splitlines() or [_("Not answered")]
    return Row(_say(line.label), [words(value, language) for value in values])


def _next(report: Report) -> list[str]:
    due = isolated(locales.day(report.due_at))
    return [
        _("An officer reads your report. We aim to do this by %(date)s.") % {"date": due},
        _("If we need to know more, we ask you. Come back to this address with your reference and access code:"),
        settings.SITE_URL,
        _("When the report is approved, you get its official number."),
    ]


def _say(text: Any) -> Words:
    """Return one of our own texts in the language of the page."""
    return words(str(text), get_language() or settings.LANGUAGE_CODE)


def _moment(at: datetime | None) -> str:
    return locales.moment(at) if at else ""
