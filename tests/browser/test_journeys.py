"""A whole journey for each kind of report: from the start page to "sent", and on to the status page."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK
from tests.browser.filling import (
    NARROW,
    TYPES,
    answer_everything,
    check_not_stored,
    check_page,
    check_privacy,
    check_without_script,
    choose,
    name_of,
    open_status,
    photo,
    remember_documents,
    send,
    steps_of,
)
from tests.browser.test_the_line import Visit, go_on
from tests.product import Product
from tests.resident import ANSWERS

pytestmark = pytest.mark.browser

# Half of them on the narrowest phone, half at a desk, so that every section is met at both widths. What only one kind
# of report asks is met on the phone, where it is harder to fit.
ON_PHONE = {
    "hate-incident",
    "harassing-contact",
    "illegal-dumping",
    "supplement",
    "vandalism",
    "card-fraud",
    "vehicle-parts",
}
AT_DESK = {
    "lost-property",
    "theft",
    "theft-from-vehicle",
    "package-theft",
    "graffiti",
    "hit-and-run",
    "identity-theft",
}
ON_PHONE_ONLY = {"bias", "contacts", "dumping", "original"}
WITH_PHOTO = {"theft", "graffiti"}
# Asked by every kind in words of its own.
OWN = {"screening", "questions"}


def sections(slugs: set[str]) -> set[str]:
    """Return the sections that these kinds of report ask."""
    return {section["key"] for slug in slugs for section in TYPES[slug].values["sections"]}


def tried_empty(slug: str) -> set[str]:
    """Return the steps that this kind leaves empty first: its own ones, and those it is the first to ask at its width.

    The other kinds say the same there, in the same mark-up.
    """
    at_its_width = sorted(ON_PHONE if slug in ON_PHONE else AT_DESK)
    before = at_its_width[: at_its_width.index(slug)]
    return set(steps_of(slug)) - {step for other in before for step in steps_of(other) if step not in OWN}


def test_every_kind_and_every_section_is_met_on_a_phone_and_at_a_desk() -> None:
    assert set(TYPES) == ON_PHONE | AT_DESK
    assert not ON_PHONE & AT_DESK
    assert sections(ON_PHONE) == sections(AT_DESK) | ON_PHONE_ONLY


@pytest.mark.parametrize("slug", TYPES)
def test_a_report_of_each_kind_is_filed_and_found_again(product: Product, visit: Visit, slug: str) -> None:
    page = visit(viewport=NARROW if slug in ON_PHONE else DESK)
    loaded = remember_documents(page)

    def look(at: Page) -> None:
        check_page(at)
        check_privacy(at, slug)

    choose(page, product, slug)
    look(page)
    go_on(page)
    empty = tried_empty(slug)
    answer_everything(page, slug, look, files=[photo()] if slug in WITH_PHOTO else [], left_empty=empty)
    # Who tries every step empty tries this too: the same is said to all.
    reference, code = send(page, look, too_early=empty == set(steps_of(slug)))
    open_status(page, reference, code, look)
    expect(page.locator(".stand-type")).to_contain_text(name_of(slug, page))
    check_not_stored(loaded)
    assert stored(product, reference) == expected(slug, language="en", files=int(slug in WITH_PHOTO))


@pytest.mark.parametrize(("slug", "language"), [("hit-and-run", "en"), ("hate-incident", "es")])
def test_a_report_is_filed_and_found_again_without_script(
    product: Product, visit: Visit, slug: str, language: str
) -> None:
    page = visit(viewport=NARROW, java_script_enabled=False, locale=f"{language}-US")
    loaded = remember_documents(page)

    def look(at: Page) -> None:
        check_without_script(at)
        check_privacy(at, slug)

    choose(page, product, slug)
    look(page)
    go_on(page)
    answer_everything(page, slug, look, files=[photo()], left_empty=steps_of(slug))
    reference, code = send(page, look, too_early=True)
    open_status(page, reference, code, look)
    expect(page.locator(".stand-type")).to_contain_text(name_of(slug, page))
    check_not_stored(loaded)
    assert stored(product, reference) == expected(slug, language=language, files=1)


def expected(slug: str, *, language: str, files: int) -> str:
    """Return what has to be stored of a report of this kind."""
    return repr((slug, language, "anonymous" in ANSWERS[slug]["person"], files))


def stored(product: Product, reference: str) -> str:
    """Return kind, language, whether it has no name, and the number of files of a report."""
    files = f"Attachment.objects.filter(report__reference='{reference}').count()"
    plain = "'report_type__slug', 'language', 'is_anonymous'"
    return product.ask(f"(*Report.objects.values_list({plain}).get(reference='{reference}'), {files})")
