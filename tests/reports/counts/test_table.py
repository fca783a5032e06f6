"""The department's table: figures worked out by hand and by plain SQL, on the page and behind it."""

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from reports.counts import files
from reports.counts.categories import DIMENSIONS
from reports.counts.choices import UNITS, CannotCount, Choice
from reports.counts.scope import scope_of
from reports.counts.tables import Table, table
from reports.models import Area, AuditEvent, CountGroup, Report
from tests.reports.counts.conftest import Make, ask

URL = "/admin/counts/"
AS_OF = date(2026, 11, 21)  # a Saturday
YTD = Choice(as_of=AS_OF, compare=(2025, 2019), what="type:theft")


def printed(made: Table) -> list[list[str]]:
    return list(csv.reader(StringIO(files.as_csv(made), newline="")))


@pytest.fixture
def thefts(make: Make) -> None:
    """Central 3 now, 4 a year before; Harbor 1, 0 and in 2019 2; Hollywood none but after the day; one not placed."""
    for at in ("2026-01-01T00:00", "2026-06-30T12:00", "2026-11-21T23:59:59", "2025-01-01T00:00", "2025-03-09T02:59",
               "2025-11-21T23:59", "2025-07-04T12:00"):  # fmt: skip
        make(at, type="theft", area=1)
    for at in ("2026-02-28T23:59", "2019-02-28T12:00", "2019-11-21T12:00"):
        make(at, type="theft", area=5)
    # Just out of every period: the day before, the day after.
    for at in ("2026-11-22T00:00", "2025-11-22T00:00", "2025-12-31T23:59:59", "2024-12-31T23:59:59"):
        make(at, type="theft", area=6)
    make("2026-05-05T12:00", type="theft", area=None)
    make("2026-05-05T12:00", type="vandalism", area=1)


def test_the_year_to_date_by_hand(thefts: None, freshness) -> None:
    freshness()
    assert printed(table(YTD)) == [
        [
            "category",
            "unit",
            "YTD 2026",
            "YTD 2025",
            "# DIFF",
            "% Change",
            "YTD 2026",
            "YTD 2019",
            "# DIFF",
            "% Change",
        ],
        ["Theft", "OCB", "3", "4", "-1", "-25.0%", "3", "0", "3", "NC"],
        ["Theft", "OSB", "1", "0", "1", "NC", "1", "2", "-1", "-50.0%"],
        ["Theft", "OVB", "0", "0", "0", "NC", "0", "0", "0", "NC"],
        ["Theft", "OWB", "0", "0", "0", "NC", "0", "0", "0", "NC"],
        ["Theft", "NOT PLACED", "1", "0", "1", "NC", "1", "0", "1", "NC"],
        ["Theft", "CITYWIDE TOTAL", "5", "4", "1", "25.0%", "5", "2", "3", "150.0%"],
    ]


def test_every_type_has_a_block_and_none_is_summed(thefts: None) -> None:
    made = table(Choice(as_of=AS_OF))
    names = [block.name for block in made.blocks]
    assert {"Theft", "Vandalism", "Hate incident"} <= set(names)
    totals = {block.name: block.total.pairs[0].current for block in made.blocks}
    assert (totals["Theft"], totals["Vandalism"], totals["Hate incident"]) == (5, 1, 0)


def test_weeks_and_four_weeks_by_hand(make: Make, freshness) -> None:
    # Around the end of summer time, on Sunday 1 November 2026.
    for at in ("2026-11-01T00:00", "2026-11-01T01:30", "2026-11-07T23:59:59", "2026-10-31T23:59:59",
               "2026-10-25T00:00", "2026-10-24T23:59"):  # fmt: skip
        make(at)
    # Four weeks to 7 November begin on 11 October; those before on 13 September.
    for at in ("2026-10-11T00:00", "2026-10-10T23:59", "2026-09-13T00:00", "2026-09-12T23:59"):
        make(at)
    freshness()
    ending = date(2026, 11, 7)
    week, days = (
        printed(table(Choice(as_of=ending, layout=layout, what="all", by="type"))) for layout in ("week", "28day")
    )
    assert week[0][2:] == ["Week to 2026-11-07", "Week to 2026-10-31", "# DIFF", "% Change"]
    assert week[-1] == ["All reports", "CITYWIDE TOTAL", "3", "2", "1", "50.0%"]
    assert days[0][2:4] == ["28 days to 2026-11-07", "28 days to 2026-10-10"]
    assert days[-1] == ["All reports", "CITYWIDE TOTAL", "7", "2", "5", "250.0%"]


def test_the_day_of_29_february(make: Make, settings) -> None:
    for at in ("2024-02-28T12:00", "2024-02-29T12:00", "2024-03-01T12:00", "2023-02-28T12:00", "2023-03-01T12:00"):
        make(at)

    def total(as_of: date, *compare: int) -> list[str]:
        return table(Choice(as_of=as_of, compare=compare, what="all")).blocks[0].total.words

    assert total(date(2024, 2, 29), 2023) == ["2", "1", "1", "100.0%"]
    assert total(date(2024, 3, 1), 2023) == ["3", "2", "1", "50.0%"]
    settings.COUNTS_LEAP_DAY = "left_out"
    assert total(date(2024, 2, 29), 2023) == ["1", "1", "0", "0.0%"]
    assert total(date(2024, 3, 1), 2023) == ["2", "2", "0", "0.0%"]


# --- Every way to part the reports, against plain SQL ----------------------------------
OFFENCES = """CASE WHEN EXISTS (SELECT FROM reports_codedfact WHERE report_id = r.id AND kind = 'offence')
    THEN ARRAY(SELECT DISTINCT code FROM reports_codedfact WHERE report_id = r.id AND kind = 'offence')
    ELSE ARRAY(SELECT code FROM reports_code WHERE id = t.offence_id) END"""
HEADINGS = {
    "all": "ARRAY['']",
    "type": "ARRAY[t.slug]",
    "channel": "ARRAY[CASE WHEN r.is_anonymous THEN 'anonymous' ELSE 'named' END]",
    "state": "ARRAY[r.state]",
    "language": "ARRAY[r.language]",
    "bias": "ARRAY(SELECT DISTINCT c.category FROM reports_codedfact f JOIN reports_code c"
    " ON c.table = 'bias' AND c.code = f.code WHERE f.report_id = r.id AND f.kind = 'bias')",
    "offence": OFFENCES,
    "group": f"ARRAY(SELECT id::text FROM reports_countgroup g WHERE t.slug = ANY(g.report_types)"
    f" OR g.offences::text[] && ({OFFENCES})::text[])",
}
ROWS = {"bureau": "coalesce(b.code, 'NOT PLACED')", "area": "coalesce(a.number::text, 'NOT PLACED')",
        "type": "t.slug", "language": "r.language"}  # fmt: skip


@pytest.fixture
def mixed(make: Make) -> None:
    """Reports that differ in everything that can be counted, some with several codes."""
    CountGroup.objects.create(name="Vehicles", report_types=["vehicle-parts"], offences=["23F", "240"])
    CountGroup.objects.create(name="Anything taken", report_types=["theft", "package-theft"], offences=["23F"])
    months = ["2026-02-03", "2025-11-30", "2026-11-15", "2026-11-08", "2026-10-30", "2025-03-09"]
    kinds = ["theft", "vehicle-parts", "hate-incident", "theft-from-vehicle", "lost-property", "vandalism"]
    for at, (day, kind) in enumerate([*zip(months, kinds, strict=True)] * 4):
        make(
            f"{day}T{at:02}:30",
            type=kind,
            area=[1, 5, 6, None, 21][at % 5],
            occurred=f"2026-11-{at + 1:02}T00:30" if at % 3 else None,
            language=["en", "es", "ko"][at % 3],
            is_anonymous=at % 4 == 0,
            state=["queued", "in_review", "waiting"][at // 2 % 3],
            bias=[["11", "12"], ["21"], ["12", "51"], []][at % 4] if kind == "hate-incident" else [],
            offence=[[], ["23F"], ["240", "220"]][at % 3] if at % 2 else [],
        )


@pytest.mark.parametrize("of", DIMENSIONS)
@pytest.mark.parametrize("basis", ["reported", "occurred"])
def test_every_heading_and_row_equals_plain_sql(mixed: None, freshness, of: str, basis: str) -> None:
    freshness()
    moment = {"reported": "reported_at", "occurred": "occurred_from"}[basis]
    day = f"({moment} AT TIME ZONE 'America/Los_Angeles')::date"
    for by in (unit for unit in UNITS if unit != of):
        expected = ask(
            f"SELECT heading, {ROWS[by]},"
            f" count(*) FILTER (WHERE {day} BETWEEN '2026-01-01' AND '2026-11-21'),"
            f" count(*) FILTER (WHERE {day} BETWEEN '2025-01-01' AND '2025-11-21')"
            " FROM reports_report r JOIN reports_reporttype t ON t.id = r.report_type_id"
            " LEFT JOIN reports_area a ON a.id = r.area_id LEFT JOIN reports_bureau b ON b.id = a.bureau_id"
            f" CROSS JOIN unnest({HEADINGS[of]}) heading GROUP BY 1, 2"
        )
        found = [
            (block.what.partition(":")[2], row.unit, row.pairs[0].current, row.pairs[0].earlier)
            for block in table(Choice(as_of=AS_OF, what=of, by=by, basis=basis)).blocks
            for row in block.rows
        ]
        assert {row for row in found if row[2] or row[3]} == {row for row in expected if row[2] or row[3]}, by


@pytest.mark.parametrize("of", DIMENSIONS)
def test_the_reports_behind_each_figure_are_as_many(mixed: None, boss: User, at_desk, of: str) -> None:
    client, checked = at_desk(boss), 0
    for by in ("area", "language") if of != "language" else ("bureau", "type"):
        page = client.get(URL, {"as_of": "2026-11-21", "what": of, "by": by})
        for block in page.context["blocks"]:
            for cell in (cell for row in block.rows for cell in row.cells if cell.url):
                if checked % 9 == 0:
                    assert client.get(cell.url).context["number"] == int(cell.words), cell.url
                checked += 1
    assert checked


@pytest.fixture
def boss(staff) -> User:
    """A supervisor of the whole city."""
    return staff("boss", Role.SUPERVISOR, citywide=True)


def test_a_report_counts_once_under_each_heading(make: Make) -> None:
    # Two biases of one category, a third of another.
    make("2026-05-05T12:00", type="hate-incident", bias=["11", "12", "21"])
    made = {block.what: block.total.words[0] for block in table(Choice(as_of=AS_OF, what="bias")).blocks}
    assert (made["bias:race_ethnicity_ancestry"], made["bias:religion"], made["bias:gender"]) == ("1", "1", "0")


def test_own_offences_take_the_place_of_the_types(make: Make) -> None:
    make("2026-05-05T12:00", type="theft-from-vehicle")
    make("2026-05-05T12:00", type="theft-from-vehicle", offence=["220", "23G"])
    made = {block.what: block.total.words[0] for block in table(Choice(as_of=AS_OF, what="offence")).blocks}
    assert {what: made[what] for what in ("offence:23F", "offence:220", "offence:23G")} == {
        "offence:23F": "1", "offence:220": "1", "offence:23G": "1",
    }  # fmt: skip


# --- Whose counts --------------------------------------------------------------------
def test_a_person_counts_their_own_reach(thefts: None, sue: User, staff, freshness) -> None:
    freshness()
    south = staff("sam", Role.SUPERVISOR, bureaus=["OSB"])
    assert [row[1:4] for row in printed(table(YTD, scope_of(sue)))[1:]] == [
        ["OCB", "3", "4"], ["NOT PLACED", "1", "0"], ["TOTAL OF OWN AREAS", "4", "4"],
    ]  # fmt: skip
    by_area = Choice(as_of=AS_OF, what="type:theft", by="area")
    assert [row[1] for row in printed(table(by_area, scope_of(south)))[1:]] == [
        "3", "5", "12", "18", "NOT PLACED", "TOTAL OF OWN AREAS",
    ]  # fmt: skip


def test_a_reach_of_some_reports_only_adds_nothing(thefts: None, staff) -> None:
    clerk = staff("carl", Role.CLERK, Role.COORDINATOR, citywide=True)
    assert table(YTD, scope_of(clerk)).blocks[0].total.words[0] == "0"


def test_one_bureaus_areas(thefts: None) -> None:
    made = printed(table(Choice(as_of=AS_OF, what="type:theft", by="area", bureau="OSB")))
    assert [row[1] for row in made[1:]] == ["3", "5", "12", "18", "OSB TOTAL"]
    assert made[-1][2:] == ["1", "0", "1", "NC"]


def test_a_figure_opens_only_reports_in_reach(thefts: None, sue: User, at_desk) -> None:
    words = {**YTD.words(), "pair": "0", "side": "now"}
    page = at_desk(sue).get(f"{URL}reports/", {**words, "unit": ""})
    assert page.context["number"] == 4
    assert {report.area and report.area.number for report in page.context["rows"]} == {1, None}
    assert at_desk(sue).get(f"{URL}reports/", {**words, "unit": "OSB"}).context["number"] == 0


@pytest.mark.parametrize(("name", "value"), [("pair", "7"), ("pair", "x"), ("what", "nothing"), ("as_of", "soon")])
def test_a_cell_that_is_not_there_is_not_found(pattern: Report, sue: User, at_desk, name: str, value: str) -> None:
    words = {**YTD.words(), "pair": "0", "side": "now", "unit": "OCB", name: value}
    assert at_desk(sue).get(f"{URL}reports/", words).status_code == 404


def test_long_lists_go_on(make: Make, sue: User, at_desk) -> None:
    made = {make(f"2026-05-05T12:{at:02}").pk for at in range(31)}
    client = at_desk(sue)
    words = {**Choice(as_of=AS_OF, what="all").words(), "pair": "0", "side": "now", "unit": "OCB"}
    first = client.get(f"{URL}reports/", words)
    rest = client.get(f"{URL}reports/", {**words, "after": first.context["next"]})
    assert [len(page.context["rows"]) for page in (first, rest)] == [30, 1]
    assert {report.pk for page in (first, rest) for report in page.context["rows"]} == made
    assert client.get(f"{URL}reports/", {**words, "after": "nonsense"}).context["number"] == 31


# --- The page ------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_the_same_statements_however_many_reports(make: Make, sue: User, at_desk, count: int) -> None:
    areas = list(Area.objects.filter(bureau__code="OCB").values_list("number", flat=True))
    for number in range(count):
        make("2026-05-05T12:00", area=areas[number % len(areas)])
    client = at_desk(sue)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(URL, {"as_of": "2026-11-21", "what": "all"})
    assert page.context["blocks"][0].rows[-1].cells[0].words == str(count)
    # Session, person, areas, alerts, the catalogue, history (by form, table and bars), table, weeks, bars.
    assert len(captured) == 15, [query["sql"][:90] for query in captured]


def test_the_page_says_what_the_file_says(thefts: None, sue: User, at_desk) -> None:
    client = at_desk(sue)
    page = client.get(URL, YTD.words())
    shown = [[cell.words for cell in row.cells] for block in page.context["blocks"] for row in block.rows]
    answer = client.post(f"{URL}download/", {**YTD.words(), "format": "csv"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="counts-ytd-2026-11-21.csv"'
    rows = list(csv.reader(StringIO(answer.content.decode(), newline="")))
    assert [row[2:] for row in rows[1:]] == shown
    event = AuditEvent.objects.get(verb="counts.download")
    assert (event.actor, event.subject) == (f"user:{sue.pk}", "counts")
    assert event.details == {
        "format": "csv", "as_of": "2026-11-21", "layout": "ytd", "rows": "bureau", "what": "type:theft",
        "basis": "reported",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"as_of": "2026-11-20", "layout": "week"}, "as_of"),
        ({"as_of": "soon"}, "as_of"),
        ({"as_of": "0001-01-06"}, "as_of"),
        ({"as_of": "9999-12-25"}, "as_of"),
        ({"compare": "lately"}, "compare"),
        ({"compare": "2026", "as_of": "2026-11-21"}, "__all__"),
        ({"compare": "0001"}, "__all__"),
        ({"what": "nothing"}, "what"),
        ({"what": "type", "by": "type"}, "__all__"),
        ({"bureau": "XYZ"}, "bureau"),
        ({"layout": "fortnight"}, "layout"),
    ],
)
def test_what_does_not_go_together_is_explained(sue: User, at_desk, words: dict[str, str], field: str) -> None:
    page = at_desk(sue).get(URL, words)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert at_desk(sue).post(f"{URL}download/", {**words, "format": "csv"}).url == URL


def test_the_page_is_for_supervisors(olga: User, ada: User, sue: User, client, at_desk) -> None:
    for path in (URL, f"{URL}reports/?pair=0&side=now"):
        assert [at_desk(user).get(path).status_code for user in (olga, ada, sue)] == [403, 403, 200]
    assert client.get(URL).url == f"/admin/login/?next={URL}"


# --- The command ---------------------------------------------------------------------
def command(capsys, *options: str) -> str:
    call_command("counts", *options)
    return str(capsys.readouterr().out)


def test_the_command_prints_what_the_page_shows(thefts: None, capsys) -> None:
    said = command(capsys, "--as-of", "2026-11-21", "--compare", "2025,2019", "--category", "Theft", "--format", "csv")
    assert list(csv.reader(StringIO(said, newline=""))) == printed(table(YTD))
    said = command(capsys, "--as-of", "2026-11-21", "--category", "THEFT")
    assert [line.split() for line in said.splitlines() if "TOTAL" in line] == [
        ["CITYWIDE", "TOTAL", "5", "4", "1", "25.0%"]
    ]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("theft-from-vehicle", "type:theft-from-vehicle"),
        ("Hate  Incident", "type:hate-incident"),
        ("23F", "offence:23F"),
        ("religion", "bias:religion"),
        ("Anonymous", "channel:anonymous"),
        ("approved", "state:approved"),
        ("Korean", "language:ko"),
        ("all", "all"),
        ("bias", "bias"),
    ],
)
def test_a_category_is_found_by_name_or_code(db: None, words: str, what: str) -> None:
    from reports.counts.book import open_book
    from reports.counts.choices import find_category

    assert find_category(words, open_book()) == what


@pytest.mark.parametrize(
    "options",
    [
        ["--category", "burglary of moonlight"],
        ["--compare", "last year"],
        ["--layout", "week", "--as-of", "2026-11-20"],
        ["--by", "type"],
        ["--bureau", "XYZ"],
        ["--compare", "2026", "--as-of", "2026-11-21"],
    ],
)
def test_the_command_refuses_in_one_sentence(db: None, options: list[str], capsys) -> None:
    from django.core.management import CommandError

    with pytest.raises(CommandError):
        command(capsys, *options)
    assert capsys.readouterr().out == ""
    assert not AuditEvent.objects.filter(verb="counts.download").exists()


def test_a_table_that_cannot_be_counted_is_refused(db: None) -> None:
    for wrong in ({"by": "district"}, {"basis": "decided"}, {"layout": "x"}, {"what": "x"}):
        options: dict[str, Any] = {"as_of": AS_OF, **wrong}
        with pytest.raises(CannotCount):
            table(Choice(**options))
