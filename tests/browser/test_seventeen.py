"""In each language: a hate incident from the start page to the answer of an officer's question, on a small phone."""

import email
import math
import re
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, KEEP, PICTURES
from tests.browser.test_the_line import (
    Visit,
    affirm_and_send,
    answer_no_to_all,
    check_axe,
    decide,
    follow,
    go_on,
    is_listed,
    log_in,
)
from tests.product import Product, references, wait_for

pytestmark = pytest.mark.browser

LANGUAGES = [code for code, _name in settings.LANGUAGES]
NARROW = {"width": 320, "height": 640}
COLUMNS = 6
# What a resident writes: their own script, an English name and a number within it.
STORIES = {
    "en": "A man shouted at us at 6th St and Main St, then followed bus 720.",
    "es": "Un hombre nos gritó en 6th St y Main St y luego siguió al autobús 720.",
    "ko": "6th St와 Main St에서 어떤 사람이 우리에게 소리를 지르고 720번 버스를 따라왔어요.",
    "hy": "Մի մարդ գոռաց մեզ վրա 6th St-ում, հետո հետևեց 720 ավտոբուսին։",
    "zh-hans": "有人在 6th St 和 Main St 对我们大喊大叫，然后跟着 720 路公交车。",
    "zh-hant": "有人在 6th St 和 Main St 對我們大吼大叫，然後跟著 720 號公車。",
    "fil": "May sumigaw sa amin sa 6th St at Main St, tapos sinundan ang bus 720.",
    "fa": "یک نفر در 6th St و Main St سر ما داد زد و بعد دنبال اتوبوس 720 آمد.",
    "ru": "На углу 6th St и Main St на нас кричали, потом шли за автобусом 720.",
    "vi": "Có người la hét chúng tôi ở 6th St và Main St, rồi đi theo xe buýt 720.",
    "ja": "6th St と Main St の角で怒鳴られ、そのあと 720 番のバスについて来ました。",
    "th": "มีคนตะโกนใส่เราที่ 6th St กับ Main St แล้วตามรถเมล์สาย 720 มา",
    "km": "មានមនុស្សម្នាក់ស្រែកដាក់យើងនៅ 6th St និង Main St រួចតាមឡានក្រុងលេខ 720។",
    "hi": "6th St और Main St पर कोई हम पर चिल्लाया, फिर बस 720 के पीछे आया।",
    "ar": "صرخ رجل في وجهنا عند 6th St و Main St ثم تبع الحافلة 720.",
    "he": "מישהו צעק עלינו ברחוב 6th St פינת Main St ואז הלך אחרי אוטובוס 720.",
    "pa": "6th St ਅਤੇ Main St ਉੱਤੇ ਕੋਈ ਸਾਡੇ ਉੱਤੇ ਚੀਕਿਆ, ਫਿਰ ਬੱਸ 720 ਦੇ ਪਿੱਛੇ ਆਇਆ।",
}


def check_page(page: Page, language: str) -> None:
    """Fail for a barrier, a page that has to be moved sideways, or one that says it is in another language."""
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], page.url
    root = page.locator("html")
    expect(root).to_have_attribute("lang", language)
    expect(root).to_have_attribute("dir", "rtl" if language in {"fa", "ar", "he"} else "ltr")


@pytest.fixture(scope="module")
def officer(browser: Browser, product: Product) -> Iterator[Page]:
    """An officer who stays logged in."""
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    page = context.new_page()
    log_in(page, product, "officer")
    yield page
    context.close()


@pytest.fixture(scope="module")
def sheet(product: Product) -> Iterator[Callable[[Page, str, str], None]]:
    """Keep a picture of the page for the contact sheet of its name, which is drawn at the end, where one is wanted."""
    folder = product.var / "sheets"

    def take(page: Page, name: str, language: str) -> None:
        if not KEEP:
            return
        (folder / name).mkdir(parents=True, exist_ok=True)
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=folder / name / f"{LANGUAGES.index(language):02}-{language}.png")

    yield take
    if KEEP:
        for pages in folder.iterdir():
            draw_sheet([Image.open(path) for path in sorted(pages.iterdir())]).save(PICTURES / f"{pages.name}.png")


def draw_sheet(pictures: list[Image.Image]) -> Image.Image:
    """Return the pictures side by side in rows."""
    width, height = pictures[0].size
    drawn = Image.new("RGB", (width * COLUMNS, height * math.ceil(len(pictures) / COLUMNS)), "white")
    for at, picture in enumerate(pictures):
        drawn.paste(picture, (at % COLUMNS * width, at // COLUMNS * height))
    return drawn


def letters_to(product: Product, address: str) -> list[EmailMessage]:
    """Return the e-mails to an address, in the order they were written."""
    texts = (
        part for file in sorted((product.var / "mail").glob("*.log")) for part in file.read_bytes().split(b"-" * 79)
    )
    letters = (email.message_from_bytes(text.strip(), policy=policy.default) for text in texts if text.strip())
    return [letter for letter in letters if address in str(letter["To"])]  # type: ignore[misc]


def file_incident(page: Page, product: Product, language: str, take: Callable[[Page, str, str], None]) -> list[str]:
    """File a hate incident and return the reference and the access code."""
    page.goto(f"{product.url}/{language}/")
    check_page(page, language)
    take(page, "languages-start", language)
    with translation.override(language):
        name = gettext("Hate incident")
    follow(page, page.locator("a.door").filter(has=page.get_by_text(name, exact=True)))
    check_page(page, language)
    go_on(page)
    check_page(page, language)
    answer_no_to_all(page, yes="in-city")
    go_on(page)
    check_page(page, language)
    page.locator("input[name=motivations][value='14']").check()
    page.locator("input[name=acts][value=words]").check()
    page.locator("input[name=target][value=me]").check()
    go_on(page)
    page.locator("input[name=date]").fill("2026-10-05")
    page.locator("input[name=time]").fill("21:30")
    check_page(page, language)
    take(page, "languages-step", language)
    go_on(page)
    page.locator("select[name=area]").select_option(label="Central")
    check_page(page, language)
    go_on(page)
    check_page(page, language)
    go_on(page)
    page.locator("textarea[name=story]").fill(STORIES[language])
    check_page(page, language)
    go_on(page)
    check_page(page, language)
    go_on(page)
    page.locator("input[name=part][value=myself]").check()
    page.locator("input[name=name]").fill("Ana Flores")
    page.locator("input[name=email]").fill(f"ana.{language}@example.org")
    check_page(page, language)
    go_on(page)
    check_page(page, language)
    expect(page.get_by_text(STORIES[language])).to_be_visible()
    take(page, "languages-check", language)
    affirm_and_send(page)
    check_page(page, language)
    return [each.strip() for each in page.locator(".code-value").all_inner_texts()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hate_incident_is_filed_answered_and_printed(
    product: Product, visit: Visit, officer: Page, sheet: Callable[[Page, str, str], None], language: str
) -> None:
    page = visit(viewport=NARROW)
    reference, code = file_incident(page, product, language, sheet)
    with page.expect_download() as copy:
        page.locator("a[download]").click()
    assert copy.value.path().read_bytes().startswith(b"%PDF")

    address = f"ana.{language}@example.org"
    letter = wait_for(lambda: letters_to(product, address), what="the confirmation")[0]
    body = letter.get_content()
    assert references(body) == [reference]
    assert f"/{language}/status/" in body
    with translation.override(language):
        assert gettext("Thank you. We have your report.") in body

    wait_for(lambda: claimable(officer, product, reference), what="the report in the queue")
    follow(officer, officer.locator("form[action*='/decide/claim/'] button"))
    expect(officer.get_by_text(STORIES[language])).to_be_visible()
    decide(officer, "ask", text="Which way did the bus go?")
    wait_for(lambda: len(letters_to(product, address)) == 2, what="the letter about the question")

    page.goto(f"{product.url}/{language}/status/")
    check_page(page, language)
    page.locator("input[name=reference]").fill(reference)
    page.locator("input[name=access_code]").fill(code)
    go_on(page)
    check_page(page, language)
    expect(page.get_by_text("Which way did the bus go?")).to_be_visible()
    page.locator("textarea[name=text]").fill(STORIES[language])
    go_on(page)
    check_page(page, language)
    expect(page.get_by_text(STORIES[language])).to_be_visible()


def claimable(officer: Page, product: Product, reference: str) -> bool:
    """Open the report as the officer, and tell whether it can be claimed by now."""
    officer.goto(f"{product.url}/admin/review/")
    if not is_listed(officer, reference):
        return False
    follow(officer, officer.get_by_role("link", name=reference))
    return officer.locator("form[action*='/decide/claim/']").count() == 1


def test_the_picker_leads_to_the_same_page_in_every_language(product: Product, visit: Visit) -> None:
    page = visit(viewport=NARROW)
    page.goto(f"{product.url}/en/status/")
    for language in LANGUAGES[1:]:
        page.locator("[data-languages] summary").click()
        check_axe(page)
        follow(page, page.locator(f".languages-panel [lang='{language}']"))
        expect(page).to_have_url(re.compile(f"/{language}/status/$"))
        check_page(page, language)
