"""One section at a time, as its step does: what is typed becomes a form, its document and its lines."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from reports.catalogue import live
from reports.models import ReportType
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
