"""A new report type, from an empty page to its first reports in three languages, and out of use again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import check_axe
from tests.browser.conftest import DESK
from tests.browser.filling import NARROW, answer_everything, check_page, check_width, send
from tests.browser.test_the_line import Pictures, Visit, follow, go_on, log_in
from tests.product import Product, wait_for
from tests.resident import ANSWERS, SCREENING

pytestmark = [pytest.mark.browser, pytest.mark.long]

SLUG = "stolen-bicycle"
# Every English text of the new type, in two of the other languages.
SAID = {
    "Stolen bicycle": ("Bicicleta robada", "سرقت دوچرخه"),
    "Somebody took your bicycle.": ("Alguien se llevó su bicicleta.", "کسی دوچرخهٔ شما را برده است."),
    "Was a gun used?": ("¿Se usó un arma de fuego?", "آیا از اسلحهٔ گرم استفاده شد؟"),
    "How was it locked?": ("¿Cómo estaba asegurada?", "چگونه قفل شده بود؟"),
    "With a chain": ("Con una cadena", "با زنجیر"),
    "Not at all": ("De ninguna manera", "قفل نشده بود"),
}
TOLD = {
    "when": {"date": "2026-03-02", "time": "21:30"},
    "where": {"address": "200 N Spring St", "area": "1"},
    "suspects": {},
    "questions": {"how-was-it-locked": "not-at-all"},
    "narrative": {"story": "It was gone in the morning."},
    "files": {},
    "person": {"part": "myself", "name": "Ana Flores", "email": "ana@example.org"},
}


def press(page: Page, name: str) -> None:
    """Press a button by its words."""
    follow(page, page.get_by_role("button", name=name, exact=True))


def open_link(page: Page, name: str) -> None:
    """Follow a link by its words."""
    follow(page, page.get_by_role("link", name=name))


def compose(page: Page, product: Product) -> str:
    """Begin the type and give it a section, a screening question and an extra question; return its address."""
    page.goto(f"{product.url}/admin/workshop/")
    check_axe(page)
    open_link(page, "New report type")
    check_axe(page)
    page.get_by_label("Name", exact=True).fill("Stolen bicycle")
    page.get_by_label("Summary").fill("Somebody took your bicycle.")
    press(page, "Begin")
    home = page.url
    page.get_by_label("Add a section").select_option(label="Did you see anyone?")
    press(page, "Add")
    press(page, "Up: Did you see anyone?")
    check_page(page)

    open_link(page, "Add a screening question")
    check_axe(page)
    page.get_by_label("Question").fill("Was a gun used?")
    page.get_by_label("Yes").check()
    page.get_by_label("Page that is shown then").select_option(label="Please tell us about the gun by phone")
    press(page, "Save")

    open_link(page, "Add an extra question")
    page.get_by_label("Question").fill("How was it locked?")
    page.get_by_label("One of the answers below").check()
    page.get_by_label("Answer 1").fill("Not at all")
    page.get_by_label("Answer 2").fill("With a chain")
    follow(page, page.locator("button[value='up:1']"))
    expect(page.get_by_label("Answer 1")).to_have_value("With a chain")
    check_page(page)
    page.locator("button[value='save']:not(.visually-hidden)").click()
    expect(page).to_have_url(re.compile("#questions$"))
    return home


def translate(page: Page, home: str) -> None:
    """Go from text to text and say each in Spanish and Persian, then come back."""
    page.goto(home)
    open_link(page, "Translate (6 missing)")
    follow(page, page.locator("table.texts th a").first)
    for _ in SAID:
        spanish, persian = SAID[page.locator("#id_en").input_value()]
        page.locator("#id_es").fill(spanish)
        page.locator("#id_fa").fill(persian)
        press(page, "Save and go to the next text")
    # Fourteen languages still lack every text, so the way goes round: back by the link.
    open_link(page, "Back to the report type")
    expect(page.get_by_role("link", name="Korean: 6")).to_be_visible()
    expect(page.get_by_role("link", name="Persian")).to_have_count(0)


def look_at_preview(page: Page, home: str, pictures: Pictures) -> None:
    """Walk a part of the preview in Persian on a narrow phone, and see it in Korean."""
    page.goto(home)
    open_link(page, "Preview")
    page.set_viewport_size(NARROW)
    follow(page, page.locator("a.door").filter(has_text="Somebody took your bicycle."))
    page.goto(page.url.replace("/en/", "/fa/"))
    check_page(page)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_have_text("سرقت دوچرخه")
    pictures(page, "preview-fa")
    go_on(page)
    expect(page.locator("legend").first).to_contain_text("آیا از اسلحهٔ گرم استفاده شد؟")
    check_page(page)
    go_on(page)
    expect(page.locator("#errors")).to_be_visible()
    page.locator("input[value=yes]").check()
    go_on(page)
    check_page(page)
    page.goto(page.url.replace("/fa/", "/ko/"))
    check_page(page)
    open_link(page, "Leave the preview")
    page.set_viewport_size(DESK)


def test_a_new_type_from_draft_to_first_report_in_three_languages(
    product: Product, visit: Visit, pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ANSWERS, SLUG, TOLD)
    monkeypatch.setitem(SCREENING, SLUG, {"was-a-gun-used": "no"})
    sue = visit(viewport=DESK)
    log_in(sue, product, "supervisor")
    home = compose(sue, product)
    translate(sue, home)
    look_at_preview(sue, home, pictures)
    press(sue, "Send for approval")
    expect(sue.locator("#next")).to_contain_text("somebody else has to approve it")

    ada = visit(viewport=DESK)
    log_in(ada, product, "administrator")
    ada.goto(home)
    check_page(ada)
    press(ada, "Approve")
    expect(ada.locator(".field-errors")).to_contain_text("Tick this")
    ada.get_by_label("English may stand in where a language lacks a text.").check()
    press(ada, "Approve")
    check_page(ada)
    pictures(ada, "workshop")
    press(ada, "Set date and areas")
    expect(ada.locator(".shop-stand")).to_contain_text("live")

    references = [file(product, visit, language) for language in ("en", "es", "fa")]
    see_as_officer(product, visit, references)

    sue.goto(home)
    sue.locator("summary", has_text="Retire").click()
    sue.get_by_label("What should be changed, or why").last.fill("The trial is over.")
    press(sue, "Retire")
    expect(sue.locator(".moves")).to_contain_text("The trial is over.")


def file(product: Product, visit: Visit, language: str) -> str:
    """File a report of the new type on the narrowest phone and return its reference."""
    page = visit(viewport=NARROW, locale=language)
    # What can be a barrier is the same in every language but for the direction.
    look = check_page if language == "fa" else check_width
    name = {"en": "Stolen bicycle", "es": SAID["Stolen bicycle"][0], "fa": SAID["Stolen bicycle"][1]}[language]
    # Another process may show the catalogue of some seconds ago.
    wait_for(lambda: page.goto(product.url) and page.get_by_text(name, exact=True).count(), what="the new type")
    follow(page, page.locator("a.door").filter(has=page.get_by_text(name, exact=True)))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    look(page)
    go_on(page)
    answer_everything(page, SLUG, look, files=[], left_empty=[])
    reference, _code = send(page, look, too_early=False)
    return reference


def see_as_officer(product: Product, visit: Visit, references: list[str]) -> None:
    """Read the reports as an officer does: the new questions with the answers, in English."""
    page = visit(viewport=DESK)
    log_in(page, product, "officer")
    for reference in references:
        report = f"Report.objects.get(reference='{reference}')"
        wait_for(lambda: product.ask(f"{report}.state") == "queued", what="the worker to queue the report")  # noqa: B023
        page.goto(f"{product.url}/admin/review/{product.ask(f'{report}.pk')}/")
        expect(page.locator("main")).to_contain_text("Stolen bicycle")
        expect(page.locator("main")).to_contain_text("How was it locked?")
        expect(page.locator("main")).to_contain_text("Not at all")
