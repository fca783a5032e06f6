"""By what a report is found: the words and identifiers of its document, its messages, and their translations."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from reports import terms, vault
from reports.documents import opened, read_messages
from reports.models import Document, Report, Translation
from reports.sections import SECTIONS

Parts = dict[str, dict[str, Any]]
# Raise it when reports shall be found by more than before: `manage.py renew_search` then makes their terms anew.
EDITION = 2


def fields_of(report: Report, parts: Parts) -> dict[str, Any]:
    """Return what a report's new document stores of the terms of its parts and of its reference."""
    return {"terms": sorted({*of_parts(parts), *of_itself(report)}), **made_now()}


def of_itself(report: Report) -> list[int]:
    """Return the keyed term of a report's own reference, so that nothing is asked in the clear that may be a name."""
    return vault.keyed([terms.own(report.reference)])


def made_now() -> dict[str, Any]:
    """Return by which key and knowledge terms are made now, as a document stores it."""
    return {"terms_key": vault.search_keys()[0], "terms_edition": EDITION}


def outdated() -> QuerySet[Document]:
    """Return the documents whose terms were made with another key, or before the search knew what it knows."""
    return Document.objects.exclude(**made_now())


def of_parts(parts: Parts) -> list[int]:
    """Return the keyed terms of a document's parts."""
    return vault.keyed({term for step, part in parts.items() for term in SECTIONS[step].terms(part)})


@transaction.atomic
def renew(report: Report) -> None:
    """Make all of a report's terms anew from what is stored of it by now. Raises vault.CannotOpen.

    The document's row is locked first, so that a message that comes in meanwhile is not lost; and before it the
    report's, as by whoever corrects an answer: in the other order each would wait for the other.
    """
    Report.objects.select_for_update(no_key=True).only("pk").get(pk=report.pk)
    report.document = Document.objects.select_for_update().get(report=report)
    report.document.terms = sorted({*of_parts(opened(report)), *of_itself(report), *vault.keyed(_said(report))})
    for name, value in made_now().items():
        setattr(report.document, name, value)
    report.document.save(update_fields=["terms", *made_now()])


def _said(report: Report) -> Iterator[str]:
    """Yield the words of the report's messages, and of the translations that are in force."""
    for _message, text in read_messages(report):
        yield from terms.words(text)
    key = report.sealing_key.unwrap()
    in_force = Translation.objects.filter(passage__report=report, version=F("passage__version"))
    for each in in_force.select_related("passage"):
        yield from terms.words(vault.open_sealed(each.sealed, key=key, place=each.passage.place(each.version)))
