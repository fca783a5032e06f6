"""What is kept for the next test is what the maker wrote, and nothing that the test had written before it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.models import User
from reports.models import Bureau
from tests import keeping


@pytest.fixture
def kept() -> Callable[[Callable[[], object]], keeping.Kept]:
    """Record once, under a name of its own, and return what was kept."""

    def record(make: Callable[[], object]) -> keeping.Kept:
        name = uuid4().hex
        keeping.once(name, make)
        (found,) = [kept for key, kept in keeping._kept.items() if key[0] == name]
        return found

    return record


def test_it_keeps_nothing_of_what_the_test_wrote_before(staff, kept) -> None:
    staff("olga")
    with transaction.atomic():
        staff("piet")
    found = kept(lambda: Bureau.objects.create(code="X", name="Nowhere"))
    assert {table for table in found.written if "bureau" in table} == set(found.written)


def test_it_lays_down_again_what_was_made_changed_and_removed(staff) -> None:
    olga, piet, name = staff("olga"), staff("piet"), uuid4().hex

    def make() -> str:
        staff("otto")
        User.objects.filter(pk=olga.pk).update(first_name="Olga")
        User.objects.filter(pk=piet.pk).delete()
        return "made"

    with transaction.atomic():
        assert keeping.once(name, make) == "made"
        transaction.set_rollback(True)
    assert keeping.once(name, lambda: "made anew") == "made"
    assert sorted(User.objects.values_list("username", "first_name")) == [("olga", "Olga"), ("otto", "")]
