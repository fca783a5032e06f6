"""A new export on the page: what is asked for, small ones at once, choices of columns kept under a name."""

import pytest
from django.urls import reverse

from accounts.models import Role, User
from reports.export import actions
from reports.export.table import PRESETS
from reports.models import Area, AuditEvent, Export, ExportPreset, Report
from tests.desk import another
from tests.reports.export.conftest import rows

URL = "/admin/export/new/"
STANDARD = list(PRESETS["standard"].columns)
USUAL = {"kind": "csv", "columns": STANDARD, "reason": "records", "do": "ask"}


def test_a_small_one_is_made_at_once(march: Report, sue: User, at_desk) -> None:
    desk = at_desk(sue)
    answer = desk.post(URL, USUAL | {"filter-state": ["approved"], "first": "2026-03-01", "last": "2026-03-04"})
    export = Export.objects.get()
    assert answer.url == reverse("export:show", args=[export.pk])
    assert (export.state, export.rows, export.wanted) == (
        "ready",
        1,
        {"filters": {"state": ["approved"]}, "first": "2026-03-01", "last": "2026-03-04"},
    )
    page = desk.get(answer.url)
    assert "1 report, complete." in " ".join(page.text.split())
    event = AuditEvent.objects.get(verb="export.ask")
    assert (event.actor, event.details["reason"], event.details["personal"]) == (f"user:{sue.pk}", "records", False)


def test_a_larger_one_waits_for_the_workers(march: Report, sue: User, at_desk, settings) -> None:
    settings.EXPORT_AT_ONCE = 1
    another(march, dr_number="260000002")
    page = at_desk(sue).post(URL, USUAL, follow=True)
    assert Export.objects.get().state == "waiting"
    assert "It waits for its turn" in page.text
    assert "js/export.js" in page.text


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"reason": ""}, ["reason"]),
        ({"reason": "curiosity"}, ["reason"]),
        ({"columns": []}, ["columns"]),
        ({"columns": ["nothing"]}, ["columns"]),
        ({"kind": "doc"}, ["kind"]),
        ({"first": "2026-03-02", "last": "2026-03-01"}, ["last"]),
        ({"first": "soon"}, ["first"]),
        ({"filter-state": ["nowhere"]}, ["filter-state"]),
        ({"columns": ["narrative_original"], "reason": "statistics"}, ["reason"]),
        ({"kind": "pdf", "personal": "on", "reason": "statistics"}, ["reason"]),
    ],
)
def test_the_page_says_what_is_missing(march: Report, sue: User, at_desk, typed: dict, errors: list[str]) -> None:
    page = at_desk(sue).post(URL, USUAL | typed)
    assert list(page.context["form"].errors) == errors
    assert not Export.objects.exists()


def test_personal_columns_need_a_listed_reason_in_the_action_too(ask) -> None:
    for reason in ("statistics", "", "because"):
        with pytest.raises((actions.CannotExport, ValueError)):
            ask(preset="everything", reason=reason)
    assert not Export.objects.exists()


def test_nobody_without_the_permission_asks(ask, olga: User, ada: User) -> None:
    for person in (olga, ada):
        with pytest.raises(actions.CannotExport):
            ask(by=person)


def test_reports_are_counted_before(march: Report, sue: User, at_desk) -> None:
    another(march, area=Area.objects.get(number=5), dr_number="260000002")
    page = at_desk(sue).post(URL, USUAL | {"do": "count", "reason": "records"})
    assert page.context["number"] == 1
    assert not Export.objects.exists()


def test_a_choice_of_columns_is_taken_over_and_what_was_typed_stays(sue: User, at_desk) -> None:
    page = at_desk(sue).post(
        URL, {"do": "columns", "preset": "nibrs", "columns": STANDARD, "kind": "xlsx", "filter-language": ["ko"]}
    )
    form = page.context["form"]
    assert set(form["columns"].value()) == set(PRESETS["nibrs"].columns)
    assert (form["kind"].value(), form["filter-language"].value()) == ("xlsx", ["ko"])
    assert not form.errors


def test_columns_are_kept_under_a_name_and_shared(sue: User, staff, at_desk) -> None:
    desk, url = at_desk(sue), reverse("export:save_preset")
    desk.post(url, {"name": "Short", "columns": ["reference", "type"], "shared": "on"})
    desk.post(url, {"name": "Mine", "columns": ["reference"]})
    desk.post(url, {"name": "Mine", "columns": ["reference", "area"]})
    desk.post(url, {"name": "", "columns": ["reference"]})
    desk.post(url, {"name": "None", "columns": []})
    assert list(ExportPreset.objects.values_list("name", "columns")) == [
        ("Mine", ["reference", "area"]),
        ("Short", ["reference", "type"]),
    ]
    colleague = at_desk(staff("carl", Role.CLERK))
    short, mine = ExportPreset.objects.get(name="Short"), ExportPreset.objects.get(name="Mine")
    assert list(colleague.get(URL).context["saved"]) == [short]
    page = colleague.post(URL, {"do": "columns", "preset": str(mine.pk), "columns": ["state"]})
    assert page.context["form"]["columns"].value() == ["state"]
    assert colleague.post(reverse("export:drop_preset", args=[short.pk])).status_code == 404
    desk.post(reverse("export:drop_preset", args=[short.pk]))
    assert ExportPreset.objects.get() == mine


def test_the_list_has_ones_own_only(march: Report, made, sue: User, staff, at_desk) -> None:
    export = made()
    clerk = staff("carl", Role.CLERK, areas=[1])
    assert list(at_desk(sue).get("/admin/export/").context["rows"]) == [export]
    assert list(at_desk(clerk).get("/admin/export/").context["rows"]) == []
    assert at_desk(clerk).get(reverse("export:show", args=[export.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_statements_however_long(
    sue: User, ask, at_desk, count: int, django_assert_num_queries
) -> None:
    for _each in range(count):
        ask()
    desk = at_desk(sue)
    desk.get("/admin/export/")
    with django_assert_num_queries(6):
        desk.get("/admin/export/")


def test_the_page_is_for_supervisors_and_clerks(olga: User, ada: User, sue: User, staff, client, at_desk) -> None:
    for url in ("/admin/export/", URL):
        assert [at_desk(user).get(url).status_code for user in (olga, ada)] == [403, 403]
        assert [at_desk(user).get(url).status_code for user in (sue, staff(f"c{len(url)}", Role.CLERK))] == [200, 200]
        assert client.get(url).url == f"/admin/login/?next={url}"


def test_the_queue_exports_what_was_chosen(march: Report, queued: Report, sue: User, at_desk) -> None:
    other = another(march, dr_number="260000002", state="in_review", decided_at=None)
    foreign = another(march, area=Area.objects.get(number=5), dr_number="260000003")
    desk = at_desk(sue)
    chosen = {"do": "export", "report": [str(other.pk), str(foreign.pk)]}
    page = desk.post(reverse("review:bulk"), chosen)
    assert "Export 1 report" in page.text
    refused = desk.post(reverse("review:bulk"), chosen | {"answer": "yes", "kind": "csv", "reason": ""})
    assert list(refused.context["form"].errors) == ["reason"]
    personal = {"answer": "yes", "kind": "csv", "columns": "everything", "reason": "statistics"}
    assert list(desk.post(reverse("review:bulk"), chosen | personal).context["form"].errors) == ["reason"]
    done = desk.post(reverse("review:bulk"), chosen | {"answer": "yes", "kind": "csv", "reason": "records"})
    assert done.url == "/admin/export/"
    assert [row["reference"] for row in rows(Export.objects.get())] == [other.reference]
