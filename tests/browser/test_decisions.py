"""Each decision's form and what the resident would get of it: no barrier, no sideways scrolling, without script too."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import check_axe
from tests.browser.conftest import DESK
from tests.browser.test_staff_pages import NARROW, address, does_not_scroll_sideways
from tests.browser.test_the_line import follow, log_in
from tests.product import Product, wait_for
from tests.remote import RemoteResident
from tests.resident import Receipt

pytestmark = [pytest.mark.browser, pytest.mark.long]

Visit = Callable[..., Page]


def queued(product: Product, language: str) -> Receipt:
    """File a report in a language and return its receipt once it stands in the queue."""
    resident = RemoteResident(product, language)
    draft = resident.answer_all("lost-property")
    assert resident.submit(draft).status_code == 302
    receipt = resident.read_receipt(draft)
    state = f"Report.objects.get(reference='{receipt.reference}').state"
    wait_for(lambda: product.ask(state) == "queued", what="the worker to queue the report")
    return receipt


def shot(page: Page, name: str) -> None:
    folder = os.environ.get("DECIDE_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def opened(page: Page, action: str):
    """Open a decision's form."""
    details = page.locator(f".decision-{action}")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return details


def fill(page: Page, action: str, other: str) -> None:
    form = opened(page, action)
    if action == "approve":
        form.get_by_label("Report (DR) number").fill("261234567")
        form.get_by_label("Ready text").select_option("found-later")
    elif action == "ask":
        form.get_by_label("Ready question").select_option("consent")
        form.get_by_label("In your own words").fill("Your station could help with this.")
    elif action == "reject":
        form.get_by_label("Reason, as the resident reads it").select_option("in_person")
        form.get_by_label("Ready text").select_option("at-station")
    elif action == "refer":
        form.get_by_label("Pass it on to").select_option(label="California Highway Patrol (CHP)")
        form.get_by_label("What the resident wrote").check()
        form.get_by_label("The resident agreed").select_option("phone")
        form.get_by_label("Agreed on").fill("2026-01-05")
        form.get_by_label("Ready text").select_option("ask-them")
    elif action == "join":
        form.get_by_label("Reference of the report that stays").fill(other)
        form.get_by_label("Ready text").select_option("one-report")
    elif action == "withdraw":
        form.get_by_label("Why the resident asks for it").select_option("found")


@pytest.mark.parametrize("language", ["fa", "ko"])
def test_each_decision_can_be_looked_at_before_it_is_sent(product: Product, visit: Visit, language: str) -> None:
    receipt, other = queued(product, language), queued(product, language).reference
    reference = receipt.reference
    page = visit(viewport=DESK, java_script_enabled=language == "ko")
    log_in(page, product, "supervisor")
    page.goto(address(product, reference))
    follow(page, page.get_by_role("button", name="Claim this report"))
    for action in ("approve", "ask", "reject", "refer", "join", "withdraw"):
        page.goto(address(product, reference))
        fill(page, action, other)
        if language == "ko":
            check_axe(page)
        page.set_viewport_size(NARROW)
        assert does_not_scroll_sideways(page), action
        shot(page, f"form-{action}-{language}-320")
        page.set_viewport_size(DESK)
        shot(page, f"form-{action}-{language}-1280")
        follow(page, page.locator(f".decision-{action}").get_by_role("button", name="Preview"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("what the resident gets")
        if language == "ko":
            check_axe(page)
        shot(page, f"preview-{action}-{language}-1280")
        page.set_viewport_size(NARROW)
        assert does_not_scroll_sideways(page), action
        shot(page, f"preview-{action}-{language}-320")
        page.set_viewport_size(DESK)
    follow(page, page.get_by_role("button", name="Go back and change"))
    expect(page.locator(".decision-withdraw").get_by_label("Why the resident asks for it")).to_have_value("found")
    fill(page, "refer", other)
    follow(page, page.locator(".decision-refer").get_by_role("button", name="Preview"))
    follow(page, page.get_by_role("button", name="Refer", exact=True))
    expect(page.locator(".went")).to_contain_text("California Highway Patrol (CHP)")
    shot(page, f"outcome-{language}")
    opened(page, "reopen")
    shot(page, f"form-reopen-{language}")
    page = visit()
    page.goto(f"{product.url}/{language}/status/")
    page.locator("[name=reference]").fill(reference)
    page.locator("[name=access_code]").fill(receipt.access_code)
    follow(page, page.locator("main button[type=submit]").first)
    expect(page.locator(".went-to")).to_contain_text("California Highway Patrol (CHP)")
    check_axe(page)
    page.set_viewport_size(NARROW)
    assert does_not_scroll_sideways(page)
    shot(page, f"status-{language}")
