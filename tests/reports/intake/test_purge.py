"""Drafts whose time is over."""

from datetime import timedelta

from django.utils import timezone

from reports.audit import SYSTEM
from reports.intake import actions
from reports.models import Draft
from tests.resident import Resident


def test_it_deletes_a_draft_after_its_14_days_and_no_other(resident: Resident) -> None:
    old, young = resident.begin("lost-property"), resident.begin("lost-property")
    Draft.objects.filter(pk=old).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert actions.purge(by=SYSTEM) == 1
    assert list(Draft.objects.values_list("pk", flat=True)) == [young]


def test_a_new_draft_lives_for_14_days(resident: Resident) -> None:
    resident.begin("lost-property")
    assert timedelta(days=13, hours=23) < Draft.objects.get().expires_at - timezone.now() <= timedelta(days=14)
