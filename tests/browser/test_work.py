"""Proof of work in a real browser: it is found beside the page, and Send never waits for it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_the_line import Visit, answer_no_to_all, go_on
from tests.product import Product, references

pytestmark = pytest.mark.browser


def to_the_check(page: Page, product: Product) -> None:
    """Report something lost, up to the page that sends it."""
    page.goto(product.url)
    page.get_by_role("link", name="Lost property").click()
    go_on(page)
    answer_no_to_all(page, yes="in-city")
    go_on(page)
    page.locator("input[name=unknown]").check()
    go_on(page)
    page.get_by_label("Part of the city").select_option(label="Central")
    go_on(page)
    page.get_by_label("What is it?").select_option("75")
    go_on(page)
    page.locator("input[name=lost-and-found]").first.check()
    go_on(page)
    page.get_by_label("What happened?").fill("It must have slipped out of my pocket.")
    go_on(page)
    go_on(page)
    page.get_by_label("It happened to me").check()
    page.get_by_label("Your name").fill("Ana Flores")
    page.get_by_label("E-mail", exact=False).first.fill("ana@example.org")
    go_on(page)
    page.get_by_label("What I wrote is true").check()


def send(page: Page, product: Product) -> str:
    """Send, see the reference and return why the report is held."""
    go_on(page)
    expect(page.locator(".code-value").first).to_be_visible()
    reference = references(page.content())[0]
    return product.ask(f"Report.objects.get(reference='{reference}').held_for")


def test_the_proof_is_found_and_believed(product: Product, visit: Visit) -> None:
    page = visit()
    to_the_check(page, product)
    expect(page.locator("input[name=script]")).to_have_value("yes")
    expect(page.locator("input[name=proof]")).not_to_have_value("")
    assert send(page, product) != "proof"


def test_without_script_nobody_is_asked_for_it(product: Product, visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    to_the_check(page, product)
    assert send(page, product) != "proof"


def test_where_no_worker_can_be_had_nobody_is_asked_for_it(product: Product, visit: Visit) -> None:
    page = visit()
    page.add_init_script("delete window.Worker")
    to_the_check(page, product)
    expect(page.locator("input[name=script]")).to_have_value("")
    assert send(page, product) != "proof"


def test_send_does_not_wait_for_it(product: Product, visit: Visit) -> None:
    page = visit()
    page.route("**/proof-worker*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    to_the_check(page, product)
    expect(page.locator("input[name=proof]")).to_have_value("")
    assert send(page, product) == "proof"


def test_a_forged_proof_is_thanked_for_and_held(product: Product, visit: Visit) -> None:
    page = visit()
    to_the_check(page, product)
    expect(page.locator("input[name=proof]")).not_to_have_value("")
    page.locator("input[name=proof]").evaluate("field => { field.value = field.value.replace(/[0-9]+$/, '0'); }")
    assert send(page, product) == "proof"
