"""Coming back with reference and access code."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports import cookies
from reports.audit import RESIDENT
from reports.models import Report
from reports.status import actions
from tests.resident import STORY, Receipt, Resident

SORRY = "We did not find a report with this reference and code. Check both and try again."


def ask(browser: Resident, reference: str, access_code: str):
    return browser.client.post(browser.url("status:find"), {"reference": reference, "access_code": access_code})


def test_both_right_open_the_status_page(resident: Resident, receipt: Receipt) -> None:
    answer = ask(resident, receipt.reference, receipt.access_code)
    assert (answer.status_code, answer.url) == (302, "/en/status/report/")
    page = resident.client.get(answer.url)
    assert page.context["report"]["reference"] == receipt.reference
    assert page.context["report"]["state_label"] == "Received"


def test_it_forgives_how_they_are_typed(receipt: Receipt) -> None:
    typed = receipt.access_code.lower().replace("-", "  ").replace("0", "o").replace("1", "L")
    for reference in (receipt.reference[2:], receipt.reference.lower().replace("0", "O"), f" {receipt.reference} "):
        assert actions.find(reference=reference, access_code=typed, by=RESIDENT) == receipt.report


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９"])
def test_it_reads_digits_of_any_script(receipt: Receipt, digits: str) -> None:
    table = str.maketrans("0123456789", digits)
    found = actions.find(
        reference=receipt.reference.translate(table), access_code=receipt.access_code.translate(table), by=RESIDENT
    )
    assert found == receipt.report


def test_a_wrong_code_and_an_unknown_reference_look_alike(resident: Resident, receipt: Receipt) -> None:
    wrong = ("0" if receipt.access_code[0] != "0" else "1") + receipt.access_code[1:]
    pages = [
        ask(resident, receipt.reference, wrong),
        ask(resident, "R-0000-0000", receipt.access_code),
        ask(resident, "nonsense", receipt.access_code),
        ask(resident, receipt.reference, "無"),
    ]
    assert [page.status_code for page in pages] == [200] * 4
    assert [page.context["form"].non_field_errors() for page in pages] == [[SORRY]] * 4
    assert pages[0].context["form"]["reference"].value() == receipt.reference
    assert resident.client.get("/en/status/report/").status_code == 302


def test_another_reports_code_does_not_open_it(resident: Resident, receipt: Receipt) -> None:
    other = resident.file("lost-property")
    assert ask(resident, receipt.reference, other.access_code).status_code == 200


def test_wrong_and_unknown_take_the_same_statement(resident: Resident, receipt: Receipt) -> None:
    counts = []
    for reference, code in ((receipt.reference, receipt.access_code), (receipt.reference, "x"), ("R-0000-0000", "x")):
        with CaptureQueriesContext(connection) as captured:
            actions.find(reference=reference, access_code=code, by=RESIDENT)
        counts.append(len(captured))
    # The right one reads the report as well.
    assert counts == [2, 1, 1]


def test_an_empty_form_says_what_is_missing(resident: Resident) -> None:
    page = ask(resident, "", " ")
    assert list(page.context["form"].errors) == ["reference", "access_code"]


def test_neither_stands_in_an_address_or_a_cookie(resident: Resident, receipt: Receipt) -> None:
    answer = ask(resident, receipt.reference, receipt.access_code)
    carried = answer.url + str(answer.cookies)
    letters = receipt.access_code.replace("-", "")
    assert [each for each in (receipt.reference, receipt.access_code, letters) if each in carried] == []


def test_a_get_with_both_opens_nothing(resident: Resident, receipt: Receipt) -> None:
    asked = {"reference": receipt.reference, "access_code": receipt.access_code}
    page = resident.client.get(resident.url("status:find"), asked)
    assert page.status_code == 200
    assert resident.client.get("/en/status/report/").status_code == 302


def test_the_page_closes_by_itself(resident: Resident, receipt: Receipt, monkeypatch) -> None:
    resident.come_back(receipt)
    monkeypatch.setattr(cookies, "STATUS_SECONDS", -1)
    answer = resident.client.get("/en/status/report/")
    assert (answer.status_code, answer.url) == (302, "/en/status/")


def test_a_forged_cookie_opens_nothing(resident: Resident, receipt: Receipt) -> None:
    resident.come_back(receipt)
    name = next(name for name in resident.client.cookies if name.endswith("status"))
    resident.client.cookies[name] = receipt.report.pk.hex
    assert resident.client.get("/en/status/report/").status_code == 302


def test_a_cookie_of_a_draft_is_no_proof(resident: Resident, receipt: Receipt) -> None:
    resident.come_back(receipt)
    jar = resident.client.cookies
    drafts, status = (next(name for name in jar if name.endswith(kind)) for kind in ("drafts", "status"))
    jar[status] = jar[drafts].value
    assert resident.client.get("/en/status/report/").status_code == 302


def test_closing_hides_the_report_at_once(resident: Resident, receipt: Receipt) -> None:
    resident.come_back(receipt)
    assert resident.client.post(resident.url("status:close")).url == "/en/status/"
    assert resident.client.get("/en/status/report/").status_code == 302


def test_leaving_quickly_hides_it_too(resident: Resident, receipt: Receipt) -> None:
    resident.come_back(receipt)
    resident.client.post(resident.url("intake:leave"))
    assert resident.client.get("/en/status/report/").status_code == 410


def test_a_report_that_is_gone_asks_again(resident: Resident, receipt: Receipt) -> None:
    resident.come_back(receipt)
    Report.objects.all().delete()
    assert resident.client.get("/en/status/report/").url == "/en/status/"


def test_the_page_is_kept_by_no_cache(resident: Resident, receipt: Receipt) -> None:
    page = resident.come_back(receipt)
    assert "no-store" in page.headers["Cache-Control"]
    assert [word for word in (*STORY.split()[:4], "Ana", "Toyota", "7ABC123") if f">{word}" in page.text] == []
