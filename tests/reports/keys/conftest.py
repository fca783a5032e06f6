"""Keyrings that follow one another."""

from collections.abc import Callable

import pytest

from reports import vault


@pytest.fixture
def next_ring(settings) -> Callable[[str], None]:
    """Go on to the next keyring: next_ring("encryption"), next_ring("search"), next_ring("last")."""

    def go_on(of: str) -> None:
        settings.KEYRING = vault.next_keyring(settings.KEYRING, of=of)
        vault.forget_keyring()

    return go_on
