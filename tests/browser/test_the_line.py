"""One report travels the whole way, in a real browser, through the served product with its worker and schedule."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.barriers import check_axe
from tests.browser.conftest import DESK
from tests.product import Product, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.long]

PASSWORD = "demo-password-only"
Visit = Callable[..., Page]
Pictures = Callable[[Page, str], None]


def follow(page: Page, link: Locator) -> None:
    """Click what leads to another page, and wait until that page is there: a click alone returns before it is."""
    with page.expect_navigation():
        link.click()


def go_on(page: Page) -> None:
    """Press the page's main button."""
    follow(page, page.locator(".buttons .btn-main"))


def affirm_and_send(page: Page) -> None:
    """Say that it is true and send, but not before the browser has done its quiet work, or the report is held."""
    script, proof = page.locator("input[name=script]"), page.locator("input[name=proof]")
    page.locator("input[name=truth]").check()
    wait_for(lambda: not script.input_value() or proof.input_value(), what="the proof of work")
    go_on(page)


def answer_no_to_all(page: Page, *, yes: str) -> None:
    """Answer the screening: no to every question but the one named."""
    for group in page.locator("form#step fieldset").all():
        name = group.locator("input").first.get_attribute("name")
        group.locator(f"input[value={'yes' if name == yes else 'no'}]").check()


def log_in(page: Page, product: Product, who: str) -> None:
    """Log in at the admin."""
    page.goto(f"{product.url}/admin/")
    page.get_by_label("Username").fill(who)
    page.get_by_label("Password").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Log in"))
    expect(page.locator("#user-tools")).to_be_visible()


def file_theft(page: Page, product: Product, pictures: Pictures) -> tuple[str, str]:
    """File a theft from a vehicle and return reference and access code."""
    page.goto(product.url)
    expect(page).to_have_url(re.compile("/en/$"))
    expect(page.get_by_role("link", name="911").first).to_be_visible()
    check_axe(page)
    pictures(page, "start")
    follow(page, page.get_by_role("link", name="Theft from a vehicle"))
    check_axe(page)
    go_on(page)
    check_axe(page)
    answer_no_to_all(page, yes="in-city")
    go_on(page)
    page.get_by_label("What day did it happen?").fill("2026-10-05")
    page.get_by_label("About what time?").fill("21:30")
    check_axe(page)
    pictures(page, "step")
    go_on(page)
    page.get_by_label("Address, crossing or landmark").fill("6th St and Main St")
    page.get_by_label("Part of the city").select_option(label="Central")
    check_axe(page)
    go_on(page)
    page.get_by_label("License plate").fill("7ABC123")
    check_axe(page)
    go_on(page)
    page.get_by_label("What is it?").select_option("75")
    page.get_by_label("Serial number").fill("SN-0042")
    check_axe(page)
    go_on(page)
    page.locator("input[name=way-in][value=window]").check()
    check_axe(page)
    go_on(page)
    page.get_by_label("What happened?").fill("They broke the side window and took my phone.")
    check_axe(page)
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Do you have photos, videos or receipts?")
    check_axe(page)
    go_on(page)
    page.get_by_label("It happened to me").check()
    page.get_by_label("Your name").fill("Ana Flores")
    page.get_by_label("E-mail", exact=False).first.fill("ana@example.org")
    check_axe(page)
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    check_axe(page)
    pictures(page, "check")
    affirm_and_send(page)
    check_axe(page)
    pictures(page, "thank-you")
    reference, code = page.locator(".code-value").all_inner_texts()
    return reference.strip(), code.strip()


def come_back(page: Page, url: str, reference: str, code: str) -> None:
    """Open the status page in the language of `url`."""
    page.goto(url)
    page.locator("input[name=reference]").fill(reference.lower())
    page.locator("input[name=access_code]").fill(code.lower().replace("-", " "))
    go_on(page)


def test_a_report_travels_the_whole_way(product: Product, visit: Visit, pictures: Pictures) -> None:
    resident = visit()
    reference, code = file_theft(resident, product, pictures)
    wait_for(
        lambda: product.ask(f"Report.objects.get(reference='{reference}').state") == "queued",
        what="the worker to queue the report",
    )
    assert "ana@example.org" in wait_for(lambda: reference in product.letters() and product.letters())

    officer = visit(viewport=DESK)
    log_in(officer, product, "officer")
    officer.goto(f"{product.url}/admin/review/")
    check_axe(officer)
    pictures(officer, "queue")
    assert is_listed(officer, reference)
    follow(officer, officer.get_by_role("link", name=reference))
    check_axe(officer)
    follow(officer, officer.get_by_role("button", name="Claim this report"))
    expect(officer.locator(".messagelist")).to_contain_text("The report is yours.")
    expect(officer.get_by_text("They broke the side window and took my phone.")).to_be_visible()
    expect(officer.get_by_text("Ana Flores")).to_have_count(0)
    check_axe(officer)
    pictures(officer, "report")
    decide(officer, "ask", text="Which pocket was the phone in?")
    expect(officer.locator(".messagelist")).to_contain_text("Your question was sent.")

    come_back(resident, f"{product.url}/es/status/", reference, code)
    expect(resident.get_by_role("heading", level=1)).to_have_text("Necesitamos su respuesta")
    check_axe(resident)
    resident.locator("textarea[name=text]").fill("En el asiento.")
    go_on(resident)
    expect(resident.get_by_text("En el asiento.")).to_be_visible()

    officer.reload()
    expect(officer.get_by_text("En el asiento.")).to_be_visible()
    decide(officer, "approve", dr_number="26-01-12345")
    expect(officer.locator(".messagelist")).to_contain_text("The report is approved.")
    resident.reload()
    expect(resident.get_by_text("260112345")).to_be_visible()
    check_axe(resident)

    supervisor = visit(viewport=DESK)
    log_in(supervisor, product, "supervisor")
    today = timezone.localdate()
    rows = exported(supervisor, product, today.isoformat())
    assert [row["dr_number"] for row in rows if row["reference"] == reference] == ["260112345"]
    row = next(row for row in counted(supervisor, product, today.isoformat()) if row["unit"] == "OCB")
    assert (row["category"], int(row[f"YTD {today.year}"]) >= 1) == ("Approved", True)
    assert reference in product.manage("export_reports", "--from", today.isoformat(), "--until", today.isoformat())
    assert product.ask("first_broken()") == "None"


def is_listed(officer: Page, reference: str) -> bool:
    """Turn the queue's pages until the report is there; tell whether it is, or not yet."""
    onward = officer.get_by_role("link", name="Next")
    while not (found := officer.get_by_role("link", name=reference).count()) and onward.count():
        follow(officer, onward)
    return bool(found)


def decide(officer: Page, action: str, **fields: str) -> None:
    """Open a decision, fill its form and send it."""
    form = officer.locator(f"form[action*='/decide/{action}/']")
    if not form.is_visible():
        officer.locator("details", has=form).locator("summary").click()
    for name, value in fields.items():
        form.locator(f"[name={action}-{name}]").fill(value)
    follow(officer, form.locator(f".button-{action}"))


def exported(supervisor: Page, product: Product, day: str) -> list[dict[str, str]]:
    """Export the approved reports of a day: a small file is ready at once."""
    supervisor.goto(f"{product.url}/admin/export/new/")
    supervisor.get_by_label("Decided from").fill(day)
    supervisor.get_by_label("Decided until").fill(day)
    supervisor.get_by_label("Reason").select_option("records")
    follow(supervisor, supervisor.get_by_role("button", name="Export", exact=True))
    with supervisor.expect_download() as waiting:
        supervisor.get_by_role("button", name=re.compile("Download")).click()
    return list(csv.DictReader(io.StringIO(waiting.value.path().read_text())))


def counted(supervisor: Page, product: Product, day: str) -> list[dict[str, str]]:
    """Download the counts of the year so far."""
    supervisor.goto(f"{product.url}/admin/counts/")
    supervisor.get_by_label("Until", exact=True).fill(day)
    supervisor.get_by_label("What", exact=True).select_option("state:approved")
    follow(supervisor, supervisor.get_by_role("button", name="Show"))
    with supervisor.expect_download() as waiting:
        supervisor.get_by_role("button", name="CSV").click()
    return list(csv.DictReader(io.StringIO(waiting.value.path().read_text())))
