"""A Spanish report goes over the translation desk, and the officer's words come back over it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import check_axe
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_staff_pages import NARROW, address, does_not_scroll_sideways
from tests.browser.test_the_line import follow, log_in
from tests.product import Product, wait_for
from tests.remote import RemoteResident
from tests.resident import Receipt

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
SPANISH, ENGLISH = "Rompieron la ventana de mi carro.", "They broke the window of my car."
QUESTION, PREGUNTA = "Which window was it?", "¿Cuál ventana fue?"


@pytest.fixture(scope="module")
def receipt(product: Product) -> Receipt:
    """A report in Spanish that stands in the queue."""
    resident = RemoteResident(product, "es")
    draft = resident.answer_all("theft-from-vehicle", narrative={"story": SPANISH})
    assert resident.submit(draft).status_code == 302
    receipt = resident.read_receipt(draft)
    state = f"Report.objects.get(reference='{receipt.reference}').state"
    wait_for(lambda: product.ask(state) == "queued", what="the worker to queue the report")
    return receipt


def open_text(page: Page, product: Product, reference: str) -> None:
    """Find the report's text in the desk's list, which other journeys fill as well, and open it."""
    page.goto(f"{product.url}/admin/translating/")
    while not page.get_by_role("link", name=reference).count():
        follow(page, page.locator("a[rel=next]"))
    follow(page, page.get_by_role("link", name=reference))


def translate(page: Page, product: Product, reference: str, words: str) -> None:
    """Open the report's newest text at the desk, by keyboard and eye alike, and save a translation."""
    open_text(page, product, reference)
    page.get_by_label("Translation", exact=True).fill(words)
    check_axe(page)
    page.set_viewport_size(NARROW)
    assert does_not_scroll_sideways(page)
    page.set_viewport_size(DESK)
    follow(page, page.get_by_role("button", name="Save the translation"))
    expect(page.locator(".messagelist")).to_contain_text("The translation is saved.")


def stand_beside_each_other(page: Page) -> bool:
    """Tell whether the story and its translation share a line."""
    columns = page.locator(".story .side-by-side > div")
    boxes = [columns.nth(at).bounding_box() for at in (0, 1)]
    return all(boxes) and boxes[0]["y"] == boxes[1]["y"]  # type: ignore[index]


def test_each_reads_the_other_in_their_own_language(product: Product, visit: Visit, receipt: Receipt) -> None:
    at_desk = visit(viewport=DESK, java_script_enabled=False)
    log_in_plainly(at_desk, product, "translator")
    check_no_way_to_the_report(at_desk, product, receipt)
    translate_without_script(at_desk, product, receipt.reference, ENGLISH)

    officer = visit(viewport=DESK)
    log_in(officer, product, "officer")
    officer.goto(address(product, receipt.reference))
    expect(officer.locator(".story")).to_contain_text(SPANISH)
    expect(officer.locator(".story")).to_contain_text(ENGLISH)
    expect(officer.locator(".story .origin")).to_contain_text("Translated by translator on")
    assert stand_beside_each_other(officer)
    officer.set_viewport_size(PHONE)
    assert not stand_beside_each_other(officer)
    follow(officer, officer.get_by_role("button", name="Claim this report"))
    officer.locator(".decision-ask summary").click()
    officer.get_by_label("Ready question").select_option("photos")
    officer.locator("[name=ask-text]").fill(QUESTION)
    check_axe(officer)
    follow(officer, officer.locator("button.button-ask"))

    translator = visit(viewport=DESK)
    log_in(translator, product, "translator")
    translate(translator, product, receipt.reference, PREGUNTA)

    resident = visit(viewport=NARROW, locale="es-MX")
    resident.goto(f"{product.url}/es/status/")
    resident.locator("[name=reference]").fill(receipt.reference)
    resident.locator("[name=access_code]").fill(receipt.access_code)
    follow(resident, resident.locator("main form button[type=submit]").first)
    message = resident.locator(".message-ours").last
    expect(message.locator("[lang=es]")).to_have_text(PREGUNTA)
    expect(message.locator("[lang=en]")).to_have_text(QUESTION)
    check_axe(resident)
    assert does_not_scroll_sideways(resident)


def log_in_plainly(page: Page, product: Product, who: str) -> None:
    """Log in and see the desk as the only work."""
    log_in(page, product, who)
    expect(page.locator(".door")).to_have_count(1)


def check_no_way_to_the_report(page: Page, product: Product, receipt: Receipt) -> None:
    """Be refused by the report's own page."""
    assert page.goto(address(product, receipt.reference)).status == 403  # type: ignore[union-attr]


def translate_without_script(page: Page, product: Product, reference: str, words: str) -> None:
    """Save a translation in a browser without script, where nothing looks into the page."""
    open_text(page, product, reference)
    page.get_by_label("Translation", exact=True).fill(words)
    follow(page, page.get_by_role("button", name="Save the translation"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desks_lists_have_no_barrier_and_fit(product: Product, visit: Visit, scheme: str) -> None:
    page = visit(viewport=DESK, color_scheme=scheme)
    log_in(page, product, "translator")
    for path in ("/admin/", "/admin/translating/", "/admin/translating/?tab=draft", "/admin/translating/?tab=done"):
        page.set_viewport_size(DESK)
        assert page.goto(product.url + path).status == 200  # type: ignore[union-attr]
        check_axe(page)
        page.set_viewport_size(NARROW)
        assert does_not_scroll_sideways(page), path
