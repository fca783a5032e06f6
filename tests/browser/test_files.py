"""Files in a real browser: added with and without script, removed, and looked at by an officer."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.barriers import check_axe
from tests.browser.conftest import DESK
from tests.browser.test_the_line import Visit, answer_no_to_all, follow, go_on, log_in
from tests.product import Product, references, wait_for

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 320, "height": 640}}


def photo(name: str = "photo.jpg", *, padding: int = 0) -> FilePayload:
    """Return a picture as a phone sends it; what follows a JPEG's end is none of its reader's business."""
    content = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(content, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue() + bytes(padding)}


def to_the_files(page: Page, product: Product) -> None:
    """Begin a report on something lost and go straight to its files."""
    page.goto(product.url)
    follow(page, page.get_by_role("link", name="Lost property"))
    go_on(page)
    page.goto(re.sub(r"/step/[a-z]+/$", "/step/files/", page.url))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_files_are_added_refused_described_and_removed(product: Product, visit: Visit, script: bool) -> None:
    page = visit(**PHONE, java_script_enabled=script)
    to_the_files(page, product)
    page.locator("textarea[name=note]").fill("The second is blurred.")
    page.locator("input[type=file]").set_input_files(
        [
            photo("one.jpg", padding=2_000_000),
            photo("two.jpg"),
            {"name": "three.jpg", "mimeType": "image/jpeg", "buffer": b"MZ no picture at all"},
        ]
    )
    page.get_by_role("button", name="Add these files").click()
    expect(page.locator(".attached-name")).to_have_count(2)
    expect(page.locator("#errors")).to_contain_text("“three.jpg” is not a kind of file that we can take.")
    expect(page.locator("textarea[name=note]")).to_have_value("The second is blurred.")
    if script:
        check_axe(page)
        expect(page.locator("#errors")).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_label("What does it show?").first.select_option("receipt")
    page.get_by_role("button", name="Remove – two.jpg").click()
    expect(page.locator(".attached-name")).to_have_count(1)
    expect(page.get_by_label("What does it show?")).to_have_value("receipt")
    page.locator("input[type=file]").set_input_files(photo("four.jpg"))
    go_on(page)
    expect(page).to_have_url(re.compile("/step/person/$"))
    page.go_back()
    expect(page.locator("textarea[name=note]")).to_have_value("The second is blurred.")


def test_a_lost_connection_is_told_and_nothing_is_lost(product: Product, visit: Visit) -> None:
    page = visit()
    to_the_files(page, product)
    page.locator("textarea[name=note]").fill("still here")
    page.locator("input[type=file]").set_input_files(photo())
    page.evaluate("XMLHttpRequest.prototype.send = function () { this.dispatchEvent(new Event('error')); }")
    page.get_by_role("button", name="Add these files").click()
    expect(page.locator("[data-progress]")).to_contain_text("The connection was lost.")
    expect(page.locator("textarea[name=note]")).to_have_value("still here")


def test_an_officer_looks_at_a_picture_and_takes_the_original(product: Product, visit: Visit) -> None:
    reference = file_with_photo(visit(), product)
    wait_for(lambda: product.ask("Attachment.objects.exclude(copy='').exists()") == "True", what="the copy")
    officer = visit(viewport=DESK)
    log_in(officer, product, "officer")
    number = product.ask(f"Report.objects.get(reference='{reference}').pk")
    officer.goto(f"{product.url}/admin/review/{number}/")
    check_axe(officer)
    follow(officer, officer.get_by_role("link", name="File 1: JPEG picture"))
    picture = officer.locator("img.file-copy")
    wait_for(lambda: picture.evaluate("image => image.naturalWidth") == 300, seconds=10, what="the picture")
    check_axe(officer)
    officer.get_by_label("Reason").select_option("evidence")
    with officer.expect_download() as taken:
        officer.get_by_role("button", name="Download").click()
    assert taken.value.suggested_filename == f"{reference}-1.jpg"
    # Of this report alone: other journeys send files too.
    events = f"AuditEvent.objects.filter(verb__startswith='files.', subject='report:{number}').order_by('id')"
    verbs = product.ask(f"list({events}.values_list('verb', flat=True))")
    assert verbs == "['files.scan', 'files.view', 'files.download']"


def file_with_photo(page: Page, product: Product) -> str:
    """File a lost thing with a photo and return its reference."""
    page.goto(product.url)
    follow(page, page.get_by_role("link", name="Lost property"))
    go_on(page)
    answer_no_to_all(page, yes="in-city")
    go_on(page)
    page.get_by_label("What day did it happen?").fill("2026-10-05")
    go_on(page)
    page.get_by_label("Address, crossing or landmark").fill("6th St and Main St")
    page.get_by_label("Part of the city").select_option(label="Central")
    go_on(page)
    page.get_by_label("What is it?").select_option("75")
    go_on(page)
    page.locator("input[name=lost-and-found]").first.check()
    go_on(page)
    page.get_by_label("What happened?").fill("It must have slipped out of my pocket.")
    go_on(page)
    page.locator("input[type=file]").set_input_files(photo())
    go_on(page)
    page.get_by_label("It happened to me").check()
    page.get_by_label("Your name").fill("Ana Flores")
    page.get_by_label("E-mail", exact=False).first.fill("ana@example.org")
    go_on(page)
    page.get_by_label("What I wrote is true").check()
    go_on(page)
    expect(page.locator(".code-value").first).to_be_visible()
    return references(page.content())[0]
