"""The page of numbers and its files: what they show, and that nobody works out from all of it what is hidden."""

import csv
import json
import random
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reports.audit import SYSTEM
from reports.models import PublicWeek
from reports.statistics import publishing
from tests.reports.counts.conftest import ask, local
from tests.reports.statistics.conftest import FULL, Fill
from tests.reports.statistics.solver import ranges

URL = "/en/statistics/"
MONDAY = local("2026-11-23T06:00")


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """What another test published is forgotten."""
    cache.delete(publishing.CACHE_KEY)
    yield
    cache.delete(publishing.CACHE_KEY)


@pytest.fixture
def weeks(fill: Fill) -> None:
    """Three weeks with many small figures, the same each time."""
    draw = random.Random(7)  # noqa: S311 (figures of a test)
    for at in ("2026-11-02T12:00", "2026-11-10T12:00", "2026-11-21T12:00"):
        fill(at, {place: draw.choice([0, 1, 3, 4, 6, 9, 15, 40, 90]) for place in FULL})
    publishing.publish(by=SYSTEM, now=MONDAY)


@pytest.fixture
def one_week(fill: Fill) -> None:
    """A week with 40 in each place but for 1,200 thefts in the first area and 50 cases of vandalism in the second."""
    fill("2026-11-16T12:00", {("theft", 1): 1200, ("vandalism", 2): 50})
    publishing.publish(by=SYSTEM, now=MONDAY)


def rows(client: Client, year: int = 2026) -> list[dict[str, Any]]:
    """Return the rows of the JSON file."""
    found = json.loads(client.get(f"{URL}reports-{year}.json").content)
    names = [field["name"] for field in found["fields"]]
    return [dict(zip(names, row, strict=True)) for row in found["rows"]]


def table(week: list[dict[str, Any]]) -> list[list[int | None]]:
    """Put the rows of one week together as a table with its totals."""
    width = len({row["area_number"] for row in week})
    return [[row["report_count"] for row in week[at : at + width]] for at in range(0, len(week), width)]


# --- What cannot be found out -----------------------------------------------------------------
def test_from_all_that_is_published_nobody_works_out_a_small_number(weeks: None, client: Client) -> None:
    truth = {
        (f"{ending}", slug, str(area)): number
        for ending, slug, area, number in ask(
            "SELECT (date_trunc('week', (r.reported_at AT TIME ZONE 'America/Los_Angeles') + interval '1 day')"
            " + interval '5 days')::date, t.slug, coalesce(a.number, 0), count(*) FROM reports_report r"
            " JOIN reports_reporttype t ON t.id = r.report_type_id LEFT JOIN reports_area a ON a.id = r.area_id"
            " GROUP BY 1, 2, 3"
        )
    }
    found = rows(client)
    secrets = 0
    for ending in ("2026-11-07", "2026-11-14", "2026-11-21"):
        week = [row for row in found if row["week_end"] == ending]
        told = table(week)
        learnt = ranges(told)
        width = len(told[0])
        for at, row in enumerate(week):
            number = truth.get((ending, row["kind_code"], str(row["area_number"])), 0)
            is_inner = row["kind_code"] != "all" and row["area_number"] != "all"
            least = 11 if row["kind_code"].startswith("hate") else 5
            if is_inner and number < least:
                secrets += 1
                low, high = learnt[at // width, at % width]
                assert low == 0
                assert high is None or high >= 4
            elif is_inner:
                assert row["report_count"] in (None, number)
    assert secrets > 20


def test_page_and_files_hide_the_same(weeks: None, client: Client) -> None:
    as_json = [[("" if cell is None else str(cell)) for cell in row.values()] for row in rows(client)]
    as_csv = list(csv.reader(StringIO(client.get(f"{URL}reports-2026.csv").content.decode(), newline="")))
    assert as_csv[1:] == as_json
    of_theft = {row["area_name"]: row["report_count"] for row in rows(client)
                if (row["week_end"], row["kind_code"]) == ("2026-11-21", "theft") and row["area_name"]}  # fmt: skip
    page = client.get(URL, {"kind": "theft"})
    assert {bar.name: bar.figure for bar in page.context["areas"]} == of_theft
    hidden = {bar.name: bar.length for bar in page.context["areas"] if bar.figure is None}
    assert hidden
    assert set(hidden.values()) == {0.0}


# --- What is shown -----------------------------------------------------------------------------
def test_the_page_shows_the_latest_week_and_when_it_was_counted(one_week: None, client: Client) -> None:
    page = client.get(URL)
    assert "Last counted: November 23, 2026" in page.text
    assert page.context["figure"] == 1970
    assert "1,970" in page.text
    assert "November 15, 2026 to November 21, 2026" in " ".join(page.text.split())
    assert [(bar.name, bar.figure, bar.length) for bar in page.context["kinds"][:2]] == [
        ("Theft", 1320, 100.0), ("Vandalism", 170, 12.9),
    ]  # fmt: skip


def test_a_week_a_kind_and_an_area_can_be_chosen(one_week: None, client: Client) -> None:
    page = client.get(URL, {"week": "2026-11-21", "kind": "vandalism", "area": "2"})
    assert page.context["figure"] == 50
    assert client.get(URL, {"week": "2026-11-14"}).context["figure"] is None
    for nonsense in ({"week": "2026-13-45"}, {"kind": "nothing"}, {"area": "999"}, {"area": "x", "week": ""}):
        assert client.get(URL, nonsense).context["figure"] == 1970


def test_the_drawing_ends_with_the_latest_week(one_week: None, client: Client) -> None:
    drawing = client.get(URL, {"kind": "theft", "area": "1"}).context["drawing"]
    assert [f"{column.week.ending}" for column in drawing.columns[-2:]] == ["2026-11-14", "2026-11-21"]
    assert (drawing.columns[-1].figure, drawing.columns[-1].is_chosen) == (1200, True)
    assert (drawing.columns[-2].figure, drawing.columns[-2].height) == (None, 0)
    assert len(drawing.columns) == 26


def test_it_counts_nothing_itself(one_week: None, client: Client) -> None:
    client.get(URL)
    cache.delete(publishing.CACHE_KEY)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(URL)
    assert len(asked) == 2
    assert all("reports_publicweek" in query["sql"] for query in asked)
    with CaptureQueriesContext(connection) as asked:
        client.get(URL, {"kind": "theft", "area": "1"})
    assert len(asked) == 0


def test_a_new_week_is_there_at_once(one_week: None, client: Client, django_capture_on_commit_callbacks: Any) -> None:
    assert "Last counted: November 23" in client.get(URL).text
    with django_capture_on_commit_callbacks(execute=True):
        publishing.publish(by=SYSTEM, now=local("2026-11-30T06:00"))
    assert "Last counted: November 30" in client.get(URL).text


@pytest.mark.parametrize("path", ["", "reports-2026.csv", "reports-2026.json", "dictionary.json"])
def test_everybody_may_keep_it_and_ask_whether_it_is_the_same(one_week: None, client: Client, path: str) -> None:
    first = client.get(URL + path)
    assert (first.status_code, first["Cache-Control"]) == (200, "public, max-age=300")
    assert "Cookie" not in first.get("Vary", "")
    assert not first.cookies
    again = client.get(URL + path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(URL + path).status_code == 405


def test_the_data_dictionary_names_every_column(one_week: None, client: Client) -> None:
    fields = json.loads(client.get("/es/statistics/dictionary.json").content)["fields"]
    header = client.get("/es/statistics/reports-2026.csv").content.decode().splitlines()[0]
    assert ",".join(field["name"] for field in fields) == header
    assert {field["type"] for field in fields} == {"date", "datetime", "string", "integer"}
    assert all(field["description"] for field in fields)


def test_files_are_of_years_that_there_are(one_week: None, client: Client) -> None:
    assert PublicWeek.objects.dates("ending", "year").count() == 2
    assert {row["week_end"][:4] for row in rows(client, 2025)} == {"2025"}
    for path in ("reports-2024.csv", "reports-2026.xlsx", "reports-99999.csv"):
        assert client.get(URL + path).status_code == 404
    assert client.get(f"{URL}reports-2026.csv")["Content-Disposition"] == 'attachment; filename="reports-2026.csv"'


@pytest.mark.django_db
def test_before_the_first_week_there_are_no_numbers(client: Client) -> None:
    page = client.get(URL)
    assert page.status_code == 200
    assert "There are no numbers yet" in page.text
    assert client.get(f"{URL}reports-2026.csv").status_code == 404


@pytest.mark.django_db
def test_every_page_leads_there(client: Client) -> None:
    assert 'href="/fa/statistics/"' in client.get("/fa/").text
