"""The questions that only one report type asks, as its author composed them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from reports import locales
from reports.catalogue import live
from reports.models import ExtraQuestion, ReportType
from reports.models.catalogue import fill_placeholders
from reports.remembering import gettext_lazy as _
from reports.remembering import once
from reports.sections.base import Document, Line, LongText, Section, SectionForm
from reports.sections.composed import Fields
from reports.sections.fields import CountField, DayField


def _choice(question: ExtraQuestion) -> forms.Field:
    choices = [(choice.value, choice.label) for choice in question.choices.all()]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)


FIELDS = {
    ExtraQuestion.Kind.TEXT: lambda question: LongText(max_length=2000, rows=3),
    ExtraQuestion.Kind.CHOICE: _choice,
    ExtraQuestion.Kind.NUMBER: lambda question: CountField(min_value=0, max_value=10**9),
    ExtraQuestion.Kind.DATE: lambda question: DayField(),
}


class QuestionsForm(SectionForm):
    """One field for each extra question of the type."""

    @classmethod
    def compose(cls, fields: Fields, report_type: ReportType) -> None:
        """Ask each of the type's questions."""
        for question in report_type.questions.all():
            field = FIELDS[ExtraQuestion.Kind(question.kind)](question)
            field.label, field.help_text = fill_placeholders(question.label), fill_placeholders(question.help)
            field.required = question.required
            fields[question.key] = field

    def clean(self) -> dict[str, Any]:
        """Keep the type with the answers, so that they can be shown with their questions."""
        return {"type": self.report_type.pk, **super().clean()}


def lines(document: Document) -> Iterator[Line]:
    """Show each answer under its question; a choice by its label."""
    try:
        report_type = live.report_type(document["type"])
    except ReportType.DoesNotExist:
        yield from (Line(key, str(value), personal=True) for key, value in document.items() if key != "type")
        return
    for question, label, choices in once(_asked, report_type):
        if question.key in document:
            shown = _shown(question, choices, document[question.key])
            yield Line(label, shown, personal=question.is_personal)


def _asked(report_type: ReportType) -> list[tuple[ExtraQuestion, str, dict[str, str]]]:
    """Return the questions of a type with their labels and the labels of their choices by value."""
    return [
        (question, fill_placeholders(question.label), {choice.value: choice.label for choice in question.choices.all()})
        for question in report_type.questions.all()
    ]


def _shown(question: ExtraQuestion, choices: dict[str, str], value: Any) -> str:
    """Return an answer in words: a choice by its label, a day as days are written in the reader's language."""
    if question.kind == ExtraQuestion.Kind.DATE and isinstance(value, str):
        return locales.day(date.fromisoformat(value))
    return choices.get(value, str(value))


SECTION = Section(
    key="questions",
    title=_("A few more questions"),
    lead=_("Answer what you can."),
    form=QuestionsForm,
    lines=lines,
)
