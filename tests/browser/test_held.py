"""The groups of what is held, in a real browser: by keys, narrow, without a barrier."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import check_axe
from tests.browser.conftest import DESK
from tests.browser.test_staff_pages import NARROW, does_not_scroll_sideways
from tests.browser.test_the_line import log_in
from tests.product import Product

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
Pictures = Callable[[Page, str], None]
# One that can be opened, and six like it.
HOLD = """
(lambda desk, queued: [desk.another(queued, held=True, held_for=why, held_from=place * 16, held_like="a" * 16)
 for why, place in zip(["address", "flood"] * 3, "112233")]
 and Report.objects.filter(pk=queued.pk).update(held=True, held_for="flood", held_from="1" * 16, held_like="a" * 16))
(__import__("tests.desk", fromlist=["desk"]), __import__("reports.permissions", fromlist=["visible"]).visible(
 __import__("accounts.models", fromlist=["User"]).User.objects.get(username="supervisor")).filter(state="queued")[0])
"""


def test_a_group_is_read_and_let_in_by_keys(product: Product, visit: Visit, pictures: Pictures) -> None:
    # What other tests filed may be held, too.
    product.ask("Report.objects.filter(held=True).update(held=False, held_from='', held_like='')")
    product.ask(HOLD.replace("\n", " ").strip())
    page = visit(viewport=DESK)
    log_in(page, product, "supervisor")
    page.goto(product.url + "/admin/review/held/")
    expect(page.get_by_role("heading", name="3 reports")).to_be_visible()
    check_axe(page)
    pictures(page, "held")
    page.set_viewport_size(NARROW)
    assert does_not_scroll_sideways(page)
    page.set_viewport_size(DESK)
    page.get_by_role("link", name="What they tell").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="7 reports")).to_be_visible()
    page.get_by_role("button", name="Let all in").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1").first).to_have_text("Let 7 reports into the queue")
    check_axe(page)
    page.set_viewport_size(NARROW)
    assert does_not_scroll_sideways(page)
    page.set_viewport_size(DESK)
    page.get_by_role("link", name="R-").first.click()
    expect(page.get_by_text("From the same place")).to_be_visible()
    check_axe(page)
    page.goto(product.url + "/admin/review/?tab=open")
    expect(page.get_by_text("Show them in groups")).to_be_visible()
    check_axe(page)
    page.goto(product.url + "/admin/review/held/?by=story")
    page.get_by_role("button", name="Let all in").click()
    page.get_by_label("Reason").select_option("genuine")
    page.get_by_role("button", name="Let in").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Done with 7 reports.")).to_be_visible()
    expect(page.get_by_text("No report is held for a look.")).to_be_visible()
