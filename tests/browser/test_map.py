"""The map in a real browser: marked by mouse and by keyboard, moved, removed; without script the list serves."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.barriers import check_axe
from tests.browser.test_the_line import Visit, answer_no_to_all, go_on
from tests.product import Product, references

pytestmark = pytest.mark.browser

NARROW = {"viewport": {"width": 320, "height": 640}}


def to_the_place(page: Page, product: Product) -> None:
    """Begin a report on something lost and go straight to the question where."""
    page.goto(product.url)
    page.get_by_role("link", name="Lost property").click()
    go_on(page)
    page.goto(re.sub(r"/step/[a-z]+/$", "/step/where/", page.url))


def frame(page: Page) -> Locator:
    return page.locator("[data-frame]")


def pin(page: Page) -> tuple[str, str]:
    """Return what is to be sent as the mark."""
    return page.locator("input[name=latitude]").input_value(), page.locator("input[name=longitude]").input_value()


def chosen(page: Page) -> str:
    """Return the area that is chosen in the list."""
    return page.locator("select[name=area] option:checked").inner_text()


def click_area(page: Page, name: str) -> None:
    """Click into an area where its name stands."""
    frame(page).scroll_into_view_if_needed()
    place = page.evaluate(
        """name => {
            const svg = document.querySelector("svg.map");
            const text = [...svg.querySelectorAll(".map-names text")].find(each => each.textContent === name);
            const point = svg.createSVGPoint();
            point.x = text.x.baseVal[0].value; point.y = text.y.baseVal[0].value;
            const shown = point.matrixTransform(svg.getScreenCTM());
            return [shown.x, shown.y];
        }""",
        name,
    )
    page.mouse.click(*place)


def no_wider_than_the_phone(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_click_marks_the_place_and_chooses_its_area(product: Product, visit: Visit) -> None:
    page = visit(**NARROW)
    to_the_place(page, product)
    expect(page.locator(".map-note")).to_contain_text("A rough sketch for this demonstration")
    click_area(page, "Harbor")
    expect(page.locator("[data-said]")).to_have_text("Your mark is in Harbor.")
    assert chosen(page) == "Harbor"
    latitude, longitude = map(float, pin(page))
    assert (33.7 < latitude < 33.85, -118.33 < longitude < -118.2) == (True, True)
    expect(page.locator(".map-pin")).to_be_visible()
    check_axe(page)
    no_wider_than_the_phone(page)
    go_on(page)
    expect(page).to_have_url(re.compile("/step/items/$"))
    page.go_back()
    expect(page.locator(".map-pin")).to_be_visible()
    assert tuple(map(float, pin(page))) == (latitude, longitude)


def test_the_keyboard_moves_and_sets_the_mark(product: Product, visit: Visit) -> None:
    page = visit()
    to_the_place(page, product)
    page.get_by_label("Part of the city").focus()
    page.keyboard.press("Tab")
    expect(frame(page)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".map-cross")).to_be_visible()
    assert pin(page) == ("", "")
    heard = page.locator("[data-said]").inner_text()
    page.keyboard.press("Enter")
    first = pin(page)
    expect(page.locator("[data-said]")).to_have_text(f"Your mark is in {heard}.")
    assert chosen(page) == heard
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert pin(page)[0] == first[0]
    assert float(pin(page)[1]) > float(first[1])
    check_axe(page)
    # Tab leaves the map again: nobody is caught in it.
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Zoom in")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Remove the mark")).to_be_focused()
    page.keyboard.press("Enter")
    assert pin(page) == ("", "")
    expect(page.locator(".map-pin")).to_be_hidden()
    expect(frame(page)).to_be_focused()


def test_zooming_shows_names_and_marks_more_exactly(product: Product, visit: Visit) -> None:
    page = visit()
    to_the_place(page, product)
    expect(page.locator(".map-names")).to_be_hidden()
    expect(page.get_by_role("button", name="Zoom out")).to_be_disabled()
    for _ in range(5):
        page.get_by_role("button", name="Zoom in").click()
    expect(page.get_by_role("button", name="Zoom in")).to_be_disabled()
    frame(page).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    latitude, _longitude = map(float, pin(page))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    # A step is a fortieth of what is seen: less than 100 m by now.
    assert 0 < latitude - float(pin(page)[0]) < 0.001


def test_a_mark_outside_is_asked_about_and_taken(product: Product, visit: Visit) -> None:
    page = visit(**NARROW)
    to_the_place(page, product)
    frame(page).click(position={"x": 5, "y": 5})
    expect(page.locator("[data-said]")).to_have_text("Your mark is outside the city.")
    before = pin(page)
    go_on(page)
    expect(page.locator("#errors")).to_contain_text("This mark is outside Los Angeles.")
    assert pin(page) == before
    check_axe(page)
    no_wider_than_the_phone(page)
    page.locator("#errors a").click()
    expect(page.locator("[data-map]")).to_be_focused()
    page.get_by_label("The mark is right. It happened outside Los Angeles.").check()
    go_on(page)
    expect(page).to_have_url(re.compile("/step/items/"))


def test_list_and_mark_that_disagree_are_told(product: Product, visit: Visit) -> None:
    page = visit(**NARROW)
    to_the_place(page, product)
    click_area(page, "Harbor")
    page.get_by_label("Part of the city").select_option(label="Topanga")
    before = pin(page)
    go_on(page)
    expect(page.locator("#errors")).to_contain_text("Your mark on the map is in Harbor, but Topanga is chosen here.")
    assert (pin(page), chosen(page)) == (before, "Topanga")
    check_axe(page)
    page.get_by_role("button", name="Remove the mark").click()
    go_on(page)
    expect(page).to_have_url(re.compile("/step/items/$"))


def test_without_script_the_list_serves_and_a_mark_can_be_removed(product: Product, visit: Visit) -> None:
    page = visit(**NARROW, java_script_enabled=False)
    to_the_place(page, product)
    expect(page.locator("[data-map]")).to_be_hidden()
    page.get_by_label("Part of the city").select_option(label="Harbor")
    go_on(page)
    expect(page).to_have_url(re.compile("/step/items/$"))


def test_a_marked_report_reaches_its_area(product: Product, visit: Visit) -> None:
    page = visit()
    page.goto(product.url)
    page.get_by_role("link", name="Lost property").click()
    go_on(page)
    answer_no_to_all(page, yes="in-city")
    go_on(page)
    page.get_by_label("What day did it happen?").fill("2026-10-05")
    go_on(page)
    click_area(page, "Harbor")
    # The script's choice is comfort only: the server finds the area of the mark by itself.
    page.get_by_label("Part of the city").select_option(label="I do not know")
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
    expect(page.locator(".answers").filter(has_text="Marked on the map")).to_contain_text("Harbor")
    check_axe(page)
    page.get_by_label("What I wrote is true").check()
    go_on(page)
    expect(page.locator(".code-value").first).to_be_visible()
    reference = references(page.content())[0]
    assert product.ask(f"Report.objects.get(reference='{reference}').area") == "Harbor"
