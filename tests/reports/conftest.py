"""What all tests of the field share."""

import pytest


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Spare the tests a hundred thousand rounds for each member of staff: no test here is about passwords."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
