"""Nobody here fills in a form as a person does."""

import pytest


@pytest.fixture(autouse=True)
def unhurried(settings) -> None:
    """Let residents of tests write as fast as they do without their reports being held for it."""
    settings.LEAST_FILING_SECONDS = 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
