"""A report's page in Chromium: notes, corrections, keys; with and without script; nothing barred, nothing sideways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import check_axe
from tests.browser.conftest import DESK
from tests.browser.test_staff_pages import NARROW, address, does_not_scroll_sideways, reference  # noqa: F401
from tests.browser.test_the_line import follow, log_in
from tests.product import Product

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
PARTS = ["type", "area", "premise", "offence", "bias", "property", "priority"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_of_it_opened_has_no_barrier_and_fits(product: Product, visit: Visit, reference: str, scheme: str) -> None:  # noqa: F811
    page = visit(viewport=DESK, color_scheme=scheme)
    log_in(page, product, "supervisor")
    here = address(product, reference)
    for path in [here, *(f"{here}correct/{part}/" for part in PARTS)]:
        page.set_viewport_size(DESK)
        page.goto(path)
        for fold in page.locator("main details").all():
            fold.evaluate("fold => { fold.open = true }")
        check_axe(page)
        page.set_viewport_size(NARROW)
        assert does_not_scroll_sideways(page), path


def test_without_script_a_note_is_kept_and_the_kind_corrected(product: Product, visit: Visit, reference: str) -> None:  # noqa: F811
    page = visit(viewport=NARROW, java_script_enabled=False)
    log_in(page, product, "supervisor")
    page.goto(address(product, reference))
    page.get_by_text("Write a note").click()
    page.get_by_label("Note", exact=True).fill("Call +1 213 555 0142 first.")
    follow(page, page.get_by_role("button", name="Keep the note"))
    expect(page.locator(".note-list")).to_contain_text("Call [hidden] first.")

    follow(page, page.get_by_role("link", name="Correct – Kind of report"))
    page.get_by_label("Kind of report").select_option(label="Theft")
    page.get_by_label("Why").select_option("words")
    follow(page, page.get_by_role("button", name="See which answers fit"))
    expect(page.locator(".fit-left")).to_contain_text("Vehicles")
    follow(page, page.get_by_role("button", name="Keep the correction"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Theft")
    expect(page.locator(".timeline-sheet")).to_contain_text("corrected the type from “Theft from a vehicle” to “Theft”")
    page.get_by_text("Answers that this kind of report does not ask").click()
    expect(page.locator(".left-over")).to_contain_text("Toyota")


def test_keys_lead_through_the_list_and_can_be_switched_off(product: Product, visit: Visit) -> None:
    page = visit(viewport=DESK)
    log_in(page, product, "supervisor")
    page.goto(f"{product.url}/admin/review/?tab=open")
    follow(page, page.locator("a.reference").nth(1))
    second = page.url
    for key in "np":
        with page.expect_navigation():
            page.keyboard.press(key)
    assert page.url == second
    page.keyboard.press("?")
    expect(page.get_by_text("next report of the list")).to_be_visible()
    page.get_by_role("button", name="Switch keys off").click()
    page.locator("h1").click()
    page.keyboard.press("n")
    page.get_by_role("button", name="Switch keys on").click()
    page.get_by_text("Write a note").click()
    page.get_by_label("Note", exact=True).press_sequentially("nup")
    assert page.url == second
    page.locator("h1").click()
    with page.expect_navigation():
        page.keyboard.press("u")
    assert "/admin/review/?" in page.url
    assert "tab=open" in page.url
