"""Composing a draft: its texts, its sections, its questions. Each action is one change by one person, and noted."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max, Model
from django.utils.text import slugify

from accounts.models import User
from reports.models import ExtraChoice, ExtraQuestion, ReportType, ScreeningQuestion, TypeStep
from reports.models.catalogue import next_version
from reports.sections import PLACED, SECTIONS
from reports.workshop import life, outdated

Kind = TypeStep.Kind
Asked = TypeVar("Asked", ScreeningQuestion, ExtraQuestion)
# What most reports ask, in the order of the shipped ones.
USUAL = ("when", "where", "narrative", "files", "person")
LONGEST_KEY = 40
# A key that answers keep for themselves.
TAKEN = frozenset({"type"})
PARTS: dict[str, type[ScreeningQuestion] | type[ExtraQuestion]] = {
    "screening": ScreeningQuestion,
    "questions": ExtraQuestion,
}


@contextmanager
def composing(report_type_id: int, *, part: str, by: User) -> Iterator[ReportType]:
    """Change a part of a locked draft; its last editor is `by` from now on. Raises life.CannotStep."""
    with life.step(report_type_id, kind=Kind.COMPOSE, by=by, parts=[part]) as version:
        yield version
        version.edited_by = by


@transaction.atomic
def make(*, values: dict[str, Any], by: User) -> ReportType:
    """Begin a new type with the usual sections. `values` has at least the slug, name_en and summary_en."""
    version = ReportType(**values, version=next_version(values["slug"]), author=by, edited_by=by)
    version.sections = [{"key": key, "options": {}} for key in USUAL]
    version.save()
    life.remember(version, kind=Kind.MAKE, by=by)
    return version


def describe(*, report_type_id: int, values: dict[str, Any], by: User) -> None:
    """Set texts and rules of a draft: whatever columns `values` names."""
    with composing(report_type_id, part="basics", by=by) as version:
        version.outdated = outdated.marked(version, version, values)
        for name, value in values.items():
            setattr(version, name, value)


def reworded(*, version: ReportType, by: User) -> None:
    """Note that somebody changed a text of a version at Texts: in a draft they are its last editor now."""
    ReportType.objects.filter(pk=version.pk).update(edited_by=by)
    life.tell(version, kind=Kind.COMPOSE, by=by, parts=["texts"])


# --- Sections --------------------------------------------------------------------
def put_in(*, report_type_id: int, key: str, by: User) -> None:
    """Add a section: before files and person, which end a report. One that is there stays where it is."""
    with composing(report_type_id, part="sections", by=by) as version:
        keys = version.section_keys
        if key in SECTIONS and key not in {*keys, *PLACED}:
            last = [at for at, each in enumerate(keys) if each in {"files", "person"}]
            at = last[0] if last and key not in {"files", "person"} else len(keys)
            version.sections.insert(at, {"key": key, "options": {}})


def take_out(*, report_type_id: int, key: str, by: User) -> None:
    """Leave a section out, with its options."""
    with composing(report_type_id, part="sections", by=by) as version:
        version.sections = [entry for entry in version.sections if entry["key"] != key]


def move(*, report_type_id: int, key: str, places: int, by: User) -> None:
    """Move a section up (-1) or down (1) among the others, as far as there is room."""
    with composing(report_type_id, part="sections", by=by) as version:
        version.sections = moved(version.sections, version.section_keys.index(key), places)


def set_options(*, report_type_id: int, options: dict[str, dict[str, bool]], by: User) -> None:
    """Switch options of sections on and off, by the sections' keys; what a section does not know is left out."""
    with composing(report_type_id, part="sections", by=by) as version:
        for entry in version.sections:
            known = SECTIONS[entry["key"]].options if entry["key"] in SECTIONS else ()
            wished = options.get(entry["key"], {})
            entry["options"] = {name: True for name in known if wished.get(name)}


def moved(rows: list[Any], at: int, places: int) -> list[Any]:
    """Return a list with one of its rows moved, as far as there is room."""
    rest = [*rows[:at], *rows[at + 1 :]]
    rest.insert(max(at + places, 0), rows[at])
    return rest


# --- Questions -------------------------------------------------------------------
def screen(*, report_type_id: int, question_id: int | None, values: dict[str, Any], by: User) -> ScreeningQuestion:
    """Add or change a screening question. Raises its DoesNotExist."""
    with composing(report_type_id, part="screening", by=by) as version:
        return _kept(version, ScreeningQuestion, question_id, values, values["text_en"])


def ask(
    *, report_type_id: int, question_id: int | None, values: dict[str, Any], choices: Sequence[dict[str, str]], by: User
) -> ExtraQuestion:
    """Add or change an extra question and, for the kind choice, its answers in their order.

    A choice that was there before is known by its `value` and keeps its translations. Raises the row's DoesNotExist.
    """
    with composing(report_type_id, part="questions", by=by) as version:
        question = _kept(version, ExtraQuestion, question_id, values, values["label_en"])
        _keep_choices(version, question, choices if question.kind == ExtraQuestion.Kind.CHOICE else [])
        return question


def take_away(*, report_type_id: int, part: str, question_id: int, by: User) -> None:
    """Leave a question out. Raises the row's DoesNotExist."""
    with composing(report_type_id, part=part, by=by) as version:
        PARTS[part].objects.get(report_type=version, pk=question_id).delete()


def reorder(*, report_type_id: int, part: str, question_id: int, places: int, by: User) -> None:
    """Move a question up (-1) or down (1). Raises the row's DoesNotExist."""
    with composing(report_type_id, part=part, by=by) as version:
        rows: list[Any] = list(PARTS[part].objects.filter(report_type=version))
        at = next((at for at, row in enumerate(rows) if row.pk == question_id), None)
        if at is None:
            raise PARTS[part].DoesNotExist
        for position, row in enumerate(moved(rows, at, places), start=1):
            type(row).objects.filter(pk=row.pk).update(position=position)


def _kept(version: ReportType, model: type[Asked], pk: int | None, values: dict[str, Any], words: str) -> Asked:
    rows = model._default_manager.filter(report_type=version)
    if pk is None:
        last = rows.aggregate(last=Max("position"))["last"] or 0
        row = model(report_type=version, position=last + 1, key=key_for(words, set(rows.values_list("key", flat=True))))
    else:
        row = rows.get(pk=pk)
    _set(version, row, values)
    return row


def _keep_choices(version: ReportType, question: ExtraQuestion, choices: Sequence[dict[str, str]]) -> None:
    known = {choice.value: choice for choice in question.choices.all()}
    kept: set[str] = set()
    for position, choice in enumerate(choices, start=1):
        row = known.get(choice.get("value", "")) or ExtraChoice(question=question)
        row.value = row.value or key_for(choice["label_en"], known.keys() | kept)
        kept.add(row.value)
        _set(version, row, {"label_en": choice["label_en"], "position": position})
    question.choices.exclude(value__in=kept).delete()


def _set(version: ReportType, row: Model, values: dict[str, Any]) -> None:
    version.outdated = outdated.marked(version, row, values)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def key_for(words: str, taken: set[str]) -> str:
    """Return a short name made of words that no other row has; answers are kept under it."""
    stem = slugify(words)[:LONGEST_KEY].strip("-") or "question"
    number, key = 1, stem
    while key in taken | TAKEN:
        number += 1
        key = f"{stem}-{number}"
    return key
