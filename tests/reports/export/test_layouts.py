"""NIBRS codes and the layout of the city: what does not fit is listed, and no exact place is published."""

import csv
from pathlib import Path

import pytest

from accounts.models import User
from reports.export import nibrs
from reports.export.hundred_block import cut
from reports.models import CodedFact, Report
from tests.desk import approved
from tests.reports.export.conftest import local, rows
from tests.resident import Resident

SHIPPED = Path(__file__).resolve().parents[3] / "reports" / "catalogue" / "los_angeles" / "codes"


def misfits(export: object) -> dict[str, str]:
    """Return what does not fit of single reports: column to reason."""
    return {row["column"]: row["why"] for row in rows(export, "misfits") if row["reference"] != "*"}


def test_the_tables_are_those_of_the_catalogue_without_the_portals_own_codes() -> None:
    names = {
        "bias_motivations": "bias",
        "locations": "location",
        "property_descriptions": "property",
        "offenses": "offence",
        "property_loss_types": "loss",
    }
    for name, shipped in names.items():
        with (SHIPPED / f"{shipped}.csv").open(encoding="utf-8", newline="") as file:
            there = {row["code"]: row["name"] for row in csv.DictReader(file)}
        assert nibrs.table(name).items() <= there.items()
        assert there.keys() - nibrs.table(name).keys() <= {"LOST"}


def test_a_theft_in_codes(march: Report, made) -> None:
    CodedFact.objects.filter(report=march, kind="property").update(loss="7", value="249.50", code="75")
    (row,) = rows(made(preset="nibrs"))
    told = {name: value for name, value in row.items() if value}
    assert told == {
        "2 Incident Number": "260012345",
        "3 Incident Date/Hour": "20260302 21",
        "6 UCR Offense Code": "23F",
        "8A Bias Motivation": "88",
        "9 Location Type": "18",
        "14 Type Property Loss": "7",
        "15 Property Description": "75",
        "16 Value of Property": "250",
        "25 Type of Victim": "I",
    }


OFFENCE, BIAS, PLACE, LOSS = "6 UCR Offense Code", "8A Bias Motivation", "9 Location Type", "14 Type Property Loss"


@pytest.mark.parametrize(
    ("facts", "fields", "column", "why"),
    [
        ({"kind": "offence", "code": "99Z"}, {}, OFFENCE, "The offense code is not in the table."),
        (
            {"kind": "property", "code": "75", "loss": "LOST"},
            {},
            LOSS,
            "NIBRS has no code for this kind of loss.",
        ),
        ({"kind": "property", "code": "75"}, {}, LOSS, "How it was lost was not said by an officer yet."),
        (
            {"kind": "property", "code": "ZZ", "loss": "7"},
            {},
            "15 Property Description",
            "The property code is not in the table.",
        ),
        ({}, {"premise": ""}, PLACE, "The kind of place is not known."),
        ({}, {"premise": "99"}, PLACE, "The code of the place is not in the table."),
        ({}, {"occurred_from": None}, "3 Incident Date/Hour", "When it happened is not known."),
        ({}, {"dr_number": "1234567890123"}, "2 Incident Number", "The number is not 1 to 12 letters and digits."),
        ({}, {"possible_hate": True}, BIAS, "It was not classified yet whether it is a hate crime."),
        ({}, {"possible_hate": True, "hate_verdict": "crime"}, BIAS, "A hate crime has one to five biases."),
        ({"kind": "bias", "code": "00"}, {"hate_verdict": "crime"}, BIAS, "The bias code is not in the table."),
    ],
)
def test_what_does_not_fit_is_listed_and_not_guessed(
    march, made, facts: dict, fields: dict, column: str, why: str
) -> None:
    CodedFact.objects.filter(report=march).delete()
    if facts:
        CodedFact.objects.create(report=march, **facts)
    Report.objects.update(**fields)
    export = made(preset="nibrs")
    assert (rows(export)[0][column], misfits(export)) == ("", {column: why})
    assert export.misfits == 1


def test_a_day_without_an_hour_has_none_and_a_hate_crime_its_biases(march, made) -> None:
    for code in ("14", "25"):
        CodedFact.objects.create(report=march, kind="bias", code=code)
    start, end = local("2026-03-02T00:00"), local("2026-03-02T23:59")
    Report.objects.update(occurred_from=start, occurred_until=end, hate_verdict="crime")
    (row,) = rows(made(preset="nibrs"))
    assert row["3 Incident Date/Hour"] == "20260302"
    assert (row["8A Bias Motivation"], row["8A-2 Bias Motivation"]) == ("14", "25")


def test_what_the_portal_never_asks_is_said_once(march, made) -> None:
    told = [row["column"] for row in rows(made(preset="nibrs"), "misfits") if row["reference"] == "*"]
    assert told[0] == "7 Offense Attempted/Completed"
    assert len(told) == 11


# --- The city's layout ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("1358 N Wilcox Ave Apt 4", ("1300 N WILCOX AV", "")),
        ("200 north spring street, los angeles", ("200 N SPRING ST", "")),
        ("251 E 6th St", ("200 E 6TH ST", "")),
        ("12 Main St.", ("0 MAIN ST", "")),
        ("1546 W Martin Luther King Jr Blvd 90062", ("1500 W MARTIN LUTHER KING JR BL", "")),
        ("１３５８ N Wilcox Ave", ("1300 N WILCOX AV", "")),
        ("6th and Main", ("6TH", "MAIN")),
        ("Hollywood Blvd & Vine St", ("HOLLYWOOD BL", "VINE ST")),
        ("at Ana's house", ("", "")),
        ("Ana and Bob", ("", "")),
        ("the park next to the library", ("", "")),
        ("2135550142", ("", "")),
        ("213 555 0142", ("", "")),
        ("555 Ana Flores", ("", "")),
        ("", ("", "")),
    ],
)
def test_an_address_is_cut_to_its_hundred_block_or_left_out(address: str, block: tuple[str, str]) -> None:
    assert cut(address) == block


def test_the_layout_of_the_city(olga: User, made) -> None:
    report = Resident().file("theft-from-vehicle", where={"address": "1358 N Wilcox Ave #4", "area": "1"}).report
    Report.objects.update(state="queued")
    approved(report, olga)
    Report.objects.update(reported_at=local("2026-03-03T08:15"))
    export = made(preset="city")
    told = {name: value for name, value in rows(export)[0].items() if value}
    assert told == {
        "DR_NO": "260012345",
        "Date Rptd": "03/03/2026 12:00:00 AM",
        "DATE OCC": "03/02/2026 12:00:00 AM",
        "TIME OCC": "2130",
        "AREA": "01",
        "AREA NAME": "Central",
        "Crm Cd Desc": "FROM MOTOR VEHICLE",
        "LOCATION": "1300 N WILCOX AV",
    }
    assert not export.personal


def test_of_a_hate_report_no_place_finer_than_its_area_leaves(sue: User, made) -> None:
    report = Resident().file("hate-incident", where={"address": "1358 N Wilcox Ave", "area": "1"}).report
    Report.objects.update(state="queued")
    approved(report, sue)
    export = made(preset="city")
    (row,) = rows(export)
    assert [row[name] for name in ("LOCATION", "Cross Street", "LAT", "LON")] == [""] * 4
    assert misfits(export)["LOCATION"] == "Of a hate report no place finer than the area is published."
