"""Opening what was sealed with a report's key."""

from typing import Any
from uuid import UUID

from reports import codes, vault
from reports.models import Message, Report


def opened(report: Report) -> dict[str, Any]:
    """Return the parts of the report's document by section key. Raises vault.CannotOpen.

    Rows of `document` and `sealing_key` that were selected with the report are not asked for again.
    """
    whole: dict[str, Any] = vault.open_sealed(
        report.document.sealed, key=report.sealing_key.unwrap(), place=report.place("document")
    )
    parts: dict[str, Any] = whole["sections"]
    return parts


def message_place(message_id: UUID) -> vault.Place:
    """Where a message's words are bound to."""
    return vault.Place("message", "sealed", str(message_id))


def new_message(report: Report, *, text: str, from_agency: bool, **fields: Any) -> Message:
    """Return an unsaved message sealed with the report's key."""
    message_id = codes.new_id()
    sealed = vault.seal(text, key=report.sealing_key.unwrap(), place=message_place(message_id))
    return Message(id=message_id, report=report, sealed=sealed, from_agency=from_agency, **fields)


def read_messages(report: Report) -> list[tuple[Message, str]]:
    """Return the report's messages, oldest first, each with its words."""
    key = report.sealing_key.unwrap()
    return [
        (message, vault.open_sealed(message.sealed, key=key, place=message_place(message.pk)))
        for message in report.messages.select_related("by").all()
    ]
