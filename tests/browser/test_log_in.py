"""The log-in as staff meet it: invited by e-mail, a second factor, and back in with each of its kinds."""

import re
import time
from collections.abc import Callable
from itertools import count

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser.barriers import check_axe
from tests.browser.conftest import DESK
from tests.browser.test_staff_pages import NARROW, does_not_scroll_sideways
from tests.browser.test_the_line import PASSWORD as DEMO_PASSWORD
from tests.browser.test_the_line import follow, log_in
from tests.product import Product, wait_for

pytestmark = pytest.mark.browser

PASSWORD = "violet kettle under rain"
Visit = Callable[..., Page]
Pictures = Callable[[Page, str], None]
_numbers = count(1)


@pytest.fixture
def look(pictures: Pictures) -> Callable[[Page, str], None]:
    """Look for barriers, at two widths, and keep the picture."""

    def take(page: Page, name: str) -> None:
        check_axe(page)
        page.set_viewport_size(NARROW)
        assert does_not_scroll_sideways(page), name
        pictures(page, f"{name}-narrow")
        page.set_viewport_size(DESK)
        pictures(page, name)

    return take


@pytest.fixture
def invited(product: Product) -> tuple[str, str]:
    """Invite somebody; return the username and the link of the letter."""
    name = f"person{next(_numbers)}"
    product.manage("make_administrator", name, f"{name}@example.org")
    return name, wait_for(lambda: link_for(product, name), what="the invitation to be sent")


def link_for(product: Product, name: str) -> str:
    """Return the link of a letter, "" while there is none. The letters' own host is that of the settings."""
    found = re.search(rf"Your username is: {name}\s.*?https?://[^/\s]+(/\S+)", product.letters(), re.DOTALL)
    return product.url + found[1] if found else ""


def code_of(secret: str, later: int = 0) -> str:
    """Return what the app shows."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def press(page: Page, words: str) -> None:
    """Press a button that leads on."""
    follow(page, page.get_by_role("button", name=words, exact=True))


def type_in(page: Page, name: str) -> None:
    """Log in with the password."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")


def choose_password(page: Page, link: str) -> None:
    """Open an invitation and choose a password."""
    page.goto(link)
    page.get_by_label("New password").fill(PASSWORD)
    press(page, "Set the password")


def log_out(page: Page, product: Product) -> None:
    """Leave, and come back to the log-in."""
    press(page, "Log out")
    page.goto(f"{product.url}/admin/")


def test_from_the_invitation_to_the_first_page_with_an_app(product: Product, visit: Visit, invited, look) -> None:
    name, link = invited
    page = visit(viewport=DESK)
    page.goto(link)
    look(page, "account-invitation")
    page.get_by_label("New password").fill("losangelespolice")
    press(page, "Set the password")
    expect(page.get_by_label("New password")).to_have_accessible_description(re.compile("easily guessed"))
    look(page, "account-password-refused")
    page.get_by_label("New password").fill(PASSWORD)
    press(page, "Set the password")

    # Nothing else opens now.
    page.goto(f"{product.url}/admin/accounts/user/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
    look(page, "account-enrol")
    follow(page, page.get_by_role("link", name="An authenticator app"))
    look(page, "account-app")
    page.get_by_text("It cannot scan?").click()
    secret = "".join(page.locator(".key-text span").all_inner_texts())
    page.get_by_label("Code from the app").fill("000000")
    press(page, "Set up")
    expect(page.get_by_label("Code from the app")).to_have_accessible_description(re.compile("not right"))
    page.get_by_label("Code from the app").fill(code_of(secret))
    press(page, "Set up")
    look(page, "account-codes")
    spare = page.locator(".codes code").first.inner_text()
    follow(page, page.get_by_role("link", name="I have kept them. Go on"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good to have you here")

    follow(page, page.get_by_role("link", name="Your log-in"))
    look(page, "account-own")
    log_out(page, product)
    look(page, "account-login")
    type_in(page, name)
    look(page, "account-factor")
    page.get_by_label("Code", exact=True).fill(code_of(secret, later=1))
    press(page, "Go on")
    expect(page.locator("#user-tools")).to_be_visible()
    log_out(page, product)

    type_in(page, name)
    page.get_by_label("Code", exact=True).fill(spare)
    press(page, "Go on")
    expect(page.locator("#user-tools")).to_be_visible()


def test_in_with_a_passkey_and_once_more_before_a_change(product: Product, visit: Visit, invited, look) -> None:
    name, link = invited
    page = visit(viewport=DESK)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    device = devtools.send(
        "WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}}
    )
    choose_password(page, link)
    follow(page, page.get_by_role("link", name="A passkey"))
    look(page, "account-passkey")
    page.get_by_label("Name", exact=False).fill("This computer")
    press(page, "Set up")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    log_out(page, product)
    page.goto(f"{product.url}/admin/accounts/user/")
    type_in(page, name)
    look(page, "account-factor-passkey")
    press(page, "Use your passkey")
    expect(page).to_have_url(re.compile("/admin/accounts/user/$"))

    # Half an hour later a change asks once more; the passkey answers.
    page.goto(f"{product.url}/admin/account/again/passkey/?next=/admin/account/")
    look(page, "account-again-passkey")
    press(page, "Use your passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your log-in")
    expect(page.get_by_text("This computer")).to_be_visible()
    follow(page, page.get_by_role("link", name="Rename"))
    look(page, "account-passkey-name")
    page.go_back()
    follow(page, page.get_by_role("link", name="Remove"))
    look(page, "account-passkey-last")

    # One that the device does not have, and a person who says no, get a sentence and another try.
    devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device["authenticatorId"]})
    refusing = {"options": options | {"automaticPresenceSimulation": True, "isUserVerified": False}}
    devtools.send("WebAuthn.addVirtualAuthenticator", refusing)
    page.goto(f"{product.url}/admin/account/again/passkey/?next=/admin/account/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("That did not work, or it was stopped.")).to_be_visible()
    check_axe(page)


def test_without_script_a_code_does(product: Product, visit: Visit, invited) -> None:
    _name, link = invited
    page = visit(viewport=NARROW, java_script_enabled=False)
    choose_password(page, link)
    follow(page, page.get_by_role("link", name="A passkey"))
    expect(page.get_by_text("A passkey needs a browser with JavaScript switched on.")).to_be_visible()
    follow(page, page.get_by_role("link", name="Choose another way"))
    follow(page, page.get_by_role("link", name="An authenticator app"))
    page.get_by_text("It cannot scan?").click()
    secret = "".join(page.locator(".key-text span").all_inner_texts())
    page.get_by_label("Code from the app").fill(code_of(secret))
    press(page, "Set up")
    follow(page, page.get_by_role("link", name="I have kept them. Go on"))
    expect(page.locator("#user-tools")).to_be_visible()


def test_the_pages_beside_the_log_in(product: Product, visit: Visit, look) -> None:
    page = visit(viewport=DESK)
    page.goto(f"{product.url}/admin/login/")
    page.get_by_label("Username").fill("officer")
    page.get_by_label("Password").fill("not this one at all")
    press(page, "Log in")
    look(page, "account-login-refused")
    follow(page, page.get_by_role("link", name="Forgot your password?"))
    look(page, "account-forgotten")
    page.get_by_label("Your e-mail address at the agency").fill("nobody@example.org")
    press(page, "Send the link")
    look(page, "account-forgotten-asked")
    page.goto(f"{product.url}/admin/account/password/")
    look(page, "account-link-ended")
    page.goto(f"{product.url}/admin/account/closed/")
    look(page, "account-closed")
    log_in(page, product, "officer")
    page.goto(f"{product.url}/admin/password_change/")
    look(page, "account-password-change")
    page.goto(f"{product.url}/admin/account/again/?next=/admin/")
    look(page, "account-again")
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    press(page, "Go on")
    page.goto(f"{product.url}/admin/logout/")
    look(page, "account-logout")


def test_an_administrator_looks_after_accounts(product: Product, visit: Visit, look) -> None:
    page = visit(viewport=DESK)
    log_in(page, product, "administrator")
    page.goto(f"{product.url}/admin/accounts/user/add/")
    page.get_by_label("Username").fill("nora")
    page.get_by_label("E-mail").fill("nora@example.org")
    page.get_by_label("officer", exact=True).check()
    look(page, "account-admin-add")
    follow(page, page.locator("input[name=_save]"))
    expect(page.locator(".messagelist")).to_contain_text("the invitation is on its way")
    look(page, "account-admin-invited")
    press(page, "Switch off")
    expect(page.locator(".log-in")).to_contain_text("off")
    press(page, "Switch on")
    for _each in range(5):
        elsewhere = visit()
        elsewhere.goto(f"{product.url}/admin/login/")
        elsewhere.get_by_label("Username").fill("nora")
        elsewhere.get_by_label("Password").fill("a wrong one, once more")
        press(elsewhere, "Log in")
    page.reload()
    look(page, "account-admin-locked")
    press(page, "Release")
    expect(page.locator(".messagelist")).to_contain_text("The account is open again.")
    page.goto(f"{product.url}/admin/accounts/user/")
    look(page, "account-admin-list")
