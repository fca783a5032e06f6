"""Photos, videos, recordings and documents. The files themselves are rows; this part holds what is said of them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat

from reports import terms
from reports.models import Attachment, Draft
from reports.remembering import gettext_lazy as _
from reports.remembering import said
from reports.sections.base import Document, Line, LongText, Section, SectionForm, numbered
from reports.vault import DataKey

# What the browser's own dialogue offers. What is taken is decided by the content.
OFFERED = (
    "image/jpeg,image/png,image/heic,image/heif,image/webp,application/pdf,video/mp4,video/quicktime,audio/wav,audio/mpeg,"
    ".heic,.mov"
)


class ManyFiles(forms.FileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class FilesForm(SectionForm):
    """Files to add, and a line about them. What came before is shown beside the form, not in it."""

    files = forms.FileField(
        label=_("Choose files"),
        required=False,
        widget=ManyFiles(attrs={"accept": OFFERED}),
        help_text=_("Pictures, PDF, video or sound. Up to 10 files, each up to 25 MB."),
    )
    note = LongText(
        label=_("Is there something we should know about them?"),
        required=False,
        max_length=1000,
        rows=3,
    )


def kept(draft: Draft, key: DataKey) -> Document:
    """Return what is known of the draft's files, in their order."""
    return {"each": [said_of(row, key) for row in draft.attachments.all()]}


def said_of(row: Attachment, key: DataKey) -> dict[str, Any]:
    """Return one file as it stands in the sealed document; `key` is that of its draft or report."""
    return {"id": str(row.pk), "name": row.name(key), "kind": row.kind, "size": row.size, "about": row.about}


def lines(document: Document) -> Iterator[Line]:
    """Show each file by its kind and size and what it shows; its name may name somebody."""
    each = document.get("each", [])
    if not each:
        yield Line(_("Files"), said(_("No files")))
    for position, file in enumerate(each, start=1):
        about = said(Attachment.About(file["about"]).label) if file.get("about") else ""
        facts = [said(Attachment.Kind(file["kind"]).label), str(filesizeformat(file["size"])), about]
        yield Line(numbered(_("File"), position), " · ".join(filter(None, facts)))
        yield Line(_("File name"), file["name"], personal=True)
    if "note" in document:
        yield Line(_("About the files"), document["note"])


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by the words about its files."""
    yield from terms.words(document.get("note", ""))


SECTION = Section(
    key="files",
    title=_("Do you have photos, videos or receipts?"),
    lead=_("They can help us. You can go on without any."),
    form=FilesForm,
    lines=lines,
    terms=search_terms,
    is_optional=True,
    kept=kept,
)
