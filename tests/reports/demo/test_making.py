"""What a demo report is made of, before anything is stored."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from reports import vault
from reports.catalogue import outlines
from reports.codes import understand_reference
from reports.demo.answers import MAKERS
from reports.demo.draw import Numbers
from reports.demo.found import keyed_terms
from reports.demo.making import Made, Maker, Plan
from reports.demo.moments import Moments
from reports.demo.sketch import draw_areas
from reports.sections import SECTIONS
from reports.sections.base import document_of

ZONE = timezone.get_default_timezone()
SOME = range(0, 300, 2)


def content(made: Made) -> tuple[Any, ...]:
    """Return all that a seed decides."""
    report = made.report
    return (report.pk, report.draft_id, report.reference, report.language, report.reported_at, made.parts, made.life)


def raw(part: dict[str, Any]) -> MultiValueDict[str, Any]:
    """Return an answer as a browser would post it."""
    if "each" in part:
        count = str(len(part["each"]))
        rows = {f"form-{at}-{name}": value for at, row in enumerate(part["each"]) for name, value in row.items()}
        rows |= {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": "0"}
    else:
        rows = {name: value for name, value in part.items() if name != "type"}
    return MultiValueDict({name: value if isinstance(value, list) else [str(value)] for name, value in rows.items()})


def test_it_makes_the_same_reports_for_a_seed_in_any_order(plan: Plan) -> None:
    forwards = [content(Maker(plan).make(number)) for number in range(40)]
    one = Maker(plan)
    backwards = [content(one.make(number)) for number in reversed(range(40))]
    assert forwards == backwards[::-1]


def test_it_makes_other_reports_for_another_seed(plan: Plan) -> None:
    other = Maker(replace(plan, seed=2))
    shared = {Maker(plan).make(number).report.reference for number in range(20)} & {
        other.make(number).report.reference for number in range(20)
    }
    assert not shared


def test_it_knows_every_section() -> None:
    assert MAKERS.keys() == SECTIONS.keys()


def test_it_answers_as_the_forms_would(maker: Maker) -> None:
    for number in SOME:
        made = maker.make(number)
        for step, part in made.parts.items():
            form = SECTIONS[step].form(raw(part), report_type=made.report.report_type)
            assert form.is_valid(), (step, part, form.errors)
            assert document_of(form) == part


def test_it_answers_every_step_of_the_type(maker: Maker) -> None:
    for number in SOME:
        made = maker.make(number)
        assert list(made.parts) == maker.choices.sections[made.report.report_type_id]


def test_it_finds_by_the_same_terms_as_intake(maker: Maker) -> None:
    for number in SOME:
        parts = maker.make(number).parts
        assert keyed_terms(parts) == vault.keyed(
            term for step, part in parts.items() for term in SECTIONS[step].terms(part)
        )


def test_it_keeps_names_only_where_the_type_asks_for_them(maker: Maker) -> None:
    reports = [maker.make(number).report for number in range(300)]
    assert any(report.is_anonymous for report in reports)
    assert all(report.report_type.may_be_anonymous for report in reports if report.is_anonymous)


def test_it_reports_some_things_twice(plan: Plan) -> None:
    maker = Maker(replace(plan, reports=2000))
    parts = [maker.make(number).parts for number in range(400)]
    mails = Counter(part["person"].get("email") for part in parts)
    again = [mail for mail, count in mails.items() if mail and count > 1]
    assert 3 <= len(again) <= 25
    stories = {part["narrative"]["story"] for part in parts if part["person"].get("email") == again[0]}
    assert len({frozenset(story.split()) for story in stories}) > 1


def test_it_uses_only_numbers_and_addresses_that_belong_to_nobody(maker: Maker) -> None:
    for number in SOME:
        person = maker.make(number).parts["person"]
        assert "55501" in "".join(filter(str.isdigit, person.get("phone", "55501")))
        assert person.get("email", "@example.com").partition("@")[2] in {"example.com", "example.org", "example.net"}


def test_it_never_says_that_something_happened_after_it_was_reported(maker: Maker) -> None:
    for number in SOME:
        report = maker.make(number).report
        assert report.occurred_from is None or report.occurred_from <= report.reported_at


def test_it_ends_before_its_day(maker: Maker) -> None:
    for number in SOME:
        made = maker.make(number)
        moments = [made.report.reported_at, *(taken.step.at for taken in made.life)]
        assert moments == sorted(moments)
        assert moments[-1] < maker.moments.end


@pytest.mark.parametrize("number", [0, 1, 999_999, 5_000_000])
def test_it_writes_references_that_can_be_read_back(number: int) -> None:
    reference = Numbers(seed=7).reference(number)
    assert understand_reference(reference.lower().replace("-", " ")) == reference


def test_it_never_gives_a_number_twice() -> None:
    numbers = Numbers(seed=3)
    some = range(0, 1_000_000, 9)
    assert len({numbers.reference(number) for number in some}) == len(some)
    assert len({numbers.dr_number(number) for number in some}) == len(some)


def test_it_writes_report_numbers_that_look_made_up() -> None:
    import re

    number = Numbers(seed=3).dr_number(12)
    assert re.fullmatch(settings.DR_NUMBER_PATTERN, number)
    assert number.startswith("99")


def test_it_follows_the_week_the_season_and_the_years() -> None:
    from reports.demo.draw import Draw

    moments = Moments(reports=50_000, seed=1, until=date(2026, 3, 18), zone=ZONE)
    draw = Draw(5)
    times = [moments.moment(number, draw).astimezone(ZONE) for number in range(50_000)]
    weekdays, years = (
        Counter(at.weekday() for at in times),
        Counter((at.date() - times[0].date()).days // 365 for at in times),
    )
    months, hours = Counter(at.month for at in times), Counter(at.hour for at in times)
    assert weekdays[0] > weekdays[3] > weekdays[6]
    assert years[0] < years[1] < years[2]
    assert months[7] > months[2]
    assert hours[10] > 5 * hours[3]
    assert [at.date() for at in times] == sorted(at.date() for at in times)


def test_it_speaks_the_languages_of_the_city(plan: Plan) -> None:
    maker = Maker(replace(plan, reports=3000))
    told = [maker.make(number) for number in range(300)]
    assert {made.report.language for made in told} == {code for code, _ in settings.LANGUAGES}
    assert any(letter > "\u0500" for made in told for letter in made.parts["narrative"]["story"])


def test_it_leaves_no_gap_unfilled(maker: Maker) -> None:
    for number in range(300):
        assert not set("{}") & set(maker.make(number).parts["narrative"]["story"])


def test_it_marks_some_places_on_the_map_where_there_is_one(plan: Plan) -> None:
    without = [Maker(plan).make(number).parts["where"] for number in SOME]
    assert not [part for part in without if "latitude" in part]
    draw_areas()
    marked = [Maker(plan).make(number).parts["where"] for number in SOME]
    places = [part for part in marked if "latitude" in part]
    assert len(SOME) / 8 < len(places) < len(SOME) / 2
    for part in places:
        assert outlines.area_at(float(part["longitude"]), float(part["latitude"])).pk == part["area"]
    bare = [{name: part[name] for name in part if name not in {"latitude", "longitude"}} for part in marked]
    assert bare == without
