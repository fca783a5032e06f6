"""Every page of the staff side that links lead to, as each role: no barrier, nothing blocked, no sideways scrolling."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from accounts import demo
from tests.browser.barriers import barriers
from tests.browser.conftest import DESK
from tests.browser.test_staff_pages import NARROW, does_not_scroll_sideways
from tests.browser.test_the_line import log_in
from tests.product import Product

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
# What a link of the page leads to, downloads and other sites aside.
LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map((link) => link.href)"
# Kept by the browser as files, or no page: nothing to look at.
FILES = re.compile(r"/(download|original|view|thumb|copy|handover|checksum|logout|files?|paper|pdf|csv|xlsx|json)/?$")
# The nearest ones; further ones are the same pages of another text or language.
MOST = 110


def shape(url: str) -> str:
    """Return an address without the numbers and ids in it: one report's page stands for all."""
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d|\d+", "#", urlsplit(url).path)
    # In the ordinary admin a new row has the form of an old one, and all histories are alike.
    return re.sub(r"^/admin/\w+/\w+/#/(history|delete)/$", r"/admin/\1/", re.sub(r"/(add|#/change)/$", "/form/", path))


def walk(page: Page, product: Product) -> tuple[set[str], list[object]]:
    """Open one page of every shape that can be reached from the first one; return their names, and what is wrong."""
    waiting, known, names, wrong = [f"{product.url}/admin/"], {"/admin/"}, set(), []
    while waiting:
        url = waiting.pop(0)
        answer = page.goto(url)
        names.add(resolve(urlsplit(page.url).path).view_name)
        wrong += [(shape(url), barrier) for barrier in barriers(page)]
        found = page.evaluate(LINKS)
        page.set_viewport_size(NARROW)
        wrong += [(shape(url), "sideways")] if not does_not_scroll_sideways(page) else []
        page.set_viewport_size(DESK)
        wrong += [(shape(url), answer.status)] if answer and answer.status != 200 else []
        for link in found:
            path = urlsplit(link).path
            if len(known) < MOST and path.startswith("/admin/") and not FILES.search(path) and shape(link) not in known:
                known.add(shape(link))
                waiting.append(link.split("#")[0])
    return names, wrong


@pytest.mark.parametrize("who", demo.ACCOUNTS)
def test_every_page_within_reach_of_a_role(product: Product, visit: Visit, who: str) -> None:
    page = visit(viewport=DESK)
    log_in(page, product, who)
    names, wrong = walk(page, product)
    assert wrong == []
    assert len(names) >= LEAST[who], sorted(names)


# So many different pages a role can reach at least; a walk that ends at the first page would be no walk.
LEAST = {"officer": 10, "supervisor": 25, "administrator": 12, "translator": 3, "clerk": 3, "auditor": 3}
