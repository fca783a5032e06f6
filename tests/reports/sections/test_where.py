"""Where it happened."""

import pytest

from reports import terms
from reports.models import Area
from reports.sections import SECTIONS
from tests.reports.sections.conftest import shown


@pytest.fixture
def central(db: None) -> Area:
    return Area.objects.get(number=1)


def test_a_whole_answer(document, central: Area) -> None:
    part = document("where", address="6th and Main", detail="second floor", area=str(central.pk), premise="18")
    assert part == {"address": "6th and Main", "detail": "second floor", "area": central.pk, "premise": "18"}
    assert {name: SECTIONS["where"].columns(part)[name] for name in ("area_id", "premise")} == {
        "area_id": central.pk,
        "premise": "18",
    }
    assert [(label, value, personal) for label, value, personal in shown("where", part)][:3] == [
        ("Place", "6th and Main", True),
        ("More about the place", "second floor", True),
        ("Part of the city", "Central", False),
    ]


@pytest.mark.parametrize("typed", [{"address": "the park"}, {"detail": "bus 20"}, {"premise": "18"}])
def test_any_one_thing_is_enough(errors, typed: dict[str, str]) -> None:
    assert errors("where", **typed) == {}


def test_the_area_alone_is_enough(errors, central: Area) -> None:
    assert errors("where", area=str(central.pk)) == {}


def test_nothing_is_not_enough(errors) -> None:
    assert errors("where") == {"address": ["Tell us something about the place, or choose the part of the city."]}
    assert list(errors("where", address="  ", area="", premise="")) == ["address"]


def test_an_unknown_area_is_a_report_without_one(document) -> None:
    part = document("where", address="the park", area="", premise="")
    assert SECTIONS["where"].columns(part)["area_id"] is None
    assert ("Part of the city", "Not known", False) in shown("where", part)


@pytest.mark.parametrize("typed", [{"area": "0"}, {"area": "Central"}, {"premise": "999"}, {"address": "x" * 301}])
def test_what_is_not_on_the_list_is_refused(errors, typed: dict[str, str]) -> None:
    assert list(errors("where", **typed)) == list(typed)


def test_an_area_that_is_closed_is_not_offered(errors, central: Area) -> None:
    Area.objects.filter(pk=central.pk).update(is_active=False)
    assert list(errors("where", area=str(central.pk))) == ["area"]


def test_it_is_found_by_its_address(document) -> None:
    part = document("where", address="Calle Sexta y Main")
    assert set(terms.words("calle sexta main")) <= set(SECTIONS["where"].terms(part))
