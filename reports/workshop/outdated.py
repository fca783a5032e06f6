"""Texts whose English was changed after they had been translated: the other languages may say something else now.

A text is known by its place in its version, such as "screeningquestion:in-city:text", so that a copy knows it too.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from reports.models import ExtraChoice, ExtraQuestion, ReportType, ScreeningQuestion
from reports.texts.queries import SOURCE, TARGETS, column, fields


def place(row: Model, field: str) -> str:
    """Return where a text stands in its version."""
    return f"{row._meta.model_name}:{_key(row)}:{field}"


def _key(row: Model) -> str:
    if isinstance(row, ExtraChoice):
        return f"{row.question.key}.{row.value}"
    return row.key if isinstance(row, ScreeningQuestion | ExtraQuestion) else ""


def marked(version: ReportType, row: Model, values: dict[str, Any]) -> list[str]:
    """Return the version's outdated texts once `values` will have been set on a row that is as it was."""
    found = list(version.outdated)
    for field in fields(type(row)):
        english = column(field, SOURCE)
        is_new = english in values and values[english] != (getattr(row, english) or "")
        if is_new and any(getattr(row, column(field, code)) for code in TARGETS):
            found.append(place(row, field))
    return list(dict.fromkeys(found))


def looked_at(version: ReportType, row: Model, field: str) -> None:
    """Take a text off the list of a locked version: somebody has gone through its translations."""
    left = [each for each in version.outdated if each != place(row, field)]
    if left != version.outdated:
        ReportType.objects.filter(pk=version.pk).update(outdated=left)


@dataclass(frozen=True)
class Outdated:
    """One such text: where it is edited, and its English."""

    model: str
    pk: int
    field: str
    english: str


def texts(version: ReportType) -> list[Outdated]:
    """Return the outdated texts of a version that are still there."""
    return [
        Outdated(str(row._meta.model_name), row.pk, field, getattr(row, column(field, SOURCE)))
        for row in _rows(version)
        for field in fields(type(row))
        if place(row, field) in version.outdated
    ]


def _rows(version: ReportType) -> list[Model]:
    if not version.outdated:
        return []
    questions = list(version.questions.prefetch_related("choices"))
    choices = [choice for question in questions for choice in question.choices.all()]
    return [version, *version.screening.all(), *questions, *choices]
