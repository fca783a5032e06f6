"""Files with an answer in a real browser: with and without script, kept when the question closes meanwhile."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import check_axe
from tests.browser.conftest import DESK
from tests.browser.test_files import PHONE, photo
from tests.browser.test_the_line import Pictures, Visit, come_back, decide, follow, go_on, log_in
from tests.product import Product, wait_for

pytestmark = pytest.mark.browser

FILE = (
    "from django.conf import settings; settings.ALLOWED_HOSTS = ['testserver']; "
    "from tests.resident import Resident; from reports.processing.actions import work; "
    "from reports.intake.actions import access_code, sent_report; r = Resident(); "
    "d = r.answer_all('theft-from-vehicle'); r.submit(d); work(); print(sent_report(d).reference, access_code(d))"
)


def asked(product: Product, officer: Page, *, question: str = "Do you have the receipt?") -> tuple[str, str]:
    """File a report by its pages, claim it and ask; return its reference and code."""
    reference, code = product.manage("shell", "-v", "0", "-c", FILE).split()[-2:]
    found = f"Report.objects.filter(reference='{reference}', state='queued')"
    wait_for(lambda: product.ask(f"{found}.exists()") == "True", what="the report to be queued")
    number = product.ask(f"{found}.get().pk")
    officer.goto(f"{product.url}/admin/review/{number}/")
    follow(officer, officer.get_by_role("button", name="Claim this report"))
    decide(officer, "ask", text=question)
    return reference, code


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_answer_with_files(product: Product, visit: Visit, pictures: Pictures, script: bool) -> None:
    officer = visit(viewport=DESK)
    log_in(officer, product, "officer")
    reference, code = asked(product, officer)
    page = visit(**PHONE, java_script_enabled=script)
    come_back(page, f"{product.url}/en/status/", reference, code)
    page.locator("textarea[name=text]").fill("Here it is.")
    page.locator("input[type=file]").set_input_files(
        [
            photo("one.jpg", padding=2_000_000),
            photo("two.jpg"),
            {"name": "three.jpg", "mimeType": "image/jpeg", "buffer": b"MZ no picture at all"},
        ]
    )
    page.get_by_role("button", name="Add these files").click()
    expect(page.locator(".attached-name")).to_have_count(2)
    expect(page.locator("#errors")).to_contain_text("“three.jpg” is not a kind of file that we can take.")
    expect(page.locator("textarea[name=text]")).to_have_value("Here it is.")
    if script:
        check_axe(page)
        expect(page.locator("#errors")).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        pictures(page, "answer")
    page.get_by_role("button", name="Remove – two.jpg").click()
    expect(page.locator(".attached-name")).to_have_count(1)
    expect(page.locator("textarea[name=text]")).to_have_value("Here it is.")
    page.locator("input[type=file]").set_input_files(photo("four.jpg"))
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Being read")
    expect(page).to_have_url(re.compile("/en/status/report/$"))
    expect(page.get_by_text("With 2 files")).to_be_visible()
    officer.goto(f"{product.url}/admin/review/?tab=mine")
    expect(officer.locator("tr", has_text=reference).locator(".flag-news")).to_contain_text("Answered")
    check_axe(officer)
    follow(officer, officer.get_by_role("link", name=reference))
    expect(officer.locator(".talk > li").last.get_by_role("link")).to_have_count(2)
    check_axe(officer)
    officer.reload()
    expect(officer.locator(".flag-news")).to_have_count(0)


def test_a_question_that_closes_meanwhile_leads_to_an_addition(product: Product, visit: Visit) -> None:
    officer = visit(viewport=DESK)
    log_in(officer, product, "officer")
    reference, code = asked(product, officer)
    page = visit(**PHONE)
    come_back(page, f"{product.url}/en/status/", reference, code)
    lapse = (
        "from reports.models import *; from reports.processing import clock; from reports.audit import SYSTEM; "
        f"Report.objects.filter(reference='{reference}').update(answer_due_at='2026-01-01T00:00Z'); "
        "clock.lapse(by=SYSTEM)"
    )
    product.manage("shell", "-v", "0", "-c", lapse)
    page.locator("textarea[name=text]").fill("Here it is.")
    page.locator("input[type=file]").set_input_files(photo("one.jpg"))
    page.get_by_role("button", name="Send answer").click()
    expect(page.locator("#errors")).to_contain_text("no longer open")
    expect(page.locator(".attached-name")).to_have_count(1)
    check_axe(page)
    page.get_by_role("button", name="Add it to your report instead").click()
    expect(page).to_have_url(re.compile("/en/status/report/$"))
    expect(page.get_by_text("With 1 file")).to_be_visible()


def test_the_page_of_an_addition_is_calm(product: Product, visit: Visit) -> None:
    officer = visit(viewport=DESK)
    log_in(officer, product, "officer")
    reference, code = asked(product, officer)
    page = visit(**PHONE)
    come_back(page, f"{product.url}/es/status/", reference, code)
    page.goto(f"{product.url}/es/status/add/")
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("input[type=file]").set_input_files(photo("uno.jpg"))
    go_on(page)
    expect(page).to_have_url(re.compile("/es/status/report/$"))
