"""The feed against its own document, by schemathesis: what fits is taken, what does not is refused, as described."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode

from reports.models import Report
from tests.reports.feed.conftest import System

DOORS = ["pull", "look", "fetch", "acknowledge"]
FEW = settings(
    max_examples=12,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def records(system: Callable[..., System], settings: Any) -> System:
    settings.FEED_REQUESTS_A_MINUTE = 1_000_000
    settings.ALLOWED_HOSTS = ["*"]
    return system(columns=["dr_number", "property", "narrative"], files="originals", reason="records")


@pytest.fixture(autouse=True)
def one_connection(records: System, report: Report) -> Iterator[None]:
    """Keep the connection of the test's transaction, as Django's own test client does, which is done by then."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("door", DOORS)
def test_schemathesis_finds_nothing(records: System, report: Report, door: str, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    operations = (found.ok() for found in schema.get_all_operations())
    operation = next(each for each in operations if each.definition.raw["operationId"].endswith(f"_{door}"))
    headers = {"Authorization": f"Bearer {records.text}"}

    @FEW
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        case.call_and_validate(headers=headers)
        if mode == GenerationMode.POSITIVE and "report_id" in case.path_parameters:
            case.path_parameters["report_id"] = str(report.pk)
            case.call_and_validate(headers=headers)

    ask()
