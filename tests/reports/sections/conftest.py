"""One section at a time, as its step does: what is typed becomes a form, its document and its lines."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from reports.catalogue import live
from reports.models import ExtraQuestion, ReportType, Stopper
from reports.sections import SECTIONS
from reports.sections.base import document_of

ANONYMOUS, PLAIN = "hate-incident", "theft-from-vehicle"


def kind(slug: str) -> ReportType:
    """Return a live report type with its questions."""
    return live.report_type(ReportType.objects.get(slug=slug, state="live").pk)


def many(typed: dict[str, Any]) -> MultiValueDict:
    """Return fields as a browser posts them."""
    return MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in typed.items()})


@pytest.fixture
def form(db: None) -> Callable[..., Any]:
    """Return a section's form with what was typed: form("when", date="2026-03-02")."""

    def fill(section: str, slug: str = PLAIN, **typed: Any) -> Any:
        return SECTIONS[section].form(many(typed), report_type=kind(slug))

    return fill


@pytest.fixture
def document(form: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """Return the part of the sealed document that valid answers give."""

    def make(section: str, slug: str = PLAIN, **typed: Any) -> dict[str, Any]:
        filled = form(section, slug, **typed)
        assert filled.is_valid(), filled.errors
        return document_of(filled)

    return make


@pytest.fixture
def errors(form: Callable[..., Any]) -> Callable[..., dict[str, list[str]]]:
    """Return the messages beside the fields."""

    def judge(section: str, slug: str = PLAIN, **typed: Any) -> dict[str, list[str]]:
        return {name: list(messages) for name, messages in form(section, slug, **typed).errors.items()}

    return judge


def shown(section: str, part: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """Return a part's lines: label, value, whether personal."""
    return [(str(line.label), line.value, line.personal) for line in SECTIONS[section].lines(part)]


# Sections whose options change what they ask.
VARIANTS = [("vehicles", {"crash": True}), ("person", {"call_back": True}), ("where", {"only_area": True})]
CASES = [*((key, {}) for key in SECTIONS), *VARIANTS]
EVERYTHING = "everything"


def case_name(case: tuple[str, dict[str, Any]]) -> str:
    """Return a case's name, such as "person-call_back"."""
    return "-".join([case[0], *case[1]])


def ask(slug: str, sections: list[tuple[str, dict[str, Any]]]) -> ReportType:
    """Make a live type of the sections, with two screening questions and an extra question of each kind."""
    report_type = ReportType.objects.create(
        slug=slug,
        name=slug,
        summary="x",
        state=ReportType.State.LIVE,
        may_be_anonymous=True,
        sections=[{"key": key, "options": options} for key, options in sections],
    )
    stopper = Stopper.objects.first()
    for position in range(2):
        # Neither stops on the first choice that a form offers.
        report_type.screening.create(
            key=f"s-{position}", text=f"Is it {position}?", stopper=stopper, stops_on=False, position=position
        )
    for position, each in enumerate([*ExtraQuestion.Kind, ExtraQuestion.Kind.TEXT]):
        question = report_type.questions.create(key=f"q-{position}", label=f"Which {position}?", kind=each)
        if each == ExtraQuestion.Kind.CHOICE:
            question.choices.create(value="red", label="Red one")
            question.choices.create(value="blue", label="Blue one")
    live.clear()
    return live.report_type(report_type.pk)


@pytest.fixture
def everything(db: None) -> ReportType:
    """A type that asks for all that there is."""
    return ask(EVERYTHING, [(key, dict(VARIANTS[:1]).get(key, {})) for key in SECTIONS])
