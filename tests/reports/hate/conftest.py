"""Hate-crime coordinators."""

import pytest

from accounts.models import Role, User


@pytest.fixture
def cora(staff) -> User:
    """The coordinator of the Central bureau."""
    return staff("cora", Role.COORDINATOR, bureaus=["OCB"], email="cora@example.org", first_name="Cora")


@pytest.fixture
def curt(staff) -> User:
    """The coordinator of another bureau."""
    return staff("curt", Role.COORDINATOR, bureaus=["OVB"], email="curt@example.org")
