"""The queue in a real browser: keys, menus and chosen rows; no barrier; everything also without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import check_axe
from tests.browser.conftest import DESK
from tests.browser.test_staff_pages import NARROW, does_not_scroll_sideways
from tests.browser.test_the_line import follow, log_in
from tests.product import Product

pytestmark = pytest.mark.browser

QUEUE = "/admin/review/?tab=open"
Visit = Callable[..., Page]
Pictures = Callable[[Page, str], None]


def at_queue(page: Page, product: Product) -> Page:
    """Log a supervisor in and open all that is open."""
    log_in(page, product, "supervisor")
    page.goto(product.url + QUEUE)
    return page


def reference(page: Page, row: int) -> str:
    return page.locator("[data-open]").nth(row).inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_barrier_with_everything_open_and_fits(product: Product, visit: Visit, scheme: str) -> None:
    page = at_queue(visit(viewport=DESK, color_scheme=scheme), product)
    page.locator("[data-choose]").first.check()
    page.locator("#keys summary").click()
    for menu in page.locator(".menu > summary").all():
        menu.click()
        check_axe(page)
        page.set_viewport_size(NARROW)
        assert does_not_scroll_sideways(page)
        page.set_viewport_size(DESK)
    follow(page, page.get_by_role("button", name="Reject"))
    check_axe(page)
    page.set_viewport_size(NARROW)
    assert does_not_scroll_sideways(page)


def test_keys_move_choose_open_and_can_be_switched_off(product: Product, visit: Visit, pictures: Pictures) -> None:
    page = at_queue(visit(viewport=DESK), product)
    expect(page.locator("[data-bulk]")).to_be_hidden()
    second = reference(page, 1)
    for key in "jjxk":
        page.keyboard.press(key)
    expect(page.locator("[data-open]").first).to_be_focused()
    expect(page.locator("[data-bulk]")).to_contain_text("1 chosen")
    expect(page.get_by_role("checkbox", name=f"Choose {second}")).to_be_checked()
    pictures(page, "queue")
    page.keyboard.press("?")
    expect(page.get_by_text("choose it, or not")).to_be_visible()

    page.get_by_role("button", name="Switch keys off").click()
    page.reload()
    page.keyboard.press("j")
    expect(page.locator("[data-open]:focus")).to_have_count(0)
    page.locator("#keys summary").click()
    page.get_by_role("button", name="Switch keys on").click()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("o")
    expect(page.locator("h1").first).to_be_visible()


def test_a_letter_typed_into_a_field_is_a_letter(product: Product, visit: Visit) -> None:
    page = at_queue(visit(viewport=DESK), product)
    page.locator(".views-menu summary").click()
    page.get_by_label("Name", exact=True).press_sequentially("jocx?/k")
    expect(page.get_by_label("Name", exact=True)).to_have_value("jocx?/k")
    expect(page.locator("#keys")).not_to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator(".views-menu summary")).to_be_focused()


def test_c_claims_and_opens_the_report(product: Product, visit: Visit) -> None:
    page = at_queue(visit(viewport=DESK), product)
    page.goto(f"{product.url}/admin/review/?tab=unclaimed")
    first = reference(page, 0)
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("c")
    expect(page.locator(".messagelist")).to_contain_text("The report is yours.")
    expect(page.locator(".report-head")).to_contain_text(first)


def test_everything_is_there_without_script(product: Product, visit: Visit) -> None:
    page = at_queue(visit(viewport=NARROW, java_script_enabled=False), product)
    # Filter by a language, save it as a view, choose all, and ask for a step.
    page.locator(".filter-menu summary").click()
    page.get_by_role("checkbox", name="English").check()
    follow(page, page.get_by_role("button", name="Show these"))
    expect(page.locator(".chips")).to_contain_text("English")
    page.locator(".views-menu summary").click()
    page.get_by_label("Name", exact=True).fill("In English")
    follow(page, page.get_by_role("button", name="Save"))
    page.locator(".views-menu summary").click()
    expect(page.get_by_role("link", name="In English")).to_have_attribute("aria-current", "true")
    follow(page, page.get_by_role("link", name="Choose all on this page"))
    number = page.locator("[data-choose]").count()
    follow(page, page.get_by_role("button", name="Assign"))
    expect(page.locator("h1")).to_have_text(f"Assign {number} report{'s' if number > 1 else ''}")
    assert does_not_scroll_sideways(page)
