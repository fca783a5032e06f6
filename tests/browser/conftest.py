"""A real Chromium, and one served product for all journeys of a test process."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.product import HELD_FOR_NOTHING, Product

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
KEEP = os.environ.get("KEEP_SCREENSHOTS") == "True"
PICTURES = Path(__file__).resolve().parent.parent.parent / "docs" / "screenshots"


@pytest.fixture(scope="session")
def product(browser: Browser) -> Iterator[Product]:
    """The product as `make run` serves it, with demo logins and a few demo reports."""
    served = Product(**HELD_FOR_NOTHING).start("--reports", "60")
    yield served
    served.stop()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own: visit(), visit(viewport=DESK, locale="es-MX", java_script_enabled=False).

    A script error, a blocked resource and a request off the origin fail the test.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def make(**options: object) -> Page:
        context = browser.new_context(**{"viewport": PHONE, **options})  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.on("console", lambda said: troubles.append(said.text) if is_trouble(said.type, said.text) else None)
        page.on("request", lambda sent: troubles.append(sent.url) if not is_own(sent.url) else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert troubles == []


def is_trouble(kind: str, text: str) -> bool:
    """Tell an error of ours from the browser's note that a page answered 4xx, which tests do on purpose."""
    return kind in {"error", "warning"} and "the server responded with a status of 4" not in text


def is_own(url: str) -> bool:
    """Tell whether a request stays at the product."""
    return url.startswith(("http://localhost:", "about:"))


@pytest.fixture(scope="session")
def pictures() -> Callable[[Page, str], None]:
    """Keep a picture for the README where KEEP_SCREENSHOTS=True asks for it; take it in any case."""

    def take(page: Page, name: str) -> None:
        taken = page.screenshot(full_page=True)
        if KEEP:
            PICTURES.mkdir(parents=True, exist_ok=True)
            (PICTURES / f"{name}.png").write_bytes(taken)

    return take
