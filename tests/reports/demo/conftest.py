"""A small demo, made once for each test."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Role, User
from reports.demo import actions
from reports.demo.making import Maker, Plan

UNTIL = date(2026, 3, 18)


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    """An empty file store."""
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def plan(db: None) -> Plan:
    """Three hundred reports up to a Wednesday, in the name of an officer, a supervisor and a translator."""
    people = {}
    for name in ("officer", "supervisor", "translator"):
        people[name] = User.objects.create_user(name, is_staff=True, roles=[Role(name)], citywide=True).pk
    return Plan(reports=300, seed=1, until=UNTIL, **people)


@pytest.fixture
def maker(plan: Plan) -> Maker:
    """Makes the plan's reports without storing them."""
    return Maker(plan)


@pytest.fixture
def filled(plan: Plan) -> Plan:
    """The plan, carried out."""
    actions.fill(plan)
    return plan
