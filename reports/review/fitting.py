"""Which answers of a report still fit when it is filed as another kind. Nothing is taken out of the document for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reports.catalogue import live
from reports.models import CodedFact, ExtraQuestion, ReportType
from reports.sections import SECTIONS, sections_of
from reports.sections.base import Document, Line, Section

Parts = dict[str, Document]
# Whose answers belong to questions of one kind of report alone: they fit where the other kind asks the same.
BY_QUESTION = {"screening": "screening", "questions": "questions"}


@dataclass(frozen=True)
class Fit:
    """A report's parts as a kind of report asks them: what fits, what does not, and what was not asked before."""

    fitting: Parts
    left: Parts
    unasked: list[Section]


def fit(parts: Parts, report_type: ReportType) -> Fit:
    """Return what of the parts a kind of report asks. Every answer is in one of the two, none is changed."""
    asked = sections_of(report_type)
    fitting, left = {}, {}
    for key, part in parts.items():
        if key not in {section.key for section in asked}:
            left[key] = part
            continue
        mine, others = _by_question(key, part, report_type) if key in BY_QUESTION else (part, {})
        if mine:
            fitting[key] = mine
        if others:
            left[key] = others
    unasked = [section for section in asked if section.key not in fitting and not section.is_optional]
    return Fit(fitting, left, unasked)


def _by_question(key: str, part: Document, report_type: ReportType) -> tuple[Document, Document]:
    """Part the answers to questions of one kind of report: each part goes on naming the kind that asked them."""
    if part.get("type") == report_type.pk:
        return part, {}
    known = {question.key: question for question in getattr(report_type, BY_QUESTION[key]).all()}
    answers = {name: value for name, value in part.items() if name != "type"}
    fits = {name for name in answers.keys() & known.keys() if _answers(known[name], part, name)}
    mine = {name: value for name, value in answers.items() if name in fits}
    others = {name: value for name, value in answers.items() if name not in fits}
    named = {"type": part["type"]} if "type" in part else {}
    return (named | mine if mine else {}), (named | others if others else {})


def _answers(question: Any, part: Document, name: str) -> bool:
    """Tell whether an answer to a question of the same name is one to this question too."""
    if not isinstance(question, ExtraQuestion):
        return True
    try:
        before = {each.key: each for each in live.report_type(part["type"]).questions.all()}.get(name)
    except (KeyError, ReportType.DoesNotExist):
        return False
    if before is None or before.kind != question.kind:
        return False
    choices = {choice.value for choice in question.choices.all()}
    return question.kind != ExtraQuestion.Kind.CHOICE or part[name] in choices


def lines_of(parts: Parts) -> Iterator[tuple[Section, list[Line]]]:
    """Yield each part that has something to show with its lines, in the sections' order."""
    for key, section in SECTIONS.items():
        if key in parts:
            yield section, list(section.lines(parts[key]))


def facts_of(parts: Parts) -> list[CodedFact]:
    """Return the counted codes (unsaved) of the parts."""
    return [fact for key, part in parts.items() if key in SECTIONS for fact in SECTIONS[key].facts(part)]
