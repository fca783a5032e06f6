"""The page of numbers for everybody: without script, on the narrowest phone, from right to left."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK
from tests.browser.filling import NARROW, check_page, check_without_script
from tests.browser.test_the_line import follow
from tests.product import Product

pytestmark = pytest.mark.browser

# Weeks of a large city as they are published: small figures are not shown, nor some others.
WEEKS = """
import random
from datetime import date, timedelta
from django.utils import timezone
from reports.models import Area, PublicWeek, ReportType
draw = random.Random(3)
kinds = list(ReportType.objects.filter(state="live").values_list("slug", flat=True))
areas = [*Area.objects.order_by("number").values_list("number", "name"), (0, "")]
sizes = [draw.uniform(4, 30) / (1 + at / 3) for at in range(len(kinds))]
shares = [draw.uniform(0.4, 1.6) for _ in areas[:-1]] + [0.2]
newest = PublicWeek.objects.order_by("-ending").first()
last = newest.ending if newest else date(2026, 11, 21)

def table(season):
    rows = [[int(draw.gauss(size * share * season, 1.5)) for share in shares] for size in sizes]
    rows = [[*row, sum(row)] for row in rows]
    rows.append([sum(column) for column in zip(*rows)])
    return [[None if each < 5 or draw.random() < 0.01 else each for each in row] for row in rows]

PublicWeek.objects.bulk_create(
    PublicWeek(
        ending=last + timedelta(weeks=back), counted_at=timezone.now(), types=kinds, hate_types=[], areas=areas,
        figures=table(0.8 + 0.02 * min(back, 30 - back) + draw.uniform(0, 0.15)), least=5, least_hate=11,
    )
    for back in range(1, 31)
)
"""


@pytest.fixture(scope="module")
def numbers(product: Product) -> str:
    """The address of the page, without its language, after thirty weeks."""
    product.manage("shell", "-v", "0", "-c", WEEKS)
    return f"{product.url}/{{}}/statistics/"


@pytest.mark.parametrize(("language", "size"), [("en", DESK), ("fa", NARROW), ("ko", NARROW)])
def test_numbers_are_read_chosen_and_taken_along(
    numbers: str, visit: Callable[..., Page], pictures: Callable[[Page, str], None], language: str, size: dict[str, int]
) -> None:
    page = visit(viewport=size)
    page.goto(numbers.format(language))
    check_page(page)
    pictures(page, f"numbers-{language}")
    page.locator("#area").select_option("1")
    follow(page, page.locator(".numbers-choice button"))
    expect(page.locator(".numbers-one")).to_contain_text("Central")
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    check_page(page)
    with page.expect_download() as loaded:
        page.locator("a[href$='.csv']").first.click()
    assert loaded.value.path().read_text(encoding="utf-8").startswith("week_start,week_end,counted_at,kind_code,")


def test_numbers_need_no_script(numbers: str, visit: Callable[..., Page], product: Product) -> None:
    page = visit(viewport=NARROW, java_script_enabled=False)
    page.goto(f"{product.url}/en/")
    follow(page, page.get_by_role("contentinfo").get_by_role("link", name="Reports in numbers"))
    page.get_by_label("Kind of report", exact=True).select_option("theft")
    follow(page, page.get_by_role("button", name="Show these numbers"))
    assert page.locator(".numbers-one strong").inner_text() == "Theft"
    page.get_by_text("The weeks as a table").click()
    expect(page.locator("details table tbody tr").first).to_be_visible()
    check_without_script(page)
