"""Every page of the staff side that links lead to, as each role: no barrier, nothing blocked, no sideways scrolling."""

import re
from collections import Counter
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

pytestmark = [pytest.mark.browser, pytest.mark.long]

Visit = Callable[..., Page]
# What a link of the page leads to, downloads and other sites aside.
LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map((link) => link.href)"
# Kept by the browser as files, or no page: nothing to look at.
FILES = re.compile(r"/(download|original|view|thumb|copy|handover|checksum|logout|files?|paper|pdf|csv|xlsx|json)/?$")
# So many of a page: one of some rows and one of others. More are the same page of another text or language.
MOST = 2


# Rows that demo data has not: a week that was published, an export, a system's webhook, a type that is being written.
FURNISH = """
from django.conf import settings
from accounts.models import User
from reports.audit import SYSTEM
from reports.counts.publishing import publish
from reports.export.actions import ask
from reports.export.wanted import Wanted
from reports.feed.webhooks import hook
from reports.models import Area, Export, ReportType
from reports.workshop.actions import copy

supervisor, administrator = (User.objects.get(username=name) for name in ("supervisor", "administrator"))
publish(by=SYSTEM)
ask(wanted=Wanted(), keys=["reference"], kind=Export.Format.CSV, personal=False, with_bom=False, reason="records",
    by=supervisor)
settings.WEBHOOK_HOSTS = ["records.example.org"]
hook(name="Records", url="https://records.example.org/", areas=Area.objects.all()[:1], by=administrator)
print(copy(report_type_id=ReportType.objects.get(slug="theft", state="live").pk, by=supervisor).pk)
"""


@pytest.fixture(scope="module")
def draft(product: Product) -> str:
    """The number of a report type that is being written; with it come rows behind every list."""
    return product.manage("shell", "-v", "0", "-c", FURNISH).strip()


def shape(url: str) -> str:
    """Return an address without the numbers and ids in it: one report's page stands for all."""
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d|\d+", "#", urlsplit(url).path)
    # In the ordinary admin a new row has the form of an old one, and all histories are alike.
    return re.sub(r"^/admin/\w+/\w+/#/(history|delete)/$", r"/admin/\1/", re.sub(r"/(add|#/change)/$", "/form/", path))


def name_of(path: str) -> str:
    """Return the name of the view; the ordinary admin's forms of a new row and of an old one are the same."""
    return re.sub(r"_add$", "_change", resolve(path).view_name)


def walk(page: Page, product: Product, *first: str) -> tuple[set[str], list[object]]:
    """Open the pages that can be reached from the first ones; return their names, and what is wrong."""
    waiting, known, names, wrong = [product.url + path for path in first], set(first), Counter(map(name_of, first)), []
    while waiting:
        url = waiting.pop(0)
        answer = page.goto(url)
        wrong += [(shape(url), barrier) for barrier in barriers(page)]
        found = page.evaluate(LINKS)
        page.set_viewport_size(NARROW)
        wrong += [(shape(url), "sideways")] if not does_not_scroll_sideways(page) else []
        page.set_viewport_size(DESK)
        wrong += [(shape(url), answer.status)] if answer and answer.status != 200 else []
        for link in found:
            path = urlsplit(link).path
            if path.startswith("/admin/") and not FILES.search(path) and shape(link) not in known:
                known.add(shape(link))
                if names[name := name_of(path)] < MOST:
                    names[name] += 1
                    waiting.append(link.split("#")[0])
    return set(names), wrong


@pytest.mark.parametrize("who", demo.ACCOUNTS)
def test_every_page_within_reach_of_a_role(product: Product, draft: str, visit: Visit, who: str) -> None:
    page = visit(viewport=DESK)
    log_in(page, product, who)
    workshop = [f"/admin/workshop/{draft}/"] if who == "supervisor" else []
    names, wrong = walk(page, product, "/admin/", *workshop)
    assert wrong == []
    assert len(names) >= LEAST[who], " ".join(sorted(names))


# So many different pages a role can reach at least: some hang on what the demonstration's reports happen to be. A walk
# that ends at the first page would be no walk.
LEAST = {"officer": 17, "supervisor": 55, "administrator": 36, "translator": 7, "clerk": 9, "auditor": 6}
