"""How a report is filed is put right on its page; what the resident wrote is never changed."""

import pytest
from django.urls import reverse

from accounts.models import Role, User
from reports.catalogue import live
from reports.documents import opened
from reports.models import Area, CodedFact, Correction, Report, ReportType
from reports.review import claiming, correcting
from reports.review.fitting import fit
from tests.desk import at_once, show
from tests.resident import ANSWERS, Resident

SLUGS = sorted(ANSWERS)


def kind(slug: str) -> ReportType:
    return live.report_type(ReportType.objects.get(slug=slug, state="live").pk)


def stored(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def put(client, report: Report, of: str, reason: str = "told", **typed: object):
    url = reverse("review:correct", args=[report.pk, of])
    return client.post(url, {"reason": reason, **typed}, follow=True)


def facts(report: Report, kind: str) -> list[tuple]:
    rows = CodedFact.objects.filter(report=report, kind=kind).order_by("code")
    return list(rows.values_list("code", "loss", "quantity", "value"))


@pytest.mark.parametrize("slug", SLUGS)
def test_another_kind_keeps_every_word_byte_for_byte(slug: str, staff) -> None:
    """Through every other kind and back: the sealed document is the same, and every answer is shown at each stop."""
    max_ = staff("max", Role.SUPERVISOR, citywide=True)
    report = Resident().file(slug).report
    Report.objects.update(state="queued")
    sealed, parts = bytes(report.document.sealed), opened(report)
    shown = sum(len(part) - ("type" in part) for part in parts.values())
    for other in [each for each in SLUGS if each != slug] + [slug]:
        correcting.correct_type(report_id=report.pk, report_type=kind(other), by=max_, reason="words")
        fitting = fit(parts, kind(other))
        both = [*fitting.fitting.values(), *fitting.left.values()]
        assert sum(len(part) - ("type" in part) for part in both) == shown
    again = stored(report)
    assert bytes(again.document.sealed) == sealed
    assert (again.document.version, opened(again)) == (1, parts)
    assert fit(parts, kind(slug)).left == {}
    assert again.corrections.count() == len(SLUGS)


def test_target_day_priority_and_counts_follow_the_kind(staff, at_desk) -> None:
    max_ = staff("max", Role.SUPERVISOR, citywide=True)
    report = Resident().file("hate-incident").report
    Report.objects.update(state="queued")
    before = facts(report, "bias")
    assert before
    ReportType.objects.filter(slug="vandalism").update(review_target_days=30)
    live.clear()
    correcting.correct_type(report_id=report.pk, report_type=kind("vandalism"), by=max_, reason="words")
    after = stored(report)
    assert after.due_at > report.due_at
    assert (report.priority, after.priority) == (1, 2)
    assert facts(report, "bias") == []
    correcting.correct_type(report_id=report.pk, report_type=kind("hate-incident"), by=max_, reason="mistake")
    assert (stored(report).priority, facts(report, "bias")) == (1, before)


def test_what_an_officer_chose_stays_when_the_kind_changes(queued: Report, sue: User) -> None:
    correcting.correct_priority(report_id=queued.pk, priority=3, by=sue, reason="words")
    rows = [{"code": "20", "loss": "7", "quantity": 2, "value": "80.00"}]
    correcting.correct_property(report_id=queued.pk, rows=rows, by=sue, reason="told")
    correcting.correct_type(report_id=queued.pk, report_type=kind("theft"), by=sue, reason="words")
    assert (stored(queued).priority, [row[:3] for row in facts(queued, "property")]) == (3, [("20", "7", 2)])


def test_the_page_shows_what_fits_before_it_is_done_and_what_did_not_afterwards(queued, olga, at_desk) -> None:
    client, into = at_desk(olga), kind("identity-theft")
    page = put(client, queued, "type", type=into.pk)
    assert stored(queued).report_type.slug == "theft-from-vehicle"
    assert "Vehicles" in [title for title, _lines in page.context["left"]]
    assert "Which accounts or cards were used?" in page.context["unasked"]
    assert "7ABC123" not in page.text
    page = put(client, queued, "type", type=into.pk, fits=into.pk)
    assert "The correction is kept." in page.text
    assert stored(queued).report_type == into
    assert "vehicles" in [part["key"] for part in page.context["left"]]
    assert "Toyota" in page.text
    assert Correction.objects.get().of == "type"


SIMPLE = [
    ("premise", {"code": "20"}, "premise"),
    ("offence", {"code": "23F"}, None),
    ("bias", {"codes": ["11", "12"]}, None),
    ("priority", {"priority": "1"}, "priority"),
]


@pytest.mark.parametrize(("of", "typed", "column"), SIMPLE)
def test_a_code_is_put_right_once_and_stands_in_the_timeline(queued, olga, at_desk, of, typed, column) -> None:
    client = at_desk(olga)
    page = client.get(reverse("review:correct", args=[queued.pk, of]))
    assert page.status_code == 200
    for _press in range(2):
        page = put(client, queued, of, **typed)
        assert "The correction is kept." in page.text
    row = Correction.objects.get()
    assert (row.of, row.reason, row.by) == (of, "told", olga)
    if column:
        assert str(getattr(stored(queued), column)) == str(row.after)
    assert f"corrected the {row.get_of_display()} from" in " ".join(entry.words for entry in page.context["entries"])


def test_things_are_recoded_added_and_left_out(queued: Report, olga: User, at_desk) -> None:
    [row] = facts(queued, "property")
    page = at_desk(olga).get(reverse("review:correct", args=[queued.pk, "property"]))
    form = page.context["form"]
    assert (form["code_0"].value(), form["quantity_0"].value()) == (row[0], row[2])
    put(at_desk(olga), queued, "property", code_0="77", loss_0="7", quantity_0="3", value_0="12.5", code_1="20")
    assert [each[:3] for each in facts(queued, "property")] == [("20", "", 1), ("77", "7", 3)]
    put(at_desk(olga), queued, "property", code_0="", code_1="20", quantity_1="1")
    assert [each[:3] for each in facts(queued, "property")] == [("20", "", 1)]
    assert [len(each.after) for each in Correction.objects.all()] == [2, 1]


@pytest.mark.parametrize("codes", [["88", "11"], ["11", "12", "13", "14", "15", "21"], ["00"]])
def test_biases_that_cannot_stand_together_are_refused(queued: Report, olga: User, at_desk, codes) -> None:
    page = put(at_desk(olga), queued, "bias", codes=codes)
    assert list(page.context["form"].errors) == ["codes"]
    assert page.context["form"]["codes"].value() == codes
    assert not Correction.objects.exists()


def test_giving_it_away_is_said_before_it_is_done(queued: Report, olga: User, piet: User, at_desk) -> None:
    client, harbor = at_desk(olga), Area.objects.get(number=5)
    page = put(client, queued, "area", area=harbor.pk)
    assert "does not exist for you any more" in page.text
    assert stored(queued).area.number == 1
    page = put(client, queued, "area", area=harbor.pk, aware="on")
    assert page.redirect_chain[-1][0] == reverse("review:queue")
    assert show(client, queued).status_code == 404
    assert show(at_desk(piet), queued).status_code == 200


def test_within_ones_reach_nothing_needs_to_be_known(queued: Report, olga: User, at_desk) -> None:
    olga.areas.add(Area.objects.get(number=2))
    page = put(at_desk(olga), queued, "area", area=Area.objects.get(number=2).pk)
    assert "aware" not in page.text
    assert stored(queued).area.number == 2


@pytest.mark.parametrize("reason", ["", "because I want to"])
def test_a_reason_of_the_list_is_needed(queued: Report, olga: User, at_desk, reason: str) -> None:
    page = put(at_desk(olga), queued, "premise", reason, code="20")
    assert list(page.context["form"].errors) == ["reason"]


def test_what_happened_meanwhile_is_told_and_kept(queued: Report, olga: User, sue: User, at_desk) -> None:
    client = at_desk(olga)
    seen = client.get(reverse("review:correct", args=[queued.pk, "premise"])).context["form"]["seen"].value()
    correcting.correct_premise(report_id=queued.pk, code="13", by=sue, reason="told")
    correcting.correct_premise(report_id=queued.pk, code="14", by=sue, reason="told")
    page = put(client, queued, "premise", code="20", seen=seen)
    [error] = page.context["form"].non_field_errors()
    assert "sue: corrected the kind of place." in error
    assert page.context["form"]["code"].value() == "20"
    put(client, queued, "premise", code="20", seen=page.context["form"]["seen"].value())
    assert stored(queued).premise == "20"


def test_a_colleagues_report_is_only_a_supervisors(queued: Report, olga: User, sue: User, staff, at_desk) -> None:
    client = at_desk(staff("otto", Role.OFFICER, areas=[1]))
    claiming.claim(report_id=queued.pk, by=olga)
    assert show(client, queued).context["may_correct"] is False
    page = put(client, queued, "premise", code="20")
    assert "only a supervisor can correct it" in page.text
    put(at_desk(sue), queued, "premise", code="20")
    assert stored(queued).premise == "20"


def test_an_unknown_thing_is_no_page(queued: Report, olga: User, at_desk) -> None:
    assert put(at_desk(olga), queued, "story").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_at_once_one_is_told_of_the_other(staff, at_desk) -> None:
    report = Resident().file("lost-property").report
    Report.objects.update(state="queued")
    bosses = [staff(name, Role.SUPERVISOR, citywide=True) for name in ("sue", "max")]
    clients = [at_desk(boss) for boss in bosses]
    url = reverse("review:correct", args=[report.pk, "premise"])
    seen = [client.get(url).context["form"]["seen"].value() for client in clients]
    pages = at_once(
        *(
            lambda client=client, stamp=stamp, code=code: put(client, report, "premise", code=code, seen=stamp)
            for client, stamp, code in zip(clients, seen, ("20", "25"), strict=True)
        )
    )
    assert [page.status_code for page in pages] == [200, 200]
    assert Correction.objects.count() == 1
    assert sum("Something happened while this page was open." in page.text for page in pages) == 1
