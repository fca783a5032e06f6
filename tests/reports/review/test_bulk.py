"""The same step with many reports: who is offered it, what it does, what each refusal says."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role, User
from reports.models import Area, AuditEvent, Correction, Notice, Report
from reports.review import bulk, claiming
from tests.desk import another
from tests.resident import Resident

BULK = reverse("review:bulk")


@pytest.fixture
def otto(staff) -> User:
    """Another officer of Central."""
    return staff("otto", Role.OFFICER, areas=[1])


@pytest.fixture
def three(queued: Report) -> list[Report]:
    """Three reports of Central in the queue, each with its own key, oldest first."""
    more = [Resident().file("theft-from-vehicle").report for _each in range(2)]
    Report.objects.update(state="queued")
    return [Report.objects.get(pk=report.pk) for report in (queued, *more)]


def post(client, step: str, reports, query: str = "", **answer: str):
    """Press a step's button in the list, or with `answer` on its own page."""
    posted = {"do": step, "report": [str(report.pk) for report in reports], **answer}
    return client.post(f"{BULK}?{query}", posted | ({"answer": "yes"} if answer else {}), follow=True)


def told(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def refused(page) -> dict[str, str]:
    return {report.reference: str(why) for report, why in page.context["refused"]}


def standing(reports: list[Report]) -> list[tuple[str, str | None]]:
    rows = {report.pk: report for report in Report.objects.select_related("claimed_by")}
    return [(rows[each.pk].state, getattr(rows[each.pk].claimed_by, "username", None)) for each in reports]


def test_each_role_is_offered_its_steps(queued: Report, olga: User, sue: User, at_desk) -> None:
    def offered(user: User) -> list[str]:
        return [step.key for step in at_desk(user).get("/admin/review/").context["bulk"]]

    assert offered(olga) == ["reject", "join"]
    assert offered(sue) == ["assign", "area", "reject", "join", "export"]
    decided = at_desk(sue).get("/admin/review/?tab=decided").context["bulk"]
    assert [step.key for step in decided] == ["export"]
    assert at_desk(olga).get("/admin/review/?tab=decided").context["bulk"] == []


@pytest.mark.parametrize("step", ["assign", "area", "nonsense", ""])
def test_a_step_that_is_not_offered_does_not_exist(queued: Report, olga: User, at_desk, step: str) -> None:
    assert post(at_desk(olga), step, [queued], to=str(olga.pk), area="1").status_code == 404


def test_the_step_asks_first_on_a_page_of_its_own(three: list[Report], sue: User, at_desk) -> None:
    page = post(at_desk(sue), "assign", three)
    assert (page.status_code, str(page.context["title"])) == (200, "Assign 3 reports")
    assert [report.pk for report in page.context["reports"]] == [report.pk for report in three]
    assert standing(three) == [("queued", None)] * 3
    assert AuditEvent.objects.filter(verb="review.assign").count() == 0


def test_a_supervisor_assigns_many_to_one(three: list[Report], sue: User, otto: User, at_desk) -> None:
    claiming.claim(report_id=three[0].pk, by=sue)
    page = post(at_desk(sue), "assign", three, "tab=unclaimed&held=no", to=str(otto.pk))
    assert told(page) == ["Done with 3 reports."]
    assert page.redirect_chain[-1][0] == "/admin/review/?tab=unclaimed&held=no"
    assert standing(three) == [("in_review", "otto")] * 3
    assert AuditEvent.objects.filter(verb="review.assign").count() == 3


def test_what_one_refuses_holds_up_no_other_and_each_is_named(three: list[Report], sue: User, staff, at_desk) -> None:
    """One is decided meanwhile, one does not exist for the colleague, one goes through."""
    otto = staff("otto", Role.OFFICER, areas=[1])
    first, second = three[:2]
    Report.objects.filter(pk=first.pk).update(state="withdrawn", decided_at=first.reported_at)
    Report.objects.filter(pk=second.pk).update(area=Area.objects.get(number=2))
    page = post(at_desk(sue), "assign", three, to=str(otto.pk))
    assert page.context["said"] == "Done with 1 report."
    assert refused(page) == {
        first.reference: "It stands as: Withdrawn.",
        second.reference: "It does not exist for that colleague.",
    }
    assert standing(three) == [("withdrawn", None), ("queued", None), ("in_review", "otto")]
    # They stand ready to be tried again, with what was typed.
    assert {report.pk for report in page.context["reports"]} == {first.pk, second.pk}
    assert page.context["form"]["to"].value() == str(otto.pk)


def test_a_supervisor_moves_many_to_another_area(three: list[Report], sue: User, otto: User, at_desk) -> None:
    rampart = Area.objects.get(number=2)
    claiming.claim(report_id=three[0].pk, by=otto)
    Report.objects.filter(pk=three[1].pk).update(state="waiting", claimed_by=otto)
    page = post(at_desk(sue), "area", three, area=str(rampart.pk))
    assert refused(page) == {three[1].reference: "Its officer awaits an answer and would not see it any more."}
    assert standing(three) == [("queued", None), ("waiting", "otto"), ("queued", None)]
    assert [Report.objects.get(pk=report.pk).area.number for report in three] == [2, 1, 2]
    assert Correction.objects.filter(of="area").count() == 2


def test_spam_is_rejected_with_one_reason_and_every_resident_is_told(three: list[Report], olga: User, otto, at_desk):
    claiming.claim(report_id=three[0].pk, by=olga)
    claiming.claim(report_id=three[1].pk, by=otto)
    letters = Notice.objects.filter(kind="rejected").count()
    page = post(at_desk(olga), "reject", three, reason="spam")
    assert refused(page) == {three[1].reference: "otto has it: In review."}
    assert standing(three) == [("rejected", "olga"), ("in_review", "otto"), ("rejected", "olga")]
    assert set(Report.objects.filter(state="rejected").values_list("reject_reason", flat=True)) == {"spam"}
    assert Notice.objects.filter(kind="rejected").count() == letters + 2


def test_a_reason_is_needed(three: list[Report], olga: User, at_desk) -> None:
    for reason in ("", "because"):
        page = post(at_desk(olga), "reject", three, reason=reason)
        assert page.context["form"].errors.keys() == {"reason"}
    assert standing(three) == [("queued", None)] * 3


def test_duplicates_are_joined_with_the_one_that_stays(three: list[Report], olga: User, at_desk) -> None:
    kept = three[0]
    page = post(at_desk(olga), "join", three, kept=kept.reference.lower())
    assert refused(page) == {kept.reference: "This is the report itself."}
    # What was refused was not claimed for it either.
    assert standing(three) == [("queued", None), ("duplicate", "olga"), ("duplicate", "olga")]
    assert set(Report.objects.filter(state="duplicate").values_list("duplicate_of", flat=True)) == {kept.pk}


def test_the_one_that_stays_must_exist_for_the_person(three: list[Report], olga: User, staff, at_desk) -> None:
    foreign = another(three[0], area=Area.objects.get(number=5))
    for reference in (foreign.reference, "R-0000-0000", "nonsense", "\x00"):
        page = post(at_desk(olga), "join", three[:1], kept=reference)
        assert page.context["form"].errors.keys() == {"kept"}
    assert standing(three) == [("queued", None)] * 3


def test_what_is_out_of_reach_is_not_among_the_chosen(three: list[Report], piet: User, at_desk) -> None:
    page = post(at_desk(piet), "reject", three, reason="spam")
    assert told(page) == ["Choose reports in the list first."]
    assert standing(three) == [("queued", None)] * 3


@pytest.mark.parametrize("ids", [[], ["x"], ["\x00"], ["1"], ["00000000-0000-7000-8000-000000000000"]])
def test_nothing_chosen_leads_back_to_the_list(queued: Report, olga: User, at_desk, ids: list[str]) -> None:
    page = at_desk(olga).post(f"{BULK}?tab=open", {"do": "reject", "report": ids}, follow=True)
    assert told(page) == ["Choose reports in the list first."]
    assert page.redirect_chain[-1][0] == "/admin/review/?tab=open"


def test_it_takes_no_more_than_three_pages(queued: Report, olga: User) -> None:
    Report.objects.bulk_create([])
    ids = [str(another(queued).pk) for _each in range(3)]
    assert bulk.chosen(["x"] * bulk.MOST + ids, by=olga).count() == 0
    assert bulk.chosen(["x"] * (bulk.MOST - 1) + ids, by=olga).count() == 1


def test_its_address_leads_to_the_list(olga: User, at_desk) -> None:
    assert at_desk(olga).get(BULK).url == "/admin/review/"


def test_the_list_holds_a_box_for_every_row_and_all_can_be_chosen_without_script(
    queued: Report, olga: User, at_desk
) -> None:
    for number in range(31):
        another(queued, reported_at=queued.reported_at + timedelta(minutes=number))
    client = at_desk(olga)
    first = client.get("/admin/review/?tab=open").content.decode()
    assert first.count('name="report"') == 30
    assert first.count("data-choose\n") == 30
    assert "checked" not in first[first.index("<tbody") :]
    assert "?tab=open&amp;all=yes" in first
    chosen = client.get("/admin/review/?tab=open&all=yes").content.decode()
    assert chosen[chosen.index("<tbody") :].count("checked") == 30
