"""The pieces of an export, each sealed by itself in the file store; read one after the other they are the whole."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from reports import vault
from reports.files import storage
from reports.models import Export, ExportPart


def store(export: Export, column: str, chunks: Iterable[bytes]) -> str:
    """Seal bytes into a new file and return its name; until a row names it, nobody knows of it."""
    name = storage.new_name()
    with storage.create(name) as file:
        for sealed in vault.seal_stream(chunks, key=export.key(), place=export.place(column)):
            file.write(sealed)
        storage.settle(file)
    return name


def opened(export: Export, part: ExportPart) -> Iterator[bytes]:
    """Yield the bytes of one piece. Raises vault.CannotOpen and FileNotFoundError: never less without a word."""
    with storage.read(part.stored) as file:
        yield from vault.open_stream(file, key=export.key(), place=export.place(part.column))


def of(export: Export, kind: ExportPart.Kind) -> Iterator[ExportPart]:
    """Yield the pieces of one kind in their order. Raises LookupError where one is missing between others."""
    for number, part in enumerate(export.parts.filter(kind=kind).order_by("position").iterator(chunk_size=500)):
        if kind == ExportPart.Kind.ROWS and part.position != number:
            raise LookupError(f"piece {number} of export {export.pk} is missing")
        yield part


def are_there(export: Export) -> bool:
    """Tell whether every piece lies in the file store, before the first byte is promised."""
    return all(storage.is_there(name) for name in export.parts.values_list("stored", flat=True))


def forget(export: Export) -> None:
    """Delete the pieces of an export in the running transaction, and after its commit their files."""
    names = list(export.parts.values_list("stored", flat=True))
    export.parts.all().delete()
    transaction.on_commit(lambda: discard(*names), robust=True)


def discard(*names: str) -> None:
    """Delete stored files."""
    for name in names:
        storage.delete(name)
