"""The catalogue in memory: few queries when cold, none when warm, and every language from one copy."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from itertools import groupby
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from reports.audit import SYSTEM
from reports.catalogue import live
from reports.catalogue.extract import SHIPPED
from reports.catalogue.loader import load
from reports.models import Area, Code, CodeTable, ReportType

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_loaded")]

Queries = Callable[[int], object]


@pytest.fixture
def city(nothing_loaded: None) -> None:
    load(folder=SHIPPED, by=SYSTEM)


def read_everything() -> list[str]:
    texts = [area.bureau.name for area in live.areas()]
    for report_type in live.types():
        texts += [question.stopper.body_for() for question in report_type.screening.all()]
        texts += [choice.label for question in report_type.questions.all() for choice in question.choices.all()]
        texts += [area.name for area in report_type.areas.all()] + [str(report_type.offence)]
        texts += [each.description_for() for each in live.support(report_type, None, "en")]
    return texts + [code.wording for table in CodeTable for code in live.codes(table)]


def test_it_reads_all_in_a_few_queries_and_then_none(city: None, django_assert_num_queries: Queries) -> None:
    # One of them asks for the stamp, one for the names of all kinds there ever were.
    with django_assert_num_queries(14):
        cold = read_everything()
    with django_assert_num_queries(0):
        assert read_everything() == cold
    assert len(cold) > 250


def test_it_is_not_read_anew_while_nothing_changes(
    village: Path, settings: object, django_assert_num_queries: Queries
) -> None:
    load(folder=village, by=SYSTEM)
    settings.CATALOGUE_CACHE_SECONDS = 0
    (area,) = live.areas()
    with django_assert_num_queries(1):
        assert live.areas()[0] is area
    live.clear()
    with django_assert_num_queries(1):
        assert live.areas()[0] is area


def test_any_change_makes_another_stamp(city: None) -> None:
    stamps = [live._stamp()]
    for source in live.SOURCES:
        for one in source.objects.order_by("pk").values_list("pk", flat=True)[:1]:
            source.objects.filter(pk=one).update(**{source._meta.pk.attname: one})
            stamps.append(live._stamp())
    assert len(stamps) > 10
    report_type = ReportType.objects.get(slug="theft")
    report_type.areas.add(Area.objects.earliest("pk"))
    stamps.append(live._stamp())
    report_type.areas.clear()
    stamps.append(live._stamp())
    assert len(set(stamps)) == len(stamps) - 1, "two stamps are the same though something was changed"
    assert stamps[-1] == stamps[-3], "taken back, it is as before"


def test_the_stamp_knows_every_table_that_is_read(city: None) -> None:
    live.clear()
    with CaptureQueriesContext(connection) as read:
        read_everything()
    names = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(query["sql"] for query in read.captured_queries)))
    assert names == {source._meta.db_table for source in live.SOURCES}


def test_it_shows_live_types_in_order(city: None) -> None:
    slugs = [report_type.slug for report_type in live.types()]
    assert slugs[:2] == ["lost-property", "theft"]
    assert slugs[-1] == "supplement"
    assert len(slugs) == 14


def test_it_groups_the_types_under_their_headings(city: None) -> None:
    groups = live.types_by_group()
    assert [heading for heading, _types in groups] == [
        "Something was taken or lost",
        "Something was damaged",
        "Hateful or unwanted words",
        "Money or identity",
        "Something else",
    ]
    assert [each.slug for each in groups[2][1]] == ["hate-incident", "harassing-contact"]
    assert {each for _heading, types in groups for each in types} == set(live.types())


def test_it_shows_a_type_without_a_heading_last(city: None) -> None:
    ReportType.objects.filter(slug__in=["theft", "lost-property"]).update(group="")
    ReportType.objects.filter(slug="vandalism").update(group="a heading that was removed")
    live.clear()
    heading, left = live.types_by_group()[-1]
    assert heading == ""
    assert {each.slug for each in left} == {"theft", "lost-property", "vandalism"}


def test_it_finds_a_type_that_the_start_page_does_not_offer(city: None) -> None:
    assert "hate-callback" not in [each.slug for each in live.types()]
    assert live.type_named("hate-callback").name == "Call back after a hate incident"
    ReportType.objects.filter(slug="hate-callback").update(state="retired")
    live.clear()
    assert live.type_named("hate-callback") is None
    assert live.type_named("") is None


def test_it_waits_for_the_day_from_which_a_type_is_live(city: None) -> None:
    ReportType.objects.filter(slug="lost-property").update(live_from=timezone.now() + timedelta(hours=1))
    assert "lost-property" not in [report_type.slug for report_type in live.types()]


def test_it_gives_an_old_version_to_a_draft_once_asked(
    village: Path, edit: Callable[..., None], django_assert_num_queries: Queries
) -> None:
    load(folder=village, by=SYSTEM)
    old = ReportType.objects.get()
    edit(may_be_anonymous=True)
    load(folder=village, by=SYSTEM)
    live.types()
    assert old.pk not in [report_type.pk for report_type in live.types()]
    assert live.report_type(old.pk).screening.all()[0].stopper.key == "call-us"
    with django_assert_num_queries(0):
        assert live.report_type(old.pk).questions.all()[0].choices.all()[0].label == "Small"


def test_it_says_when_a_type_does_not_exist() -> None:
    with pytest.raises(ReportType.DoesNotExist):
        live.report_type(404)


def test_it_speaks_the_language_of_the_moment(village: Path) -> None:
    load(folder=village, by=SYSTEM)
    (report_type,) = live.types()
    assert report_type.name == "Broken window"
    with translation.override("es"):
        assert report_type.name == "Ventana rota"


def test_it_goes_on_with_its_copy_until_it_is_too_old(village: Path, settings: object) -> None:
    load(folder=village, by=SYSTEM)
    live.areas()
    Area.objects.update(name="Renamed")
    assert live.areas()[0].name == "Harbor Side"
    settings.CATALOGUE_CACHE_SECONDS = 0
    assert live.areas()[0].name == "Renamed"


def test_it_forgets_when_told(village: Path) -> None:
    load(folder=village, by=SYSTEM)
    live.areas()
    Area.objects.update(is_active=False)
    live.clear()
    assert live.areas() == []
    # A report of the past still knows its area.
    assert live.area(Area.objects.get().pk) == Area.objects.get()
    assert live.area(None) is None


def test_it_offers_codes_under_their_headings_in_order(city: None) -> None:
    Code.objects.filter(table=CodeTable.BIAS, code="14").update(is_active=False)
    live.clear()
    bias = live.codes(CodeTable.BIAS, offered_only=True)
    groups = [category for category, _ in groupby(bias, key=lambda code: code.category)]
    assert groups == [code.code for code in live.codes(CodeTable.CATEGORY) if code.code in groups]
    assert not {"14", "88"} & {code.code for code in bias}
    assert live.code(CodeTable.BIAS, "14").name == "Asian"
    assert live.code(CodeTable.BIAS, "nothing") is None
    assert live.codes("nothing") == []


@pytest.mark.django_db(transaction=True)
def test_it_is_read_once_by_many_threads(village: Path) -> None:
    load(folder=village, by=SYSTEM)
    found: list[list[Area]] = []

    def ask() -> None:
        try:
            found.append(live.areas())
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({id(areas[0]) for areas in found}) == 1
