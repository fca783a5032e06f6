"""The earlier report to which this one adds. Kept as typed: an officer, never this page, looks it up.

Nothing here asks the database, so nobody can find out by trying which reports exist.
"""

from collections.abc import Iterator
from typing import Any

from django import forms

from reports import terms
from reports.remembering import gettext_lazy as _
from reports.sections.base import Document, Line, LongText, Section, SectionForm


class OriginalForm(SectionForm):
    """The number of the earlier report, of whatever kind, or what else helps to find it."""

    needed_together = ("number", "other")

    number = forms.CharField(
        label=_("Number of your earlier report"),
        required=False,
        max_length=100,
        help_text=_(
            "The reference from this website (for example R-7K4M-93QX), or the official number (DR number) that you "
            "got from us. Please do not write your access code here."
        ),
    )
    other = LongText(
        label=_("If you do not have the number: what helps us to find the report?"),
        required=False,
        max_length=1000,
        rows=3,
        help_text=_("For example: when you reported it, under which name, and at which police station or by phone."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned: dict[str, Any] = super().clean()
        if not self.errors and not any(cleaned.values()):
            self.add_error("number", _("Give the number, or tell us below what helps us to find the report."))
        return cleaned


def lines(document: Document) -> Iterator[Line]:
    """Show the number and the rest as they were typed; the rest may hold a name."""
    if "number" in document:
        yield Line(_("Earlier report"), document["number"])
    if "other" in document:
        yield Line(_("How to find the earlier report"), document["other"], personal=True)


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by the earlier one's number, however it was written."""
    yield from terms.identifier("report", document.get("number", ""))
    yield from terms.words(document.get("other", ""))


SECTION = Section(
    key="original",
    title=_("Which report do you want to add to?"),
    lead=_("An officer will put the two together."),
    form=OriginalForm,
    lines=lines,
    terms=search_terms,
)
