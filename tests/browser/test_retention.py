"""A legal hold, placed and lifted by two people, and what is left of a purged report."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK
from tests.browser.test_staff_pages import NARROW, does_not_scroll_sideways
from tests.browser.test_the_line import check_axe, follow, log_in
from tests.product import Product

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
# The newest withdrawn report: its reference and access code, and a purge as of many years from now.
WITHDRAWN = """
from reports import codes, vault
from reports.models import Report
report = Report.objects.filter(state="withdrawn", purged_at=None).order_by("-pk").first()
print(report.reference, codes.access_code(vault.derived_key("access-code"), report.draft_id), report.pk)
"""
# Its decision lies long back, and the night has come.
PURGE = """
from datetime import timedelta
from django.utils import timezone
from reports.audit import SYSTEM
from reports.models import Report
from reports.retention import actions
Report.objects.filter(pk="{pk}").update(decided_at=timezone.now() - timedelta(days=9999))
print(actions.purge(by=SYSTEM))
"""
LIFT = """
from reports.models import LegalHold
print(LegalHold.objects.filter(report="{pk}").delete())
"""


def shell(product: Product, code: str) -> list[str]:
    return product.manage("shell", "-v", "0", "-c", code).split()


def looks_right(page: Page) -> None:
    for size in (DESK, NARROW):
        page.set_viewport_size(size)
        check_axe(page)
        assert does_not_scroll_sideways(page)


def test_a_hold_and_a_purge(product: Product, visit: Visit) -> None:
    reference, code, pk = shell(product, WITHDRAWN)
    page = visit(viewport=DESK)
    log_in(page, product, "supervisor")
    page.goto(f"{product.url}/admin/review/{pk}/")
    follow(page, page.get_by_role("link", name="Place a legal hold"))
    looks_right(page)
    page.get_by_label("A claim or lawsuit against the agency").check()
    follow(page, page.get_by_role("button", name="Place the hold"))
    expect(page.locator("#kept")).to_contain_text("a claim or lawsuit against the agency")
    page.get_by_role("button", name="Ask to lift the hold").click()
    expect(page.locator("#kept")).to_contain_text("Another supervisor has to lift it.")
    looks_right(page)
    follow(page, page.get_by_role("link", name="All legal holds"))
    expect(page.locator(".hold-list")).to_contain_text(reference)
    looks_right(page)

    shell(product, PURGE.format(pk=pk))
    page.goto(f"{product.url}/admin/review/{pk}/")
    expect(page.locator("#kept")).to_contain_text("Legal hold")
    shell(product, LIFT.format(pk=pk))
    shell(product, PURGE.format(pk=pk))
    page.reload()
    expect(page.get_by_role("heading", level=2)).to_contain_text("What was here was deleted on")
    looks_right(page)

    resident = visit()
    resident.goto(f"{product.url}/en/status/")
    resident.get_by_label("Reference").fill(reference)
    resident.get_by_label("code").fill(code)
    resident.get_by_role("button", name="Show my report").click()
    expect(resident.get_by_role("heading", name="The details were deleted")).to_be_visible()
    looks_right(resident)
