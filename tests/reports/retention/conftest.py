"""Reports that were decided long ago."""

from collections.abc import Callable

import pytest
from django.conf import settings

from accounts.models import Role, User
from reports.audit import RESIDENT, SYSTEM
from reports.models import Report
from reports.retention import actions
from reports.status import actions as status
from tests.canary import age


@pytest.fixture
def zoe(staff: Callable[..., User]) -> User:
    """Another supervisor of the Central bureau."""
    return staff("zoe", Role.SUPERVISOR, bureaus=["OCB"])


@pytest.fixture
def over(queued: Report) -> Report:
    """A report that its resident took back, longer ago than such reports are kept."""
    status.withdraw(report=queued, by=RESIDENT)
    age(queued, settings.RETENTION_WITHDRAWN_DAYS)
    return Report.objects.get(pk=queued.pk)


@pytest.fixture
def purged(over: Report) -> Report:
    """A report of which only the remainder is there."""
    assert actions.purge(by=SYSTEM) == 1
    return Report.objects.get(pk=over.pk)
