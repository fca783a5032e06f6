"""By what a report is found: the words and identifiers of its document, its messages, and their translations."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import F

from reports import terms, vault
from reports.documents import opened, read_messages
from reports.models import Document, Report, Translation
from reports.sections import SECTIONS

Parts = dict[str, dict[str, Any]]


def of_parts(parts: Parts) -> list[int]:
    """Return the keyed terms of a document's parts."""
    return vault.keyed({term for step, part in parts.items() for term in SECTIONS[step].terms(part)})


@transaction.atomic
def renew(report: Report) -> None:
    """Make all of a report's terms anew from what is stored of it by now. Raises vault.CannotOpen.

    The document's row is locked first, so that a message that comes in meanwhile is not lost.
    """
    report.document = Document.objects.select_for_update().get(report=report)
    report.document.terms = sorted({*of_parts(opened(report)), *vault.keyed(_said(report))})
    report.document.save(update_fields=["terms"])


def _said(report: Report) -> Iterator[str]:
    """Yield the words of the report's messages, and of the translations that are in force."""
    for _message, text in read_messages(report):
        yield from terms.words(text)
    key = report.sealing_key.unwrap()
    in_force = Translation.objects.filter(passage__report=report, version=F("passage__version"))
    for each in in_force.select_related("passage"):
        yield from terms.words(vault.open_sealed(each.sealed, key=key, place=each.passage.place(each.version)))
