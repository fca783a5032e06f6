"""Staff with e-mail addresses."""

import pytest

from accounts.models import User


@pytest.fixture(autouse=True)
def addresses(olga: User, piet: User, sue: User) -> None:
    """Give the cast addresses."""
    for user in (olga, piet, sue):
        user.email = f"{user.username}@example.org"
        user.save(update_fields=["email"])
