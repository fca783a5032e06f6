"""What was said between the resident and the agency, as the resident reads it."""

from typing import Any

from reports.documents import read_messages
from reports.models import Message, Origin, Passage, Report
from reports.questions import asked
from reports.translating.queries import Beside, of_report


def said(report: Report) -> list[dict[str, Any]]:
    """Return the messages, oldest first, an officer's with its translation and where that comes from."""
    translations = of_report(report)
    return [
        {
            "from_us": message.from_agency,
            "at": message.at,
            "question": asked(message.question),
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
