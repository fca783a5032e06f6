"""The start page, and from there the way of those who should rather be called back."""

import gzip

import pytest
from playwright.sync_api import Response, expect

from tests.browser.filling import NARROW, TYPES, begin, check_page
from tests.browser.test_the_line import Visit, answer_no_to_all, follow, go_on
from tests.product import Product, references

pytestmark = pytest.mark.browser

MOST_BYTES = 60 * 1024


def test_the_start_page_is_small_and_without_barriers(product: Product, visit: Visit) -> None:
    page = visit(viewport=NARROW)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (a bound method is refused)
    page.goto(product.url, wait_until="networkidle")
    # Compressed, as the production server sends them; a redirect has no body.
    sizes = {answer.url: len(gzip.compress(answer.body())) for answer in answers if answer.ok}
    check_page(page)
    assert page.locator("a.door").count() == len(TYPES)
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_who_is_threatened_leaves_a_number_and_gets_a_code(product: Product, visit: Visit) -> None:
    page = visit(viewport=NARROW, java_script_enabled=False)
    begin(page, product, "hate-incident")
    answer_no_to_all(page, yes="in-city")
    page.locator("input[name=threat][value=yes]").check()
    go_on(page)
    expect(page.get_by_role("link", name="911").first).to_be_visible()
    follow(page, page.get_by_role("link", name="Ask for a call back"))
    go_on(page)
    expect(page.locator("#errors")).to_contain_text("so that we can reach you")
    page.get_by_label("Phone").fill("213 555 0142")
    page.get_by_label("Which language should we speak with you?").fill("Korean")
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We will get in touch with you.")
    reference = references(page.content())[0]
    found = product.ask(
        f"Report.objects.values_list('report_type__slug', 'possible_hate', 'priority').get(reference='{reference}')"
    )
    assert found == "('hate-callback', True, 1)"


def test_the_pages_of_the_call_back_are_without_barriers(product: Product, visit: Visit) -> None:
    page = visit(viewport=NARROW)
    begin(page, product, "hate-incident")
    answer_no_to_all(page, yes="in-city")
    page.locator("input[name=weapon][value=yes]").check()
    go_on(page)
    check_page(page)
    follow(page, page.get_by_role("link", name="Ask for a call back"))
    check_page(page)
    go_on(page)
    check_page(page)
    expect(page.locator("#errors")).to_be_focused()
