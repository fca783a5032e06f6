"""Every page of daily staff work: no barrier, nothing blocked by the content policy, no sideways scrolling."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import check_axe
from tests.browser.conftest import DESK
from tests.browser.test_the_line import follow, log_in
from tests.product import Product, wait_for
from tests.remote import RemoteResident

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
WORK = [
    "/admin/",
    "/admin/review/",
    "/admin/review/?tab=decided",
    "/admin/export/",
    "/admin/counts/",
    "/admin/counts/subscribe/",
]
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def reference(product: Product) -> str:
    """A report that stands in the queue."""
    resident = RemoteResident(product, "es")
    draft = resident.answer_all("theft-from-vehicle")
    assert resident.submit(draft).status_code == 302
    reference = resident.read_receipt(draft).reference
    state = f"Report.objects.get(reference='{reference}').state"
    wait_for(lambda: product.ask(state) == "queued", what="the worker to queue the report")
    return reference


def address(product: Product, reference: str) -> str:
    """Return the address of a report's page."""
    report_id = product.ask(f"Report.objects.get(reference='{reference}').pk")
    return f"{product.url}/admin/review/{report_id}/"


def does_not_scroll_sideways(page: Page) -> bool:
    """Tell whether the page fits the width of its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_pages_of_work_have_no_barrier_in_the_dark_and_fit(product: Product, visit: Visit, reference: str) -> None:
    page = visit(viewport=DESK, color_scheme="dark")
    page.goto(f"{product.url}/admin/login/")
    check_axe(page)
    log_in(page, product, "supervisor")
    for path in [*(product.url + path for path in WORK), address(product, reference)]:
        page.set_viewport_size(DESK)
        assert page.goto(path).status == 200
        check_axe(page)
        page.set_viewport_size(NARROW)
        assert does_not_scroll_sideways(page), path


def test_report_is_claimed_revealed_and_refused_without_script(product: Product, visit: Visit, reference: str) -> None:
    page = visit(viewport=NARROW, java_script_enabled=False)
    log_in(page, product, "supervisor")
    page.goto(address(product, reference))
    follow(page, page.get_by_role("button", name="Claim this report"))
    expect(page.locator(".masked").first).to_be_visible()

    follow(page, page.get_by_role("button", name="Show"))
    expect(page.locator(".messagelist")).to_contain_text("Choose why you need the personal data.")
    page.get_by_label("Reason", exact=True).select_option("decide")
    follow(page, page.get_by_role("button", name="Show"))
    expect(page.locator(".masked")).to_have_count(0)

    page.locator(".decision-approve summary").click()
    page.get_by_label("Report (DR) number").fill("12")
    follow(page, page.locator("button.button-approve"))
    field = page.get_by_label("Report (DR) number")
    expect(field).to_be_visible()
    expect(field).to_have_value("12")
    expect(field).to_have_accessible_description(re.compile("not a report number"))
