"""Which organisations a resident is told of."""

from collections.abc import Callable
from typing import Any

import pytest

from reports.catalogue import live
from reports.models import Area, ReportType, SupportOrganisation

pytestmark = pytest.mark.django_db

SHIPPED = ["emergency", "ca-vs-hate", "la-vs-hate"]


def keys(slug: str = "lost-property", area: int | None = 1, language: str = "en") -> list[str]:
    live.clear()
    report_type = ReportType.objects.get(slug=slug, state="live")
    area_id = area and Area.objects.get(number=area).pk
    return [each.key for each in live.support(report_type, area_id, language)]


def make(key: str, areas: tuple[int, ...] = (), **fields: Any) -> SupportOrganisation:
    made = SupportOrganisation.objects.create(key=key, name=key, needs=["legal"], position=9, **fields)
    made.areas.set(Area.objects.filter(number__in=areas))
    return made


def test_the_shipped_ones_are_for_hate_and_nobody_has_invented_more() -> None:
    assert keys("hate-incident") == SHIPPED
    assert keys("theft-from-vehicle") == []
    phones = [each.phone_for() for each in SupportOrganisation.objects.all()]
    assert phones == ["911", "833-866-4283", "211"]
    assert not SupportOrganisation.objects.exclude(url="").exists()


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, True),
        ({"is_active": False}, False),
        ({"hate_only": True}, False),
        ({"report_types": ["lost-property", "theft-from-vehicle"]}, True),
        ({"report_types": ["theft-from-vehicle"]}, False),
        ({"languages": ["es", "en"]}, True),
        ({"languages": ["es"]}, False),
        ({"areas": (1, 2)}, True),
        ({"areas": (2,)}, False),
    ],
)
def test_it_fits_by_type_area_and_language(fields: dict[str, Any], shown: bool) -> None:
    make("helper", **fields)
    assert ("helper" in keys()) is shown


def test_one_for_some_areas_is_not_shown_where_the_area_is_unknown() -> None:
    make("local", areas=(1,))
    assert "local" not in keys(area=None)


def test_those_who_name_the_language_come_first() -> None:
    make("in-spanish", languages=["es"])
    assert keys("hate-incident", language="es") == ["in-spanish", *SHIPPED]


def test_it_asks_the_database_no_more_once_it_is_warm(django_assert_num_queries: Callable[[int], Any]) -> None:
    make("local", areas=(1,), languages=["en"])
    report_type = live.types()[0]
    area_id = live.areas()[0].pk
    with django_assert_num_queries(0):
        assert [each.languages_for() for each in live.support(report_type, area_id, "en")] == [["English"]]
