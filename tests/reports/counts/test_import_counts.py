"""Counts from before the portal: what a file may say, and what then stands in the table. Figures worked out by hand."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Role
from reports.counts.choices import Choice
from reports.counts.scope import CITY, scope_of
from reports.counts.tables import table
from reports.models import Area, AuditEvent, HistoricCategory, HistoricCount
from tests.reports.counts.conftest import Make

# The department's own figures of traffic deaths among pedestrians; the categories are no report types.
TO_DATE = """as_of,unit,category,count
2023-12-31,OCB,DUI,4
2023-12-31,OSB,DUI,5
2023-12-31,OVB,DUI,8
2023-12-31,OWB,DUI,17
2022-12-31,OCB,DUI,0
2022-12-31,OSB,DUI,1
2022-12-31,OVB,DUI,8
2022-12-31,OWB,DUI,16
2019-12-31,OCB,DUI,59
2019-12-31,OWB,DUI,16
"""


@pytest.fixture
def load(tmp_path: Path, db: None):
    """Import a text as a file."""

    def loaded(text: str, *options: str) -> None:
        file = tmp_path / "history.csv"
        file.write_bytes(text.encode())
        call_command("import_counts", str(file), *options, verbosity=0)

    return loaded


def shown(choice: Choice, *, scope=CITY) -> dict[str, list[str]]:
    """Return the rows of the last block by their units."""
    block = table(choice, scope).blocks[-1]
    return {row.unit: row.words for row in [*block.rows, block.total]}


def test_the_departments_table_of_years_before_the_portal(load) -> None:
    load(TO_DATE)
    choice = Choice(as_of=date(2023, 12, 31), compare=(2022, 2019), what="history:DUI")
    assert shown(choice) == {
        "OCB": ["4", "0", "4", "NC", "4", "59", "-55", "-93.2%"],
        "OSB": ["5", "1", "4", "400.0%", "5", "0", "5", "NC"],
        "OVB": ["8", "8", "0", "0.0%", "8", "0", "8", "NC"],
        "OWB": ["17", "16", "1", "6.3%", "17", "16", "1", "6.3%"],
        "CITYWIDE TOTAL": ["34", "25", "9", "36.0%", "34", "75", "-41", "-54.7%"],
    }
    # It stands among the types as well, and in the command.
    assert [block.name for block in table(Choice(as_of=date(2023, 12, 31))).blocks][-1] == "DUI"


def test_what_nobody_counted_is_not_known(load) -> None:
    load(TO_DATE)
    # A day for which there is no figure; a year of which there is none.
    assert shown(Choice(as_of=date(2023, 12, 30), compare=(2022,), what="history:DUI"))["OSB"] == ["", "", "", ""]
    other_year = shown(Choice(as_of=date(2023, 12, 31), compare=(2021,), what="history:DUI"))
    assert (other_year["OSB"], other_year["CITYWIDE TOTAL"]) == (["5", "", "", ""], ["34", "", "", ""])
    # Nor is it by other rows.
    assert table(Choice(as_of=date(2023, 12, 31), by="language", what="all")).blocks[-1].name == "All reports"


def test_figures_to_date_make_weeks_where_both_ends_are_known(load) -> None:
    load(
        "as_of,unit,category,count\n2022-11-05,OCB,DUI,10\n2022-11-12,OCB,DUI,13\n2022-11-19,OCB,DUI,20\n"
        "2022-01-08,OCB,DUI,1\n"
    )
    week = Choice(as_of=date(2022, 11, 19), layout="week", what="history:DUI")
    assert shown(week)["OCB"] == ["7", "3", "4", "133.3%"]
    # The week of 6 to 12 November is known, the one before is not.
    assert shown(Choice(as_of=date(2022, 11, 12), layout="week", what="history:DUI"))["OCB"] == ["3", "", "", ""]


def test_days_are_summed(load) -> None:
    load(
        "date,unit,category,count\n2022-01-01,1,Burglary,2\n2022-02-28,1,Burglary,3\n2022-03-01,2,Burglary,5\n"
        "2022-03-01,5,Burglary,1\n2021-12-31,1,Burglary,9\n2021-02-28,5,Burglary,4\n2023-06-01,1,Burglary,1\n"
    )
    to_march = Choice(as_of=date(2022, 3, 1), compare=(2021,), what="history:Burglary")
    assert shown(to_march) == {
        "OCB": ["10", "0", "10", "NC"],
        "OSB": ["1", "4", "-3", "-75.0%"],
        "OVB": ["0", "0", "0", "NC"],
        "OWB": ["0", "0", "0", "NC"],
        "CITYWIDE TOTAL": ["11", "4", "7", "175.0%"],
    }
    by_area = shown(Choice(as_of=date(2022, 3, 1), compare=(2021,), what="history:Burglary", by="area", bureau="OCB"))
    assert (by_area["1"][0], by_area["2"][0], by_area["OCB TOTAL"][0]) == ("5", "5", "10")


def test_history_and_portal_make_one_figure(load, make: Make, freshness) -> None:
    # The portal begins on 1 May 2026. Until 30 April the agency counted otherwise, and all of 2025.
    load("as_of,unit,category,count\n2026-04-30,OCB,THEFT,100\n2025-11-21,OCB,Theft,180\n2025-11-21,OSB,theft,7\n")
    from reports.models import Report

    Report.objects.all().delete()
    for at in ("2026-05-01T00:00", "2026-05-01T12:00", "2026-11-21T23:59", "2026-11-22T00:00"):
        make(at, type="theft")
    freshness()
    rows = shown(Choice(as_of=date(2026, 11, 21), what="type:theft"))
    assert rows["OCB"] == ["103", "180", "-77", "-42.8%"]
    assert rows["OSB"] == ["0", "7", "-7", "-100.0%"]
    # One category under one spelling.
    assert HistoricCategory.objects.get().name == "THEFT"


def test_a_figure_to_date_takes_the_place_of_what_the_portal_counted(load, make: Make) -> None:
    for at in ("2026-03-01T12:00", "2026-04-30T23:59", "2026-05-01T00:00"):
        make(at, type="theft")
    load("as_of,unit,category,count\n2026-04-30,OCB,Theft,100\n")
    assert shown(Choice(as_of=date(2026, 11, 21), what="type:theft"))["OCB"][0] == "101"


def test_bureaus_cannot_be_parted_into_areas(load) -> None:
    load(TO_DATE)
    rows = shown(Choice(as_of=date(2023, 12, 31), compare=(2022,), by="area", what="history:DUI"))
    assert rows["CITYWIDE TOTAL"] == ["", "", "", ""]


def test_history_obeys_scope(load, staff) -> None:
    load(TO_DATE)
    sam = staff("sam", Role.SUPERVISOR, bureaus=["OSB"])
    rows = shown(Choice(as_of=date(2023, 12, 31), compare=(2022,), what="history:DUI"), scope=scope_of(sam))
    assert rows == {"OSB": ["5", "1", "4", "400.0%"], "TOTAL OF OWN AREAS": ["5", "1", "4", "400.0%"]}


def test_twice_changes_nothing_and_a_correction_replaces(load) -> None:
    load(TO_DATE)
    rows = sorted(HistoricCount.objects.values_list())
    load(TO_DATE)
    assert sorted(HistoricCount.objects.values_list()) == rows
    load("as_of,unit,category,count\n2023-12-31,OCB,dui,6\n")
    assert shown(Choice(as_of=date(2023, 12, 31), what="history:DUI"))["OCB"][0] == "6"
    assert HistoricCount.objects.count() == len(rows)
    events = AuditEvent.objects.filter(verb="counts.import_counts").order_by("id")
    assert [event.details for event in events] == [
        {"lines": 10, "changed": 0}, {"lines": 10, "changed": 0}, {"lines": 1, "changed": 1},
    ]  # fmt: skip


def test_a_trial_stores_nothing(load) -> None:
    load(TO_DATE, "--dry-run")
    assert not HistoricCount.objects.exists()
    assert not HistoricCategory.objects.exists()
    assert not AuditEvent.objects.filter(verb="counts.import_counts").exists()


def test_other_spellings_of_csv_are_read(load) -> None:
    load('\ufeffAs_Of,Unit,Category,Count\r\n2023-12-31,OCB,"Hit, and   run", 4 \r\n\r\n')
    assert HistoricCategory.objects.get().name == "Hit, and run"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Line 1: the header must be"),
        ("day,unit,category,count\n", "Line 1: the header must be"),
        ("as_of,unit,category\n", "Line 1: the header must be"),
        ("as_of,unit,category,count\n2023-12-31,OCB,DUI,4\n2023-02-29,OCB,DUI,4\n", "Line 3: “2023-02-29” is no day"),
        ("as_of,unit,category,count\n31.12.2023,OCB,DUI,4\n", "Line 2: “31.12.2023” is no day"),
        ("as_of,unit,category,count\n0001-01-01,OCB,DUI,4\n", "Line 2: “0001-01-01” is no day"),
        ("as_of,unit,category,count\n2023-12-31,XYZ,DUI,4\n", "Line 2: “XYZ” is no bureau"),
        ("as_of,unit,category,count\n2023-12-31,99,DUI,4\n", "Line 2: “99” is no bureau"),
        ("as_of,unit,category,count\n2023-12-31,OCB,,4\n", "Line 2: The category must have"),
        ("as_of,unit,category,count\n2023-12-31,OCB,DUI,-4\n", "Line 2: “-4” is no whole number"),
        ("as_of,unit,category,count\n2023-12-31,OCB,DUI,4.5\n", "Line 2: “4.5” is no whole number"),
        ("as_of,unit,category,count\n2023-12-31,OCB,DUI,٤\n", "Line 2: “٤” is no whole number"),
        ("as_of,unit,category,count\n2023-12-31,OCB,DUI,99999999999\n", "Line 2: “99999999999” is no whole number"),
        ("as_of,unit,category,count\n2023-12-31,OCB,DUI\n", "Line 2: 3 cells, not 4."),
        (
            "as_of,unit,category,count\n2023-12-31,OCB,DUI,4\n2023-12-31,OCB,dui,4\n",
            "Line 3: The same count stands in line 2",
        ),
        (
            "as_of,unit,category,count\n2023-12-31,OCB,DUI,4\n2023-12-31,1,DUI,4\n",
            "Line 3: “DUI” of 2023-12-31 is counted",
        ),
        ('as_of,unit,category,count\n2023-12-31,OCB,"DUI,4\n', "The file is no CSV"),
    ],
)
def test_a_wrong_line_refuses_the_whole_file(load, text: str, said: str) -> None:
    with pytest.raises(CommandError) as refused:
        load(text)
    assert said in str(refused.value)
    assert not HistoricCount.objects.exists()
    assert not HistoricCategory.objects.exists()


def test_every_wrong_line_is_named(load) -> None:
    with pytest.raises(CommandError) as refused:
        load("date,unit,category,count\n2023-12-31,XYZ,DUI,4\n2023-12-31,OCB,DUI,4\nsoon,OCB,DUI,x\n")
    assert [line[:7] for line in str(refused.value).splitlines()[1:]] == ["Line 2:", "Line 4:", "Line 4:"]


def test_a_bureau_beside_its_own_area_is_refused_across_files_too(load) -> None:
    load("date,unit,category,count\n2023-12-31,1,DUI,4\n2023-12-31,OSB,DUI,4\n")
    with pytest.raises(CommandError, match="Line 2"):
        load("date,unit,category,count\n2023-12-31,OCB,DUI,4\n")
    assert HistoricCount.objects.filter(area=Area.objects.get(number=1)).count() == 1


def test_a_file_that_is_not_there_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_counts", "/nowhere.csv", verbosity=0)
