"""Two who compose, and a type that one of them has begun."""

from collections.abc import Callable

import pytest

from accounts.models import Role, User
from reports.models import ReportType, Stopper
from reports.workshop import actions, composing, life

Staff = Callable[..., User]


@pytest.fixture
def max_(staff: Staff) -> User:
    """Another supervisor: the second person."""
    return staff("max", Role.SUPERVISOR, bureaus=["OVB"])


@pytest.fixture
def draft(sue: User) -> ReportType:
    """A type that Sue composed, complete in English."""
    values = {"name_en": "Stolen bicycle", "summary_en": "Somebody took your bicycle.", "slug": "stolen-bicycle"}
    made = composing.make(values=values, by=sue)
    stopper = Stopper.objects.get(key="firearm")
    screening = {"text_en": "Was a gun used?", "help_en": "", "stops_on": True, "stopper": stopper}
    composing.screen(report_type_id=made.pk, question_id=None, values=screening, by=sue)
    composing.ask(
        report_type_id=made.pk,
        question_id=None,
        values={"label_en": "How was it locked?", "kind": "choice", "required": True},
        choices=[{"label_en": "With a chain"}, {"label_en": "Not at all"}],
        by=sue,
    )
    return ReportType.objects.get(pk=made.pk)


@pytest.fixture
def approved(draft: ReportType, sue: User, max_: User) -> ReportType:
    """The same, approved by Max."""
    actions.submit(report_type_id=draft.pk, by=sue)
    approve(draft, by=max_)
    return ReportType.objects.get(pk=draft.pk)


def approve(version: ReportType, *, by: User) -> None:
    """Approve a version as it stands now, English standing in for what is missing."""
    actions.approve(report_type_id=version.pk, seen=life.mark(version), english_stands_in=True, by=by)


def live_version(slug: str) -> ReportType:
    """Return the version of a type that is live everywhere."""
    return ReportType.objects.get(slug=slug, state="live")
