"""Filling in a report in the real pages, of whatever kind, from the answers that `tests/resident.py` has for it.

Nothing here knows a section or a kind of report: what stands in a field is told from the field itself.
"""

import io
import re
from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from django.utils.translation import gettext, override
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, Response, expect

from reports.catalogue.extract import SHIPPED
from reports.catalogue.reader import read
from tests.browser.barriers import check_axe
from tests.browser.test_the_line import affirm_and_send, follow, go_on
from tests.product import Product
from tests.resident import ANSWERS, SCREENING

CATALOGUE = read(SHIPPED)
TYPES = {entry.values["slug"]: entry for entry in CATALOGUE.report_types if entry.values["offered"]}
AREAS = {str(entry.values["number"]): entry.values["name"] for entry in CATALOGUE.areas}
NARROW = {"width": 320, "height": 640}
# All that a browser's history may ever hold about a report.
TITLES = {
    "Before you start",
    "Questions",
    "Please check",
    "A better way for this",
    "Check your answers",
    "Thank you",
    "Come back",
    "How it stands",
}
Look = Callable[[Page], None]


def check_width(page: Page) -> None:
    """Fail for a page that has to be moved sideways on the narrowest phone."""
    size = page.viewport_size
    if size != NARROW:
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], page.url
    if size and size != NARROW:
        page.set_viewport_size(size)


def check_page(page: Page) -> None:
    """Fail for a barrier, or for a page that has to be moved sideways on the narrowest phone."""
    check_axe(page)
    check_width(page)


def check_without_script(page: Page) -> None:
    """Fail for what axe would find first, where it cannot run: no or several main headings, fields without a name."""
    check_width(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("main")).to_have_count(1)
    for field in page.locator("form#step :is(input:not([type=hidden]), select, textarea)").all():
        expect(field).to_have_accessible_name(re.compile(r"\w"))


def check_privacy(page: Page, slug: str) -> None:
    """Fail where the address or the title of a page tells what the report is about."""
    name, _, city = page.title().partition(" – ")
    with override(language_of(page)):
        assert name in {gettext(title) for title in TITLES}, page.title()
    assert city == "Los Angeles"
    assert slug not in page.url


def remember_documents(page: Page) -> list[Response]:
    """Return a list into which every page that the browser loads from now on is put."""
    loaded: list[Response] = []

    def keep(answer: Response) -> None:
        if answer.request.resource_type == "document" and not 300 <= answer.status < 400:
            loaded.append(answer)

    page.on("response", keep)
    return loaded


def check_not_stored(loaded: list[Response]) -> None:
    """Fail for a page that a browser may keep on its disk."""
    assert loaded
    assert [answer.url for answer in loaded if "no-store" not in answer.headers.get("cache-control", "")] == []


# --- From page to page ---------------------------------------------------------------
def language_of(page: Page) -> str:
    """Return the language that the page's address names."""
    found = re.search(r"://[^/]+/([a-z-]+)/", page.url)
    assert found, page.url
    return found[1]


def name_of(slug: str, page: Page) -> str:
    """Return what a kind of report is called in the page's language."""
    return TYPES[slug].texts["name"].in_language(language_of(page))


def choose(page: Page, product: Product, slug: str) -> None:
    """Choose the type on the start page, in the language that the browser asks for."""
    page.goto(product.url)
    name = name_of(slug, page)
    follow(page, page.locator("a.door").filter(has=page.get_by_text(name, exact=True)))


def begin(page: Page, product: Product, slug: str) -> None:
    """Choose the type on the start page and press Start."""
    choose(page, product, slug)
    go_on(page)


def step_of(page: Page) -> str:
    """Return the key of the step that is open, "" on any other page."""
    found = re.search(r"/step/([a-z]+)/", page.url)
    return found[1] if found else ""


def steps_of(slug: str) -> list[str]:
    """Return the keys of all steps of a kind of report, in no order."""
    return ["screening", *ANSWERS[slug]]


def answer_everything(
    page: Page, slug: str, look: Look, *, files: list[FilePayload], left_empty: Collection[str]
) -> None:
    """Walk from the first step to the check page, looking at each, and at what it says when it is left empty."""
    answers = {"screening": SCREENING[slug]} | ANSWERS[slug]
    while step := step_of(page):
        look(page)
        if step in left_empty:
            leave_empty(page, look)
        fill(page, answers.pop(step), files=files)
        go_on(page)
    assert not answers, f"never asked: {', '.join(answers)}"


def leave_empty(page: Page, look: Look) -> None:
    """Try to go on without an answer: what is missing is said, or nothing is, and then one comes back to the step."""
    address = page.url
    go_on(page)
    if page.url == address:
        expect(page.locator("#errors")).to_be_focused()
        look(page)
    else:
        page.goto(address)


# --- One step ------------------------------------------------------------------------
def fill(page: Page, answers: dict[str, Any], *, files: list[FilePayload]) -> None:
    """Fill in the open step: whatever fields it has, adding forms where the answers have more of them."""
    for name, value in fields_of(answers).items():
        while not (boxes := page.locator(f"form#step [name='{name}']")).count():
            follow(page, page.locator("form#step button[name=add]"))
        put(boxes, value)
    if (chooser := page.locator("form#step input[type=file]")).count():
        chooser.set_input_files(files)


def fields_of(answers: dict[str, Any]) -> dict[str, Any]:
    """Return the answers without what the page itself counts, the area by its name."""
    named = {name: value for name, value in answers.items() if not name.endswith(("-TOTAL_FORMS", "-INITIAL_FORMS"))}
    return named | ({"area": AREAS[named["area"]]} if "area" in named else {})


def put(boxes: Locator, value: str | list[str]) -> None:
    """Give one answer to the field that these boxes make up."""
    kind = boxes.first.evaluate("box => box.type")
    if kind in {"radio", "checkbox"}:
        for each in [value] if isinstance(value, str) else value:
            boxes.and_(boxes.page.locator(f"[value='{each}']")).or_(boxes.and_(ticks(boxes.page))).check()
    elif kind == "select-one":
        boxes.select_option(label=value) if value in AREAS.values() else boxes.select_option(value)
    else:
        boxes.fill(str(value))


def ticks(page: Page) -> Locator:
    """Return the boxes that stand for themselves and have no value."""
    return page.locator("[type=checkbox]:not([value])")


@cache
def photo() -> FilePayload:
    """Return a small picture as a phone sends it."""
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(content, "JPEG")
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


# --- The end of the way ----------------------------------------------------------------
def send(page: Page, look: Look, *, too_early: bool) -> tuple[str, str]:
    """Check the answers, send, and return the reference and the access code that are shown.

    `too_early` presses the button first without saying that all of it is true.
    """
    expect(page).to_have_url(re.compile("/check/$"))
    look(page)
    if too_early:
        go_on(page)
        expect(page.locator("#errors")).to_be_focused()
        look(page)
    affirm_and_send(page)
    expect(page).to_have_url(re.compile("/sent/$"))
    look(page)
    reference, code = page.locator(".code-value").all_inner_texts()
    return reference.strip(), code.strip()


def open_status(page: Page, reference: str, code: str, look: Look) -> None:
    """Go from the thank-you page to the status page with what it showed."""
    follow(page, page.locator(".buttons a.btn-main"))
    page.locator("input[name=reference]").fill(reference)
    page.locator("input[name=access_code]").fill(code)
    go_on(page)
    expect(page.locator(".stand-type")).to_contain_text(reference)
    look(page)
