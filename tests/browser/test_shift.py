"""A shift of an officer and the escalation of a report, at the served product with its worker."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import check_axe
from tests.browser.conftest import DESK
from tests.browser.test_decisions import opened
from tests.browser.test_staff_pages import NARROW, does_not_scroll_sideways
from tests.browser.test_the_line import follow, log_in
from tests.product import Product, wait_for
from tests.remote import RemoteResident
from tests.resident import Receipt

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]


def filed(product: Product, language: str, kind: str) -> Receipt:
    """File a report and return its receipt once it stands in the queue."""
    resident = RemoteResident(product, language)
    draft = resident.answer_all(kind)
    assert resident.submit(draft).status_code == 302
    receipt = resident.read_receipt(draft)
    state = f"Report.objects.get(reference='{receipt.reference}').state"
    wait_for(lambda: product.ask(state) == "queued", what="the worker to queue the report")
    return receipt


def search(page: Page, reference: str) -> None:
    """Find a report by its reference from the head of any page, and open it."""
    page.get_by_label("Search reports").fill(reference)
    page.keyboard.press("Enter")
    follow(page, page.get_by_role("link", name=reference))


def fits(page: Page) -> None:
    """No barrier, and no sideways scrolling on the smallest phone."""
    check_axe(page)
    page.set_viewport_size(NARROW)
    assert does_not_scroll_sideways(page)
    page.set_viewport_size(DESK)


def test_a_shift_from_claiming_to_the_last_decision(product: Product, visit: Visit) -> None:
    first, second = filed(product, "es", "theft-from-vehicle"), filed(product, "en", "lost-property")
    page = visit(viewport=DESK)
    log_in(page, product, "officer")
    page.goto(f"{product.url}/admin/review/")
    expect(page.locator(".tabs [aria-current]")).to_contain_text("To do")
    follow(page, page.get_by_role("button", name="Claim next"))
    expect(page.locator(".messagelist")).to_contain_text("The report is yours.")
    follow(page, page.get_by_role("button", name="Release"))

    search(page, first.reference)
    follow(page, page.get_by_role("button", name="Claim this report"))
    hidden = page.locator(".masked").count()
    assert hidden
    page.locator(".veil select").select_option("contact")
    follow(page, page.get_by_role("button", name="Show", exact=True))
    expect(page.locator(".masked")).to_have_count(0)
    page.locator("#notes summary").click()
    page.locator("#notes textarea").fill("Same corner as last week.")
    follow(page, page.get_by_role("button", name="Keep the note"))
    expect(page.locator("#notes")).to_contain_text("Same corner as last week.")
    ask = opened(page, "ask")
    ask.get_by_label("In your own words").fill("Was the window open?")
    follow(page, ask.get_by_role("button", name="Preview"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("what the resident gets")
    fits(page)
    follow(page, page.get_by_role("button", name="Ask the resident", exact=True))
    expect(page.locator(".state").first).to_have_text("Waiting for resident")
    fits(page)

    search(page, second.reference)
    follow(page, page.get_by_role("button", name="Claim this report"))
    form = opened(page, "approve")
    form.get_by_label("Report (DR) number").fill("261234999")
    follow(page, form.get_by_role("button", name="Approve", exact=True))
    expect(page.locator(".messagelist")).to_contain_text("The report is approved.")
    page.goto(f"{product.url}/admin/review/?tab=waiting")
    expect(page.get_by_role("link", name=first.reference)).to_be_visible()
    assert product.ask("first_broken()") == "None"


def test_an_escalation_until_it_is_classified_and_the_resident_reads_nothing_of_it(
    product: Product, visit: Visit
) -> None:
    receipt = filed(product, "en", "hate-incident")
    officer, supervisor = visit(viewport=DESK), visit(viewport=DESK)
    log_in(officer, product, "officer")
    search(officer, receipt.reference)
    follow(officer, officer.get_by_role("link", name="Escalate as possible hate crime"))
    fits(officer)
    follow(officer, officer.get_by_role("button", name="Escalate", exact=True))
    expect(officer.locator("#errors")).to_be_visible()
    officer.get_by_label("A threat of force").check()
    officer.locator("[name=characteristics][value=religion]").check()
    follow(officer, officer.get_by_role("button", name="Escalate", exact=True))
    expect(officer.locator("#hate")).to_contain_text("To be classified by")

    log_in(supervisor, product, "supervisor")
    supervisor.goto(f"{product.url}/admin/alerts/")
    expect(supervisor.locator(".alerts").get_by_role("link", name=receipt.reference).first).to_be_visible()
    fits(supervisor)
    supervisor.goto(f"{product.url}/admin/hate/")
    expect(supervisor.get_by_role("link", name=receipt.reference).first).to_be_visible()
    fits(supervisor)
    search(supervisor, receipt.reference)
    follow(supervisor, supervisor.locator("#hate").get_by_role("link", name="Classify"))
    supervisor.locator("[name=verdict][value=incident]").check()
    supervisor.locator("[name=characteristics][value=religion]").check()
    supervisor.locator("[name=biases][value='22']").check()
    supervisor.locator("[name=basis]").first.check()
    fits(supervisor)
    follow(supervisor, supervisor.get_by_role("button", name="Classify", exact=True))
    expect(supervisor.locator("#hate")).to_contain_text("Classified:")

    resident = visit()
    resident.goto(f"{product.url}/en/status/")
    resident.locator("[name=reference]").fill(receipt.reference)
    resident.locator("[name=access_code]").fill(receipt.access_code)
    follow(resident, resident.locator("main button[type=submit]").first)
    expect(resident.locator("main")).not_to_contain_text(re.compile("classif|escalat|hate crime", re.IGNORECASE))
