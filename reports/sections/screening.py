"""The yes-or-no questions before anything else. An answer may end the online path and say who helps instead."""

from collections.abc import Iterator
from typing import Any

from django import forms

from reports.catalogue import live
from reports.models import ReportType, ScreeningQuestion, Stopper
from reports.models.catalogue import fill_placeholders
from reports.remembering import gettext_lazy as _
from reports.remembering import once
from reports.sections.base import Document, Line, Section, SectionForm, yes_no
from reports.sections.composed import Fields

YES, NO = "yes", "no"


class ScreeningForm(SectionForm):
    """One pair of radio buttons for each of the type's screening questions."""

    @classmethod
    def compose(cls, fields: Fields, report_type: ReportType) -> None:
        """Ask each of the type's questions."""
        for question in report_type.screening.all():
            fields[question.key] = forms.ChoiceField(
                label=fill_placeholders(question.text),
                help_text=fill_placeholders(question.help),
                choices=[(YES, _("Yes")), (NO, _("No"))],
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        """Keep the type with the answers, so that they can be shown with their questions."""
        return {"type": self.report_type.pk, **super().clean()}


def stops(question: ScreeningQuestion, answer: str | None) -> bool:
    """Tell whether this answer ends the online path."""
    return answer == (YES if question.stops_on else NO)


def stopper_for(report_type: ReportType, document: Document) -> Stopper | None:
    """Return the page of the first answer that ends the online path, or None."""
    for question in report_type.screening.all():
        if stops(question, document.get(question.key)):
            return question.stopper
    return None


def lines(document: Document) -> Iterator[Line]:
    """Show each question with its answer."""
    for key, text in once(_asked, live.report_type(document["type"])):
        if key in document:
            yield Line(text, yes_no(document[key] == YES))


def _asked(report_type: ReportType) -> list[tuple[str, str]]:
    return [(question.key, fill_placeholders(question.text)) for question in report_type.screening.all()]


SECTION = Section(
    key="screening",
    title=_("First, a few quick questions"),
    lead=_("They show whether an online report is the right way."),
    form=ScreeningForm,
    lines=lines,
    is_alike=True,
)
