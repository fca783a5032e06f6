"""The approved reports of a period as lines, on the server."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from reports.audit import SYSTEM
from reports.export import actions
from reports.models import AuditEvent, Report
from reports.review.actions import reopen
from tests.desk import DR_NUMBER, another, approved
from tests.reports.export.conftest import local
from tests.resident import STORY, Resident, rows

MARCH = {"first": date(2026, 3, 1), "last": date(2026, 3, 31)}


def lines(**asked: object) -> list[list[str]]:
    """Write out as the portal itself and read the lines."""
    return list(csv.reader(StringIO("".join(actions.write_out(**({"personal": False} | MARCH | asked))))))


def references(**asked: object) -> set[str]:
    return {line[0] for line in lines(**asked)[1:]}


def test_it_holds_one_line_for_each_approved_report(march: Report) -> None:
    heading, line = lines()
    assert dict(zip(heading, line, strict=True)) == {
        "reference": march.reference,
        "dr_number": DR_NUMBER,
        "type": "theft-from-vehicle",
        "offence_code": "23F",
        "bureau": "OCB",
        "area": "1",
        "area_name": "Central",
        "language": "en",
        "anonymous": "no",
        "premise_code": "18",
        "bias_codes": "",
        "property_codes": "75",
        "occurred_from": "2026-03-02T21:30-08:00",
        "occurred_until": "2026-03-02T21:30-08:00",
        "reported_at": "2026-03-03T08:15-08:00",
        "approved_at": "2026-03-04T12:00-08:00",
    }


def test_a_report_with_nothing_known_leaves_its_cells_empty(olga: User, sue: User) -> None:
    unknown = {"when": {"unknown": "on"}, "where": {"address": "somewhere"}}
    report = Resident("es").file("hate-incident", **unknown).report
    Report.objects.update(state="queued")
    approved(report, sue)
    Report.objects.update(decided_at=local("2026-03-04T12:00"))
    line = dict(zip(*lines(), strict=True))
    assert [
        line[name] for name in ("bureau", "area", "area_name", "premise_code", "occurred_from", "occurred_until")
    ] == [""] * 6
    assert (line["language"], line["anonymous"], line["bias_codes"]) == ("es", "yes", "14")


def test_it_holds_nothing_personal_unless_asked(march: Report) -> None:
    plain = "".join(actions.write_out(**MARCH, personal=False, by=SYSTEM))
    known = [STORY, "Ana", "example.org", "0142", "6th", "7ABC123", "SN-0042"]
    assert [word for word in known if word in plain] == []


def test_personal_columns_hold_every_answer(march: Report) -> None:
    heading, line = lines(personal=True, reason="records")
    cells = dict(zip(heading, line, strict=True))
    assert cells["narrative_original"] == STORY
    assert cells["section_where"].startswith("Place: 6th and Main; ")
    assert "Your name: Ana Flores; E-mail: ana@example.org; Phone: +1 213 555 0142" in cells["section_person"]
    assert "License plate: 7ABC123 · California" in cells["section_vehicles"]
    assert "Serial number: SN-0042-XY" in cells["section_items"]
    assert cells["section_bias"] == ""


def test_personal_columns_need_a_reason(march: Report) -> None:
    for reason in ("", "statistics", "curiosity"):
        with pytest.raises(actions.CannotExport):
            actions.write_out(**MARCH, personal=True, reason=reason, by=SYSTEM)
    assert not AuditEvent.objects.filter(verb="export.write_out").exists()


def test_it_is_audited_before_its_first_line_is_read(march: Report, sue: User) -> None:
    stream = actions.write_out(**MARCH, personal=True, reason="request", by=sue)
    event = AuditEvent.objects.get(verb="export.write_out")
    assert (event.actor, event.subject) == (f"user:{sue.pk}", "reports")
    assert event.details == {
        "first": "2026-03-01",
        "last": "2026-03-31",
        "personal": True,
        "reason": "request",
        "rows": 1,
    }
    assert next(stream).startswith("reference,")


@pytest.mark.parametrize(
    ("decided_at", "first", "last", "inside"),
    [
        ("2026-03-04T00:00:00", "2026-03-04", "2026-03-04", True),
        ("2026-03-04T23:59:59.999999", "2026-03-04", "2026-03-04", True),
        ("2026-03-05T00:00:00", "2026-03-04", "2026-03-04", False),
        ("2026-03-03T23:59:59.999999", "2026-03-04", "2026-03-04", False),
        # The day with 23 hours.
        ("2026-03-08T00:00:00", "2026-03-08", "2026-03-08", True),
        ("2026-03-08T23:59:59", "2026-03-08", "2026-03-08", True),
        ("2026-03-09T00:00:00", "2026-03-08", "2026-03-08", False),
        ("2026-03-09T00:00:00", "2026-03-09", "2026-03-09", True),
        # The day with 25 hours.
        ("2026-11-01T23:59:59", "2026-11-01", "2026-11-01", True),
        ("2026-11-02T00:00:00", "2026-11-01", "2026-11-01", False),
        ("2026-10-31T23:59:59", "2026-11-01", "2026-11-01", False),
        ("2026-12-31T23:59:59", "2026-01-01", "2026-12-31", True),
    ],
)
def test_a_period_is_of_local_days(march: Report, decided_at: str, first: str, last: str, inside: bool) -> None:
    Report.objects.update(decided_at=local(decided_at))
    found = references(first=date.fromisoformat(first), last=date.fromisoformat(last))
    assert found == ({march.reference} if inside else set())


def test_only_approved_reports_leave(march: Report, sue: User) -> None:
    reopen(report_id=march.pk, reason="wrong", by=sue)
    assert references() == set()


def test_they_stand_in_the_order_in_which_they_came(march: Report) -> None:
    others = [another(march, dr_number=f"26000000{number}") for number in (2, 3)]
    assert [line[0] for line in lines()[1:]] == [
        report.reference for report in sorted([march, *others], key=lambda one: one.pk)
    ]


def test_formulas_typed_by_a_resident_are_disarmed(olga: User) -> None:
    typed = {
        "narrative": {"story": '=HYPERLINK("https://example.org","look")'},
        "items": rows({"kind": "75", "brand": "=cmd", "serial": "@x"}),
    }
    report = Resident().file("lost-property", **typed).report
    Report.objects.update(state="queued")
    approved(report, olga)
    Report.objects.update(decided_at=local("2026-03-04T12:00"))
    for line in lines(personal=True, reason="records"):
        assert [cell for cell in line if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("personal", "statements"), [(False, 5), (True, 7)])
def test_it_takes_the_same_statements_however_many_reports(
    march: Report, count: int, personal: bool, statements: int
) -> None:
    for number in range(count - 1):
        other = Resident().file("lost-property").report if personal else another(march, dr_number=f"{number:09}")
        Report.objects.filter(pk=other.pk).update(
            state="approved", dr_number=f"{number:09}", decided_at=march.decided_at
        )
    with CaptureQueriesContext(connection) as captured:
        found = lines(personal=personal, reason="records")
    assert len(found) == count + 1
    own = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) == statements, own


def test_the_command_prints_the_same(march: Report, capsys, tmp_path) -> None:
    expected = "".join(actions.write_out(**MARCH, personal=False, by=SYSTEM))
    period = ["--from", "2026-03-01", "--until", "2026-03-31"]
    call_command("export_reports", *period)
    assert capsys.readouterr().out == expected
    call_command("export_reports", *period, "--output", str(tmp_path / "out.csv"))
    assert (tmp_path / "out.csv").read_bytes().decode() == expected
    call_command("export_reports", *period, "--personal", "records")
    assert STORY in capsys.readouterr().out
    assert set(AuditEvent.objects.filter(verb="export.write_out").values_list("actor", flat=True)) == {"system"}


def test_the_command_refuses_a_period_that_ends_before_it_begins(db: None) -> None:
    with pytest.raises(CommandError, match=r"^--until is before --from\.$"):
        call_command("export_reports", "--from", "2026-03-02", "--until", "2026-03-01")
