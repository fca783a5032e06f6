"""A whole journey by keyboard alone: every control is reached, seen and worked with keys, in the order of the page."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK
from tests.browser.filling import begin, fields_of, photo, step_of
from tests.browser.keyboard import Keyboard, Stop
from tests.browser.test_the_line import Visit
from tests.product import Product
from tests.resident import ANSWERS, SCREENING

pytestmark = pytest.mark.browser

# It has all there is: radio buttons, lists, a day and a time, forms to add, ticks, files.
SLUG = "hit-and-run"
# Days are typed as in the United States. Pages jump to where the focus goes instead of gliding, which takes its time.
KEYS: dict[str, Any] = {"viewport": DESK, "locale": "en-US", "reduced_motion": "reduce"}


def skip_to_main(keys: Keyboard) -> None:
    """Use the first stop of every page, the link that skips what stands before the main part."""
    first = keys.tab()
    assert first.words == "Skip to the main part"
    keys.press("Enter")
    expect(keys.page.locator("#main")).to_be_focused()


def answer_step(keys: Keyboard, answers: dict[str, Any]) -> None:
    """Go through the open step once from top to bottom, giving each answer where its field is met, and on."""
    open_answers = dict(answers)

    def give(stop: Stop) -> None:
        if stop.name in open_answers:
            keys.give(stop, open_answers[stop.name] if stop.type == "checkbox" else open_answers.pop(stop.name))
        elif stop.type == "file":
            keys.press("Enter")
            expect(keys.page.locator(f"[id='{stop.id}']")).to_have_value(re.compile("photo.jpg$"))

    if not keys.page.locator("#errors").count():
        skip_to_main(keys)
    keys.reach(lambda stop: is_button(stop, "Add another" if more_rows(keys.page, answers) else "Continue"), visit=give)
    keys.go()


def is_button(stop: Stop, words: str) -> bool:
    """Tell a button by its words."""
    return stop.tag == "BUTTON" and words in stop.words


def more_rows(page: Page, answers: dict[str, Any]) -> bool:
    """Tell whether the answers have more forms than the page."""
    return any(page.locator(f"[name='{name}']").count() == 0 for name in answers)


def check_error_summary(keys: Keyboard) -> None:
    """Leave the first step empty: the summary has the focus, and each of its lines leads to its field."""
    keys.follow("Continue")
    expect(keys.page.locator("#errors")).to_be_focused()
    assert keys.at().is_seen
    lines = keys.page.locator("#errors a").count()
    assert lines == len(SCREENING[SLUG])
    for _line in range(lines):
        link = keys.tab()
        assert re.match("#id_", link.href)
        keys.press("Enter")
        expect(keys.page.locator(link.href)).to_be_focused()
        assert keys.at().is_seen
        keys.reach(lambda stop, link=link: stop.href == link.href, back=True)  # type: ignore[misc]


def test_the_summary_takes_the_focus_also_after_a_jump_within_the_page(product: Product, visit: Visit) -> None:
    page = visit(**KEYS)
    keys = Keyboard(page)
    begin(page, product, SLUG)
    skip_to_main(keys)
    keys.follow("Continue")
    expect(page.locator("#errors")).to_be_focused()
    keys.tab()
    keys.press("Enter")
    keys.follow("Continue")
    expect(page.locator("#errors")).to_be_focused()


def test_the_list_of_languages_opens_and_closes_by_keyboard(product: Product, visit: Visit) -> None:
    page = visit(**KEYS)
    keys = Keyboard(page)
    page.goto(product.url)
    keys.reach(lambda stop: stop.tag == "SUMMARY")
    keys.press("Enter")
    keys.reach(lambda stop: stop.href == "/es/")
    keys.press("Escape")
    expect(page.locator(".languages summary")).to_be_focused()
    expect(page.locator(".languages-panel")).to_be_hidden()
    keys.press("Space")
    keys.reach(lambda stop: stop.href == "/es/")
    keys.go()
    expect(page).to_have_url(re.compile("/es/$"))


def test_a_report_is_filed_and_found_again_by_keyboard_alone(product: Product, visit: Visit) -> None:
    page = visit(**KEYS)
    # The system's own window for choosing a file is not a page of ours; it is asked for with a key.
    page.on("filechooser", lambda window: window.set_files([photo()]))
    keys = Keyboard(page)
    page.goto(product.url)
    skip_to_main(keys)
    keys.follow("Hit and run")
    keys.follow("Start")
    check_error_summary(keys)

    answers = {"screening": SCREENING[SLUG]} | ANSWERS[SLUG]
    seen = []
    while step := step_of(page):
        seen.append(step)
        answer_step(keys, fields_of(answers[step]))
    assert set(seen) == set(answers)
    assert seen.count("vehicles") == 2, "the second vehicle was added by a button"

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    keys.reach(lambda stop: stop.name == "truth")
    keys.press("Space")
    keys.follow("Send report")
    reference, code = (text.strip() for text in page.locator(".code-value").all_inner_texts())
    keys.follow("See how your report is doing")
    keys.reach(lambda stop: stop.name == "reference")
    page.keyboard.type(reference)
    keys.reach(lambda stop: stop.name == "access_code")
    page.keyboard.type(code)
    keys.go()
    expect(page.locator(".stand-type")).to_contain_text(reference)
    skip_to_main(keys)
    keys.follow("Close and hide")
    expect(page.get_by_role("heading", level=1)).to_have_text("Come back to a report")
