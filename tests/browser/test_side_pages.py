"""The pages beside the straight way: stopped, saved, gone, come back, left, and what could not be shown."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver
from playwright.sync_api import Browser, Page, Route, expect

from reports.models.catalogue import fill_placeholders
from tests.browser.conftest import PHONE
from tests.browser.filling import CATALOGUE, NARROW, TYPES, begin, check_page, check_privacy, fill
from tests.browser.test_the_line import Visit, come_back, follow, go_on, log_in
from tests.product import Product, wait_for
from tests.remote import RemoteResident
from tests.resident import SCREENING

pytestmark = pytest.mark.browser

STOPPERS = {entry.values["key"]: entry for entry in CATALOGUE.stoppers}


def first_to_stop() -> dict[str, dict[str, str]]:
    """Return for each kind of report the questions that lead to a page to which none before it leads: key to page."""
    found: dict[str, dict[str, str]] = {}
    known: set[str] = set()
    for slug, entry in TYPES.items():
        for question in entry.children["screening"]:
            if (stopper := question.links["stopper"]) not in known:
                known.add(stopper)
                found.setdefault(slug, {})[question.values["key"]] = stopper
    return found


STOPPED = first_to_stop()


def test_every_page_that_stops_is_reached() -> None:
    assert {stopper for questions in STOPPED.values() for stopper in questions.values()} == set(STOPPERS)


@pytest.mark.parametrize("slug", STOPPED)
def test_who_is_stopped_is_told_kindly_who_helps(product: Product, visit: Visit, slug: str) -> None:
    page = visit(viewport=NARROW)
    begin(page, product, slug)
    for question, stopper in STOPPED[slug].items():
        other = "no" if SCREENING[slug][question] == "yes" else "yes"
        fill(page, SCREENING[slug] | {question: other}, files=[])
        go_on(page)
        title = fill_placeholders(STOPPERS[stopper].texts["title"].english)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        check_page(page)
        check_privacy(page, slug)
        assert page.locator("main a[href^='tel:']").count() > 0, "somebody to call"
        follow(page, page.get_by_role("link", name="Change your answer"))
        assert page.locator(f"input[name='{question}'][value={other}]").is_checked()


# --- Saved, opened again, deleted ------------------------------------------------------
def test_a_draft_is_saved_opened_elsewhere_and_deleted(product: Product, visit: Visit) -> None:
    page = visit(viewport=NARROW)
    begin(page, product, "lost-property")
    fill(page, SCREENING["lost-property"], files=[])
    follow(page, page.get_by_role("button", name="Save and come back later"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved. Come back when you are ready.")
    check_page(page)
    code = page.locator(".code-value").inner_text()
    page.get_by_role("textbox", name="E-mail").fill("ana at example")
    follow(page, page.get_by_role("button", name="Send me the link"))
    expect(page.locator("#errors")).to_be_focused()
    check_page(page)
    page.get_by_role("textbox", name="E-mail").fill("ana@example.org")
    follow(page, page.get_by_role("button", name="Send me the link"))
    expect(page.get_by_text("We are sending you the link now")).to_be_visible()
    check_page(page)
    follow(page, page.get_by_role("button", name="Close and hide"))

    elsewhere = visit(viewport=NARROW)
    elsewhere.goto(product.url)
    follow(elsewhere, elsewhere.get_by_role("link", name="Continue a report you began"))
    check_page(elsewhere)
    elsewhere.locator("input[name=code]").fill("ABCD EFGH")
    go_on(elsewhere)
    expect(elsewhere.locator("#errors")).to_be_focused()
    check_page(elsewhere)
    elsewhere.locator("input[name=code]").fill(code.strip().lower())
    go_on(elsewhere)
    expect(elsewhere).to_have_url(re.compile("/step/when/$"))
    step = elsewhere.url
    follow(elsewhere, elsewhere.get_by_role("button", name="Save and come back later"))
    elsewhere.locator("summary").filter(has_text="Delete my draft").click()
    check_page(elsewhere)
    follow(elsewhere, elsewhere.get_by_role("button", name="Delete my draft now"))
    answer = elsewhere.goto(step)
    assert answer
    assert (answer.status, "no-store" in answer.headers["cache-control"]) == (410, True)
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("We cannot show this page any more")
    check_page(elsewhere)


# --- After sending -----------------------------------------------------------------------
def test_what_can_be_done_with_a_report_that_was_sent(product: Product, visit: Visit) -> None:
    resident = RemoteResident(product)
    draft = resident.answer_all("theft")
    resident.submit(draft)
    receipt = resident.read_receipt(draft)
    page = visit(viewport=NARROW)
    page.goto(f"{product.url}/en/status/")
    check_page(page)
    come_back(page, page.url, receipt.reference, "WRONG-CODE")
    expect(page.locator("#errors")).to_be_focused()
    check_page(page)
    come_back(page, f"{product.url}/en/status/", receipt.reference, receipt.access_code)

    follow(page, page.get_by_role("link", name="Add something to your report"))
    check_page(page)
    refused(page)
    page.get_by_label("What would you like to add?").fill("It had a red bell.")
    go_on(page)
    expect(page.get_by_text("It had a red bell.")).to_be_visible()

    follow(page, page.get_by_role("link", name="Correct your e-mail or phone"))
    check_page(page)
    refused(page)
    page.get_by_label("New phone number").fill("213 555 0199")
    go_on(page)
    expect(page.get_by_text("You corrected how to reach you")).to_be_visible()
    check_page(page)

    follow(page, page.get_by_role("link", name="Take your report back"))
    check_page(page)
    follow(page, page.get_by_role("button", name="Yes, take it back"))
    expect(page.get_by_role("link", name="Take your report back")).to_have_count(0)
    check_page(page)


def refused(page: Page) -> None:
    """Press the button of an empty form, and look at what it says."""
    go_on(page)
    expect(page.locator("#errors")).to_be_focused()
    check_page(page)


# --- What could not be shown ---------------------------------------------------------------
def handled(code: int, error: Exception | None) -> Callable[[HttpRequest], HttpResponse]:
    """Return what our site answers to a request that ends so. The product for one machine would show a trace."""
    handler = get_resolver().resolve_error_handler(code)
    return lambda request: handler(request, exception=error) if error else handler(request)


@pytest.mark.parametrize(
    ("code", "error", "heading"),
    [
        (400, BadRequest(), "We could not read what your browser sent"),
        (404, Http404(), "There is no page here"),
        (500, None, "Something went wrong on our side"),
    ],
)
def test_pages_that_say_what_went_wrong(
    product: Product, visit: Visit, code: int, error: Exception | None, heading: str
) -> None:
    body = handled(code, error)(RequestFactory().get("/en/nothing/")).content
    page = visit(viewport=NARROW)
    page.route("**/en/nothing/", lambda route: route.fulfill(status=200, content_type="text/html", body=body))
    page.goto(f"{product.url}/en/nothing/")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    check_page(page)


def test_a_form_from_another_site_and_a_page_of_others_are_refused_kindly(product: Product, visit: Visit) -> None:
    page = visit(viewport=NARROW)
    page.goto(f"{product.url}/en/status/")
    page.locator("main input[name=csrfmiddlewaretoken]").evaluate("field => field.remove()")
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("This page was open too long")
    check_page(page)
    log_in(page, product, "officer")
    page.goto(f"{product.url}/admin/export/")
    expect(page.get_by_role("heading", level=1)).to_have_text("We cannot open this page for you")
    check_page(page)


# --- Left ------------------------------------------------------------------------------------
def press_button(page: Page) -> None:
    """Press the button that leaves."""
    page.get_by_role("button", name="Leave this page quickly").click()


def press_shift(page: Page) -> None:
    """Press Shift three times."""
    for _each in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize(
    ("leave", "script"),
    [(press_button, True), (press_shift, True), (press_button, False)],
    ids=["button", "shift", "no-script"],
)
def test_who_leaves_quickly_leaves_no_page_behind(
    product: Product, browser: Browser, leave: Callable[[Page], None], script: bool
) -> None:
    # Not `visit`: the one request off the origin is what is asked for here. The other site is answered from here too.
    with browser.new_context(viewport=PHONE, java_script_enabled=script) as context:  # type: ignore[arg-type]
        context.route(settings.QUICK_EXIT_URL, another_site)
        page = context.new_page()
        begin(page, product, "hate-incident")
        fill(page, SCREENING["hate-incident"], files=[])
        go_on(page)
        expect(page).to_have_url(re.compile("/step/bias/$"))
        leave(page)
        page.wait_for_url(settings.QUICK_EXIT_URL)
        wait_for(lambda: "drafts" not in {cookie["name"] for cookie in context.cookies()}, what="the draft forgotten")
        page.go_back(wait_until="commit")
        page.wait_for_url(settings.QUICK_EXIT_URL)
        expect(page.get_by_role("heading")).to_have_text("Another site")


def another_site(route: Route) -> None:
    """Answer instead of the harmless site."""
    route.fulfill(content_type="text/html", body="<h1>Another site</h1>")


def test_the_page_between_has_no_barrier_and_says_nothing(product: Product, visit: Visit) -> None:
    page = visit(viewport=NARROW)
    page.route("**/en/leave/", stay)
    page.goto(f"{product.url}/en/leave/")
    expect(page.get_by_role("heading", level=1)).to_have_text("One moment")
    assert page.title() == "One moment"
    check_page(page)


def stay(route: Route) -> None:
    """Serve the page between without its way on, so that it can be looked at."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('http-equiv="refresh"', ""))
