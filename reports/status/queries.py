"""How a report stands and what was said of it, as the resident reads it."""

from typing import Any

from reports import ready
from reports.catalogue import live
from reports.documents import read_messages
from reports.models import Along, Message, Origin, Passage, Report
from reports.states import EXPLANATIONS, State
from reports.translating.queries import Beside, of_report


def standing(report: Report) -> dict[str, Any]:
    """Return where a report stands, in words of the active language: what to expect, why, and where it went."""
    state = State(report.state)
    return {
        "state_label": str(state.label),
        "state_text": str(EXPLANATIONS[state]),
        "reason": live.reject_reason(report.reject_reason),
        # A number of a report that was taken up again may still change.
        "dr_number": report.dr_number if state == State.APPROVED else "",
        "went_to": went_to(report) if state == State.REFERRED else None,
    }


def went_to(report: Report) -> dict[str, Any] | None:
    """Return to whom a report was passed on last, how to reach them, and what went along."""
    referral = report.referrals.select_related("partner", "station").last()
    if referral is None:
        return None
    contact = ready.contact_of(referral)
    return {
        "name": ready.place_name(referral),
        "about": referral.partner.description_for() if referral.partner else "",
        "address": contact.address,
        "phone": contact.phone,
        "url": contact.url,
        "along": [str(Along(each).label) for each in referral.along],
        "with_consent": bool(referral.consent),
    }


def said(report: Report) -> list[dict[str, Any]]:
    """Return the messages, oldest first, an officer's with its translation and where that comes from."""
    translations = of_report(report)
    return [
        {
            "from_us": message.from_agency,
            "at": message.at,
            "question": ready.said(message),
            "text": text,
            "files": message.file_count,
            **_translated(message, translations.get(message.pk)),
        }
        for message, text in read_messages(report)
    ]


def _translated(message: Message, beside: Beside | None) -> dict[str, Any]:
    """Return what a resident is shown of a translation of our words; of one of their own, nothing."""
    if beside is None or not message.from_agency:
        return {}
    passage = beside.passage
    return {
        "language": passage.source,
        "into": passage.target,
        "translation": beside.words,
        "by_machine": passage.origin == Origin.MACHINE,
        "awaits_translation": passage.stage == Passage.Stage.WAITING,
    }
