"""Opening what was sealed with a report's key."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count

from reports import codes, terms, vault
from reports.models import DocumentVersion, Message, Note, Report


def opened(report: Report) -> dict[str, Any]:
    """Return the parts of the report's document by section key, none of a purged one. Raises vault.CannotOpen.

    Rows of `document` and `sealing_key` that were selected with the report are not asked for again.
    """
    if report.purged_at:
        return {}
    whole: dict[str, Any] = vault.open_sealed(
        report.document.sealed, key=report.sealing_key.unwrap(), place=report.place("document")
    )
    parts: dict[str, Any] = whole["sections"]
    return parts


def opened_version(report: Report, version: int) -> dict[str, Any]:
    """Return the parts of the document as an earlier version had them. Raises vault.CannotOpen."""
    row = DocumentVersion.objects.get(report=report, version=version)
    whole: dict[str, Any] = vault.open_sealed(
        row.sealed, key=report.sealing_key.unwrap(), place=report.place(f"document.{version}")
    )
    parts: dict[str, Any] = whole["sections"]
    return parts


def message_place(message_id: UUID) -> vault.Place:
    """Where a message's words are bound to."""
    return vault.Place("message", "sealed", str(message_id))


def ready_place(message_id: UUID) -> vault.Place:
    """Where the words of a message's template are bound to."""
    return vault.Place("message", "sealed_ready", str(message_id))


def new_message(
    report: Report,
    *,
    text: str,
    from_agency: bool,
    pk: UUID | None = None,
    ready: dict[str, str] | None = None,
    **fields: Any,
) -> Message:
    """Return an unsaved message sealed with the report's key, under a new id unless it has one already.

    `ready` are the words of its template by language.
    """
    message_id, key = pk or codes.new_id(), report.sealing_key.unwrap()
    message = Message(id=message_id, report=report, from_agency=from_agency, **fields)
    message.sealed = vault.seal(text, key=key, place=message_place(message_id))
    if ready:
        message.sealed_ready = vault.seal(ready, key=key, place=ready_place(message_id))
    return message


def keep_message(report: Report, *, text: str, **fields: Any) -> Message:
    """Store a message as `new_message` makes it, and let the report be found by its words."""
    message = new_message(report, text=text, **fields)
    message.save(force_insert=True)
    if words := list(terms.words(text)):
        _let_find(report, words)
    return message


def _let_find(report: Report, words: list[str]) -> None:
    """Add terms to those of a document, made with the key that made the others: one document, one key."""
    newest, oldest = vault.search_keys()[0], vault.search_keys()[-1]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reports_document SET terms = ARRAY(SELECT DISTINCT unnest("
            "terms || CASE WHEN terms_key = %s THEN %s::bigint[] ELSE %s::bigint[] END) ORDER BY 1)"
            " WHERE report_id = %s",
            [newest, vault.keyed(words, by=newest), vault.keyed(words, by=oldest), report.pk],
        )


def read_messages(report: Report) -> list[tuple[Message, str]]:
    """Return the report's messages, oldest first, each with its words.

    `file_count` says how many files came along, `ready_in` what its template says in each language.
    """
    if report.purged_at:
        return []
    key = report.sealing_key.unwrap()
    rows = list(report.messages.select_related("by").annotate(files_counted=Count("attachments")))
    for message in rows:
        _open_ready(message, key)
    return [(message, words_of(message, key)) for message in rows]


def _open_ready(message: Message, key: vault.DataKey) -> None:
    if message.sealed_ready:
        message.ready_opened = vault.open_sealed(  # type: ignore[attr-defined]
            message.sealed_ready, key=key, place=ready_place(message.pk)
        )


def words_of(message: Message, key: vault.DataKey) -> str:
    """Return a message's words; `key` is the report's. Raises vault.CannotOpen."""
    words: str = vault.open_sealed(message.sealed, key=key, place=message_place(message.pk))
    return words


def new_note(report: Report, *, text: str, pk: UUID | None = None, **fields: Any) -> Note:
    """Return an unsaved note sealed with the report's key, under a new id unless it has one already."""
    note = Note(id=pk or codes.new_id(), report=report, **fields)
    note.sealed = vault.seal(text, key=report.sealing_key.unwrap(), place=note.place)
    return note


def words_of_note(note: Note, key: vault.DataKey) -> str:
    """Return a note's words; `key` is the report's. Raises vault.CannotOpen."""
    words: str = vault.open_sealed(note.sealed, key=key, place=note.place)
    return words
